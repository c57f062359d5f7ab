"""The cases under the numbers, one row a request: codes, dates and figures, and no customer's name or words."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain

from peewee import JOIN, Case, fn

from carmanana.core import clock
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline
from carmanana.records.retention import RetentionPlan
from carmanana.reports.contact_times import BusinessTime, seconds
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.requests import ended_or_came_in

R = CancellationRequest
Agent, Reviewer, Member, Plan = User.alias(), User.alias(), User.alias(), RetentionPlan.alias()


def case_file(scope: ReportScope) -> Iterator[list]:
    return chain([headings(scope)], cases(scope))


def headings(scope: ReportScope) -> list[str]:
    moments = [f"{name} ({scope.zone})" for name in ("Requested", "First try", "First contact", "Ended")]
    codes = ["State", "Received by", "Main reason", "Diagnosis", "Withdrawn because"]
    people = ["Agent", "Manager", "Retention member"]
    return [
        "Request",
        "Order",
        "Pipeline",
        *codes,
        *moments,
        "Business minutes to first contact",
        *people,
        "Value",
        "Currency",
    ]


def cases(scope: ReportScope) -> Iterator[list]:
    """Those that ended, and the open ones that came in, within the days."""
    business = BusinessTime()
    for *facts, moments, zone, people, cents, currency in map(_parted, _rows(scope)):
        asked, _, reached, _ = moments
        minutes = business.minutes(seconds(asked), seconds(reached), zone) if reached else None
        value = None if cents is None else Decimal(cents).scaleb(-2)
        row = [*facts, *(_wall(moment, scope.zone) for moment in moments), minutes, *people, value, currency]
        yield ["" if cell is None else cell for cell in row]


def _rows(scope: ReportScope):
    latest = Plan.select(fn.MAX(Plan.id)).where(Plan.request == R.id)
    joined = (
        ended_or_came_in(scope)
        .join_from(Deal, Pipeline)
        .join_from(Deal, Agent, JOIN.LEFT_OUTER, on=Deal.owner == Agent.id)
        .join_from(R, Reviewer, on=R.reviewer == Reviewer.id)
        .join_from(R, RetentionPlan, JOIN.LEFT_OUTER, on=RetentionPlan.id == latest)
        .join_from(RetentionPlan, Member, JOIN.LEFT_OUTER, on=RetentionPlan.assignee == Member.id)
    )
    reached = Case(None, [(~R.unreachable, R.contacted_at)])
    facts = (R.id, R.deal, Pipeline.name, R.state, R.came_by, R.main_reason, R.diagnosis, R.withdrawn_because)
    moments = (R.requested_at, R.attempted_at, reached.converter(R.contacted_at.python_value), R.ended_at)
    people = (Reviewer.timezone, Agent.name, Reviewer.name, Member.name)
    return joined.select(*facts, *moments, *people, Deal.value_cents, Deal.currency).order_by(R.id).tuples().iterator()


def _parted(row: tuple) -> list:
    return [*row[:8], row[8:12], row[12], row[13:16], *row[16:]]


def _wall(at: datetime | None, zone: str) -> str:
    return f"{clock.local(at, zone):%Y-%m-%d %H:%M}" if at else ""
