"""What a manager's review does: trying, the first contact, handing over, directing (SOP 0, step 5)."""

from carmanana.cancellations import open_steps
from carmanana.cancellations.form_rules import said
from carmanana.cancellations.notifying import next_task, tell, write_note
from carmanana.contacting.attachments import attach
from carmanana.contacting.business_hours import decision_due, first_contact_due
from carmanana.contacting.log import log
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Attempt, Forbidden
from carmanana.records.activities import FOLLOW_UP, SENT, WRONG, Activity
from carmanana.records.cancellations import FILES, GROUNDS, MAIN_REASONS, RETENTION, CancellationRequest, Direction
from carmanana.records.notifications import Notification

from . import contacts
from .directing import end_directions
from .reviewers import report_involved, stands_apart

DECIDE = "Decide: save the order, or approve the cancellation"
PROGRESS = ("files_read", "situation", "expectations", "main_reason", "real_reason", "ground", "decision")


def hand_over(attempt: Attempt) -> dict:
    """Another manager reviews it from now on."""
    request, to = attempt.record, attempt.given["reviewer"]
    was = request.reviewer
    attempt.event_data |= {
        "was_reviewer": was.id,
        "reviewer": to.id,
        "involved": not stands_apart(to, request.deal, request.requested_by, request.requested_at),
    }
    report_involved(to, request.deal, request.requested_by, request.requested_at)
    write_note(attempt, f"Cancellation review handed to {to.name}", said(attempt, "reason"))
    fields = {"reviewer": to}
    if request.clock_runs:
        fields["due_at"] = first_contact_due(attempt.at, to)
    if request.state != RETENTION:  # while it lasts the tasks are the member's
        open_steps.pass_on(request.deal, to)
        _give_task(request, to, fields.get("due_at"))
    name = request.deal.customer.name
    tell(attempt, to, f"{name}: the cancellation review is yours", "review_mine")
    tell(attempt, was, f"{name}: {to.name} reviews the cancellation now")
    return fields


def escalate(attempt: Attempt) -> dict:
    """Nobody has tried to reach the customer in time: the next manager, or a word to all where there is none."""
    request, to = attempt.record, attempt.given.get("reviewer")
    was, name = request.reviewer, request.deal.customer.name
    attempt.event_data |= {"was_reviewer": was.id, "reviewer": to and to.id}
    if to is None:
        Notification.tell_managers(
            "review_mine",
            f"{name}: the first contact after a cancellation request is overdue",
            attempt.by,
            deal=request.deal,
        )
        return {"escalated_at": attempt.at}
    report_involved(to, request.deal, request.requested_by, request.requested_at)
    due = first_contact_due(attempt.at, to)
    open_steps.pass_on(request.deal, to)
    _give_task(request, to, due)
    tell(attempt, to, f"{name}: nobody has called since the cancellation request. It is yours now", "review_mine")
    tell(attempt, was, f"{name}: the cancellation review went to {to.name}, because the first contact was overdue")
    return {"reviewer": to, "due_at": due, "escalated_at": attempt.at}


def _give_task(request: CancellationRequest, to, due_at) -> None:
    fields = {"assignee": to} | ({"due_at": due_at} if due_at else {})
    if request.task_id:
        Activity.update(version=Activity.version + 1, **fields).where(
            Activity.id == request.task_id, Activity.done_at.is_null()
        ).execute()


def begin(attempt: Attempt) -> dict:
    return {}


def log_attempt(attempt: Attempt) -> dict:
    """An unanswered call, or the email after it: the clock stops, the lock stays."""
    given, request = attempt.given, attempt.record
    kind = given["kind"]
    outcome = SENT if kind == "email" else given["outcome"]
    summary = said(attempt, "summary") or ("No answer" if kind == "call" else "Asked them to call back")
    step = next_task(attempt, "Try again to reach the customer", given["next_attempt_at"], request.reviewer)
    activity = _log(attempt, kind, "out", outcome, summary, step)
    attempt.event_data |= {"activity": activity.id, "kind": kind}
    reached_out = None if outcome == WRONG else attempt.at  # a wrong number is no attempt: the clock goes on
    return {
        "attempted_at": request.attempted_at or reached_out,
        "next_attempt_at": given["next_attempt_at"],
        "task": step,
    }


def _log(attempt: Attempt, kind: str, direction: str, outcome: str | None, summary: str, step: Activity) -> Activity:
    """The contact in the order's log, with the task that it leads to."""
    given = attempt.given
    activity = log(
        attempt.record.deal,
        attempt.by,
        kind,
        summary,
        direction,
        outcome=outcome,
        subject=given.get("subject"),
        minutes=given.get("minutes"),
        at=given.get("at"),
        step=step,
        quoting=True,
    )
    if given.get("files"):
        attach(activity, given["files"], attempt.by)
    return activity


