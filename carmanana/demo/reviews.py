"""Entries in the ledger for a cancellation review: each step of its machine, with what it leaves behind."""

from datetime import datetime

from carmanana import clock
from carmanana.activities.models import FOLLOW_UP, SENT
from carmanana.cancellations.deciding import CLOSES, RESTORING
from carmanana.cancellations.hours import decision_due
from carmanana.cancellations.models import (
    CANCELLED,
    CONTACTED,
    IN_REVIEW,
    MAIN_REASONS,
    MISTAKES,
    RETAINED,
    WITHDRAWN,
    CancellationRequest,
    Direction,
    EvidenceGap,
)
from carmanana.cancellations.requesting import CONTACT_KIND, summary_of
from carmanana.cancellations.reviewing import DECIDE
from carmanana.db import WordsField
from carmanana.deals import models as deals
from carmanana.demo import entries
from carmanana.demo.case import Case
from carmanana.retention.models import Commitment

FORM = ("came_by", "reason", "issues", "tone", "phrases", "order_details")
HOW = {"call": ("call", "out", FOLLOW_UP), "call_in": ("call", "in", None), "reply": ("email", "in", None)}
SUMS = ("refunded_cents", "kept_cents", "pending_cents")
stored_words = WordsField().db_value


def request_cancellation(page, step):
    reviewer, was = step.given["reviewer"], page.deal["state"]
    told = {name: step.given[name] for name in FORM}
    due = page.ledger.first_contact_due(step.at, reviewer)
    moments = {"requested_at": step.moment, "state_since": step.moment, "due_at": due}
    case = page.case = Case(page, step, reviewer, return_state=was, requested_by_id=step.by.id, **moments, **told)
    case.row["activity_id"] = _write_request(page, step, told)["id"]
    summary = f"{case.name} wants to cancel: {told['reason']}"
    case.next_task(step, "Review the cancellation and call the client", due, reviewer, summary)
    case.tell(reviewer, " wants to cancel: the first contact is yours", step)
    if not page.unowned:
        case.tell(page.owner, ": a cancellation was requested, contact is locked", step)
    page.turn("request_cancellation", step, deals.LOSING, {"request": case.row["id"], "reviewer": reviewer.id})


def _write_request(page, step, told):
    kind = CONTACT_KIND.get(told["came_by"], "note")
    day = clock.local(step.at, step.by.timezone)
    return page.activity(
        kind,
        step,
        direction=None if kind == "note" else "in",
        subject=f"Cancellation Request – {page.customer['name']} – {day:%-d %b %Y}",
        summary=summary_of(CancellationRequest(**told), step.given.get("return_reason", "")),
        objections=told["phrases"],
    )


def assign_reviewer(page, step):
    case, to, was = page.case, step.given["reviewer"], page.case.reviewer
    page.note(step, f"Cancellation review handed to {to.name}", step.given["reason"])
    case.reviewer = to
    fields = {"reviewer_id": to.id}
    if case.row["state"] in ("requested", "in_review") and case.row["attempted_at"] is None:
        fields["due_at"] = page.ledger.first_contact_due(step.at, to)
    case.give_task(to, fields.get("due_at"))
    case.tell(to, ": the cancellation review is yours", step)
    case.tell(was, f": {to.name} reviews the cancellation now", step)
    case.turn(step, data={"was_reviewer": was.id, "reviewer": to.id, "involved": False}, **fields)


def escalate(page, step):
    case, to, was = page.case, step.given["reviewer"], page.case.reviewer
    due, case.reviewer = page.ledger.first_contact_due(step.at, to), to
    case.give_task(to, due)
    page.notify(to, f"{case.name}: nobody has called since the cancellation request. It is yours now", step)
    page.notify(was, f"{case.name}: the cancellation review went to {to.name}, because the first contact was overdue", step)
    told = {"was_reviewer": was.id, "reviewer": to.id}
    case.turn(step, data=told, reviewer_id=to.id, due_at=due, escalated_at=step.moment)


def begin_review(page, step):
    page.case.turn(step, IN_REVIEW)


def log_attempt(page, step):
    case, given = page.case, step.given
    case.next_task(step, "Try again to reach the client", given["next_attempt_at"], case.reviewer)
    outcome = SENT if given["kind"] == "email" else given["outcome"]
    activity = _log(page, step, given["kind"], "out", outcome, given["summary"])
    tried = {"attempted_at": case.row["attempted_at"] or step.moment, "next_attempt_at": given["next_attempt_at"]}
    case.turn(step, data={"activity": activity["id"], "kind": given["kind"]}, **tried)


def _log(page, step, kind, direction, outcome, summary):
    facts = {"subject": step.given.get("subject", ""), "minutes": step.given.get("minutes")}
    return page.log(step, kind, direction=direction, outcome=outcome, summary=summary, **facts)


def log_first_contact(page, step):
    case, given = page.case, step.given
    case.next_task(step, DECIDE, decision_due(step.at, case.reviewer), case.reviewer)
    contact = _log(page, step, *HOW[given["how"]], _heard(given))
    case.tell(page.owner, f": {step.by.name} has spoken with the client", step)
    told = {"activity": contact["id"], "how": given["how"], "main_reason": given["main_reason"]}
    learned = {name: given[name] for name in ("situation", "expectations", "main_reason", "real_reason")}
    reached = {"contact_id": contact["id"], "contacted_at": step.moment, "attempted_at": case.row["attempted_at"] or step.moment}
    case.turn(step, CONTACTED, told, files_read=stored_words(given["files_read"]), **reached, **learned)


