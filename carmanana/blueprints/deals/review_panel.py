"""What a deal's page says of a cancellation: the lock, who has it, and what to say when the customer calls."""

from carmanana.cancellations.retention import promises
from carmanana.cancellations.rights.deadlines import right_of, right_today
from carmanana.contacting import lock
from carmanana.core.query import prepared
from carmanana.records.cancellations import CancellationRequest, Direction
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.people import COMPLIANCE, CRM_ADMIN, MANAGER, RETENTION, User
from carmanana.web.panels.scripts import wording

INBOUND = ("inbound_cancel_my_order", "inbound_deposit", "inbound_closing")
BY_LAW = ("right_to_cancel", "inbound_closing")  # instead of “I can’t confirm any refund”


def review_context(deal: Deal, by: User) -> dict:
    locked = lock.orders_under_review(deal.customer)
    open_requests = lock.open_requests(deal.customer) if locked else []
    closed = bool(locked) and lock.keeps_out(locked, open_requests, by)
    requests = requests_of(deal.id)
    standing = next((request for request in requests if request.open), None)
    return {
        "under_review": bool(locked),
        "closed_to_me": closed,
        "direction": _direction(open_requests, by) if not closed else None,
        "promised": _promised(open_requests, by) if closed else None,
        "case": standing,
        "promises": promises.of_deal(deal) if requests else [],
        "rescuer": User.known(deal.retention_id) if standing and deal.retention_id else None,
        "unrequested": deal.state == LOSING and standing is None,
        "inbound_scripts": wording(deal, *_inbound(deal, standing)) if locked and not by.is_manager else [],
        "may_open_review": by.has(MANAGER, COMPLIANCE, CRM_ADMIN),
        "may_open_case": standing is not None and by.has(RETENTION) and deal.retention_id == by.id,
    }


def _inbound(deal: Deal, request: CancellationRequest | None) -> tuple[str, ...]:
    found = right_of(request) if request else right_today(deal)
    dismissed = request is not None and request.right_dismissed_at is not None
    return BY_LAW if found.stands and not dismissed else INBOUND


@prepared
def requests_of(deal_id):
    request = CancellationRequest
    return (
        request.select(request, User)
        .join(User, on=request.reviewer)
        .where(request.deal == deal_id)
        .order_by(request.id.desc())
    )


def _direction(requests: list[CancellationRequest], by: User) -> Direction | None:
    """The instruction that opens the customer to this person, where every request does."""
    return next((found for request in requests if (found := lock.direction_of(request, by))), None)


def _promised(requests: list[CancellationRequest], by: User) -> Direction | None:
    """The instruction that opens the customer to this person once the manager has spoken with them."""
    return _direction([request for request in requests if request.awaits_contact], by)
