"""Why deals and leads wait, and whose follow-up day has passed (SOP 1, section D)."""

from peewee import Case

from carmanana.records.deal_codes import ON_HOLD
from carmanana.records.deals import Deal, Hold
from carmanana.records.lead_codes import ON_HOLD as LEAD_ON_HOLD
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID
from carmanana.reports.measures import count, middle, money, since
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

WEEK = 7


def _held(scope: ReportScope):
    return scope.deals(Deal.state == ON_HOLD).join(Hold, on=(Hold.deal == Deal.id) & Hold.lifted_at.is_null())


def _overdue(scope: ReportScope):
    return Hold.follow_up_on < scope.today


def _placed(scope: ReportScope):
    holds = Hold.select().join(Deal).where(scope.within(Hold.placed_at), *scope.of_pipeline())
    return holds.where(*scope.of_people(Hold.placed_by))


def _reasons(scope: ReportScope) -> dict:
    return Hold.SUB_STATUSES


def _leads(scope: ReportScope):
    return scope.leads(Lead.state == LEAD_ON_HOLD)


OVERDUE = count("overdue", "Overdue", "Their follow-up day has passed.", _overdue)
HELD = count("deals", "Deals", "Deals on hold now.")
REASONS = Table(
    "reasons", "Why deals wait now", "Reason", "deal", _held, Deal.id, by=Hold.sub_status, names=_reasons, rests=True,
    measures=(
        HELD,
        OVERDUE,
        count("today", "Due today", "Their follow-up day is today.", lambda scope: Hold.follow_up_on == scope.today),
        middle("median", "Held for", "Days since the hold was placed, that half of them do not exceed.",
            lambda scope: since(Hold.placed_at, scope)),
        money("value", "Value", "What these deals are worth.", Deal.value_cents),
    ),
    chart="deals", currency=Deal.currency, empty="No deal is on hold now.",
)  # fmt: skip
OWNERS = Table(
    "owners", "On hold by owner", "Owner now", "deal", _held, Deal.id, rests=True,
    by=Case(None, [(Deal.owner == HOUSE_ID, None)], Deal.owner), names=people, otherwise="Nobody owns it",
    measures=(HELD, OVERDUE), chart="overdue", empty="No deal is on hold now.",
)  # fmt: skip
PLACED = Table(
    "placed", "Put on hold in these days", "By whom", "hold", _placed, Hold.id, by=Hold.placed_by, names=people,
    otherwise="Imported",
    measures=(
        count("holds", "Holds",
            "How often a deal was put on hold in these days, or its hold extended, by whoever did it."),
        count("standing", "Still held", "Not lifted or replaced since.", lambda scope: Hold.lifted_at.is_null()),
    ),
    chart="holds", empty="No deal was put on hold in these days.",
)  # fmt: skip
LEADS = Table(
    "leads", "Why leads wait now", "Reason", "lead", _leads, Lead.id, by=Lead.hold_status, names=_reasons, rests=True,
    measures=(
        count("leads", "Leads", "Leads on hold now."),
        count("overdue", "Overdue", "Their follow-up day has passed.", lambda scope: Lead.follow_up_on < scope.today),
    ),
    chart="leads", empty="No lead is on hold now.",
)  # fmt: skip

HOLDS = Report(
    "holds", "Holds", "Why deals and leads wait, and which follow-ups are overdue", (REASONS, OWNERS, PLACED, LEADS)
)
