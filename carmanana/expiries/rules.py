"""What must hold of an expiry (Customer cancellation tool, *Future expiry*; domain 2 and 7)."""

from datetime import date, timedelta

from carmanana.core import clock
from carmanana.core.workflow import Attempt, Refusal, asked_in_words
from carmanana.records.customers import WISHES, Customer
from carmanana.records.expiries import KINDS, STATES, THEIRS, Expiry
from carmanana.records.people import User

SOP = "Cancelling a customer, future expiry"
FARTHEST = timedelta(days=3653)
reason_given = asked_in_words("reason", "Say why, in words.", SOP)


def kind_chosen(attempt: Attempt):
    if attempt.given.get("kind") not in KINDS:
        return Refusal("kind", "Choose whose contract it is.", SOP, field="kind")


def supplier_named(attempt: Attempt):
    if attempt.given.get("kind") == THEIRS and not attempt.words("supplier"):
        return Refusal("supplier", "Name the supplier whom their contract is with.", SOP, field="supplier")


def day_is_ahead(attempt: Attempt):
    day, today = attempt.given.get("on"), clock.today(attempt.by.timezone)
    if not isinstance(day, date) or day <= today:
        return Refusal("on", "Choose a day in the future.", SOP, field="on")
    if day > today + FARTHEST:
        return Refusal("far", "Choose a day within ten years.", SOP, field="on")


def is_another_day(attempt: Attempt):
    if attempt.given.get("on") == attempt.record.on:
        return Refusal("same_day", "It is on that day already.", SOP, field="on")


def owner_is_here(attempt: Attempt):
    owner = attempt.given.get("owner")
    if owner is None or not (owner.active and owner.works_deals):
        return Refusal("owner", "Choose somebody who is here and works leads.", SOP, field="owner")
    if owner.id == attempt.record.owner_id:
        return Refusal("same_owner", f"It is {owner.name}’s already.", SOP, field="owner")


def day_has_come(attempt: Attempt):
    if attempt.record.on > today_of(attempt.record):
        return Refusal("early", "It becomes a lead on its day. Move it, if it is to come sooner.", SOP)


def may_be_contacted(attempt: Attempt):
    if wants_no_contact(attempt.record.customer):
        return Refusal("do_not_contact", "They asked not to be contacted: no lead is made of them.", SOP)


def wants_no_contact(customer: Customer) -> bool:
    """On no channel at all."""
    return all(getattr(customer, wish) for wish in WISHES)


def today_of(expiry: Expiry) -> date:
    """Where its owner is."""
    owner = expiry.owner
    return clock.today(owner.timezone if owner and not owner.house else User.timezone.default)


def not_from_here(expiry: Expiry, trigger: str) -> Refusal:
    return Refusal("not_from_here", f"This expiry is settled: {STATES[expiry.state].lower()}.", SOP)
