"""In which order the dates of an order stand: made, agreed, expected, delivered (domain 2)."""

from datetime import date, timedelta

from carmanana.core import clock
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.sops import SOP_FLOW

from .amounts import FIRST_DAY

AGREED_BEFORE = timedelta(days=366)
FARTHEST = timedelta(days=5 * 366)


def agreement_refusal(deal: Deal, day: date | None, by: User) -> Refusal | None:
    if day is None:
        return None
    if day > clock.today(by.timezone):
        return Refusal("agreement", "The agreement can't be signed in the future.", SOP_FLOW, field="agreement_on")
    if day < FIRST_DAY or (not deal.import_id and day < _made(deal, by) - AGREED_BEFORE):
        return Refusal(
            "agreement",
            f"The deal was made on {_made(deal, by):%-d %B %Y}. Check the year of the agreement.",
            SOP_FLOW,
            field="agreement_on",
        )


def eta_refusal(deal: Deal, day: date | None, agreed: date | None, by: User) -> Refusal | None:
    if day is None:
        return None
    if day > clock.today(by.timezone) + FARTHEST:
        return Refusal("eta", "An ETA lies within five years. Check the year.", SOP_FLOW, field="eta_on")
    if day < _begun(deal, agreed, by):
        return Refusal("eta", _before(deal, agreed, by, "An ETA"), SOP_FLOW, field="eta_on")


def expected_refusal(day: date, by: User) -> Refusal | None:
    """A guess; what has passed may stand until somebody guesses anew."""
    if not clock.today(by.timezone) - FARTHEST < day < clock.today(by.timezone) + FARTHEST:
        sentence = "A deal is expected to close within five years. Check the year."
        return Refusal("expected_close", sentence, SOP_FLOW, field="expected_close_on")


def delivery_refusal(deal: Deal, day: date | None, agreed: date | None, by: User) -> Refusal | None:
    if day is None:
        return None
    if deal.state != WON:
        return Refusal("not_won", "Only a won order is delivered.", SOP_FLOW, field="delivered_on")
    if day > clock.today(by.timezone):
        return Refusal(
            "delivery",
            "A delivery is entered once it has happened; use the ETA until then.",
            SOP_FLOW,
            field="delivered_on",
        )
    if day < _begun(deal, agreed, by):
        return Refusal("delivery", _before(deal, agreed, by, "A delivery"), SOP_FLOW, field="delivered_on")


def _begun(deal: Deal, agreed: date | None, by: User) -> date:
    return agreed or (FIRST_DAY if deal.import_id else _made(deal, by))


def _before(deal: Deal, agreed: date | None, by: User, what: str) -> str:
    if agreed:
        return f"{what} is not before the agreement of {agreed:%-d %B %Y}."
    return f"{what} is not before the deal was made, on {_begun(deal, agreed, by):%-d %B %Y}."


def _made(deal: Deal, by: User) -> date:
    return clock.local(deal.created_at, by.timezone).date()


def agreement_is_sensible(attempt: Attempt):
    """As a rule of the steps that give a date."""
    return agreement_refusal(attempt.record, attempt.get("agreement_on"), attempt.by)
