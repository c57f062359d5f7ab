"""What asks for somebody today, in the order of the SOP (SOP 1, section I, *Minimum daily workflow*). Each duty is one
question; its count, its rows on the page and its whole list are the same question asked further."""

from datetime import date, timedelta
from functools import cache

from peewee import OP, SQL, Expression, Select, Value

from carmanana.core import clock
from carmanana.core.limits import AT_A_GLANCE
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ON_HOLD, OPEN, WON
from carmanana.records.deals import Deal
from carmanana.records.lead_codes import NEW, WORKED
from carmanana.records.lead_codes import ON_HOLD as LEAD_ON_HOLD
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.records.leads import Lead
from carmanana.records.open_steps import PROMISE, STEP, OpenStep
from carmanana.records.people import User
from carmanana.schema.sqlite import literally, unindexed
from carmanana.today.moments import bounds, day_of
from carmanana.today.rows import DEAL, FEW, LEAD, Days, Duty, Found, branch, steps
from carmanana.today.standings import HELD, LEAD_DUE, nobodys

AHEAD = 7


def held(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Deals and leads on hold whose follow-up is today or past."""
    return _held.found(by, day_of(by).isoformat(), limit=limit, offset=offset)


@Duty
def _held(by, today):
    deals, leads = holds_due(by, today)
    return [branch(DEAL, deals, HELD, Deal), branch(LEAD, leads, Lead.follow_up_on, Lead)]


def holds_due(by, today) -> tuple[Select, Select]:
    """Their deals, and their leads, on hold until this day or before. Where both ends of the time are looked for along
    an index, SQLite goes through everybody's."""
    until = Expression(unindexed(HELD), OP.GT, SQL("''")) & (HELD <= today)
    return (
        Deal.select(Deal.id).where(Deal.owner == by, literally(Deal.state, ON_HOLD), until),
        Lead.select(Lead.id).where(Lead.owner == by, literally(Lead.state, LEAD_ON_HOLD), Lead.follow_up_on <= today),
    )


def overdue(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Next steps of theirs that are past their time; those of a hold that is due are done with it."""
    return _overdue.found(by, clock.now(), day_of(by).isoformat(), limit=limit, offset=offset)


@Duty
def _overdue(by, now, today):
    return [steps(steps_beside_holds(by, today, OpenStep.due_at < now))]


def due_today(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """What is still to come before their day ends."""
    today = day_of(by)
    _, ends = bounds(today, by.timezone)
    return _due_between.found(by, clock.now(), ends, today.isoformat(), limit=limit, offset=offset)


@Duty
def _due_between(by, begins, ends, today):
    return [steps(steps_beside_holds(by, today, OpenStep.due_at >= begins, OpenStep.due_at < ends))]


def ahead(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """The week after today, day by day."""
    return _all_ahead.found(*_week_of(by), limit=limit, offset=offset)


def _week_of(by: User) -> tuple:
    """The person, the moments between which it lies, and the days."""
    day = day_of(by)
    (_, begins), (_, ends) = bounds(day, by.timezone), bounds(day + timedelta(days=AHEAD), by.timezone)
    return by, begins, ends, day.isoformat(), (day + timedelta(days=AHEAD)).isoformat()


def _ahead(by, begins, ends, after, until) -> list[Select]:
    deals = Deal.select().where(Deal.owner == by, literally(Deal.state, ON_HOLD), HELD > after, HELD <= until)
    leads = Lead.select().where(
        Lead.owner == by, literally(Lead.state, LEAD_ON_HOLD), Lead.follow_up_on > after, Lead.follow_up_on <= until
    )
    holds = [branch(DEAL, deals, HELD, Deal), branch(LEAD, leads, Lead.follow_up_on, Lead)]
    return [steps(steps_of(by, OpenStep.due_at >= begins, OpenStep.due_at < ends)), *holds]


def steps_beside_holds(by, today, *when) -> Select:
    """Those of `steps_of` that are not asked for by a hold of theirs that is due: nothing stands twice on a page."""
    return steps_of(by, *when).where((OpenStep.held_until == "") | (OpenStep.held_until > today))


def steps_of(by, *when) -> Select:
    """Of theirs: not the task of a review nor a promise, which are seen with those; nor the first contact of a lead
    that nobody has reached out to, which is a lead to call."""
    return _asking(STEP, by, *when)


def _asking(what: str, by, *when) -> Select:
    return OpenStep.select(OpenStep.id).where(OpenStep.assignee == by, OpenStep.asks == what, *when)


def to_call(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Their leads that nobody has reached out to yet, and those that are worked without a next step; who asked first
    comes first."""
    return _leads_to_call.found(by, limit=limit, offset=offset)


@Duty
def _leads_to_call(by):
    without = Lead.select().where(Lead.owner == by, literally(Lead.state, *WORKED), LEAD_DUE.is_null())
    without = without.where(Lead.touched_at.is_null(False) | (Lead.state != NEW))
    return [branch(LEAD, one, Lead.received_at, Lead) for one in (_untouched(by), without)]


def _untouched(by: User) -> Select:
    return Lead.select().where(Lead.owner == by, *_uncalled())


def _uncalled() -> tuple:
    return literally(Lead.state, NEW), Lead.touched_at.is_null()


def unowned(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Deals and leads of all pipelines that are nobody's, the oldest first (SOP 1, section E)."""
    return _unowned.found(limit=limit, offset=offset)


@Duty
def _unowned():
    deals = Deal.select().where(nobodys(Deal, *OPEN))
    leads = Lead.select().where(nobodys(Lead, *OPEN_LEADS))
    return [branch(DEAL, deals, Deal.created_at, Deal), branch(LEAD, leads, Lead.received_at, Lead)]


def promises(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """What they promised to do for an order that was saved."""
    return _promises.found(by, limit=limit, offset=offset)


@Duty
def _promises(by):
    return [steps(promised(by))]


def promised(by, *when) -> Select:
    return _asking(PROMISE, by, *when)


def past_eta(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Won orders that should have been delivered by now."""
    return _past_eta.found(by, day_of(by), limit=limit, offset=offset)


@Duty
def _past_eta(by, today):
    late = literally(Deal.state, WON) & Deal.delivered_on.is_null() & (Deal.eta_on < today)
    return [branch(DEAL, Deal.select().where(Deal.owner == by, late), Deal.eta_on, Deal)]


def flagged(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Deals and leads about which a manager was asked."""
    return _flagged(by.sight).found(by, limit=limit, offset=offset)


@cache
def _flagged(sight: str) -> Duty:
    def flagged(by):
        deals, leads = (
            model.select().where(model.within(sight, by), model.flagged_at.is_null(False)) for model in (Deal, Lead)
        )
        return [branch(DEAL, deals, Deal.flagged_at, Deal), branch(LEAD, leads, Lead.flagged_at, Lead)]

    return Duty(flagged)


def done(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """The steps that they finished today, the last one first."""
    return _done.found(by, *bounds(day_of(by), by.timezone), limit=limit, offset=offset)


def _done_between(by, begins, ends):
    found = Activity.select().where(Activity.done_by == by, Activity.done_at >= begins, Activity.done_at < ends)
    when = Activity.done_at
    return [
        found.where(condition).select(kind, about, Activity.id, when).order_by(when.desc())
        for condition, kind, about in (
            (Activity.deal.is_null(False), Value(DEAL), Activity.deal),
            (Activity.deal.is_null() & Activity.lead.is_null(False), Value(LEAD), Activity.lead),
        )
    ]


_done = Duty(_done_between, newest_first=True)


_all_ahead, _days_ahead = Duty(_ahead), Days(_ahead)


def week(by: User) -> list[tuple[date, int]]:
    """How much each of the next days brings, counted little further than is told."""
    today, stored = day_of(by), Activity.due_at.db_value
    days = [today + timedelta(days=number) for number in range(AHEAD + 1)]
    begin = [stored(clock.start_of_day(day, by.timezone)) for day in [*days, days[-1] + timedelta(days=1)]]
    edges = [
        (begin[place], begin[place + 1], days[place - 1].isoformat(), days[place].isoformat())
        for place in range(1, AHEAD + 1)
    ]
    return [(day, min(number, AT_A_GLANCE + 1)) for day, number in zip(days[1:], _days_ahead(by, edges), strict=True)]
