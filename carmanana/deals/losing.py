"""What each reason of a loss needs to be true (Lead & deal SOP, section I)."""

from carmanana.contacting import attempts
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.deal_codes import DO_NOT_CONTACT, LOSS_REASONS
from carmanana.records.sops import SOP_FLOW

from .rules import LOG_CALL, WRITE_EMAIL

NO_RESPONSE, NO_DETAILS = "no_response", "no_details"
IN_THEIR_WORDS = ("bought_elsewhere", "price", "financing", "changed_mind", DO_NOT_CONTACT)


def attempts_were_reasonable(attempt: Attempt):
    if attempt.get("loss_reason") == NO_RESPONSE:
        return attempts.no_response(attempt, SOP_FLOW, (LOG_CALL, WRITE_EMAIL), "loss_reason")


def they_said_so(attempt: Attempt):
    """A reason in the customer's words is heard from the customer."""
    reason = attempt.get("loss_reason")
    if reason not in IN_THEIR_WORDS:
        return None
    if not any(contact.connected for contact in attempts.since_claim(attempt.record, attempt.at)):
        sentence = f"“{LOSS_REASONS[reason]}” is what a customer tells us. Log the contact in which they said so."
        return Refusal("not_said", sentence, SOP_FLOW, (LOG_CALL, WRITE_EMAIL), field="loss_reason")


def details_are_wrong(attempt: Attempt):
    if attempt.get("loss_reason") == NO_DETAILS and not attempts.without_details(attempt.record.customer_id):
        sentence = "There is still a number or an address that nobody found to be wrong. Try it first."
        return Refusal("details", sentence, SOP_FLOW, (LOG_CALL, WRITE_EMAIL), field="loss_reason")


REASONS = (attempts_were_reasonable, they_said_so, details_are_wrong)
