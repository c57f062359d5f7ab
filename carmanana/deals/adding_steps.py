"""A next step of a deal, added by itself (SOP 1, section H): its rules and what it sets down."""

from carmanana.contacting import log
from carmanana.core.workflow import Attempt


def may_log(attempt: Attempt) -> bool:
    return log.may_log(attempt.record, attempt.by)


def told(attempt: Attempt):
    return _about("next_step", attempt)


def due_in_time(attempt: Attempt):
    return _about("due_at", attempt)


def _about(field: str, attempt: Attempt):
    said, due_at = attempt.given.get("next_step") or "", attempt.given.get("due_at")
    found = log.step_refusals(attempt.record, said, due_at, attempt.by)
    return next((refusal for refusal in found if refusal.field == field), None)


def not_locked(attempt: Attempt):
    """When a customer under cancellation review is contacted next is the manager's to say."""
    return next(iter(log.locked(attempt.record, attempt.by)), None)


RULES = (told, due_in_time, not_locked)


def add(attempt: Attempt) -> dict:
    given = attempt.given
    log.make_step(attempt.record, attempt.by, given["next_step"], given["due_at"], given.get("assignee"))
    return {}
