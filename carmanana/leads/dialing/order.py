"""Which lead is next: pinned ones, callbacks that are due, new ones, then by age (domain 6). What went unanswered at
this hour of their day comes after the others."""

from datetime import datetime, timedelta

from peewee import OP, Expression, fn

from carmanana.core import clock
from carmanana.records.activities import NO_VM, VM_DROP, VM_LEFT, Activity
from carmanana.records.customers import Customer, Person
from carmanana.records.lead_codes import NEW
from carmanana.records.leads import Lead
from carmanana.records.sequences import WAITING, CallSequence, SequenceCall
from carmanana.schema.sqlite import unindexed

LOOKED_BACK = timedelta(days=30)


def waiting_in_order(sequence: CallSequence, at: datetime) -> list[SequenceCall]:
    """All that waits, the next first."""
    calls = list(
        SequenceCall.select(SequenceCall, Lead, Customer, Person)
        .join(Lead)
        .join(Customer)
        .join_from(Lead, Person)
        .where(SequenceCall.sequence == sequence, SequenceCall.standing == WAITING)
    )
    leads = [call.lead_id for call in calls]
    callbacks, hours = _callbacks(leads, at), _hours_tried(leads, at)
    return sorted(calls, key=lambda call: _rank(call, callbacks, hours, at))


def _rank(call: SequenceCall, callbacks: dict, hours: dict, at: datetime) -> tuple:
    lead = call.lead
    same_hour = bool(lead.timezone) and clock.local(at, lead.timezone).hour in hours.get(lead.id, ())
    due = callbacks.get(lead.id)
    return (not call.pinned, due is None, same_hour, lead.state != NEW, due or lead.received_at, call.position)


def _callbacks(leads: list[int], at: datetime) -> dict[int, datetime]:
    """By lead, the soonest open step that is due."""
    due = (
        Activity.select(Activity.lead, fn.MIN(Activity.due_at))
        .where(Activity.lead.in_(leads), Activity.kind == "task", Activity.done_at.is_null(), Activity.due_at <= at)
        .group_by(Activity.lead)
    )
    return {
        lead: Activity.due_at.python_value(moment) if isinstance(moment, str) else moment
        for lead, moment in due.tuples()
    }


def _hours_tried(leads: list[int], at: datetime) -> dict[int, set[int]]:
    """By lead, the hours of their day at which nobody answered."""
    tried = (
        Activity.select(Activity.lead, Activity.at, Lead.timezone)
        .join(Lead, on=Activity.lead)
        .where(
            Activity.lead.in_(leads),
            Activity.direction == "out",
            Expression(unindexed(Activity.outcome), OP.IN, (VM_LEFT, NO_VM, VM_DROP)),
            unindexed(Activity.at) > Activity.at.db_value(at - LOOKED_BACK),
            Lead.timezone != "",
        )
    )
    found: dict[int, set[int]] = {}
    for lead, moment, zone in tried.tuples():
        found.setdefault(lead, set()).add(clock.local(moment, zone).hour)
    return found
