"""Which lead is next: pinned ones, callbacks that are due, new ones, then by age (domain 6). What went unanswered at
this hour of their day comes after the others."""

from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import OP, Column, Expression

from carmanana.core import clock
from carmanana.core.cache import Cache
from carmanana.core.db import as_json
from carmanana.core.query import prepared
from carmanana.records.activities import NO_VM, VM_DROP, VM_LEFT, Activity
from carmanana.records.lead_codes import NEW
from carmanana.records.leads import Lead
from carmanana.records.sequences import WAITING, CallSequence, SequenceCall
from carmanana.schema.sqlite import members, unindexed

LOOKED_BACK = timedelta(days=30)
ABOUT = (-2, -1, 0, 1, 2)  # hours of UTC in which it is the same hour there, whatever their clocks did since
# by lead, its version, when it was last touched, which each contact changes, its zone and the hour that it is
TRIED = Cache(0.25, lambda hours: 240, 400)
# as they are stored: they are put in order alone
DUE, RECEIVED, TOUCHED = (Column(Lead._meta.table, name) for name in ("next_due_at", "received_at", "touched_at"))


class Waiting(NamedTuple):
    """A call that waits, as it is put in order and listed; `due_at` is when its lead's soonest open step is, kept by
    triggers."""

    id: int
    lead_id: int
    customer_id: int
    position: int
    pinned: bool
    why: str
    until: datetime | None
    state: str
    received_at: str
    timezone: str
    version: int
    touched_at: str | None
    due_at: str | None


def waiting_in_order(sequence: CallSequence, at: datetime) -> list[Waiting]:
    """All that waits, the next first."""
    calls = [Waiting(*row) for row in _waiting(sequence.id)]
    hours = _hours_tried(calls, at)
    hour_in = {zone: clock.local(at, zone).hour for zone in {call.timezone for call in calls} - {""}}
    now = Lead.received_at.db_value(at)
    again = {call.lead_id for call in calls if call.lead_id in hours and hour_in[call.timezone] in hours[call.lead_id]}
    return sorted(calls, key=lambda call: _rank(call, now, call.lead_id in again))


def _rank(call: Waiting, now: str, same_hour: bool) -> tuple:
    due = call.due_at if call.due_at and call.due_at <= now else None
    return (not call.pinned, due is None, same_hour, call.state != NEW, due or call.received_at, call.position)


@prepared
def _waiting(sequence):
    of_call = [SequenceCall.position, SequenceCall.pinned, SequenceCall.why, SequenceCall.until]
    of_lead = [Lead.state, RECEIVED, Lead.timezone, Lead.version, TOUCHED, DUE]
    found = SequenceCall.select(SequenceCall.id, SequenceCall.lead, Lead.customer, *of_call, *of_lead).join(Lead)
    return found.where(SequenceCall.sequence == sequence, SequenceCall.standing == WAITING).tuples()


def _hours_tried(calls: list[Waiting], at: datetime) -> dict[int, frozenset[int]]:
    """By lead, the hours of their day, about this one, at which nobody answered."""
    since = at - LOOKED_BACK
    least, this_hour = Lead.touched_at.db_value(since), at.replace(minute=0, second=0, microsecond=0)
    keys = {
        call.lead_id: (call.lead_id, call.version, call.touched_at, call.timezone, this_hour)
        for call in calls
        if call.timezone and (call.touched_at or "") > least
    }
    kept = {lead: TRIED.get(key) for lead, key in keys.items()}
    if asked := {lead: keys[lead][3] for lead, hours in kept.items() if hours is None}:
        kept |= {lead: TRIED.put(keys[lead], hours) for lead, hours in _hours_of(asked, since, at).items()}
    return kept


def _hours_of(zones: dict[int, str], since: datetime, at: datetime) -> dict[int, frozenset[int]]:
    about, found = {(at.hour + more) % 24 for more in ABOUT}, {lead: set() for lead in zones}
    for lead, moment in _unanswered(as_json(list(zones)), since):
        if moment.hour in about:
            found[lead].add(clock.local(moment, zones[lead]).hour)
    return {lead: frozenset(hours) for lead, hours in found.items()}


@prepared
def _unanswered(leads, since):
    tried = Activity.select(Activity.lead, Activity.at).where(Activity.lead.in_(members(leads)), Activity.at > since)
    nobody = Expression(unindexed(Activity.outcome), OP.IN, (VM_LEFT, NO_VM, VM_DROP))
    return tried.where(Expression(unindexed(Activity.direction), OP.EQ, "out"), nobody).tuples()
