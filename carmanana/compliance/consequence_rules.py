"""What must hold before a consequence is set down, and before it ends."""

from carmanana.core import clock
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.compliance import (
    ACCESS,
    COACHING,
    DISCIPLINARY,
    DISMISSED,
    KINDS,
    OVERTURNED,
    RETRAINING,
    STANDING,
    Consequence,
)
from carmanana.records.sops import SOP_NON_COMPLIANCE


def _refused(field: str, sentence: str, code: str = "restriction") -> Refusal:
    return Refusal(code, sentence, SOP_NON_COMPLIANCE, field=field)


# setting one down: the record is not written yet


def kind_chosen(attempt: Attempt):
    if attempt.record.kind not in KINDS:
        return _refused("kind", "Choose what follows.", "kind")


def person_is_here(attempt: Attempt):
    if not attempt.record.user.active:
        return _refused("user", "Choose somebody who works here.", "user")


def not_on_oneself(attempt: Attempt):
    if attempt.record.user_id == attempt.by.id:
        return _refused("user", "Somebody else decides what follows for you.", "own")


def stage_chosen(attempt: Attempt):
    given = attempt.record
    if given.kind == ACCESS and (given.stage is None or given.stage.archived):
        return _refused("stage", "Choose a stage.")


def begins_in_time(attempt: Attempt):
    given = attempt.record
    if given.kind == ACCESS and (given.starts_on is None or given.starts_on < clock.today(given.user.timezone)):
        return _refused("starts_on", "Choose the first day, from today on.")


def ends_after_it_begins(attempt: Attempt):
    given = attempt.record
    if given.kind == ACCESS and given.starts_on and given.ends_on and given.ends_on < given.starts_on:
        return _refused("ends_on", "Choose a last day after the first one, or leave it open.")


def due_is_ahead(attempt: Attempt):
    given = attempt.record
    if given.kind in (COACHING, RETRAINING) and (
        given.due_on is None or given.due_on < clock.today(given.user.timezone)
    ):
        return _refused("due_on", "Choose by when, from today on.", "due")


def reason_given(attempt: Attempt):
    told = attempt.given.get("reason") if attempt.record.id else attempt.record.reason
    if not (told or "").strip():
        return _refused("reason", "Say why, in words.", "reason" if attempt.record.id else "restriction")


def not_barred_already(attempt: Attempt):
    given = attempt.record
    if given.kind != ACCESS or given.stage is None or given.starts_on is None:
        return None
    C = Consequence
    same = C.select().where(C.user == given.user, C.stage == given.stage, C.kind == ACCESS, C.state == STANDING)
    same = same.where(C.ends_on.is_null() | (C.ends_on >= given.starts_on))
    if (same if given.ends_on is None else same.where(C.starts_on <= given.ends_on)).exists():
        return _refused("stage", "They have lost access to this stage already.")


def finding_is_theirs(attempt: Attempt):
    finding = attempt.record.finding
    if finding and finding.user_id != attempt.record.user_id:
        return _refused("finding", "This finding is about somebody else.", "finding")
    if finding and finding.state in (DISMISSED, OVERTURNED):
        return _refused("finding", "This finding does not stand.", "finding")


IMPOSE = (
    kind_chosen,
    not_on_oneself,
    person_is_here,
    stage_chosen,
    begins_in_time,
    ends_after_it_begins,
    due_is_ahead,
    reason_given,
    not_barred_already,
    finding_is_theirs,
)


# ending one


def is_to_acknowledge(attempt: Attempt):
    if attempt.record.kind not in (COACHING, DISCIPLINARY):
        return Refusal(
            "not_this_kind", "This is not acknowledged: it ends on its day, or when it is done.", SOP_NON_COMPLIANCE
        )


def is_retraining(attempt: Attempt):
    if attempt.record.kind != RETRAINING:
        return Refusal("not_this_kind", "Only retraining is marked as done.", SOP_NON_COMPLIANCE)


def is_access(attempt: Attempt):
    if attempt.record.kind != ACCESS:
        return Refusal("not_this_kind", "Only access to a stage is given back.", SOP_NON_COMPLIANCE)


def its_days_are_over(attempt: Attempt):
    lost = attempt.record
    if lost.ends_on is None or lost.ends_on >= clock.local(attempt.at, lost.user.timezone).date():
        return Refusal("not_over", "It has not ended yet.", SOP_NON_COMPLIANCE)
