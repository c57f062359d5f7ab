"""The manager's plan for saving an order: made, revised, ended; and the customer's own terms answered (SOP 0, step
6)."""

from datetime import datetime

from carmanana.cancellations import open_steps
from carmanana.cancellations.directing import end_directions
from carmanana.cancellations.form_rules import said
from carmanana.cancellations.notifying import next_task, tell, write_note
from carmanana.core.db import change
from carmanana.core.workflow import Attempt
from carmanana.records.people import User
from carmanana.records.retention import OFFER_KINDS, CounterOffer, Offer, RetentionPlan

TASK = "Save the order: present the approved offers"


def assign(attempt: Attempt) -> dict:
    """The case goes to the Retention Team with what it may offer."""
    given, request = attempt.given, attempt.record
    plan = RetentionPlan.create(
        request=request,
        instructions=said(attempt, "instructions"),
        limits=said(attempt, "limits") or _limits_of(attempt.given["offers"]),
        assignee=given["assignee"],
        due_at=given["due_at"],
        made_by=attempt.by,
        made_at=attempt.at,
    )
    approve(attempt, plan, given["offers"])
    attempt.event_data |= {"plan": plan.id, "assignee": plan.assignee_id}
    write_note(
        attempt, f"Retention plan for {plan.assignee.name}", "\n".join([_words_of(plan), *_close_to_others(attempt)])
    )
    _give_case(attempt, plan.assignee)
    name = request.deal.customer.name
    tell(attempt, plan.assignee, f"{name}: an order to save is yours", "save_mine")
    tell(attempt, request.deal.owner, f"{name}: the Retention Team tries to save the order")
    task = next_task(attempt, TASK, plan.due_at, plan.assignee, plan.instructions)
    return {"ground": None, "committed": False, "saveable": True, "task": task}


def _limits_of(offers: list[dict]) -> str:
    """Each limit once, where the plan has none of its own."""
    return "; ".join(dict.fromkeys(offer["limits"].strip() for offer in offers))


def _close_to_others(attempt: Attempt) -> list[str]:
    """Whom the reviewer had directed: from now on the customer is the member's."""
    people, name = end_directions(attempt), attempt.record.deal.customer.name
    for person in people:
        tell(attempt, person, f"{name}: the Retention Team has the case now. Please no longer contact the customer")
    return [f"{person.name} may no longer contact the customer." for person in people]


def approve(attempt: Attempt, plan: RetentionPlan, offers: list[dict]) -> list[Offer]:
    return [
        Offer.create(
            plan=plan,
            kind=offer["kind"],
            terms=offer["terms"].strip(),
            value_cents=offer.get("value_cents"),
            limits=(offer.get("limits") or "").strip(),
            expires_at=offer["expires_at"],
            approved_by=attempt.by,
            approved_at=attempt.at,
        )
        for offer in offers
    ]


def _words_of(plan: RetentionPlan) -> str:
    offers = [f"{OFFER_KINDS[offer.kind]}: {offer.terms}" for offer in plan.offers if offer.standing]
    return "\n".join([plan.instructions, f"Limits: {plan.limits}", *offers])


def _give_case(attempt: Attempt, to: User) -> None:
    """Who sees the order and may contact the customer while they try to save it."""
    deal = attempt.record.deal
    change(type(deal).get_by_id(deal.id), retention=to)
    open_steps.pass_on(deal, to)


def revise(attempt: Attempt) -> dict:
    """Amended offers or limits, or another member."""
    given, request = attempt.given, attempt.record
    plan = RetentionPlan.current(request)
    fields = {name: given[name] for name in ("due_at", "assignee") if given.get(name)}
    fields |= {name: text for name in ("instructions", "limits") if (text := said(attempt, name))}
    for offer in given.get("withdrawn") or []:
        Offer.update(withdrawn_at=attempt.at).where(Offer.id == offer.id).execute()
    approve(attempt, plan, given.get("offers") or [])
    was = plan.assignee
    change(plan, **fields)
    attempt.event_data |= {"plan": plan.id, "assignee": plan.assignee_id}
    write_note(attempt, "Retention plan revised", _words_of(plan))
    _give_case(attempt, plan.assignee)
    name = request.deal.customer.name
    if was != plan.assignee:
        tell(attempt, was, f"{name}: {plan.assignee.name} saves the order now")
    tell(
        attempt,
        plan.assignee,
        f"{name}: the plan has changed" if was == plan.assignee else f"{name}: an order to save is yours",
        "cancellation_news" if was == plan.assignee else "save_mine",
    )
    return {"task": next_task(attempt, TASK, plan.due_at, plan.assignee, plan.instructions)}


def end_plan(plan: RetentionPlan, because: str, at: datetime, response: str = "") -> None:
    change(plan, ended_at=at, ended_because=because, response=response)


def answer_counter(attempt: Attempt) -> dict:
    """The customer's terms become an approved offer, or they don't."""
    given, request = attempt.given, attempt.record
    counter, plan = given["counter"], RetentionPlan.current(request)
    fields = {
        "approved": given["approved"],
        "answer": said(attempt, "words"),
        "answered_by": attempt.by,
        "answered_at": attempt.at,
    }
    CounterOffer.update(**fields).where(CounterOffer.id == counter.id).execute()
    if given["approved"]:
        approve(attempt, plan, given["offers"])
    verdict = "approved" if given["approved"] else "not approved"
    write_note(attempt, f"The customer's terms are {verdict}", said(attempt, "words") or counter.terms)
    tell(attempt, plan.assignee, f"{request.deal.customer.name}: their terms are {verdict}")
    attempt.event_data |= {"counter": counter.id, "approved": given["approved"]}
    return {}