def first_contact(attempt: Attempt) -> dict:
    """The manager has spoken with the customer: what is so, what they expect, why they really want out."""
    given, request = attempt.given, attempt.record
    step = next_task(attempt, DECIDE, decision_due(attempt.at, request.reviewer), request.reviewer)
    how = given["how"]
    if how == "logged":
        contact = contacts.reached(request)
    else:
        kind, direction, outcome = {
            "call": ("call", "out", FOLLOW_UP),
            "call_in": ("call", "in", None),
            "reply": ("email", "in", None),
        }[how]
        contact = _log(attempt, kind, direction, outcome, _heard(attempt), step)
    attempt.event_data |= {"activity": contact.id, "how": how, "main_reason": given["main_reason"]}
    tell(attempt, request.deal.owner, f"{request.deal.customer.name}: {attempt.by.name} has spoken with the customer")
    return _learned(attempt) | {
        "contact": contact,
        "contacted_at": attempt.at,
        "attempted_at": request.attempted_at or attempt.at,
        "task": step,
    }


def _heard(attempt: Attempt) -> str:
    reason = MAIN_REASONS[attempt.given["main_reason"]]
    return (
        f"Situation: {said(attempt, 'situation')}\nExpects: {said(attempt, 'expectations')}\nReal reason: {reason}. "
        f"{said(attempt, 'real_reason')}"
    )


def _learned(attempt: Attempt) -> dict:
    return {
        "files_read": frozenset(attempt.get("files_read") or ()) & FILES.keys(),
        "situation": said(attempt, "situation"),
        "expectations": said(attempt, "expectations"),
        "main_reason": attempt.given["main_reason"],
        "real_reason": said(attempt, "real_reason"),
    }


def not_reached(attempt: Attempt) -> dict:
    """Three attempts on two days: the manager goes on without having reached them."""
    request = attempt.record
    step = next_task(attempt, DECIDE, decision_due(attempt.at, request.reviewer), request.reviewer)
    write_note(attempt, "The customer could not be reached", said(attempt, "reason"))
    return {
        "files_read": frozenset(attempt.get("files_read") or ()) & FILES.keys(),
        "contacted_at": attempt.at,
        "unreachable": True,
        "situation": "Not reached",
        "main_reason": "not_reached",
        "task": step,
    }


def direct(attempt: Attempt) -> dict:
    """A named salesperson may contact the customer again, until a moment; what they were told before counts no more."""
    request, given = attempt.record, attempt.given
    person = given["user"]
    end_directions(attempt, person)
    Direction.create(
        request=request,
        user=person,
        words=said(attempt, "words"),
        until=given["until"],
        given_by=attempt.by,
        given_at=attempt.at,
    )
    attempt.event_data |= {"user": person.id, "until": given["until"].isoformat()}
    until, then = f"{clock.local(given['until'], attempt.by.timezone):%-d %b, %H:%M}", _once_spoken(request)
    write_note(attempt, f"{person.name} may contact the customer until {until}{then}", said(attempt, "words"))
    tell(
        attempt,
        person,
        f"{request.deal.customer.name}: you may contact the customer again{then}. {attempt.by.first_name} says how",
    )
    return {}


def _once_spoken(request: CancellationRequest) -> str:
    """Before the first contact it is a manager and nobody else (SOP 0, step 4)."""
    return "" if request.contacted_at else ", once the manager has spoken with them"


def save_progress(request: CancellationRequest, by, version: int | None = None, **fields) -> CancellationRequest:
    """Keep what the reviewer has ticked and written so far; the review can be left and resumed."""
    if not (by.is_manager and request.reviewer_id == by.id):
        raise Forbidden("save_progress")
    with transaction():
        fresh = CancellationRequest.get_by_id(request.id)
        if not fresh.open or version not in (None, fresh.version):
            raise Stale(fresh)
        change(fresh, **_kept(fields))
        audit.record("progress", fresh, by, fields=sorted(fields))
    return fresh


def _kept(fields: dict) -> dict:
    kept = {name: value for name, value in fields.items() if name in PROGRESS and value is not None}
    if "files_read" in kept:
        kept["files_read"] = frozenset(kept["files_read"]) & FILES.keys()
    if kept.get("main_reason") not in MAIN_REASONS:
        kept.pop("main_reason", None)
    if kept.get("ground") not in GROUNDS:
        kept.pop("ground", None)
    return kept
