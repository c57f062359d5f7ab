"""What a step of a customer's cancellation changes: the customer's status and owner, reasons, mood, and who hears of
it."""

from carmanana.core import audit
from carmanana.core.db import change
from carmanana.core.workflow import Attempt
from carmanana.customers import ownership
from carmanana.departures import notifying
from carmanana.departures.rules import reason_of
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.departures import Departure, DepartureReason
from carmanana.records.notifications import Notification


def mark(customer: Customer, status: str, by, departure: Departure) -> None:
    """The status of the customer, with an event of its own."""
    was = customer.status
    change(customer, status=status)
    audit.record("status", customer, by, was, status, departure=departure.id)


def process(attempt: Attempt) -> dict:
    """Owner, status and notifications, all of it or nothing."""
    departure, customer = attempt.record, attempt.record.customer
    assign(attempt)
    mark(customer, "cancelled", attempt.by, departure)
    note(attempt, "Customer cancelled", "\n".join(_reason(reason) for reason in departure.given_reasons))
    attempt.event_data["notified"] = notifying.notify(departure, attempt.by, attempt.given.get("link") or "")
    return _ended(attempt)


def _reason(reason: DepartureReason) -> str:
    return f"{reason.reason} ({reason.extra})" if reason.extra else reason.reason


def _ended(attempt: Attempt) -> dict:
    return {"ended_by": attempt.by, "ended_at": attempt.at}


def assign(attempt: Attempt) -> None:
    """What is planned of the ownership and not done yet."""
    departure, customer = attempt.record, attempt.record.customer
    new = departure.new_owner
    if new is None or new.id == customer.owner_id:
        return
    attempt.event_data |= {"was_owner": customer.owner_id, "owner": new.id}
    ownership.entrust(customer, new, attempt.by)
    Notification.tell(new, "customer_mine", f"{customer.name} is your customer now", attempt.by, customer=customer)


def perform(attempt: Attempt) -> dict:
    assign(attempt)
    return {}


def plan_owner(attempt: Attempt) -> dict:
    attempt.event_data["owner"] = attempt.given["new_owner"].id
    return {"new_owner": attempt.given["new_owner"]}


def remove(attempt: Attempt) -> dict:
    """The flag goes, what was mended meanwhile stays mended."""
    mark(attempt.record.customer, "live", attempt.by, attempt.record)
    return _ended(attempt) | {"words": (attempt.given.get("words") or "").strip()}


def reactivate(attempt: Attempt) -> dict:
    mark(attempt.record.customer, "live", attempt.by, attempt.record)
    words = attempt.given["words"].strip()
    note(attempt, "Customer reactivated", words)
    customer = attempt.record.customer
    Notification.tell(
        customer.owner, "customer_changed", f"{customer.name} is a customer again", attempt.by, customer=customer
    )
    return {"words": words}


def add_reason(attempt: Attempt) -> dict:
    given = attempt.given
    DepartureReason.create(
        departure=attempt.record,
        reason=given["reason"].strip(),
        extra=(given.get("extra") or "").strip(),
        written_by=attempt.by,
        written_at=attempt.at,
    )
    return {}


def edit_reason(attempt: Attempt) -> dict:
    words = {"reason": attempt.given["reason"].strip(), "extra": (attempt.given.get("extra") or "").strip()}
    who = {"written_by": attempt.by, "written_at": attempt.at}
    DepartureReason.update(**words, **who).where(DepartureReason.id == reason_of(attempt).id).execute()
    return {}


def drop_reason(attempt: Attempt) -> dict:
    reason_of(attempt).delete_instance()
    return {}


def note_mood(attempt: Attempt) -> dict:
    customer = attempt.record.customer
    change(customer, mood=attempt.given["mood"])
    audit.record("correct", customer, attempt.by, fields=["mood"])
    return {}


def note(attempt: Attempt, title: str, words: str) -> None:
    about = {"customer": attempt.record.customer_id, "at": attempt.at, "created_at": attempt.at}
    Activity.create(kind="note", subject=title, summary=words, author=attempt.by, **about)
