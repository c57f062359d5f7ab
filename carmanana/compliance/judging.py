"""The machine of findings (SOP 0, review of calls and emails; domain 9): reviewed, answered, disputed once, decided by
another."""

from carmanana.compliance import finding_rules as rules
from carmanana.compliance.ledger import ledger
from carmanana.core.workflow import Attempt, Refusal, T, Workflow
from carmanana.records.compliance import (
    DISMISSED,
    DISPUTED,
    FINDING_STATES,
    JUDGES,
    OPEN,
    OVERTURNED,
    REVIEWED,
    TAKEN_BACK,
    UPHELD,
    Consequence,
    Finding,
)
from carmanana.records.notifications import Notification
from carmanana.records.sops import SOP_CALL_REVIEW

# who may


def judge(attempt: Attempt) -> bool:
    return attempt.by.has(*JUDGES)


def the_person(attempt: Attempt) -> bool:
    return attempt.record.user_id == attempt.by.id


def not_from_here(finding: Finding, trigger: str) -> Refusal:
    stands = FINDING_STATES[finding.state]
    code = "reviewed" if trigger == "review" else "not_from_here"
    if code == "reviewed":
        return Refusal(code, "This finding was reviewed already.", SOP_CALL_REVIEW)
    return Refusal(code, f"The finding stands at “{stands}”; this step does not lead on from there.", SOP_CALL_REVIEW)


# what it changes


def review(attempt: Attempt) -> dict:
    _tell_person(attempt, "A finding about your work stands")
    return _reviewed(attempt)


def dismiss(attempt: Attempt) -> dict:
    return _reviewed(attempt)


def _reviewed(attempt: Attempt) -> dict:
    return {"reviewed_at": attempt.at, "reviewed_by": attempt.by, "note": attempt.given["note"].strip()}


def answer(attempt: Attempt) -> dict:
    finding = attempt.record
    teller = finding.reviewed_by or finding.raised_by
    Notification.tell(
        teller, "finding_answered", f"{attempt.by.name} has answered a finding", attempt.by, finding=finding
    )
    return {"answer": attempt.given["answer"].strip(), "answered_at": attempt.at}


def dispute(attempt: Attempt) -> dict:
    finding = attempt.record
    Notification.tell_managers("finding_answered", f"{attempt.by.name} disputes a finding", attempt.by, finding=finding)
    return {"dispute": attempt.given["dispute"].strip(), "disputed_at": attempt.at}


def uphold(attempt: Attempt) -> dict:
    _tell_person(attempt, "The finding that you disputed is upheld")
    return _decided(attempt)


def overturn(attempt: Attempt) -> dict:
    """What followed from it is taken back with it."""
    _tell_person(attempt, "The finding that you disputed is overturned")
    _take_back_what_followed(attempt)
    return _decided(attempt)


def take_back(attempt: Attempt) -> dict:
    _tell_person(attempt, "A finding about your work is taken back")
    _take_back_what_followed(attempt)
    return _decided(attempt)


def _decided(attempt: Attempt) -> dict:
    return {"decided_at": attempt.at, "decided_by": attempt.by, "decision": attempt.given["decision"].strip()}


def _take_back_what_followed(attempt: Attempt) -> None:
    standing = Consequence.select().where(Consequence.finding == attempt.record, Consequence.state != TAKEN_BACK)
    for consequence in standing:
        if ledger.permits(consequence, "take_back", attempt.by):
            ledger.fire(
                consequence, "take_back", attempt.by, reason="The finding that it followed from does not stand."
            )


def _tell_person(attempt: Attempt, text: str) -> None:
    Notification.tell(attempt.record.user, "finding", text, attempt.by, finding=attempt.record)


REVIEW = (rules.not_their_own, rules.note_given)
DECIDE = (rules.not_their_own, rules.decided_by_another, rules.decision_given)

TABLE = [
    T("review", OPEN, REVIEWED, judge, REVIEW, review, event="review_finding"),
    T("dismiss", OPEN, DISMISSED, judge, REVIEW, dismiss, event="dismiss_finding"),
    *(
        T("answer", state, state, the_person, (rules.not_answered_yet, rules.answer_given), answer)
        for state in (OPEN, REVIEWED, DISPUTED, UPHELD)
    ),
    *(
        T("dispute", state, DISPUTED, the_person, (rules.disputed_once, rules.dispute_given), dispute)
        for state in (OPEN, REVIEWED)
    ),
    T("uphold", DISPUTED, UPHELD, judge, DECIDE, uphold),
    T("overturn", DISPUTED, OVERTURNED, judge, DECIDE, overturn),
    *(
        T("take_back", state, DISMISSED, judge, (rules.not_their_own, rules.decision_given), take_back)
        for state in (REVIEWED, UPHELD)
    ),
]

findings = Workflow(Finding, FINDING_STATES, TABLE, {}, not_from_here)
