"""The deals and leads that keep a check of the day from being met: as many as it counts, by the same questions."""

from collections.abc import Callable
from functools import cache

from peewee import SQL, Select, Value, fn

from carmanana.records.activities import Activity
from carmanana.records.deals import Deal, Hold
from carmanana.records.leads import Lead
from carmanana.records.open_steps import OpenStep
from carmanana.records.people import User
from carmanana.today.checks import Check
from carmanana.today.questions import Day
from carmanana.today.rows import DEAL, LEAD, Duty, Found, branch, steps
from carmanana.today.standings import HELD_UNTIL, Clock


def listed(check: Check) -> Callable[[User, int, int], Found]:
    """What finds them, those of the longest standing first."""

    def found(by: User, limit: int, offset: int = 0) -> Found:
        day = Day.of(by)
        return _duty(check, day.sight).found(*day.values, limit=limit, offset=offset)

    return found


@cache
def _duty(check: Check, sight: str) -> Duty:
    def rows(by, begins, ends, today, week_ago, now, fine_since, stored_now, late, late_day, logged_until):
        at = Clock(now, fine_since, stored_now, late, late_day, logged_until)
        asked = check.open(Day(sight, by, begins, ends, today, week_ago, at))
        branches = BRANCHES | ARRIVED if check.arrived else BRANCHES
        return [row for one in asked for row in branches[one.model](one)]

    return Duty(rows)


def _deals(found: Select) -> list[Select]:
    return [branch(DEAL, found, fn.COALESCE(HELD_UNTIL, Deal.state_since), Deal)]


def _leads(found: Select) -> list[Select]:
    return [branch(LEAD, found, fn.COALESCE(Lead.follow_up_on, Lead.received_at), Lead)]


def _holds(found: Select) -> list[Select]:
    return [found.select(Value(DEAL), Hold.deal, SQL("NULL"), Hold.follow_up_on).order_by(Hold.follow_up_on)]


def _steps(found: Select) -> list[Select]:
    return [_steps_of(found, DEAL, Activity.deal), _steps_of(found, LEAD, Activity.lead)]


def _steps_of(found: Select, kind: str, record) -> Select:
    told = found.select(Value(kind), record, Activity.id, Activity.due_at)
    return told.where(record.is_null(False)).order_by(Activity.due_at)


BRANCHES: dict[type, Callable[[Select], list[Select]]] = {
    Deal: _deals,
    Lead: _leads,
    Hold: _holds,
    Activity: _steps,
    OpenStep: lambda found: [steps(found)],
}
ARRIVED: dict[type, Callable[[Select], list[Select]]] = {
    Deal: lambda found: [branch(DEAL, found, Deal.created_at, Deal)],
    Lead: lambda found: [branch(LEAD, found, Lead.received_at, Lead)],
}
