"""What it does that a right to cancel is acknowledged, or does not apply (domain 4, *A right to cancel*)."""

from carmanana.cancellations.deciding import end_review, ended, move_money, tell_all
from carmanana.cancellations.form_rules import said
from carmanana.cancellations.money_owed import owe_by
from carmanana.cancellations.notifying import write_note
from carmanana.cancellations.rights import letters
from carmanana.cancellations.rights.deadlines import Found
from carmanana.cancellations.rights.money import returned_by, with_us
from carmanana.cancellations.rights.rules import found_for
from carmanana.contacting.calling.places import name_of
from carmanana.core import money
from carmanana.core.workflow import Attempt
from carmanana.deals.lifecycle import order
from carmanana.records.cancellations import BY_RIGHT, CancellationRequest


def acknowledge(attempt: Attempt) -> dict:
    """The order is cancelled by the customer's own statement; they are written to, and what they paid is owed to
    them."""
    request, found, kept = attempt.record, found_for(attempt), attempt.given.get("kept_cents") or 0
    owed = with_us(request.deal) - kept
    end_review(attempt, "withdrawn")
    letter = letters.send(attempt)
    decision = _in_words(request, found, owed, kept)
    write_note(attempt, "Right to cancel acknowledged: the order is cancelled", decision)
    if kept:
        move_money(attempt, "kept", kept)
    by_law = _cancel(attempt, found)
    letters.leave_to_somebody(attempt, letter)
    tell_all(attempt, f"{_name(attempt)}: the order is cancelled, by a right to cancel")
    attempt.event_data |= {
        "right": found.right.id,
        "sent_on": found.sent_on.isoformat(),
        "letter": letter and letter.id,
    }
    attempt.event_data |= {"kept_cents": kept, "pending_cents": owed}
    sums = {"refunded_cents": 0, "kept_cents": kept, "pending_cents": owed}
    task = owe_by(attempt, owed, returned_by(found.right, found.sent_on)) if owed else {}
    told = {"letter": letter, "ground": BY_RIGHT, "decision": decision, "came_by": attempt.get("came_by")}
    return ended(attempt) | by_law | sums | task | told


def _cancel(attempt: Attempt, found: Found) -> dict:
    """The database lets an order be cancelled once it reads that the right to is acknowledged."""
    request = attempt.record
    by_law = {"right": found.right, "sent_on": found.sent_on, "acknowledged_at": attempt.at}
    CancellationRequest.update(**by_law).where(CancellationRequest.id == request.id).execute()
    order.fire(request.deal, "cancel", attempt.by, case=request)
    return by_law


def _in_words(request: CancellationRequest, found: Found, owed: int, kept: int) -> str:
    currency, right = request.deal.currency, found.right
    told = [
        f"By the law of {name_of(right.region)} ({right.applies_to}). The statement was sent on "
        f"{found.sent_on:%-d %b %Y}."
    ]
    told += (
        [f"{money.shown(owed, currency)} goes back by {returned_by(right, found.sent_on):%-d %b %Y}."] if owed else []
    )
    told += [f"{money.shown(kept, currency)} is kept, as the law allows."] if kept else []
    return " ".join(told)


def _name(attempt: Attempt) -> str:
    return attempt.record.deal.customer.name


def dismiss(attempt: Attempt) -> dict:
    """It does not apply: who says so, when and why stand on the case, and the review goes on."""
    found, why = found_for(attempt), said(attempt, "reason")
    attempt.event_data |= {"right": found.right and found.right.id}
    write_note(attempt, "The right to cancel does not apply", why)
    tell_all(attempt, f"{_name(attempt)}: a right to cancel does not apply, the review goes on")
    return {"right_dismissed_at": attempt.at, "right_dismissed_by": attempt.by, "right_dismissed_why": why}


def take_back(attempt: Attempt) -> dict:
    """It may apply after all."""
    write_note(attempt, "The right to cancel may apply after all", said(attempt, "reason") or "Looked at again.")
    tell_all(attempt, f"{_name(attempt)}: the law may let them cancel after all, offer nothing until it is decided")
    return {"right_dismissed_at": None, "right_dismissed_by": None, "right_dismissed_why": ""}
