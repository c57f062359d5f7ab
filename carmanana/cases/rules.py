"""What must hold before a case goes on (Customer cancellation tool, *Cases*; domain 2 and 7)."""

from carmanana.core.workflow import Attempt, Refusal, asked_in_words
from carmanana.records.customer_cases import (
    DUPLICATE,
    PRIORITIES,
    STATES,
    WAITING_ON,
    CaseCheck,
    CustomerCase,
)
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER, RETENTION

SOP = "Cancelling a customer, cases"
WORKERS = (AGENT, MANAGER, RETENTION, CUSTOMER_CANCELLATION)
EDITORS = (*WORKERS, CRM_ADMIN)
reason_given = asked_in_words("reason", "Say why, in words.", SOP)


def subject_given(attempt: Attempt):
    if not attempt.words("subject"):
        return Refusal("subject", "Say in a few words what it is about.", SOP, field="subject")


def priority_chosen(attempt: Attempt):
    if attempt.given.get("priority") not in PRIORITIES:
        return Refusal("priority", "Choose how urgent it is.", SOP, field="priority")


def waits_on_somebody(attempt: Attempt):
    if attempt.given.get("waiting_on") not in WAITING_ON:
        return Refusal("waiting_on", "Choose on whom it waits.", SOP, field="waiting_on")


def waits_for_something(attempt: Attempt):
    if not attempt.words("waiting_for"):
        return Refusal("waiting_for", "Say what it waits for.", SOP, field="waiting_for")


def waits_anew(attempt: Attempt):
    """What waits already waits on somebody else, or for something else, from now on."""
    case, given = attempt.record, attempt.given
    if (given.get("waiting_on"), attempt.words("waiting_for")) == (case.waiting_on, case.waiting_for):
        return Refusal("same_wait", "It waits on them for this already.", SOP, field="waiting_for")


def resolution_given(attempt: Attempt):
    if not attempt.words("resolution"):
        return Refusal("resolution", "Say in words how it ended.", SOP, field="resolution")


def checklist_done(attempt: Attempt):
    left = CaseCheck.select().where(CaseCheck.case == attempt.record, CaseCheck.done_at.is_null()).count()
    if left:
        lines = "One line of the checklist is" if left == 1 else f"{left} lines of the checklist are"
        return Refusal("checklist", f"{lines} still open. Tick or remove what is left.", SOP)


def original_named(attempt: Attempt):
    """Another case of the same customer, which is no duplicate itself."""
    number = attempt.given.get("duplicate_of")
    original = number if isinstance(number, CustomerCase) else _case(number)
    same = original is not None and original.customer_id == attempt.record.customer_id
    if not same or original.id == attempt.record.id or original.state == DUPLICATE:
        sentence = "Choose the case of this customer that it repeats."
        return Refusal("duplicate_of", sentence, SOP, field="duplicate_of")
    attempt.read["duplicate_of"] = original


def _case(number) -> CustomerCase | None:
    known = str(number or "")
    return CustomerCase.get_or_none(CustomerCase.id == int(known)) if known.isascii() and known.isdigit() else None


def assignee_is_here(attempt: Attempt):
    person = attempt.given.get("assignee")
    if person is None or not person.active or not person.has(*WORKERS):
        return Refusal("assignee", "Choose somebody who is here and works with customers.", SOP, field="assignee")
    if person.id == attempt.record.assignee_id:
        return Refusal("same_assignee", f"It is {person.name}’s already.", SOP, field="assignee")


def not_from_here(case: CustomerCase, trigger: str) -> Refusal:
    return Refusal("not_from_here", f"The case is {STATES[case.state].lower()}: this can’t be done from here.", SOP)
