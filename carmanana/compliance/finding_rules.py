"""What must hold before a finding is judged, answered or disputed (domain 9)."""

from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.compliance import RAISED_BY_HAND
from carmanana.records.sops import SOP_CALL_REVIEW

LONGEST = 1000


def words(field: str, sentence: str):
    """A rule that asks for a few words, not too many."""

    def given(attempt: Attempt):
        if not 0 < len((attempt.given.get(field) or "").strip()) <= LONGEST:
            return Refusal(field, f"{sentence}, at most {LONGEST:,} characters.", SOP_CALL_REVIEW, field=field)

    return given


note_given = words("note", "Say in a few words what came of it")
answer_given = words("answer", "Write your answer")
dispute_given = words("dispute", "Say why you see it differently")
decision_given = words("decision", "Say why, for the person")


def not_their_own(attempt: Attempt):
    if attempt.record.user_id == attempt.by.id:
        return Refusal("own", "Somebody else reviews what you wrote or did.", SOP_CALL_REVIEW)


def decided_by_another(attempt: Attempt):
    """Neither who raised it nor who reviewed it decides a dispute about it."""
    finding = attempt.record
    if attempt.by.id in (finding.raised_by_id, finding.reviewed_by_id):
        return Refusal(
            "another", "You raised or reviewed this finding: somebody else decides the dispute.", SOP_CALL_REVIEW
        )


def disputed_once(attempt: Attempt):
    if attempt.record.disputed_at:
        return Refusal("once", "A finding is disputed once.", SOP_CALL_REVIEW)


def not_answered_yet(attempt: Attempt):
    if attempt.record.answered_at:
        return Refusal("answered", "You have answered this finding.", SOP_CALL_REVIEW)


# raising one by hand


def person_chosen(attempt: Attempt):
    user = attempt.given.get("user")
    if user is None or user.house:
        return Refusal("user", "Choose whose it is.", SOP_CALL_REVIEW, field="user")


def not_of_oneself(attempt: Attempt):
    if attempt.given.get("user") == attempt.by:
        return Refusal("own", "What is yours, somebody else raises.", SOP_CALL_REVIEW, field="user")


def sort_chosen(attempt: Attempt):
    if attempt.given.get("sort") not in RAISED_BY_HAND:
        return Refusal("sort", "Choose what it is.", SOP_CALL_REVIEW, field="sort")


words_given = words("words", "Describe what was done or said")
