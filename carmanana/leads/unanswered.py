"""Leads that nobody has answered in time are put before whom the steps of escalation name, once each (domain 6, *First
response*; the worker's sweep)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from carmanana.contacting.business_hours import days_off, due_after, open_hours
from carmanana.contacting.escalation import OLDEST, comes_at, soonest
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.leads.cards import Card
from carmanana.records.escalation import ADMIN, LEAD, OWNER, TEAM, EscalatedLead, EscalationStep
from carmanana.records.inquiries import InquirySettings
from carmanana.records.lead_codes import WORKED
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, MANAGER, User

AT_ONCE = 200


def answers_due(cards: Iterable[Card], by: User) -> dict[int, datetime]:
    """By when those that nobody has answered yet are to hear from us; what was imported waits for nothing. Where it is
    nobody's, the day is that of whoever asks."""
    rows = [card.row for card in cards]
    waiting = [one for one in rows if one.state in WORKED and not one.first_answered_at and one.import_id is None]
    if not waiting:
        return {}
    minutes, opened = InquirySettings.now().answer_minutes, (tuple(open_hours().items()), frozenset(days_off()))
    zone = {one.id: by.timezone if one.owner_id in (None, HOUSE_ID) else one.owner_zone for one in waiting}
    return {one.id: _answer_due(one.received_at, minutes, zone[one.id], *opened) for one in waiting}


@lru_cache(4096)
def _answer_due(received_at: str, minutes: int, zone: str, hours: tuple, off: frozenset) -> datetime:
    return due_after(Lead.received_at.python_value(received_at), minutes, zone, (dict(hours), off))


def escalate_unanswered(as_of: datetime) -> int:
    """How many were put before a manager."""
    minutes, opened = InquirySettings.now().answer_minutes, (open_hours(), days_off())
    told = 0
    for step in EscalationStep.of(LEAD):
        for lead in _waiting(step, as_of, minutes):
            due = due_after(lead.received_at, minutes, zone := _zone(lead), opened)
            if comes_at(step, due, zone, opened) < as_of:
                told += _escalate(lead, step.tells, as_of) and step.tells == TEAM
    return told


def _waiting(step: EscalationStep, as_of: datetime, minutes: int):
    """The longest waiting first. What was imported is history that nobody waits in."""
    unanswered = Lead.first_answered_at.is_null() & Lead.state.in_(WORKED)
    begun = Lead.received_at.between(as_of - OLDEST, as_of - timedelta(minutes=minutes) - soonest(step))
    told = EscalatedLead.select(EscalatedLead.lead).where(EscalatedLead.tells == step.tells)
    found = Lead.select().where(unanswered, begun, Lead.import_id.is_null(), Lead.id.not_in(told))
    return list(found.order_by(Lead.received_at).limit(AT_ONCE))


def _zone(lead: Lead) -> str:
    """Of whoever is to answer; of an unowned lead, of the first manager."""
    answers = lead.owner if not lead.unowned else User.working(MANAGER).first()
    return answers.timezone if answers else "UTC"


def _escalate(lead: Lead, tells: str, as_of: datetime) -> bool:
    with transaction():
        fresh = Lead.get_by_id(lead.id)
        if fresh.first_answered_at or fresh.state not in WORKED:
            return False  # somebody answered at this moment
        if not EscalatedLead.insert(lead=lead, tells=tells, at=as_of).on_conflict_ignore().as_rowcount().execute():
            return False
        _tell(fresh, tells)
        if tells == TEAM:
            Lead.update(escalated_at=as_of).where(Lead.id == lead.id).execute()
            audit.record("lead_escalated", fresh, User.get_by_id(HOUSE_ID))
    return True


def _tell(lead: Lead, tells: str) -> None:
    text, owner = f"Nobody has answered the lead {lead.customer.name} in time", None if lead.unowned else lead.owner
    if tells == OWNER:
        Notification.tell(owner, "unanswered_mine", f"{lead.customer.name} waits for an answer", lead=lead)
    elif tells == ADMIN:
        Notification.tell_admins("unanswered_team", text, lead=lead)
    elif owner is None:
        Notification.tell_managers("unanswered_team", text, lead=lead)
    else:
        Notification.tell_manager_of(owner, "unanswered_team", text, lead=lead)
