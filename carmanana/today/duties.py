"""What asks for somebody today, in the order of the SOP (SOP 1, section I, *Minimum daily workflow*). Each duty is one
question; its count, its rows on the page and its whole list are the same question asked further."""

from datetime import date, timedelta
from functools import cache

from peewee import OP, SQL, Expression, Select, Value, fn

from carmanana.core import clock
from carmanana.core.limits import AT_A_GLANCE
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import ON_HOLD, OPEN, WON
from carmanana.records.deals import Deal
from carmanana.records.lead_codes import NEW, WORKED
from carmanana.records.lead_codes import ON_HOLD as LEAD_ON_HOLD
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import Commitment
from carmanana.schema.sqlite import literally, unindexed
from carmanana.today.moments import bounds, day_of
from carmanana.today.rows import DEAL, FEW, LEAD, MOST, Days, Duty, Found, branch, steps
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
    """Their deals, and their leads, on hold until this day or before."""
    return (
        Deal.select(Deal.id).where(Deal.owner == by, literally(Deal.state, ON_HOLD), HELD > SQL("''"), HELD <= today),
        Lead.select(Lead.id).where(Lead.owner == by, literally(Lead.state, LEAD_ON_HOLD), Lead.follow_up_on <= today),
    )


def overdue(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Next steps of theirs that are past their time; those of a hold that is due are done with it."""
    return _overdue.found(by, clock.now(), day_of(by).isoformat(), limit=limit, offset=offset)


@Duty
def _overdue(by, now, today):
    return _rows_of(steps_beside_holds(by, today, Activity.due_at < now))


def due_today(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """What is still to come before their day ends."""
    today = day_of(by)
    _, ends = bounds(today, by.timezone)
    return _due_between.found(by, clock.now(), ends, today.isoformat(), limit=limit, offset=offset)


@Duty
def _due_between(by, begins, ends, today):
    return _rows_of(steps_beside_holds(by, today, Activity.due_at >= begins, Activity.due_at < ends))


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
    return [*_rows_of(steps_of(by, Activity.due_at >= begins, Activity.due_at < ends)), *holds]


def _rows_of(found: dict[str, Select]) -> list[Select]:
    return [steps(kind, one) for kind, one in found.items()]


def steps_beside_holds(by: User, today, *when) -> dict[str, Select]:
    """Those of `steps_of` that are not asked for by a hold of theirs that is due: nothing stands twice on a page."""
    deals, leads = holds_due(by, today)
    found = steps_of(by, *when)
    return {
        DEAL: found[DEAL].where(~fn.EXISTS(deals.where(Deal.id == Activity.deal))),
        LEAD: found[LEAD].where(~fn.EXISTS(leads.where(Lead.id == Activity.lead))),
    }


def steps_of(by: User, *when) -> dict[str, Select]:
    """Of theirs: not the task of a review nor a promise, which are seen with those; nor the first contact of a lead
    that nobody has reached out to, which is a lead to call."""
    review = CancellationRequest.select(CancellationRequest.id)
    review = review.where(CancellationRequest.deal == Activity.deal, CancellationRequest.ended_at.is_null())
    reviewed = fn.EXISTS(review.where(CancellationRequest.task == Activity.id))
    promised = fn.EXISTS(Commitment.select(Commitment.id).where(Commitment.task == Activity.id))
    mine = Activity.select(Activity.id).where(
        literally(Activity.kind, "task"), Activity.done_at.is_null(), Activity.assignee == by, *when, ~promised
    )
    # as the small index of those has it: the leads themselves are all over their table
    number = Expression(fn.COALESCE(Lead.id, SQL("0")), OP.EQ, unindexed(Activity.lead))
    called = fn.EXISTS(Lead.select(SQL("1")).where(number, *_uncalled(), unindexed(Lead.owner) == by))
    return {
        DEAL: mine.where(Activity.deal.is_null(False), ~reviewed),
        LEAD: mine.where(
            Expression(unindexed(Activity.deal), OP.IS, None),
            Activity.lead.is_null(False),
            ~called,
        ),
    }


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
    return [steps(DEAL, promised(by))]


def promised(by: User, *when) -> Select:
    found = Activity.select(Activity.id).join(Commitment, on=Commitment.task == Activity.id)
    return found.where(literally(Activity.kind, "task"), Activity.done_at.is_null(), Activity.assignee == by, *when)


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
        found.where(condition).select(kind, about, Activity.id, when).order_by(when.desc()).limit(MOST)
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
