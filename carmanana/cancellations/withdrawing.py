"""A request that is withdrawn: a mistake, a duplicate, or taken back by the customer (domain 4)."""

from carmanana.cancellations import contacts, open_steps
from carmanana.cancellations.deciding import end_review, ended, tell_all
from carmanana.cancellations.form_rules import one_of, said
from carmanana.cancellations.notifying import write_note
from carmanana.cancellations.rules import reason_given
from carmanana.core.workflow import Attempt, Refusal
from carmanana.deals.lifecycle import order
from carmanana.records.cancellations import MISTAKES
from carmanana.records.deal_codes import ON_HOLD, WON
from carmanana.records.sops import SOP_OUTCOME

from .reviewers import eligible, report_involved, stands_apart

RESTORING = {ON_HOLD: "restore_hold", WON: "restore_won"}


def withdrawn_by_another(attempt: Attempt):
    """Who sold the order does not withdraw its cancellation, where another manager is here."""
    request, by = attempt.record, attempt.by
    if by not in eligible(request.deal, request.requested_by, at=request.requested_at) and not _stands_apart(attempt):
        return Refusal("sold_it", "You sold this order: another manager withdraws the request.", SOP_OUTCOME)


def _stands_apart(attempt: Attempt) -> bool:
    request = attempt.record
    return stands_apart(attempt.by, request.deal, request.requested_by, request.requested_at)


def their_words_are_logged(attempt: Attempt):
    """Whoever is said to have taken it back has told us so since, in a contact that can be read."""
    if attempt.given.get("because") == "client" and not contacts.spoken(attempt.record):
        sentence = "Log the call in which they said so, or their email, first. Then withdraw it."
        return Refusal("not_in_their_words", sentence, SOP_OUTCOME, field="because")


mistake_chosen = one_of("because", MISTAKES, "Choose why it is withdrawn.", SOP_OUTCOME)
WITHDRAW = (withdrawn_by_another, mistake_chosen, their_words_are_logged, reason_given)


def withdraw(attempt: Attempt) -> dict:
    """The order goes back to where it stood."""
    request, because = attempt.record, attempt.given["because"]
    end_review(attempt, "withdrawn")
    report_involved(attempt.by, request.deal, request.requested_by, request.requested_at)
    write_note(attempt, "Cancellation request withdrawn", f"{MISTAKES[because]}. {said(attempt, 'reason')}")
    order.fire(request.deal, RESTORING.get(request.return_state, "restore"), attempt.by, case=request)
    open_steps.give_back(request.deal)
    tell_all(attempt, f"{request.deal.customer.name}: the cancellation request is withdrawn")
    attempt.event_data |= {"because": because, "back_to": request.return_state}
    return ended(attempt) | {"withdrawn_because": because}
