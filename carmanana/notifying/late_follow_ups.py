"""Follow-ups that are overdue are told of: to whose they are, then to their manager, then to the admins, once each (the
worker's sweep)."""

from datetime import datetime

from peewee import fn

from carmanana.contacting.business_hours import days_off, open_hours
from carmanana.contacting.escalation import OLDEST, comes_at, soonest
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.records.activities import Activity
from carmanana.records.cancellations import BEFORE_CONTACT, CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.escalation import ADMIN, FOLLOW_UP, OWNER, TEAM, EscalatedFollowUp, EscalationStep
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User

AT_ONCE = 200


def escalate_follow_ups(as_of: datetime) -> int:
    """How many were put before a manager."""
    opened, told = (open_hours(), days_off()), 0
    for step in EscalationStep.of(FOLLOW_UP):
        for late in _waiting(step, as_of):
            if comes_at(step, late.due_at, late.assignee.timezone, opened) < as_of:
                told += _escalate(late, step.tells, as_of) and step.tells == TEAM
    return told


def _waiting(step: EscalationStep, as_of: datetime) -> list[Activity]:
    """The longest overdue first. The first contact of a cancellation goes from manager to manager by a rule of its
    own."""
    first_contacts = CancellationRequest.select(CancellationRequest.task).where(
        CancellationRequest.state.in_(BEFORE_CONTACT), CancellationRequest.task.is_null(False)
    )
    still_open = (Activity.kind == "task") & Activity.done_at.is_null()
    due = Activity.due_at.between(as_of - OLDEST, as_of - soonest(step))
    known = EscalatedFollowUp.select(EscalatedFollowUp.activity).where(
        EscalatedFollowUp.activity == Activity.id,
        EscalatedFollowUp.due_at == Activity.due_at,
        EscalatedFollowUp.tells == step.tells,
    )
    found = Activity.select(Activity, User, Customer).join(User, on=Activity.assignee)
    found = found.join_from(Activity, Customer).where(
        still_open, due, Activity.id.not_in(first_contacts), ~fn.EXISTS(known)
    )
    return list(found.order_by(Activity.due_at).limit(AT_ONCE))


def _escalate(late: Activity, tells: str, as_of: datetime) -> bool:
    with transaction():
        fresh = Activity.get_by_id(late.id)
        if fresh.done_at or fresh.due_at != late.due_at:
            return False  # it was done or moved at this moment
        fact = {"activity": late.id, "due_at": late.due_at, "tells": tells, "at": as_of}
        if not EscalatedFollowUp.insert(fact).on_conflict_ignore().as_rowcount().execute():
            return False
        _tell(late, tells)
        if tells != OWNER:
            audit.record("follow_up_escalated", late.subject_record, User.get_by_id(HOUSE_ID), activity=late.id)
    return True


def _tell(late: Activity, tells: str) -> None:
    name, whose = late.customer.name, late.assignee
    about = (
        {"deal": late.deal_id} if late.deal_id else {"lead": late.lead_id} if late.lead_id else {"case": late.case_id}
    )
    text = f"{name}: a follow-up of {whose.name} is overdue"
    if tells == OWNER:
        Notification.tell(whose, "late_mine", f"{name}: “{late.subject}” is overdue"[:250], **about)
    elif tells == ADMIN:
        Notification.tell_admins("late_team", text, **about)
    elif whose.active:
        Notification.tell_manager_of(whose, "late_team", text, whose, **about)
    else:
        Notification.tell_managers("late_team", text, **about)
