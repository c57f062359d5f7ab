"""Leads that nobody has answered in time go to the manager, once (domain 6, *First response*; the worker's sweep)."""

from datetime import datetime, timedelta

from carmanana.contacting.business_hours import days_off, due_after, open_hours
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.records.inquiries import InquirySettings
from carmanana.records.lead_codes import WORKED
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, MANAGER, User

AT_ONCE = 200


def escalate_unanswered(as_of: datetime) -> int:
    """How many were put before a manager."""
    minutes, opened = InquirySettings.now().answer_minutes, (open_hours(), days_off())
    overdue = [
        lead for lead in _waiting(as_of, minutes) if due_after(lead.received_at, minutes, _zone(lead), opened) < as_of
    ]
    return sum(_escalate(lead, as_of) for lead in overdue)


def _waiting(as_of: datetime, minutes: int):
    """The longest waiting first. What was imported is history that nobody waits in."""
    unanswered = Lead.first_answered_at.is_null() & Lead.escalated_at.is_null() & Lead.state.in_(WORKED)
    old_enough = Lead.received_at < as_of - timedelta(minutes=minutes)
    return (
        Lead.select().where(unanswered, old_enough, Lead.import_id.is_null()).order_by(Lead.received_at).limit(AT_ONCE)
    )


def _zone(lead: Lead) -> str:
    """Of whoever is to answer; of an unowned lead, of the first manager."""
    answers = lead.owner if not lead.unowned else User.working(MANAGER).first()
    return answers.timezone if answers else "UTC"


def _escalate(lead: Lead, as_of: datetime) -> bool:
    with transaction():
        still = (Lead.id == lead.id) & Lead.escalated_at.is_null() & Lead.first_answered_at.is_null()
        if not Lead.update(escalated_at=as_of).where(still).execute():
            return False  # somebody answered at this moment
        text = f"Nobody has answered the lead {lead.customer.name} in time"
        if lead.unowned:
            Notification.tell_managers(text, lead=lead)
        else:
            Notification.tell_manager_of(lead.owner, text, lead=lead)
        audit.record("lead_escalated", lead, User.get_by_id(HOUSE_ID))
    return True
