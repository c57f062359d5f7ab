"""Writing the log: contacts, notes and next steps (SOP 1, section H)."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

from carmanana.contacting import lock, next_steps, reached
from carmanana.contacting.inbound import tell_who_has_it
from carmanana.contacting.phrase_check import findings
from carmanana.contacting.phrase_check.rules import doubts
from carmanana.contacting.rules import ASK_MANAGER, LOG, asked_of_entry
from carmanana.core import audit, clock
from carmanana.core.db import Record, Stale, change, transaction
from carmanana.core.query import again, prepared
from carmanana.core.together import ask_ahead
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused, Remedy
from carmanana.records.activities import DONE, Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import AGENT, MANAGER, RETENTION, User
from carmanana.records.phrases import CONFIRMED
from carmanana.records.retention import Commitment, Offer
from carmanana.records.sops import SOP_LOCK, SOP_LOG, SOP_OUTCOME

Subject = Deal | Lead | CustomerCase
After = Callable[[Activity, Subject, User], None]
Written = Callable[[Activity, Subject, User], dict]
_after: dict[type, After] = {}
_written: dict[type, Written] = {}


def after_log(model: type[Record]) -> Callable[[After], After]:
    """Declares what a contact does to a record of this kind, in the transaction that logs it."""

    def declare(step: After) -> After:
        _after[model] = step
        return step

    return declare


def written_by_log(model: type[Record]) -> Callable[[Written], Written]:
    """Declares which fields of a record of this kind a contact writes."""

    def declare(fields: Written) -> Written:
        _written[model] = fields
        return fields

    return declare


def may_log(deal: Subject, by: User) -> bool:
    """The owner and managers; anyone who works deals on one that nobody owns; whoever is to save it. On a case, whoever
    works on it."""
    if isinstance(deal, CustomerCase):
        return deal.worked_by(by)
    theirs = by.id in (deal.owner_id, deal.retention_id)
    return by.is_manager or (by.has(AGENT) and deal.unowned) or (by.has(AGENT, RETENTION) and theirs)


def log(deal: Subject, by: User, kind: str, summary: str, direction: str | None = None, **given) -> Activity:
    """Log a contact or a note on a deal, a lead or a case, with its next step as a task of its own.

    Raises Refused where the entry is not complete, or the customer may not be contacted. What is `verbatim` are no
    words of ours: nothing in it is kept for review. `answers` are the ids of the open steps that it answers; where they
    are not told, those that would be ticked beforehand. `person` is whom it was with, where the customer is several.
    `as_read` says that it was read in this very transaction, which goes back as a whole where this is refused."""
    as_read = given.pop("as_read", False)
    with nullcontext() if as_read else transaction():
        fresh = deal if as_read else again(deal)
        if not may_log(fresh, by):
            raise Forbidden("log")
        given |= {"kind": kind, "direction": direction, "summary": summary, "customer": fresh.customer}
        if isinstance(fresh, Lead | CustomerCase):
            given["person"] = given.get("person") or fresh.person
        attempt = Attempt(fresh, by, "log", given)
        _check(attempt)
        return _log(attempt)


def _check(attempt: Attempt) -> None:
    ask_ahead(**asked_of_entry(attempt))
    if "terms" not in attempt.given:
        attempt.given["terms"] = Offer.terms_in_force(attempt.record.customer, attempt.at)
    if refusals := [refusal for rule in LOG if (refusal := rule(attempt))]:
        raise Refused(refusals, attempt.record, "log")


def _log(attempt: Attempt) -> Activity:
    """The entry, what it answers and leads to, and what follows from it for its subject."""
    fresh, by, given = attempt.record, attempt.by, attempt.given
    answered, step = _answered(attempt), (given.get("next_step") or "").strip()
    assignee = _assignee(fresh, by, given.get("assignee")) if step else None
    activity = _write(attempt)
    next_steps.answer(activity, answered, by)
    reached.learn(activity, given.get("reached_at"))
    if step:
        _make_step(fresh, by, step, given["due_at"], assignee, activity)
    written = _written.get(type(fresh))
    change(fresh, **(written(activity, fresh, by) if written else {}))
    if given.get("quoting") and not given.get("verbatim"):
        found = doubts(given, by, fresh)
        findings.keep(by, found, given["kind"], CONFIRMED, **findings.about(fresh), activity=activity)
    if activity.direction == "in":
        tell_who_has_it(activity, by)
    told = {"answers": [step.id for step in answered]} if answered else {}
    audit.record("log", fresh, by, activity=activity.id, kind=given["kind"], outcome=activity.outcome, **told)
    if follow := _after.get(type(fresh)):
        follow(activity, fresh, by)
    return activity


def _answered(attempt: Attempt) -> list[Activity]:
    """Which open steps the contact answers, as whoever logs it says; never the one that it leads to."""
    given = attempt.given
    open_steps = [step for step in next_steps.free(attempt.record) if step != given.get("step")]
    if given.get("answers") is None:
        return next_steps.answered_beforehand(open_steps, given["kind"], given.get("outcome"))
    return [step for step in open_steps if step.id in given["answers"]]


def _write(attempt: Attempt) -> Activity:
    given = attempt.given
    contact = given["kind"] != "note"
    return Activity.create(
        customer=given["customer"],
        person=given.get("person"),
        **_about(attempt.record),
        kind=given["kind"],
        direction=given["direction"] if contact else None,
        outcome=given.get("outcome") if contact and given["direction"] == "out" else None,
        subject=(given.get("subject") or "").strip(),
        summary=given["summary"].strip(),
        objections=(given.get("objections") or "").strip(),
        minutes=given.get("minutes"),
        at=min(given.get("at") or attempt.at, attempt.at),
        author=attempt.by,
    )


def _about(record: Subject) -> dict:
    if isinstance(record, CustomerCase):
        return {"case": record}
    return {"lead": record} if isinstance(record, Lead) else {"deal": record}


def add_step(deal: Subject, by: User, subject: str, due_at: datetime, assignee: User | None = None) -> Activity:
    """A next step: a task on the deal, for whoever may contact the customer unless a manager names somebody else."""
    if not may_log(deal, by):
        raise Forbidden("add_step")
    with transaction():
        if refusals := new_step_refusals(deal, subject, due_at, by):
            raise Refused(refusals, deal, "add_step")
        return _set_step(deal, by, subject, due_at, assignee)


def _set_step(deal: Subject, by: User, subject: str, due_at: datetime, assignee: User | None) -> Activity:
    step = make_step(deal, by, subject, due_at, assignee)
    change(again(deal))
    return step


def make_step(deal: Subject, by: User, subject: str, due_at: datetime, assignee: User | None) -> Activity:
    """The task alone; whoever calls it changes the deal in the same transaction."""
    return _make_step(deal, by, subject, due_at, _assignee(deal, by, assignee))


def _make_step(
    deal: Subject, by: User, subject: str, due_at: datetime, assignee: User, follows: Activity | None = None
) -> Activity:
    told = {"kind": "task", "subject": subject.strip(), "due_at": due_at, "author": by, "assignee": assignee}
    return Activity.create(customer=deal.customer_id, **_about(deal), **told, follows=follows)


def step_refusals(deal: Subject | None, subject: str, due_at: datetime | None, by: User) -> list[Refusal]:
    """What refuses a next step in itself; without a deal, what every deal would refuse."""
    found = []
    if not (subject or "").strip():
        found.append(Refusal("next_step", "Say what the next step is.", SOP_LOG, field="next_step"))
    if due_at is None or due_at <= clock.now():
        found.append(Refusal("due", "Choose when it is due, from now on.", SOP_LOG, field="due_at"))
    elif too_far := next_steps.too_far(deal, due_at, by.timezone):
        found.append(too_far)
    return found


def new_step_refusals(deal: Subject, subject: str, due_at: datetime | None, by: User) -> list[Refusal]:
    """The same, and the contact lock: a preview asks it beforehand."""
    return step_refusals(deal, subject, due_at, by) + locked(deal, by)


def _refuse_step(deal: Subject, subject: str, due_at: datetime | None, by: User) -> None:
    if refusals := step_refusals(deal, subject, due_at, by):
        raise Refused(refusals, deal, "add_step")


def _assignee(deal: Subject, by: User, assignee: User | None) -> User:
    """Whoever may contact the customer; a manager may give a step to anybody who works with customers and may contact
    this one now."""
    whose = next_steps.belongs_to(deal, by)
    if assignee is None or assignee == whose:
        return whose
    if not by.is_manager:
        raise Forbidden("assign_step")
    if not (assignee.active and assignee.has(AGENT, MANAGER, RETENTION)) or lock.closed_to(deal.customer, assignee):
        sentence = f"{assignee.name} may not contact this customer now. Choose somebody else."
        raise Refused([Refusal("assignee", sentence, SOP_LOG, field="assignee")], deal, "add_step")
    return assignee


def finish_step(step: Activity, by: User, at: datetime | None = None) -> Activity:
    """`at` is when it was done, where that is told later: never before it was set, or after now."""
    done_at = max(step.created_at, min(at or clock.now(), clock.now()))
    return _change_step(step, by, "step_done", done_at=done_at, done_by=by, closed_as=DONE)


def move_step(step: Activity, by: User, subject: str, due_at: datetime, version: int | None = None) -> Activity:
    _refuse_step(step.subject_record, subject, due_at, by)
    if not by.is_manager and Commitment.select().where(Commitment.task == step).exists():
        sentence = "We promised this to the customer. Only a manager changes what was promised or when."
        raise Refused(
            [Refusal("promised", sentence, SOP_OUTCOME, (ASK_MANAGER,), field="due_at")],
            step.subject_record,
            "move_step",
        )
    return _change_step(step, by, "step_moved", version, subject=subject.strip(), due_at=due_at)


def _change_step(step: Activity, by: User, verb: str, version: int | None = None, **fields) -> Activity:
    if not (may_log(step.subject_record, by) or step.assignee_id == by.id or by.has(MANAGER)):
        raise Forbidden(verb)
    with transaction():
        fresh = Activity.get_by_id(step.id)
        if fresh.kind != "task" or fresh.done_at is not None or version not in (None, fresh.version):
            raise Stale(fresh)
        _refuse_the_reviews_own(fresh, verb)
        if "due_at" in fields or fresh.assignee_id not in (None, by.id):
            _refuse_whilelocked(fresh.subject_record, by, "move_step" if "due_at" in fields else verb)
        change(fresh, **fields)
        record = again(fresh.subject_record)
        change(record)
        audit.record(verb, record, by, activity=fresh.id)
    return fresh


def _refuse_the_reviews_own(step: Activity, verb: str) -> None:
    if _reviewed_by(step.id):
        sentence = "This is the task of a cancellation review. It is done with the review's next step."
        raise Refused([Refusal("of_the_review", sentence, SOP_LOCK)], step.deal, verb)
    if verb == "step_done" and _returned_by(step.id):
        sentence = "Money of the customer’s is still with us. The task is done once its refund is recorded."
        raise Refused(
            [
                Refusal(
                    "not_returned", sentence, SOP_LOCK, (Remedy("Record the refund…", "deals.payments", (), "money"),)
                )
            ],
            step.deal,
            verb,
        )


@prepared
def _reviewed_by(step):
    found = CancellationRequest.still_open().where(CancellationRequest.task == step)
    return found.select(CancellationRequest.id).limit(1).tuples()


@prepared
def _returned_by(step):
    waits = (CancellationRequest.return_task == step) & CancellationRequest.returned_on.is_null()
    return CancellationRequest.select(CancellationRequest.id).where(waits).limit(1).tuples()


def _refuse_whilelocked(deal: Subject, by: User, verb: str) -> None:
    if refusals := locked(deal, by):
        raise Refused(refusals, deal, verb)


def locked(deal: Subject, by: User) -> list[Refusal]:
    """When a customer under cancellation review is contacted next is the manager's to say."""
    if not lock.closed_to(deal.customer, by):
        return []
    return [Refusal("locked", lock.SENTENCE, SOP_LOCK, (ASK_MANAGER,), field="due_at")]
