"""What must hold before a right to cancel is acknowledged or dismissed, and what waits for it. Nothing that happened in
a review stands against a right that was used in time (domain 4)."""

from datetime import date, timedelta

from carmanana.cancellations.form_rules import words
from carmanana.cancellations.rights import letters
from carmanana.cancellations.rights.deadlines import LATEST_ZONE, Found, right_of, right_on, sent_on, today_of
from carmanana.cancellations.rights.money import most_kept
from carmanana.contacting.calling.places import name_of
from carmanana.contacting.mail.rules import LONGEST_TEXT, blank_in
from carmanana.contacting.phrase_check.rules import refusals_for
from carmanana.core import locales, money
from carmanana.core.workflow import Attempt, Refusal, Remedy, Rule
from carmanana.records.cancellations import CAME_BY, CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.retention import Offer
from carmanana.records.sops import SOP_OUTCOME, SOP_RETENTION

LONGEST_AGO = timedelta(days=366)


# the day of the statement


def statement_day(attempt: Attempt):
    """Not after today where the customer is, nor so long ago that nobody means it. Who is not asked says nothing."""
    day, customer = attempt.given.get("sent_on"), _customer(attempt)
    today = sent_on(attempt.at, customer.timezone or LATEST_ZONE)
    if day and not today - LONGEST_AGO <= day <= today:
        sentence = "Enter the day on which the customer sent it: today where they are, or within the last year."
        return Refusal("sent_on", sentence, SOP_OUTCOME, field="sent_on")
    if day and day < (began := _began(_order_of(attempt))):
        sentence = (
            f"The order began on {locales.short_day(began, attempt.by.locale, year=True)}, and was not cancelled "
            f"before. If it was agreed earlier, correct its agreement date first."
        )
        return Refusal("sent_before_the_order", sentence, SOP_OUTCOME, field="sent_on")


def _order_of(attempt: Attempt) -> Deal:
    return attempt.record.deal if isinstance(attempt.record, CancellationRequest) else attempt.record


def _began(deal: Deal) -> date:
    """The first day on which there was an order, as far as is known, wherever it was early."""
    return min(day for day in (sent_on(deal.created_at, ""), deal.agreement_on, deal.delivered_on) if day)


def _customer(attempt: Attempt) -> Customer:
    return _order_of(attempt).customer


def unless_a_right_runs(rule: Rule) -> Rule:
    """What keeps a request back does not keep back the statement of somebody whom the law lets cancel."""

    def stands_aside(attempt: Attempt):
        refusal = rule(attempt)
        return None if refusal and _right_runs(attempt) else refusal

    stands_aside.__name__ = f"{rule.__name__}_unless_a_right_runs"
    return stands_aside


def _right_runs(attempt: Attempt) -> bool:
    return _right_now(attempt).stands


def _right_now(attempt: Attempt) -> Found:
    """As of the day that was entered, or of today."""
    deal = attempt.record
    return right_on(deal, attempt.given.get("sent_on") or today_of(deal.customer))


def last_day_gone_by(attempt: Attempt) -> date | None:
    """Until when the law let them, where a statement of that day may still be entered."""
    found, today = _right_now(attempt), today_of(attempt.record.customer)
    late = found.covers and found.agreed and not found.in_time
    return found.last_day if late and found.last_day >= today - LONGEST_AGO else None


# acknowledging it


def found_for(attempt: Attempt) -> Found:
    day = attempt.given.get("sent_on")
    return right_on(attempt.record.deal, day) if day else right_of(attempt.record)


def right_is_known(attempt: Attempt):
    found, region = found_for(attempt), _customer(attempt).region
    if found.right is None:
        sentence = (
            f"No right to cancel is on file for {name_of(region) or 'a customer without a region'}; that does not "
            f"mean that there is none. Have the row added, or go on with the review."
        )
        see = Remedy("See the rules", "rights.index", (), "shield")
        return Refusal("right_unknown", sentence, SOP_OUTCOME, (see,))
    if not found.covers:
        sentence = "As the order stands it is none that this right covers. If that is not so, correct the order first."
        return Refusal("right_not_covered", sentence, SOP_OUTCOME)


def sent_in_time(attempt: Attempt):
    found = found_for(attempt)
    if found.covers and not found.in_time:
        sentence = (
            f"The last day was {locales.short_day(found.last_day, attempt.by.locale, year=True)}. If the customer sent it by then, enter that day; what "
            f"counts is the day it was sent."
        )
        return Refusal("too_late", sentence, SOP_OUTCOME, field="sent_on")


def conditions_checked(attempt: Attempt):
    found = found_for(attempt)
    if found.right and found.right.conditions and not attempt.given.get("conditions"):
        return Refusal("conditions", f"Check first: {found.right.conditions}.", SOP_OUTCOME, field="conditions")


def kept_within_the_law(attempt: Attempt):
    found, cents, deal = found_for(attempt), attempt.given.get("kept_cents") or 0, attempt.record.deal
    most = most_kept(found.right, deal) if found.right else 0
    if found.right and not 0 <= cents <= most:
        sentence = (
            f"At most {money.shown(most, deal.currency)} may be kept: {found.right.money}."
            if most
            else "Nothing may be kept: all that was paid goes back."
        )
        return Refusal("kept", sentence, SOP_OUTCOME, field="kept_cents")


def letter_written(attempt: Attempt):
    text = letters.text_of(attempt)
    if len(text) > LONGEST_TEXT:
        return Refusal("letter", f"A letter has at most {LONGEST_TEXT:,} characters.", SOP_OUTCOME, field="letter")
    if blank := blank_in(text):
        return Refusal("blank", f"Fill in {blank}, or take it out.", SOP_OUTCOME, field="letter")


def letter_says_nothing_it_may_not(attempt: Attempt):
    """The phrase check reads it as any letter of theirs."""
    terms = Offer.terms_in_force(attempt.record.deal.customer)
    meant = bool(attempt.given.get("quoting"))
    found = refusals_for(letters.text_of(attempt), attempt.by, terms, "letter", confirmed=meant)
    return found[0] if found else None


def way_it_was_sent(attempt: Attempt):
    if attempt.get("came_by") not in CAME_BY:
        return Refusal("came_by", "Choose how it was sent.", SOP_OUTCOME, field="came_by")


ACKNOWLEDGE = (
    statement_day,
    way_it_was_sent,
    right_is_known,
    sent_in_time,
    conditions_checked,
    kept_within_the_law,
    letter_written,
    letter_says_nothing_it_may_not,
)


# dismissing it


def not_dismissed_yet(attempt: Attempt):
    if attempt.record.right_dismissed_at:
        return Refusal("dismissed", "It is decided already that it does not apply.", SOP_OUTCOME)


def is_dismissed(attempt: Attempt):
    if not attempt.record.right_dismissed_at:
        return Refusal("not_dismissed", "Nobody has decided that it does not apply.", SOP_OUTCOME)


DISMISS = (not_dismissed_yet, words("reason", "Say why it does not apply.", SOP_OUTCOME))


# what waits for the decision


def right_is_decided(attempt: Attempt):
    """What takes effect by the customer's own statement is not up for retention, or for a decision of ours."""
    request = attempt.record
    if not request.right_dismissed_at and right_of(request).stands:
        sentence = (
            "The law may let this customer cancel, and they said so in time: acknowledge it, or say why it "
            "does not apply."
        )
        return Refusal("right_to_cancel", sentence, SOP_RETENTION)
