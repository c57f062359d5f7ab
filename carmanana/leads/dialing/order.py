"""Which lead is next: pinned ones, callbacks that are due, new ones, then by age (domain 6). What went unanswered at
this hour of their day comes after the others."""

from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import OP, Expression, fn

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.activities import NO_VM, VM_DROP, VM_LEFT, Activity
from carmanana.records.customers import Customer
from carmanana.records.lead_codes import NEW
from carmanana.records.leads import Lead
from carmanana.records.sequences import WAITING, CallSequence, SequenceCall
from carmanana.schema.sqlite import unindexed

LOOKED_BACK = timedelta(days=30)


class Waiting(NamedTuple):
    """A call that waits, as it is put in order and listed."""

    id: int
    lead_id: int
    position: int
    pinned: bool
    why: str
    until: datetime | None
    state: str
    received_at: datetime
    timezone: str
    name: str


def waiting_in_order(sequence: CallSequence, at: datetime) -> list[Waiting]:
    """All that waits, the next first."""
    calls = [Waiting(*row) for row in _waiting(sequence.id)]
    callbacks, hours = dict(_callbacks(sequence.id, at)), _hours_tried(sequence, at)
    hour_in = {zone: clock.local(at, zone).hour for zone in {call.timezone for call in calls} - {""}}
    return sorted(
        calls, key=lambda call: _rank(call, callbacks, hour_in.get(call.timezone) in hours.get(call.lead_id, ()))
    )


def _rank(call: Waiting, callbacks: dict[int, datetime], same_hour: bool) -> tuple:
    due = callbacks.get(call.lead_id)
    return (not call.pinned, due is None, same_hour, call.state != NEW, due or call.received_at, call.position)


@prepared
def _waiting(sequence):
    of_call = [SequenceCall.id, SequenceCall.lead, SequenceCall.position, SequenceCall.pinned, SequenceCall.why]
    of_lead = [SequenceCall.until, Lead.state, Lead.received_at, Lead.timezone, Customer.name]
    found = SequenceCall.select(*of_call, *of_lead).join(Lead).join(Customer)
    return found.where(SequenceCall.sequence == sequence, SequenceCall.standing == WAITING).tuples()


def _leads(sequence):
    return SequenceCall.select(SequenceCall.lead).where(
        SequenceCall.sequence == sequence, SequenceCall.standing == WAITING
    )


@prepared
def _callbacks(sequence, at):
    """By lead, the soonest open step that is due."""
    due = Activity.select(Activity.lead, fn.MIN(Activity.due_at).converter(Activity.due_at.python_value)).where(
        Activity.lead.in_(_leads(sequence)), Activity.kind == "task", Activity.done_at.is_null(), Activity.due_at <= at
    )
    return due.group_by(Activity.lead).tuples()


def _hours_tried(sequence: CallSequence, at: datetime) -> dict[int, set[int]]:
    """By lead, the hours of their day at which nobody answered."""
    found: dict[int, set[int]] = {}
    for lead, moment, zone in _unanswered(sequence.id, at - LOOKED_BACK):
        found.setdefault(lead, set()).add(clock.local(moment, zone).hour)
    return found


@prepared
def _unanswered(sequence, since):
    tried = Activity.select(Activity.lead, Activity.at, Lead.timezone).join(Lead, on=Activity.lead)
    return tried.where(
        Activity.lead.in_(_leads(sequence)),
        Activity.direction == "out",
        Expression(unindexed(Activity.outcome), OP.IN, (VM_LEFT, NO_VM, VM_DROP)),
        unindexed(Activity.at) > since.to(Activity.at),
        Lead.timezone != "",
    ).tuples()
