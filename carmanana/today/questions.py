"""What the checks of a day ask: each question finds what keeps a check from being met."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import JOIN, Select, fn

from carmanana.contacting.next_steps import FIRST_CONTACT
from carmanana.core import clock
from carmanana.core.limits import HOLD_CONTACT
from carmanana.records.activities import Activity
from carmanana.records.compliance import DISPUTED, Finding
from carmanana.records.compliance import OPEN as UNREVIEWED
from carmanana.records.deal_codes import ACTIVE, LIVE, ON_HOLD
from carmanana.records.deals import Deal, Hold, NeedsAssessment, VehicleOption
from carmanana.records.lead_codes import ASSESSED, PRICE_SHOPPER, WORKED, WORKING
from carmanana.records.lead_codes import CONNECTED as CONNECTED_LEAD
from carmanana.records.leads import Lead
from carmanana.records.open_steps import OpenStep
from carmanana.records.people import User
from carmanana.schema.sqlite import literally, unindexed
from carmanana.today import duties
from carmanana.today.lead_standings import unlogged
from carmanana.today.moments import bounds, day_of
from carmanana.today.standing import STUCK
from carmanana.today.standings import DEAL_DUE, LEAD_DUE, Clock

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """Of one person: what a check is asked of. `sight` is how far they see, which decides what the questions look like;
    all else is values."""

    sight: str
    by: User
    begins: datetime
    ends: datetime
    today: str
    week_ago: datetime
    at: Clock

    @classmethod
    def of(cls, by: User) -> "Day":
        now = clock.now()
        begins, ends = bounds(day_of(by, now), by.timezone)
        return cls(by.sight, by, begins, ends, day_of(by, now).isoformat(), now - WEEK, Clock.at(now))

    @property
    def now(self) -> datetime:
        return self.at.now

    @property
    def values(self) -> tuple:
        return (self.by, self.begins, self.ends, self.today, self.week_ago, *self.at)


def _deals(day: Day, *where) -> Select:
    return Deal.select(Deal.id).where(Deal.owner == day.by, *where)


def _leads(day: Day, *where) -> Select:
    return Lead.select(Lead.id).where(Lead.owner == day.by, *where)


def _steps(day: Day, *where) -> Select:
    open_ones = (literally(Activity.kind, "task"), Activity.done_at.is_null(), Activity.assignee == day.by)
    return Activity.select(Activity.id).where(*open_ones, *where)


def live_on_hold(day: Day) -> list[Select]:
    return [_deals(day, literally(Deal.state, ON_HOLD), Deal.readiness == LIVE)]


def holds_due(day: Day) -> list[Select]:
    return list(duties.holds_due(day.by, day.today))


def overdue(day: Day) -> list[Select]:
    """What *Overdue* lists, and promises whose day has passed."""
    return [
        duties.steps_beside_holds(day.by, day.today, OpenStep.due_at < day.now),
        duties.promised(day.by, OpenStep.due_at < day.now),
    ]


def without_step(day: Day) -> list[Select]:
    return [
        _deals(day, literally(Deal.state, ACTIVE), DEAL_DUE.is_null()),
        _leads(day, literally(Lead.state, *WORKED), LEAD_DUE.is_null()),
    ]


def touched_without_log(day: Day) -> list[Select]:
    """Brought on, or dialed, and nothing says what was said."""
    said = Activity.select(Activity.id).where(Activity.lead == Lead.id, Activity.direction.is_null(False))
    silent = Lead.touched_at.is_null() & Lead.import_id.is_null() & ~fn.EXISTS(said)
    brought_on = literally(Lead.state, WORKING, CONNECTED_LEAD, ASSESSED) & silent
    dialed = Lead.select(Lead.id).where(unlogged(day.now), unindexed(Lead.owner) == day.by, ~brought_on)
    return [_leads(day, brought_on), dialed]


def not_contacted(day: Day) -> list[Select]:
    return [_steps(day, Activity.subject == FIRST_CONTACT, Activity.due_at < day.ends)]


def holds_without_attempt(day: Day) -> list[Select]:
    """Put on hold within a week, without a contact in the days before."""
    placed = (Hold.placed_by == day.by) & Hold.lifted_at.is_null() & (Hold.placed_at >= day.week_ago)
    before = fn.datetime(Hold.placed_at, f"-{HOLD_CONTACT.days + 1} days")
    tried = Activity.select(Activity.id).where(
        Activity.deal == Hold.deal, Activity.direction.is_null(False), Activity.at >= before
    )
    mine = Deal.id == Hold.deal, unindexed(Deal.owner) == day.by, literally(unindexed(Deal.state), ON_HOLD)
    held = Hold.select(Hold.id).join(Deal, JOIN.CROSS).where(*mine, Deal.state_since >= day.week_ago)
    return [held.where(placed, ~fn.EXISTS(tried))]


def unowned_past_a_day(day: Day) -> list[Select]:
    nobodys = [model.select(model.id).where(STUCK[model]["unowned"].where(day.at)) for model in (Deal, Lead)]
    return [one.where(False) for one in nobodys] if day.sight == "own" else nobodys


def leads_to_call(day: Day) -> list[Select]:
    return [_leads(day, literally(Lead.state, *WORKED), Lead.touched_at.is_null(), Lead.received_at < day.begins)]


def findings(day: Day) -> list[Select]:
    lately = (Finding.user == day.by) & (Finding.at >= day.week_ago) & Finding.state.in_((UNREVIEWED, DISPUTED))
    return [Finding.select(Finding.id).where(lately)]


def spoken_to_without_needs(day: Day) -> list[Select]:
    written = NeedsAssessment.select(NeedsAssessment.id).where(NeedsAssessment.lead_id == Lead.id)
    return [_leads(day, literally(Lead.state, CONNECTED_LEAD), ~fn.EXISTS(written))]


def shoppers_with_one_vehicle(day: Day) -> list[Select]:
    options = VehicleOption.select(fn.COUNT(VehicleOption.id)).join(NeedsAssessment)
    number = options.where(NeedsAssessment.lead_id == Lead.id)
    shoppers = (Lead.kind == PRICE_SHOPPER) & literally(Lead.state, CONNECTED_LEAD, ASSESSED)
    return [_leads(day, shoppers, number < 2)]


def everything_stuck(day: Day) -> list[Select]:
    return [
        model.select(model.id).where(one.of(model, day.by, day.at))
        for model in (Deal, Lead)
        for one in STUCK[model].values()
        if one.code != "unowned"
    ]
