"""The leads under the numbers, one row each: codes, dates and figures, and no customer's name or words."""

from collections.abc import Iterator

from peewee import JOIN, Case

from carmanana.core import clock
from carmanana.records.lead_codes import ASSESSED, CLOSE_REASONS, CLOSED, CONVERTED, KINDS, SOURCES, STATES
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.stage_visits import LeadReach
from carmanana.reports.report_scope import ReportScope

Owner, Answerer = User.alias(), User.alias()


def came_in(scope: ReportScope):
    """With how far each of them came."""
    return scope.leads(scope.within(Lead.received_at)).join(LeadReach, on=LeadReach.lead == Lead.id)


def was_assessed():
    """Now, or before it was held; of what was closed, as its trail tells. What was reopened counts when it is again."""
    now = Lead.state.in_((ASSESSED, CONVERTED)) | (Lead.held_from == ASSESSED)
    return Case(None, [(now, 1), (Lead.state == CLOSED, LeadReach.assessed)], 0) == 1


def lead_file(scope: ReportScope) -> Iterator[list]:
    moments = [f"{name} ({scope.zone})" for name in ("Came in", "First answered")]
    yield [
        *("Lead", "State", "Kind", "Source", "Region", "Closed because", "Owner", "First answered by", *moments),
        *("Business minutes to first answer", "Attempts", "Conversations", "Assessed", "Converted", "Deal"),
    ]
    for id, state, kind, source, region, reason, *rest in _rows(scope):
        owner, answerer, came, answered, *numbers = rest
        names = STATES[state], KINDS[kind], SOURCES.get(source, source), region, CLOSE_REASONS.get(reason)
        moments = (_wall(moment, scope.zone) for moment in (came, answered))
        yield ["" if cell is None else cell for cell in (id, *names, owner, answerer, *moments, *numbers)]


def _rows(scope: ReportScope):
    found = came_in(scope).switch(Lead).join(Owner, JOIN.LEFT_OUTER, on=Lead.owner == Owner.id)
    found = found.join_from(Lead, Answerer, JOIN.LEFT_OUTER, on=Lead.first_answered_by == Answerer.id)
    facts = Lead.id, Lead.state, Lead.kind, Lead.source, Lead.region, Lead.close_reason
    moments = Owner.name, Answerer.name, Lead.received_at, Lead.first_answered_at, Lead.first_answer_minutes
    reach = LeadReach.attempts, LeadReach.conversations, was_assessed(), Lead.state == CONVERTED, Lead.deal
    return found.select(*facts, *moments, *reach).order_by(Lead.id).tuples().iterator()


def _wall(at, zone: str) -> str:
    return f"{clock.local(at, zone):%Y-%m-%d %H:%M}" if at else ""