def _heard(given):
    reason = f"{MAIN_REASONS[given['main_reason']]}. {given['real_reason']}"
    return f"Situation: {given['situation']}\nExpects: {given['expectations']}\nReal reason: {reason}"


def conclude_unreachable(page, step):
    case = page.case
    case.next_task(step, DECIDE, decision_due(step.at, case.reviewer), case.reviewer)
    page.note(step, "The client could not be reached", step.given["reason"])
    known = {"situation": "Not reached", "main_reason": "not_reached", "unreachable": True, "contacted_at": step.moment}
    case.turn(step, CONTACTED, {}, files_read=stored_words(step.given["files_read"]), **known)


def direct(page, step):
    case, given = page.case, step.given
    person, until = given["user"], given["until"]
    facts = {"words": given["words"], "until": until, "given_by_id": step.by.id, "given_at": step.moment}
    page.ledger.add(Direction, request_id=case.row["id"], user_id=person.id, **facts)
    page.note(step, f"{person.name} may contact the client until {clock.local(until, step.by.timezone):%-d %b, %H:%M}", given["words"])
    case.tell(person, f": you may contact the client again. {step.by.first_name} says how", step)
    case.turn(step, data={"user": person.id, "until": until.isoformat()})


def record(page, step):
    """The first contact was recorded; the file itself follows the world."""
    page.filed.add(page.case.row["contact_id"])
    page.ledger.recorded.append(page.case.row["contact_id"])


def explain(page, step):
    bare = [number for number in page.evidence if number not in page.filed]
    for number in bare:
        page.ledger.add(EvidenceGap, activity_id=number, reason=step.given["reason"], told_by_id=step.by.id, told_at=step.moment)
    page.filed.update(bare)
    page.case.record("evidence_gap", step, data={"activities": bare})


# how it ends


def retain(page, step):
    case, given = page.case, step.given
    case.end("kept", step)
    page.note(step, "The client stays", given["kept_by"])
    back_to = _send_back(page, step)
    for promise in given.get("commitments", ()):
        _promise(page, step, promise)
    if given.get("next_step"):
        page.add_task(step, given["next_step"], given["due_at"], step.by.id if page.unowned else page.deal["owner_id"])
    case.tell_all(" stays with us", step)
    case.turn(step, RETAINED, {"back_to": back_to}, kept_by=given["kept_by"], **case.ended(step))


def _send_back(page, step):
    page.lift_hold(step)
    if step.given["back_to"] == deals.WON:
        page.turn("retain_won", step, deals.WON, retention_id=None)
        return deals.WON
    stage = page.stage_number(step.given["back_to"])
    fields, told = page.enter_stage(stage, step)
    page.turn("retain", step, deals.ACTIVE, told, retention_id=None, **fields)
    return stage.id


def _promise(page, step, promise):
    """A dated task of whoever keeps it."""
    owner = promise["owner"]
    due = clock.from_local(datetime.combine(promise["due_on"], CLOSES), owner.timezone)
    task = page.add_task(step, f"Promised: {promise['words']}", due, owner.id)
    page.bound.add(task["id"])
    page.promises.append(task)
    page.case.tell(owner, ": we made a promise that you keep", step)
    made = {"made_by_id": step.by.id, "made_at": step.moment}
    page.ledger.add(Commitment, request_id=page.case.row["id"], kind=promise["kind"], words=promise["words"], task_id=task["id"], **made)


def keep_promise(page, step):
    page.finish(page.promises.pop(0), step)


def cancel(page, step):
    case, given = page.case, step.given
    case.end("declined", step)
    page.note(step, "The order is cancelled", given["decision"])
    for kind in ("refunded", "kept"):
        if cents := given[f"{kind}_cents"]:
            entries.take_payment(page, step, kind, cents, False, "On cancellation")
    page.lift_hold(step)
    page.close_steps(step)
    page.turn("cancel", step, deals.CANCELLED, retention_id=None)
    case.tell_all(": the cancellation is approved", step)
    sums = {name: given[name] for name in SUMS}
    decided = {"committed": True, "saveable": given["saveable"], "decision": given["decision"]}
    case.turn(step, CANCELLED, sums, **decided, **sums, **case.ended(step))


def withdraw(page, step):
    case, because, back_to = page.case, step.given["because"], page.case.row["return_state"]
    case.end("withdrawn", step)
    page.note(step, "Cancellation request withdrawn", f"{MISTAKES[because]}. {step.given['reason']}")
    place = {"position": page.ledger.top_of(page.deal["stage_id"])} if back_to == deals.ACTIVE else {}
    page.turn(RESTORING.get(back_to, "restore"), step, back_to, retention_id=None, **place)
    case.tell_all(": the cancellation request is withdrawn", step)
    case.turn(step, WITHDRAWN, {"because": because, "back_to": back_to}, withdrawn_because=because, **case.ended(step))
