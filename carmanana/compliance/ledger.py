"""The ledger of consequences as one table (SOP 0, *Non-compliance may lead to*; domain 9). What is set down there is
done, acknowledged, ended or taken back, and never deleted."""

from carmanana.compliance import consequence_rules as rules
from carmanana.core.workflow import Attempt, Refusal, T, Workflow
from carmanana.records.compliance import (
    ACCESS,
    ACKNOWLEDGED,
    CONSEQUENCE_STATES,
    DONE,
    ENDED,
    IMPOSES,
    STANDING,
    TAKEN_BACK,
    Consequence,
)
from carmanana.records.notifications import Notification
from carmanana.records.sops import SOP_NON_COMPLIANCE

# who may


def the_person(attempt: Attempt) -> bool:
    return attempt.record.user_id == attempt.by.id


def somebody_else(attempt: Attempt) -> bool:
    """Those who may set one down, and not on themselves."""
    return attempt.by.has(*IMPOSES) and attempt.record.user_id != attempt.by.id


def the_house(attempt: Attempt) -> bool:
    """Nobody: the sweep acts for CarManana."""
    return attempt.by.house


def not_from_here(consequence: Consequence, trigger: str) -> Refusal:
    stands = CONSEQUENCE_STATES[consequence.state].lower()
    return Refusal("not_from_here", f"This is {stands} already.", SOP_NON_COMPLIANCE)


# what it changes


def acknowledge(attempt: Attempt) -> dict:
    consequence = attempt.record
    text = f"{consequence.user.name} has acknowledged: {consequence.kind_name.lower()}"
    Notification.tell(consequence.created_by, "consequence_news", text, attempt.by, consequence=consequence)
    return {"acknowledged_at": attempt.at}


def finish(attempt: Attempt) -> dict:
    return _closed(attempt) | {"closed_because": (attempt.given.get("reason") or "").strip()}


def end(attempt: Attempt) -> dict:
    """Access comes back: by itself, or earlier by somebody who says why."""
    consequence = attempt.record
    text = f"You have access to {consequence.stage.name} again"
    Notification.tell(consequence.user, "consequence", text, attempt.by, consequence=consequence)
    return finish(attempt)


def take_back(attempt: Attempt) -> dict:
    consequence = attempt.record
    text = f"Taken back: {consequence.kind_name.lower()}"
    if consequence.kind == ACCESS and attempt.was == STANDING:
        text = f"You have access to {consequence.stage.name} again"
    Notification.tell(consequence.user, "consequence", text, attempt.by, consequence=consequence)
    return finish(attempt)


def _closed(attempt: Attempt) -> dict:
    attempt.event_data |= {"kind": attempt.record.kind, "user": attempt.record.user_id}
    return {"closed_at": attempt.at, "closed_by": attempt.by}


TABLE = [
    T("acknowledge", STANDING, ACKNOWLEDGED, the_person, (rules.is_to_acknowledge,), acknowledge),
    T("finish", STANDING, DONE, somebody_else, (rules.is_retraining, rules.reason_given), finish),
    T("restore", STANDING, ENDED, somebody_else, (rules.is_access, rules.reason_given), end),
    T("expire", STANDING, ENDED, the_house, (rules.is_access, rules.its_days_are_over), end),
    *(
        T("take_back", state, TAKEN_BACK, somebody_else, (rules.reason_given,), take_back)
        for state in (STANDING, ACKNOWLEDGED, DONE, ENDED)
    ),
]

ledger = Workflow(Consequence, CONSEQUENCE_STATES, TABLE, {}, not_from_here)
