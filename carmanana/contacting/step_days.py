"""A next step on another day, at the same time of day."""

from datetime import date, datetime

from carmanana.contacting.log import may_log, move_step
from carmanana.core import clock, locales
from carmanana.core.workflow import Forbidden, Refusal, Refused, Remedy
from carmanana.records.activities import Activity
from carmanana.records.people import User
from carmanana.records.sops import SOP_LOG

LATEST = date(2100, 12, 31)


def move_to_day(step: Activity, by: User, day: date | None, version: int | None = None) -> Activity:
    """The time of day is that of whoever moves it. An hour that the new day skips is moved forward by the gap."""
    if not may_log(step.deal, by):
        raise Forbidden("step_moved")
    if refusal := _not_a_day_ahead(step, day, by):
        raise Refused([refusal], step.deal, "move_step")
    return move_step(step, by, step.subject, move_to(step, day, by), version)


def _not_a_day_ahead(step: Activity, day: date | None, by: User) -> Refusal | None:
    if day is None or day > LATEST:
        return Refusal("day", "Choose the new day.", SOP_LOG, field="on")
    if day < clock.today(by.timezone) or move_to(step, day, by) <= clock.now():
        return _in_the_past(step, day, by)
    return None


def move_to(step: Activity, day: date, by: User) -> datetime:
    """When it is due on that day, by the clock of whoever moves it."""
    return clock.from_local(datetime.combine(day, clock.local(step.due_at, by.timezone).time()), by.timezone)


def _in_the_past(step: Activity, day: date, by: User) -> Refusal:
    at = locales.hour(clock.local(step.due_at, by.timezone), by.locale)
    passed = (
        f"{at} has passed today."
        if day == clock.today(by.timezone)
        else f"{locales.long_day(day, by.locale, year=False)} has passed."
    )
    choose = Remedy("Choose day and time…", "activities.edit_step", (("step_id", step.id),), "clock")
    return Refusal("due", f"{passed} A next step is due from now on.", SOP_LOG, (choose,), "on")
