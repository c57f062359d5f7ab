"""A request that nobody took up in time goes to the next manager (domain 4; the worker's sweep)."""

from datetime import datetime

from carmanana.audit import history
from carmanana.db import Stale
from carmanana.people.models import HOUSE_ID, User
from carmanana.workflow import Refused

from .contacts import attempts
from .lifecycle import review
from .models import BEFORE_CONTACT, CancellationRequest
from .reviewers import eligible


def escalate_overdue(as_of: datetime) -> int:
    """Hand each overdue first contact to a manager who has not had it; how many there were. Who has tried and
    written it in the order's own log has not let it lie."""
    return sum(_escalate(request) for request in overdue(as_of) if not attempts(request))


def overdue(as_of: datetime) -> list[CancellationRequest]:
    """The first contact is due, nobody has tried, and nobody was told of it yet."""
    late = CancellationRequest.due_at < as_of
    untold = CancellationRequest.escalated_at.is_null() | (CancellationRequest.escalated_at < CancellationRequest.due_at)
    waiting = CancellationRequest.state.in_(BEFORE_CONTACT) & CancellationRequest.attempted_at.is_null()
    return list(CancellationRequest.still_open().where(late, untold, waiting).order_by(CancellationRequest.due_at))


def _escalate(request: CancellationRequest) -> bool:
    try:
        review.fire(request, "escalate", User.get_by_id(HOUSE_ID), request.version, reviewer=next_manager(request))
    except (Stale, Refused):
        return False  # somebody took it up at this moment
    return True


def next_manager(request: CancellationRequest) -> User | None:
    had_it = {event.data.get("was_reviewer") for event in history(request)} | {request.reviewer_id}
    free = [manager for manager in eligible(request.deal, request.requested_by, request.reviewer) if manager.id not in had_it]
    return free[0] if free else None
