"""The leads under the numbers, one row each: codes, dates and figures, and no customer's name or words."""

from collections.abc import Iterator

from peewee import JOIN

from carmanana.core import clock
from carmanana.records.lead_codes import CLOSE_REASONS, KINDS, SOURCES, STATES
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.reports.lead_numbers import facts
from carmanana.reports.lead_scope import LeadScope

NUMBERS = ("attempts", "conversations", "assessed", "converted")
Owner, Answerer = User.alias(), User.alias()


def headings(scope: LeadScope) -> list[str]:
    moments = [f"{name} ({scope.zone})" for name in ("Came in", "First answered")]
    return [
        *("Lead", "State", "Kind", "Source", "Region", "Closed because", "Owner", "First answered by", *moments),
        *("Business minutes to first answer", "Attempts", "Conversations", "Assessed", "Converted", "Deal"),
    ]


def rows(scope: LeadScope) -> Iterator[list]:
    counted = facts()
    columns = [
        *(Lead.id, Lead.state, Lead.kind, Lead.source, Lead.region, Lead.close_reason, Owner.name, Answerer.name),
        *(Lead.received_at, Lead.first_answered_at, Lead.first_answer_minutes),
        *(counted[name] for name in NUMBERS),
        Lead.deal,
    ]
    found = (
        scope.leads_with_reach()
        .switch(Lead)
        .join(Owner, JOIN.LEFT_OUTER, on=Lead.owner == Owner.id)
        .join_from(Lead, Answerer, JOIN.LEFT_OUTER, on=Lead.first_answered_by == Answerer.id)
        .select(*columns)
        .order_by(Lead.id)
    )
    for (
        id,
        state,
        kind,
        source,
        region,
        reason,
        *people,
        came,
        answered,
        minutes,
        tried,
        spoken,
        assessed,
        became,
        deal,
    ) in found.tuples().iterator():
        names = STATES[state], KINDS[kind], SOURCES.get(source, source), region, CLOSE_REASONS.get(reason)
        moments = (_wall(moment, scope.zone) for moment in (came, answered))
        row = [id, *names, *people, *moments, minutes, tried, spoken, int(assessed), int(became), deal]
        yield ["" if cell is None else cell for cell in row]


def _wall(at, zone: str) -> str:
    return f"{clock.local(at, zone):%Y-%m-%d %H:%M}" if at else ""
