"""Money that a cancellation left to be returned: a dated task of the reviewer, under *Money owed* until it is paid (SOP
0, step 7)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache

from peewee import Case, fn

from carmanana.core import audit, clock, money
from carmanana.core.db import change
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal
from carmanana.deals import payments
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Payment, balance, balance_of
from carmanana.records.people import User
from carmanana.records.sops import SOP_OUTCOME
from carmanana.schema.sqlite import of_ids

RETURNED_WITHIN = timedelta(days=14)
FARTHEST = timedelta(days=366)
CLOSES = time(18)


def proposed_day(by: User) -> date:
    return clock.today(by.timezone) + RETURNED_WITHIN


def return_day_is_ahead(attempt: Attempt):
    """By when what is pending goes back; two weeks where nobody says."""
    day, today = attempt.given.get("return_by"), clock.today(attempt.by.timezone)
    if attempt.given.get("pending_cents") and day and not today <= day <= today + FARTHEST:
        return Refusal(
            "return_by",
            "Choose the day by which it goes back, from today on and within a year.",
            SOP_OUTCOME,
            field="return_by",
        )


def owe(attempt: Attempt) -> dict:
    """The task of the reviewer, for what is pending."""
    cents = attempt.given.get("pending_cents")
    return owe_by(attempt, cents, attempt.given.get("return_by") or proposed_day(attempt.by)) if cents else {}


def owe_by(attempt: Attempt, cents: int, day: date) -> dict:
    request = attempt.record
    deal = request.deal
    task = Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="task",
        subject=f"Return {money.shown(cents, deal.currency)} to {deal.customer.name}"[:250],
        due_at=clock.from_local(datetime.combine(day, CLOSES), request.reviewer.timezone),
        author=attempt.by,
        assignee=request.reviewer,
        at=attempt.at,
    )
    attempt.event_data["return_by"] = day.isoformat()
    return {"return_task": task}


def settle(deal: Deal, by: User) -> None:
    """Once nothing is with us any more it is returned; where a payment was voided since, it is owed again."""
    request = _owing.first(deal.id)
    if request is None:
        return
    left = balance(deal)
    if left <= 0 and request.returned_on is None:
        _turn(request, deal, by, _last_day(deal), "returned", done_at=clock.now(), done_by=by)
    elif left > 0 and request.returned_on is not None:
        _turn(request, deal, by, None, "owed_again", done_at=None, done_by=None)


def _turn(request: CancellationRequest, deal: Deal, by: User, day: date | None, verb: str, **task) -> None:
    was = request.returned_on
    change(request, returned_on=day)
    change(Activity.get_by_id(request.return_task_id), **task)
    audit.record(
        verb,
        request,
        by,
        cents=request.pending_cents,
        **{"from": was and was.isoformat(), "to": day and day.isoformat()},
    )


ON_CANCELLATION = "On cancellation"  # the note of what the decision itself moved


def settled_since(request: CancellationRequest) -> dict[str, int]:
    """What became of the pending money after the decision, by kind: `refunded`, or `kept` after the fact."""
    moved = (Payment.deal == request.deal_id) & Payment.kind.in_(("refunded", "kept")) & Payment.stands()
    since = moved & (Payment.created_at >= request.ended_at) & (Payment.note != ON_CANCELLATION)
    sums = Payment.select(Payment.kind, fn.SUM(Payment.amount_cents)).where(since).group_by(Payment.kind)
    return dict(sums.tuples())


def kept_of(request: CancellationRequest) -> bool:
    """Was what was pending kept after the fact, and nothing of it returned?"""
    return set(settled_since(request)) == {"kept"}


def _last_day(deal: Deal) -> date:
    gone = (Payment.deal == deal) & (Payment.kind != "received") & Payment.stands()
    return max(day for (day,) in Payment.select(Payment.paid_on).where(gone).tuples())


@prepared
def _owing(deal_id):
    owing = (CancellationRequest.deal == deal_id) & CancellationRequest.return_task.is_null(False)
    return CancellationRequest.select().where(owing).order_by(CancellationRequest.id.desc()).limit(1)


payments.SETTLED.append(settle)


# the list


def cases():
    """Those that left money to be returned."""
    return _cases().clone()


@cache
def _cases():
    joined = CancellationRequest.select().join(Activity, on=CancellationRequest.return_task)
    return joined.switch(CancellationRequest).where(CancellationRequest.return_task.is_null(False))


def alike(tab: str, now: datetime):
    """Those of a tab, where they are but counted: each has its task, which only when it is due needs to be asked."""
    found = cases() if tab == "late" else CancellationRequest.select()
    return found.where(CancellationRequest.return_task.is_null(False), standing(tab, now))


def tells(text: str):
    order = Deal.select(Deal.id).join(Customer).where(Deal.id == CancellationRequest.deal)
    return fn.EXISTS(order.where(Customer.name.contains(text)))


@of_ids
def listed(ids):
    """With as much of each as its row tells."""
    C = CancellationRequest
    own = C.id, C.deal, C.return_task, C.pending_cents, C.returned_on, C.ended_at
    vehicle = Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model
    order = Deal.id, Deal.customer, Deal.currency, *vehicle, Customer.id, Customer.name
    task = Activity.id, Activity.due_at, Activity.done_at, Activity.assignee, User.id, User.name
    joined = C.select(*own, *task, *order).join(Activity, on=C.return_task).join(User, on=Activity.assignee)
    return joined.switch(C).join(Deal).join(Customer).where(C.id.in_(ids))


def open_sums() -> dict[str, int]:
    """What is owed by currency."""
    sums: dict[str, int] = {}
    for currency, cents in _open_sums():
        sums[currency] = sums.get(currency, 0) + max(0, cents)
    return sums


@prepared
def _open_sums():
    signed = Case(None, [(Payment.kind == "received", Payment.amount_cents)], 0 - Payment.amount_cents)
    owing = CancellationRequest.select().where(CancellationRequest.return_task.is_null(False))
    return (
        owing.join(Deal)
        .join(Payment, on=(Payment.deal == Deal.id) & Payment.stands())
        .where(standing("open"))
        .select(Deal.currency, fn.SUM(signed))
        .group_by(CancellationRequest.return_task)
        .tuples()
    )


def of_rows(requests: list[CancellationRequest]) -> tuple[Callable, Callable]:
    """`left_of` and `kept_of` for the rows of a list, from one look at their payments."""
    made: dict[int, list[Payment]] = {request.deal_id: [] for request in requests}
    for payment in _payments(made) if made else ():
        made[payment.deal_id].append(payment)

    def left(request: CancellationRequest) -> int:
        return max(0, balance_of(made[request.deal_id]))

    def kept(request: CancellationRequest) -> bool:
        return {payment.kind for payment in made[request.deal_id] if _moved_since(payment, request)} == {"kept"}

    return left, kept


@of_ids
def _payments(deals):
    return Payment.select().where(Payment.deal.in_(deals), Payment.stands())


def _moved_since(payment: Payment, request: CancellationRequest) -> bool:
    later = payment.created_at >= request.ended_at and payment.note != ON_CANCELLATION
    return later and payment.kind in ("refunded", "kept")


def left_of(request: CancellationRequest) -> int:
    """Part of it may be on its way already."""
    return max(0, balance(request.deal))


def standing(show: str, now: datetime | None = None):
    still = CancellationRequest.returned_on.is_null()
    return {
        "open": still,
        "late": still & (Activity.due_at < (now or clock.now())),
        "returned": CancellationRequest.returned_on.is_null(False),
    }[show]
