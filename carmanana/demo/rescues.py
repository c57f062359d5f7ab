"""Entries in the ledger for saving an order: the plan, its offers and what came of them, the playbook and its stories."""

from carmanana.cancellations.hours import decision_due
from carmanana.cancellations.models import DECLINED, RETENTION
from carmanana.playbook.models import PlaybookAnswer, Story
from carmanana.retention.models import ENDINGS, OFFER_KINDS, CounterOffer, Offer, Presentation, RetentionPlan
from carmanana.retention.planning import TASK
from carmanana.retention.presenting import DECIDE_AGAIN

AMENDED = ("instructions", "limits", "due_at")


def assign_retention(page, step):
    case, given = page.case, step.given
    case.assignee, case.offers, case.shown = given["assignee"], [], []
    plan = {name: given[name] for name in AMENDED} | {"made_by_id": step.by.id, "made_at": step.moment}
    case.plan = page.ledger.add(RetentionPlan, request_id=case.row["id"], assignee_id=case.assignee.id, **plan)
    _approve(page, step, given["offers"])
    page.note(step, f"Retention plan for {case.assignee.name}", _words_of(case, step))
    page.change(retention_id=case.assignee.id)
    case.tell(case.assignee, ": an order to save is yours", step)
    case.next_task(step, TASK, case.plan["due_at"], case.assignee, case.plan["instructions"])
    case.turn(step, RETENTION, _which(case), committed=given["committed"], saveable=True)


def _which(case):
    return {"plan": case.plan["id"], "assignee": case.assignee.id}


def _approve(page, step, offers):
    case = page.case
    approved = {"plan_id": case.plan["id"], "approved_by_id": step.by.id, "approved_at": step.moment}
    case.offers += [page.ledger.add(Offer, **approved, **offer) for offer in offers]


def _words_of(case, step):
    standing = [offer for offer in case.offers if offer["withdrawn_at"] is None and offer["expires_at"] > step.at]
    lines = [f"{OFFER_KINDS[offer['kind']]}: {offer['terms']}" for offer in standing]
    return "\n".join([case.plan["instructions"], f"Limits: {case.plan['limits']}", *lines])


def revise_plan(page, step):
    case, given, was = page.case, step.given, page.case.assignee
    for number in given.get("withdrawn", ()):
        case.offers[number]["withdrawn_at"] = step.moment
    _approve(page, step, given.get("offers", ()))
    case.assignee = given.get("assignee", was)
    amended = {name: given[name] for name in AMENDED if name in given}
    case.plan.update(amended, assignee_id=case.assignee.id, version=case.plan["version"] + 1)
    page.note(step, "Retention plan revised", _words_of(case, step))
    page.change(retention_id=case.assignee.id)
    if was != case.assignee:
        case.tell(was, f": {case.assignee.name} saves the order now", step)
    case.tell(case.assignee, ": the plan has changed" if was == case.assignee else ": an order to save is yours", step)
    case.next_task(step, TASK, case.plan["due_at"], case.assignee, case.plan["instructions"])
    case.turn(step, data=_which(case))


hand_case_over = revise_plan


def present(page, step):
    case, given = page.case, step.given
    offer, answer = case.offers[given["offer"]], given["answer"]
    facts = {name: given.get(name) for name in ("direction", "outcome", "summary", "minutes")}
    activity = page.log(step, given["kind"], subject=f"Offer: {offer['terms']}"[:200], **facts)
    told = {"offer_id": offer["id"], "activity_id": activity["id"], "presented_by_id": step.by.id, "presented_at": step.moment}
    answered = None if answer == "thinking" else step.moment
    case.shown.append(page.ledger.add(Presentation, answer=answer, words=given["words"], answered_at=answered, **told))
    case.turn(step, data={"offer": offer["id"], "plan": case.plan["id"], "activity": activity["id"], "answer": answer})


def respond(page, step):
    case, given = page.case, step.given
    shown, offer = case.shown[-1], case.offers[given["presentation"]]
    shown.update(answer=given["answer"], words=given["words"], answered_at=step.moment)
    page.note(step, f"Client's answer to “{offer['terms'][:120]}”", f"{given['answer'].capitalize()}. {given['words']}")
    case.turn(step, data={"offer": offer["id"], "answer": given["answer"]})


def counter(page, step):
    case, terms = page.case, step.given["terms"]
    facts = {"plan_id": case.plan["id"], "told_by_id": step.by.id, "told_at": step.moment}
    case.counter = page.ledger.add(CounterOffer, terms=terms, **facts)
    page.note(step, "The client asks for something else", terms)
    case.tell(case.reviewer, " asks for something else: approve it or not", step)
    case.turn(step, data={"counter": case.counter["id"]})


def answer_counter(page, step):
    case, given = page.case, step.given
    approved, words = given["approved"], given["words"]
    case.counter.update(approved=approved, answer=words, answered_by_id=step.by.id, answered_at=step.moment)
    _approve(page, step, given.get("offers", ()))
    verdict = "approved" if approved else "not approved"
    page.note(step, f"The client's terms are {verdict}", words)
    case.tell(case.assignee, f": their terms are {verdict}", step)
    case.turn(step, data={"counter": case.counter["id"], "approved": approved})


def end_retention(page, step):
    case, because, response = page.case, step.given["because"], step.given["response"]
    told = {"plan": case.plan["id"], "because": because}
    case.end_plan(because, step, response)
    page.change(retention_id=None)
    page.note(step, f"Retention ended: {ENDINGS[because].lower()}", response)
    case.tell(case.reviewer, ": retention ended, the decision is yours", step)
    case.tell(case.assignee, ": the case is no longer yours", step)
    case.next_task(step, DECIDE_AGAIN, decision_due(step.at, case.reviewer), case.reviewer)
    case.turn(step, DECLINED, told)


# the playbook


def answer_playbook(page, step):
    case, given = page.case, step.given
    told, story = {"step": given["step"]}, None
    if given["step"] == "diagnose":
        told["diagnosis"] = given["diagnosis"]
        case.row["diagnosis"] = given["diagnosis"]
    if given["step"] == "social_proof" and (story := page.ledger.story_before(step)):
        told["story"] = story
    facts = {"words": given["words"], "story_id": story, "answered_by_id": step.by.id, "answered_at": step.moment}
    page.ledger.add(PlaybookAnswer, request_id=case.row["id"], step=given["step"], **facts)
    case.record("playbook", step, data=told)


def tell_story(page, step):
    case = page.case
    story = page.ledger.add(Story, request_id=case.row["id"], made_by_id=step.by.id, made_at=step.moment, **step.given)
    page.ledger.stories.append((step.moment, story["id"]))
    case.record("story", step, data={"story": story["id"]})
