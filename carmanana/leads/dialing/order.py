"""Which lead is next: pinned ones, callbacks that are due, new ones, then by age (domain 6). What went unanswered at
this hour of their day comes after the others."""

from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import OP, Column, Expression, fn

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.activities import NO_VM, VM_DROP, VM_LEFT, Activity
from carmanana.records.customers import Customer
from carmanana.records.lead_codes import NEW
from carmanana.records.leads import Lead
from carmanana.records.sequences import WAITING, CallSequence, SequenceCall
from carmanana.schema.sqlite import unindexed

LOOKED_BACK = timedelta(days=30)
ABOUT = (-2, -1, 0, 1, 2)  # hours of UTC in which it is the same hour there, whatever their clocks did since
# as they are stored: they are put in order alone
DUE, RECEIVED = (Column(Lead._meta.table, name) for name in ("next_due_at", "received_at"))


class Waiting(NamedTuple):
    """A call that waits, as it is put in order and listed; `due_at` is when its lead's soonest open step is, kept by
    triggers."""

    id: int
    lead_id: int
    position: int
    pinned: bool
    why: str
    until: datetime | None
    state: str
    received_at: str
    timezone: str
    name: str
    due_at: str | None


def waiting_in_order(sequence: CallSequence, at: datetime) -> list[Waiting]:
    """All that waits, the next first."""
    calls = [Waiting(*row) for row in _waiting(sequence.id)]
    hours = _hours_tried(sequence, at)
    hour_in = {zone: clock.local(at, zone).hour for zone in {call.timezone for call in calls} - {""}}
    now = Lead.received_at.db_value(at)
    return sorted(calls, key=lambda call: _rank(call, now, hour_in.get(call.timezone) in hours.get(call.lead_id, ())))


def _rank(call: Waiting, now: str, same_hour: bool) -> tuple:
    due = call.due_at if call.due_at and call.due_at <= now else None
    return (not call.pinned, due is None, same_hour, call.state != NEW, due or call.received_at, call.position)


@prepared
def _waiting(sequence):
    of_call = [SequenceCall.id, SequenceCall.lead, SequenceCall.position, SequenceCall.pinned, SequenceCall.why]
    of_lead = [SequenceCall.until, Lead.state, RECEIVED, Lead.timezone, Customer.name]
    found = SequenceCall.select(*of_call, *of_lead, DUE).join(Lead).join(Customer)
    return found.where(SequenceCall.sequence == sequence, SequenceCall.standing == WAITING).tuples()


def _leads(sequence):
    return SequenceCall.select(SequenceCall.lead).where(
        SequenceCall.sequence == sequence, SequenceCall.standing == WAITING
    )


def _hours_tried(sequence: CallSequence, at: datetime) -> dict[int, set[int]]:
    """By lead, the hours of their day, about this one, at which nobody answered."""
    found: dict[int, set[int]] = {}
    about_now = (f"{(at.hour + more) % 24:02}" for more in ABOUT)
    for lead, moment, zone in _unanswered(sequence.id, at - LOOKED_BACK, *about_now):
        found.setdefault(lead, set()).add(clock.local(moment, zone).hour)
    return found


@prepared
def _unanswered(sequence, since, earliest, earlier, now, later, latest):
    tried = Activity.select(Activity.lead, Activity.at, Lead.timezone).join(Lead, on=Activity.lead)
    return tried.where(
        Activity.lead.in_(_leads(sequence)),
        Expression(unindexed(Activity.direction), OP.EQ, "out"),
        Expression(unindexed(Activity.outcome), OP.IN, (VM_LEFT, NO_VM, VM_DROP)),
        Activity.at > since,
        fn.SUBSTR(Activity.at, 12, 2).in_((earliest, earlier, now, later, latest)),
        Lead.timezone != "",
    ).tuples()
