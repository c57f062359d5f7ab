"""When a step of escalation has come (domain 1, *Calendar*)."""

from datetime import datetime, timedelta

from carmanana.contacting.business_hours import business_day_from, due_after
from carmanana.core import clock
from carmanana.records.escalation import HOURS, EscalationStep

OLDEST = timedelta(days=60)  # what was due longer ago is history when it is first seen
Opened = tuple[dict, set]


def comes_at(step: EscalationStep, due: datetime, zone: str, opened: Opened) -> datetime:
    """At once where it waits for nothing; days end at the hour at which it was due."""
    if not step.after:
        return due
    if step.unit == HOURS:
        return due_after(due, step.after * 60, zone, opened)
    here = clock.local(due, zone)
    day = here.date()
    for _ in range(step.after):
        day = business_day_from(day + timedelta(days=1), opened)
    return clock.from_local(datetime.combine(day, here.time()), zone)


def soonest(step: EscalationStep) -> timedelta:
    """At least so long after it was due; a day may have 23 hours."""
    return timedelta(hours=step.after) if step.unit == HOURS else timedelta(hours=23 * step.after)
