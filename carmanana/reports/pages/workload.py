"""What is on whose desk now."""

from datetime import timedelta

from peewee import Case, fn

from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, LOSING, ON_HOLD
from carmanana.records.deals import Deal
from carmanana.records.lead_codes import NEW, OPEN
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID
from carmanana.reports.measures import count, money
from carmanana.reports.registry import PEOPLE, PIPELINE, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

NOBODY = "Nobody owns it"


def owned(column):
    """The house account is nobody."""
    return Case(None, [(column == HOUSE_ID, None)], column)


def _deals(scope: ReportScope):
    return scope.deals(Deal.state.in_((ACTIVE, ON_HOLD, LOSING)))


def _leads(scope: ReportScope):
    return scope.leads(Lead.state.in_(OPEN))


def _steps(scope: ReportScope):
    return Activity.open_steps().order_by().where(*scope.of_people(Activity.assignee))


def _without_step(scope: ReportScope):
    open_step = Activity.select(Activity.id).where(
        Activity.deal == Deal.id, Activity.kind == "task", Activity.done_at.is_null()
    )
    return (Deal.state == ACTIVE) & ~fn.EXISTS(open_step)


DEALS = Table(
    "deals", "Deals", "Owner now", "deal", _deals, Deal.id, by=owned(Deal.owner), names=people, otherwise=NOBODY,
    rests=True,
    measures=(
        count("open", "Open", "Active, on hold, or under cancellation review."),
        count("active", "Active", "Active deals.", lambda scope: Deal.state == ACTIVE),
        count("held", "On hold", "Deals on hold.", lambda scope: Deal.state == ON_HOLD),
        count("losing", "Losing", "Losing Order – Cancellation Requested.", lambda scope: Deal.state == LOSING),
        count("bare", "No next step", "Active, and nothing is to be done next.", _without_step),
        money("value", "Value", "What these deals are worth.", Deal.value_cents),
    ),
    chart="open", currency=Deal.currency, empty="No deal is open now.",
)  # fmt: skip
LEADS = Table(
    "leads", "Leads", "Owner now", "lead", _leads, Lead.id, by=owned(Lead.owner), names=people, otherwise=NOBODY,
    rests=True,
    measures=(
        count("open", "Open", "Neither converted nor closed."),
        count("new", "New", "Nobody has reached out to them yet.", lambda scope: Lead.state == NEW),
        count("unanswered", "Unanswered", "They asked, and nobody has answered yet.",
            lambda scope: Lead.first_answered_at.is_null()),
    ),
    chart="open", empty="No lead is open now.",
)  # fmt: skip
STEPS = Table(
    "steps", "Next steps", "Whose", "step", _steps, Activity.id, by=Activity.assignee, names=people,
    otherwise="Nobody's", rests=True,
    measures=(
        count("open", "Open", "Next steps not yet done."),
        count("overdue", "Overdue", "Due before now.", lambda scope: Activity.due_at < scope.now),
        count("day", "Within a day", "Due within the next 24 hours.",
            lambda scope: (Activity.due_at >= scope.now) & (Activity.due_at < scope.now + timedelta(days=1))),
        count("week", "Within 7 days", "Due within the next 7 days, these among them.",
            lambda scope: (Activity.due_at >= scope.now) & (Activity.due_at < scope.now + timedelta(days=7))),
    ),
    chart="open", empty="No next step is open now.",
)  # fmt: skip

WORKLOAD = Report("workload", "Workload", "What is on whose desk now", (DEALS, LEADS, STEPS), (PIPELINE, PEOPLE))
