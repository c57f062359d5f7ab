"""How a review ends: the customer stays, the order is cancelled, or the request is withdrawn (SOP 0, step 7)."""

from datetime import datetime, time

from carmanana.cancellations import open_steps
from carmanana.cancellations.form_rules import said
from carmanana.cancellations.money_owed import ON_CANCELLATION, owe
from carmanana.cancellations.notifying import close_task, new_task, tell, write_note
from carmanana.cancellations.retention.accepting import accepted_offers, accepted_promises, reduced_value
from carmanana.cancellations.retention.planning import end_plan
from carmanana.core import clock
from carmanana.core.workflow import Attempt
from carmanana.deals.lifecycle import order
from carmanana.records.cancellations import COMMITTED, NOT_REACHED, NOTHING_TO_SAVE, CancellationRequest
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal, Payment
from carmanana.records.retention import Commitment, Offer, RetentionPlan

CLOSES = time(18)
ANSWERS = {  # to the SOP's two questions: committed to cancelling? a realistic way to save it?
    COMMITTED: {"committed": True, "saveable": False},
    NOT_REACHED: {"committed": None, "saveable": False},
    NOTHING_TO_SAVE: {"committed": False, "saveable": False},
}

SIGNING = ("value_cents", "agreement_on", "deposit_cents", "no_deposit_reason")


def stay(attempt: Attempt) -> dict:
    """What kept the customer and what we promised are documented; the order goes on."""
    request = attempt.record
    accepted = accepted_offers(request)
    end_review(attempt, "kept")
    write_note(attempt, "The customer stays", said(attempt, "kept_by"))
    _send_back(attempt, accepted)
    open_steps.give_back(request.deal)
    for promise in [*accepted_promises(attempt, accepted), *(attempt.given.get("commitments") or [])]:
        promised(attempt, promise)
    _follow_up(attempt)
    tell_all(attempt, f"{request.deal.customer.name} stays with us")
    return ended(attempt) | {"kept_by": said(attempt, "kept_by")}


def _send_back(attempt: Attempt, accepted: list[Offer]) -> None:
    """At the price that an accepted offer leaves. A follow-up replaces the next steps of before."""
    request, back_to = attempt.record, attempt.given["back_to"]
    given = {"case": request, "replaces": bool(said(attempt, "next_step"))}
    signing = {name: attempt.given.get(name) for name in SIGNING}
    value = reduced_value(request.deal, accepted, signing["value_cents"])
    if back_to == WON:
        order.fire(request.deal, "retain_won", attempt.by, **given, **signing | {"value_cents": value})
    else:
        order.fire(request.deal, "retain", attempt.by, stage=back_to, value_cents=value, **given)
    attempt.event_data |= {"back_to": back_to if back_to == WON else back_to.id}


def promised(attempt: Attempt, promise: dict) -> Commitment:
    """A commitment is a dated task on its owner."""
    request, owner = attempt.record, promise["owner"]
    due = clock.from_local(datetime.combine(promise["due_on"], CLOSES), owner.timezone)
    task = new_task(attempt, f"Promised: {promise['words'].strip()}"[:250], due, owner)
    tell(attempt, owner, f"{request.deal.customer.name}: we made a promise that you keep", "promise")
    kind = promise.get("kind") or "other"
    offer = promise.get("offer")
    return Commitment.create(
        request=request,
        kind=kind,
        words=promise["words"].strip(),
        task=task,
        made_by=attempt.by,
        made_at=attempt.at,
        offer=offer,
        value_cents=offer and offer.value_cents,
    )


def _follow_up(attempt: Attempt) -> None:
    if step := said(attempt, "next_step"):
        deal = Deal.get_by_id(attempt.record.deal_id)
        new_task(attempt, step, attempt.given["due_at"], attempt.by if deal.unowned else deal.owner)


def cancel(attempt: Attempt) -> dict:
    """The manager's decision and what became of the money are documented; the order is lost, cancelled by customer."""
    request, given = attempt.record, attempt.given
    end_review(attempt, "declined")
    write_note(attempt, "The order is cancelled", said(attempt, "decision"))
    for kind in ("refunded", "kept"):
        if cents := given[f"{kind}_cents"]:
            move_money(attempt, kind, cents)
    order.fire(request.deal, "cancel", attempt.by, case=request)
    tell_all(attempt, f"{request.deal.customer.name}: the cancellation is approved")
    sums = {name: given[name] for name in ("refunded_cents", "kept_cents", "pending_cents")}
    attempt.event_data |= sums | {"ground": given["ground"]}
    return (
        ended(attempt)
        | sums
        | owe(attempt)
        | {"ground": given["ground"], "decision": said(attempt, "decision")}
        | ANSWERS[given["ground"]]
    )


def move_money(attempt: Attempt, kind: str, cents: int) -> None:
    Payment.create(
        deal=attempt.record.deal,
        kind=kind,
        is_deposit=False,
        amount_cents=cents,
        paid_on=clock.today(attempt.by.timezone),
        note=ON_CANCELLATION,
        recorded_by=attempt.by,
    )


def end_review(attempt: Attempt, because: str) -> None:
    close_task(attempt)
    plan = RetentionPlan.current(attempt.record)
    if plan:
        end_plan(plan, because, attempt.at)


def ended(attempt: Attempt) -> dict:
    return {"ended_at": attempt.at, "ended_by": attempt.by}


def tell_all(attempt: Attempt, text: str) -> None:
    """The owner, who asked for it, the reviewer, and whoever tried to save it."""
    request: CancellationRequest = attempt.record
    plan = RetentionPlan.latest(request)
    people = {request.deal.owner, request.requested_by, request.reviewer, plan and plan.assignee}
    for person in sorted(filter(None, people), key=lambda person: person.id):
        tell(attempt, person, text)
