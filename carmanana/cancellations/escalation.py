"""A request that nobody took up in time goes to the next manager (domain 4; the worker's sweep)."""

from datetime import datetime

from carmanana.contacting.business_hours import first_contact_due
from carmanana.core.audit import history
from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.records.cancellations import BEFORE_CONTACT, CancellationRequest
from carmanana.records.people import HOUSE_ID, User

from .contacts import attempts
from .lifecycle import review
from .reviewers import eligible_for


def escalate_overdue(as_of: datetime) -> int:
    """Hand each overdue first contact to a manager who has not had it; how many there were. Who has tried and
    written it in the order's own log has not let it lie."""
    untried = [request for request in overdue(as_of) if not attempts(request)]
    return sum(_escalate(request) for request in untried + forgotten(as_of))


def overdue(as_of: datetime) -> list[CancellationRequest]:
    """The first contact is due and nobody has tried."""
    return _waiting(as_of, CancellationRequest.due_at, CancellationRequest.attempted_at.is_null())


def forgotten(as_of: datetime) -> list[CancellationRequest]:
    """The next attempt was promised for a time that is past by as long as a first contact may take."""
    missed = _waiting(as_of, CancellationRequest.next_attempt_at, CancellationRequest.attempted_at.is_null(False))
    return [request for request in missed if first_contact_due(request.next_attempt_at, request.reviewer) < as_of]


def _waiting(as_of: datetime, due, tried) -> list[CancellationRequest]:
    """Before the contact, past what was due, and nobody was told of it yet; the longest waiting first."""
    untold = CancellationRequest.escalated_at.is_null() | (CancellationRequest.escalated_at < due)
    waiting = CancellationRequest.state.in_(BEFORE_CONTACT) & (due < as_of)
    return list(CancellationRequest.still_open().where(waiting, tried, untold).order_by(due))


def _escalate(request: CancellationRequest) -> bool:
    try:
        review.fire(request, "escalate", User.get_by_id(HOUSE_ID), request.version, reviewer=next_manager(request))
    except (Stale, Refused):
        return False  # somebody took it up at this moment
    return True


def next_manager(request: CancellationRequest) -> User | None:
    had_it = {event.data.get("was_reviewer") for event in history(request)} | {request.reviewer_id}
    free = [manager for manager in eligible_for(request) if manager.id not in had_it]
    return free[0] if free else None
