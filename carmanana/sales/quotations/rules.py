"""What must hold of a quotation before a step (domain 7, the small machines; lead & deal SOP, section F: a lead has
none)."""

from datetime import date, timedelta

from carmanana.contacting import lock
from carmanana.contacting.mail import outbox_address
from carmanana.core import clock
from carmanana.core.workflow import Attempt, Refusal, Remedy, asked_in_words
from carmanana.records.deal_codes import ACTIVE, ON_HOLD
from carmanana.records.people import User
from carmanana.records.quotations import STATES, Quotation

SOP = "Lead & deal SOP, section G: a price only after the needs assessment"
LONGEST = timedelta(days=365)
BY_HAND = Remedy("Sent by hand…", "quotations.send_by_hand", (), "check")
reason_given = asked_in_words("reason", "Say why, in words.", SOP)


def today(attempt: Attempt) -> date:
    return clock.today(_zone(attempt))


def _zone(attempt: Attempt) -> str:
    """The command line is nobody."""
    return attempt.by.timezone if attempt.by else User.timezone.default


def deal_is_open(attempt: Attempt):
    if attempt.record.deal.state not in (ACTIVE, ON_HOLD):
        return Refusal("deal_closed", "A quotation is put to the customer while the deal is open.", SOP)


def may_be_contacted(attempt: Attempt):
    customer = attempt.record.customer
    if lock.closed_to(customer, attempt.by):
        return lock.refusal_to_a_manager(customer, attempt.by)


def has_lines(attempt: Attempt):
    if not attempt.record.lines:
        return Refusal("no_lines", "Add what it is for first: the vehicle and whatever comes with it.", SOP)


def comes_to_something(attempt: Attempt):
    if attempt.record.lines and attempt.record.total_cents <= 0:
        return Refusal("no_total", "The sum must be more than nothing. Correct the lines.", SOP)


def validity_is_ahead(attempt: Attempt):
    until = attempt.get("valid_until")
    if not isinstance(until, date) or until < today(attempt):
        return Refusal("valid_until", "Say until which day it holds, today or later.", SOP, field="valid_until")
    if until > today(attempt) + LONGEST:
        return Refusal("too_long", "It holds for a year at most.", SOP, field="valid_until")


def mail_can_be_sent(attempt: Attempt):
    if not outbox_address.has_server():
        sentence = "There is no mail server. Print it, send it yourself, and say that it was sent by hand."
        return Refusal("no_server", sentence, SOP, (BY_HAND,))


def accepted_in_time(attempt: Attempt):
    day, quotation = attempt.given.get("accepted_on"), attempt.record
    if not isinstance(day, date) or day > today(attempt):
        return Refusal(
            "accepted_on", "Choose the day on which they accepted, not after today.", SOP, field="accepted_on"
        )
    if day < clock.local(quotation.sent_at, _zone(attempt)).date():
        return Refusal("before_sent", "They can’t have accepted it before it was sent.", SOP, field="accepted_on")
    if day > quotation.valid_until:
        sentence = "It had expired by then. Make a new quotation."
        return Refusal("too_late", sentence, SOP, field="accepted_on")


def validity_is_over(attempt: Attempt):
    if attempt.record.valid_until >= today(attempt):
        return Refusal("still_valid", "It holds still.", SOP)


def does_not_lead(attempt: Attempt):
    if attempt.record.leading:
        return Refusal("leads", "It leads already.", SOP)


def not_from_here(quotation: Quotation, trigger: str) -> Refusal:
    return Refusal(
        "not_from_here", f"{quotation.name} is {STATES[quotation.state].lower()}; this does not lead on.", SOP
    )
