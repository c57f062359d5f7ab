"""What must hold before a step of a customer's cancellation is taken (domain 7)."""

from carmanana.core.workflow import Attempt, Refusal, asked_in_words
from carmanana.departures.sections import SOP
from carmanana.records.customers import MOODS
from carmanana.records.departures import Departure, DepartureReason
from carmanana.records.people import User

reason_written = asked_in_words("reason", "Write the reason, in words.", SOP)


def reason_is_theirs(attempt: Attempt):
    if reason_of(attempt) is None:
        return Refusal("reason_gone", "This reason has been taken out already.", SOP)


def reason_of(attempt: Attempt) -> DepartureReason | None:
    """The reason that the step names, of this very cancellation."""
    if "reason" not in attempt.read:
        sent = str(attempt.given.get("reason_id") or "")
        known = sent.isascii() and sent.isdigit() and len(sent) < 16
        theirs = DepartureReason.departure == attempt.record
        attempt.read["reason"] = DepartureReason.get_or_none(DepartureReason.id == int(sent), theirs) if known else None
    return attempt.read["reason"]


def owner_chosen(attempt: Attempt):
    return _owner_is_here(attempt.given.get("new_owner"))


def owner_planned(attempt: Attempt):
    if attempt.record.new_owner_id is None:
        return Refusal("no_owner", "Choose the new owner first.", SOP)


def planned_owner_is_here(attempt: Attempt):
    """Somebody chosen a week ago may have left since."""
    planned = attempt.record.new_owner
    return _owner_is_here(planned) if planned and planned.id != attempt.record.customer.owner_id else None


def _owner_is_here(owner: User | None):
    if owner is None or not (owner.active and owner.works_deals):
        sentence = "The new owner is somebody who is here and works deals. Choose another one."
        return Refusal("owner", sentence, SOP, field="new_owner")


def mood_known(attempt: Attempt):
    if attempt.given.get("mood") not in MOODS:
        return Refusal("mood", "Choose the mood of the customer from the list.", SOP, field="mood")


def words_given(attempt: Attempt):
    if not (attempt.given.get("words") or "").strip():
        return Refusal("words", "Say why, in words.", SOP, field="words")


def is_the_newest(attempt: Attempt):
    if not attempt.record.customer.cancelled or Departure.newest(attempt.record.customer_id).id != attempt.record.id:
        return Refusal("not_cancelled", "This customer is not cancelled any more.", SOP)


def not_from_here(departure: Departure, trigger: str) -> Refusal:
    sentence = f"This cancellation is {departure.state_name.lower()} already."
    return Refusal("ended", sentence, SOP)
