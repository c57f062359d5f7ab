"""What asks for somebody today, in the order of the SOP (SOP 1, section I, *Minimum daily workflow*). Each duty is one
question; its count, its rows on the page and its whole list are the same question asked further."""

from datetime import date, timedelta

from peewee import Select, Value, fn

from carmanana.core import clock
from carmanana.core.limits import COUNTED
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import ON_HOLD, OPEN, WON
from carmanana.records.deals import Deal
from carmanana.records.handovers import HandOverRequest
from carmanana.records.lead_codes import NEW, WORKED
from carmanana.records.lead_codes import ON_HOLD as LEAD_ON_HOLD
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import Commitment
from carmanana.schema.sqlite import literally
from carmanana.today.moments import bounds, day_of
from carmanana.today.rows import DEAL, LEAD, Found, branch, dues, read, steps
from carmanana.today.standings import HELD_UNTIL, LEAD_DUE, nobodys

FEW = 6
AHEAD = 7


def held(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Deals and leads on hold whose follow-up is today or past."""
    today = day_of(by).isoformat()
    deals = Deal.select().where(Deal.owner == by, literally(Deal.state, ON_HOLD), HELD_UNTIL <= today)
    leads = Lead.select().where(Lead.owner == by, literally(Lead.state, LEAD_ON_HOLD), Lead.follow_up_on <= today)
    return read([branch(DEAL, deals, HELD_UNTIL, Deal), branch(LEAD, leads, Lead.follow_up_on, Lead)], limit, offset)


def overdue(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Next steps of theirs that are past their time."""
    return read(_rows_of(overdue_steps(by)), limit, offset)


def overdue_steps(by: User) -> dict[str, Select]:
    return _steps(by, Activity.due_at < clock.now())


def due_today(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """What is still to come before their day ends."""
    _, ends = bounds(day_of(by), by.timezone)
    return read(_rows_of(_steps(by, Activity.due_at >= clock.now(), Activity.due_at < ends)), limit, offset)


def ahead(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """The week after today, day by day."""
    return read(_ahead(by), limit, offset)


def _ahead(by: User) -> list[Select]:
    day = day_of(by)
    (_, begins), (_, ends) = bounds(day, by.timezone), bounds(day + timedelta(days=AHEAD), by.timezone)
    after, until = day.isoformat(), (day + timedelta(days=AHEAD)).isoformat()
    deals = Deal.select().where(
        Deal.owner == by, literally(Deal.state, ON_HOLD), HELD_UNTIL > after, HELD_UNTIL <= until
    )
    leads = Lead.select().where(
        Lead.owner == by, literally(Lead.state, LEAD_ON_HOLD), Lead.follow_up_on > after, Lead.follow_up_on <= until
    )
    holds = [branch(DEAL, deals, HELD_UNTIL, Deal), branch(LEAD, leads, Lead.follow_up_on, Lead)]
    return [*_rows_of(_steps(by, Activity.due_at >= begins, Activity.due_at < ends)), *holds]


def _rows_of(found: dict[str, Select]) -> list[Select]:
    return [steps(kind, one) for kind, one in found.items()]


def _steps(by: User, *when) -> dict[str, Select]:
    """Of theirs: not the task of a review nor a promise, which are seen with those; nor the first contact of a lead that
    nobody has reached out to, which is a lead to call."""
    reviews = CancellationRequest.select(CancellationRequest.task)
    reviews = reviews.where(CancellationRequest.ended_at.is_null(), CancellationRequest.task.is_null(False))
    promised = fn.EXISTS(Commitment.select(Commitment.id).where(Commitment.task == Activity.id))
    mine = Activity.select().where(
        literally(Activity.kind, "task"), Activity.done_at.is_null(), Activity.assignee == by, *when, ~promised
    )
    called = fn.EXISTS(Lead.select(Lead.id).where(Lead.id == Activity.lead, _to_call(by)))
    return {
        DEAL: mine.where(Activity.deal.is_null(False), Activity.id.not_in(reviews)),
        LEAD: mine.where(Activity.deal.is_null(), Activity.lead.is_null(False), ~called),
    }


def to_call(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Their leads that nobody has reached out to yet, and those that are worked without a next step; who asked first comes
    first."""
    return read([branch(LEAD, Lead.select().where(_to_call(by)), Lead.received_at, Lead)], limit, offset)


def _to_call(by: User):
    worked = (Lead.owner == by) & literally(Lead.state, *WORKED)
    return worked & ((Lead.touched_at.is_null() & (Lead.state == NEW)) | LEAD_DUE.is_null())


def unowned(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Deals and leads of all pipelines that are nobody's, the oldest first (SOP 1, section E)."""
    deals = Deal.select().where(nobodys(Deal, *OPEN))
    leads = Lead.select().where(nobodys(Lead, *OPEN_LEADS))
    return read(
        [branch(DEAL, deals, Deal.created_at, Deal), branch(LEAD, leads, Lead.received_at, Lead)], limit, offset
    )


def promises(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """What they promised to do for an order that was saved."""
    return read([steps(DEAL, promised(by))], limit, offset)


def promised(by: User, *when) -> Select:
    found = Activity.select().join(Commitment, on=Commitment.task == Activity.id)
    return found.where(literally(Activity.kind, "task"), Activity.done_at.is_null(), Activity.assignee == by, *when)


def past_eta(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Won orders that should have been delivered by now."""
    late = literally(Deal.state, WON) & Deal.delivered_on.is_null() & (Deal.eta_on < day_of(by))
    return read([branch(DEAL, Deal.select().where(Deal.owner == by, late), Deal.eta_on, Deal)], limit, offset)


def flagged(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """Deals and leads about which a manager was asked."""
    deals = Deal.visible_to(by).where(Deal.flagged_at.is_null(False))
    leads = Lead.visible_to(by).where(Lead.flagged_at.is_null(False))
    return read([branch(DEAL, deals, Deal.flagged_at, Deal), branch(LEAD, leads, Lead.flagged_at, Lead)], limit, offset)


def done(by: User, limit: int = FEW, offset: int = 0) -> Found:
    """The steps that they finished today, the last one first."""
    begins, ends = bounds(day_of(by), by.timezone)
    found = Activity.select().where(Activity.done_by == by, Activity.done_at >= begins, Activity.done_at < ends)
    when = Activity.done_at
    branches = [
        found.where(condition).select(kind, about, Activity.id, when).order_by(when.desc()).limit(COUNTED + 1)
        for condition, kind, about in (
            (Activity.deal.is_null(False), Value(DEAL), Activity.deal),
            (Activity.deal.is_null() & Activity.lead.is_null(False), Value(LEAD), Activity.lead),
        )
    ]
    return read(branches, limit, offset, newest_first=True)


def hand_overs() -> list[HandOverRequest]:
    """Who asks a manager to give their work to others."""
    asked = HandOverRequest.still_open().select(HandOverRequest, User).join(User, on=HandOverRequest.user)
    return list(asked.order_by(HandOverRequest.created_at).limit(COUNTED))


def week(by: User) -> list[tuple[date, int]]:
    """How much each of the next days brings."""
    day, found = day_of(by), {}
    for due in dues(_ahead(by)):
        on = due if type(due) is date else clock.local(due, by.timezone).date()
        found[on] = found.get(on, 0) + 1
    days = (day + timedelta(days=number) for number in range(1, AHEAD + 1))
    return [(one, found.get(one, 0)) for one in days]
