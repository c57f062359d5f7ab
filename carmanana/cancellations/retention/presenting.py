"""The retention member's side: present what is approved, write down the answer, ask for more, end it (SOP 0, step
6)."""

from textwrap import shorten

from carmanana.cancellations import open_steps
from carmanana.cancellations.form_rules import said
from carmanana.cancellations.notifying import next_task, tell, write_note
from carmanana.cancellations.retention.planning import end_plan
from carmanana.contacting.attachments import attach
from carmanana.contacting.business_hours import decision_due
from carmanana.contacting.log import log
from carmanana.core.db import change
from carmanana.core.workflow import Attempt
from carmanana.records.activities import Activity
from carmanana.records.retention import ENDINGS, CounterOffer, Presentation, RetentionPlan

DECIDE_AGAIN = "Decide again: the customer has not accepted"


def present(attempt: Attempt) -> dict:
    """An approved offer is put to the customer, in a contact that is logged; with their answer as far as they gave
    one."""
    given, request = attempt.given, attempt.record
    offer, plan = given["offer"], RetentionPlan.current(request)
    activity = log(
        request.deal,
        attempt.by,
        given.get("kind"),
        given.get("summary"),
        given.get("direction") or "out",
        outcome=given.get("outcome"),
        subject=shorten(f"Offer: {offer.terms}", 200, placeholder="…"),
        minutes=given.get("minutes"),
        step=Activity.get_by_id(request.task_id) if request.task_id else None,
        quoting=given.get("quoting"),
    )
    if given.get("files"):
        attach(activity, given["files"], attempt.by)
    answer = given["answer"]
    Presentation.create(
        offer=offer,
        activity=activity,
        presented_by=attempt.by,
        presented_at=attempt.at,
        answer=answer,
        words=said(attempt, "words") or said(attempt, "summary"),
        answered_at=None if answer == "thinking" else attempt.at,
    )
    attempt.event_data |= {"offer": offer.id, "plan": plan.id, "activity": activity.id, "answer": answer}
    return {}


def respond(attempt: Attempt) -> dict:
    """What they say to an offer later on."""
    shown, given = attempt.given["presentation"], attempt.given
    fields = {"answer": given["answer"], "words": said(attempt, "words"), "answered_at": attempt.at}
    Presentation.update(**fields).where(Presentation.id == shown.id).execute()
    write_note(
        attempt,
        f"Customer's answer to “{shown.offer.terms[:120]}”",
        f"{given['answer'].capitalize()}. {said(attempt, 'words')}",
    )
    attempt.event_data |= {"offer": shown.offer_id, "answer": given["answer"]}
    return {}


def counter(attempt: Attempt) -> dict:
    """The customer's own terms go to the reviewer; nothing is promised meanwhile."""
    request = attempt.record
    plan = RetentionPlan.current(request)
    asked = CounterOffer.create(plan=plan, terms=said(attempt, "terms"), told_by=attempt.by, told_at=attempt.at)
    write_note(attempt, "The customer asks for something else", asked.terms)
    tell(attempt, request.reviewer, f"{request.deal.customer.name} asks for something else: approve it or not")
    attempt.event_data["counter"] = asked.id
    return {}


def end(attempt: Attempt) -> dict:
    """Back to the reviewer, who decides."""
    request, because = attempt.record, attempt.given["because"]
    plan = RetentionPlan.current(request)
    end_plan(plan, because, attempt.at, said(attempt, "response"))
    change(type(request.deal).get_by_id(request.deal_id), retention=None)
    open_steps.pass_on(request.deal, request.reviewer)
    write_note(attempt, f"Retention ended: {ENDINGS[because].lower()}", said(attempt, "response"))
    name = request.deal.customer.name
    tell(attempt, request.reviewer, f"{name}: retention ended, the decision is yours")
    tell(attempt, plan.assignee, f"{name}: the case is no longer yours")
    attempt.event_data |= {"plan": plan.id, "because": because}
    return {"task": next_task(attempt, DECIDE_AGAIN, decision_due(attempt.at, request.reviewer), request.reviewer)}
