"""The figures on leads agree with a plain calculation over the same leads, whoever looks and whatever is chosen."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from statistics import median_low

import pytest

from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.leads.dialing import building, calling
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.lead_codes import SOURCES
from carmanana.records.leads import Lead
from carmanana.reports.contact_times import in_words
from carmanana.reports.lead_numbers import WITHIN, lead_numbers
from carmanana.reports.lead_rows import headings, rows
from carmanana.reports.lead_scope import LeadScope
from carmanana.reports.sequence_numbers import sequence_numbers

STATES = ("new", "working", "connected", "assessed", "on_hold", "closed", "converted")


@pytest.fixture
def leads(cast):
    """Of each state and of several sources, owned by three and by nobody, over two hundred days."""
    rng = Random(3)
    owners = (cast.agent, cast.agent2, cast.manager)
    made = [cast.lead_in(state, owner, source=rng.choice(list(SOURCES))) for state in STATES for owner in owners]
    made += [cast.lead(source="walk_in") for _ in range(3)]
    closed = inquiry.fire(cast.lead_in("assessed", cast.agent), "close", cast.manager, close_reason="not_interested")
    for number, lead in enumerate([*made, closed]):
        came = clock.now() - timedelta(days=number * 8, minutes=number)
        answered = Lead.first_answered_at.is_null(False)
        Lead.update(received_at=came).where(Lead.id == lead.id).execute()
        Lead.update(first_answer_minutes=number * 7 % 90).where(Lead.id == lead.id, answered).execute()
    return list(Lead.select())


def told(tally) -> tuple:
    within = tuple(tally.within(minutes) for minutes in WITHIN)
    return (tally.leads, tally.attempts, tally.conversations, tally.assessed, tally.converted, tally.middle, within)


def plain(leads: list[Lead]) -> tuple:
    contacts = [contact for lead in leads for contact in lead.activities if contact.kind in CONTACTS]
    out = sum(contact.direction == "out" for contact in contacts)
    spoken = sum(contact.connected for contact in contacts)
    closed_late = [lead for lead in leads if lead.state == "closed" and lead.needs]
    held = sum(lead.held_from == "assessed" for lead in leads)
    assessed = sum(lead.state in ("assessed", "converted") for lead in leads) + len(closed_late) + held
    waits = [lead.first_answer_minutes for lead in leads if lead.first_answer_minutes is not None]
    within = tuple(sum(waited <= minutes for waited in waits) for minutes in WITHIN)
    became = sum(lead.converted for lead in leads)
    return (len(leads), out, spoken, assessed, became, in_words(median_low(waits)) if waits else "", within)


@pytest.mark.parametrize("who", ["manager", "compliance", "agent"])
@pytest.mark.parametrize("query", [{}, {"period": "all"}, {"period": "30"}, {"period": "all", "source": "walk_in"}])
def test_they_agree_with_a_plain_calculation(cast, leads, who, query):
    viewer = getattr(cast, who)
    scope = LeadScope.read(query, viewer.timezone, viewer=viewer)
    meant = [lead for lead in leads if viewer.sees_all or lead.unowned or lead.owner == viewer]
    meant = [
        lead for lead in meant if not scope.first or lead.received_at >= clock.start_of_day(scope.first, scope.zone)
    ]
    meant = [lead for lead in meant if not scope.source or lead.source == scope.source]
    report = lead_numbers(scope)
    assert told(report.total) == plain(meant)
    for title, key in (("By source", "source_name"), ("By person", "owner"), ("By kind", "kind_name")):
        groups = defaultdict(list)
        for lead in meant:
            value = getattr(lead, key)
            groups[value if isinstance(value, str) else value.name if value else "Nobody owns it"].append(lead)
        rows_of = next(tallies for name, _, tallies in report.groups if name == title)
        assert {tally.name: told(tally) for tally in rows_of} == {name: plain(found) for name, found in groups.items()}


def test_a_team_and_a_person_are_chosen_by_who_sees_them(cast, leads):
    args = {"period": "all", "team": str(cast.manager.id)}
    scope = LeadScope.read(args, cast.manager.timezone, viewer=cast.manager)
    theirs = [lead for lead in leads if lead.owner and lead.owner.manager == cast.manager]
    assert told(lead_numbers(scope).total) == plain(theirs)
    assert scope.query == args and scope.changed(team="") == {"period": "all"}
    with pytest.raises(Refused):
        LeadScope.read({"owner": str(cast.agent2.id)}, cast.agent.timezone, viewer=cast.agent)


def test_each_lead_has_its_row_with_the_same_figures(cast, leads):
    scope = LeadScope.read({"period": "all"}, cast.manager.timezone, viewer=cast.manager)
    table = [dict(zip(headings(scope), row, strict=True)) for row in rows(scope)]
    total = lead_numbers(scope).total
    assert [row["Lead"] for row in table] == [lead.id for lead in leads]
    for name, number in (
        ("Attempts", total.attempts),
        ("Conversations", total.conversations),
        ("Assessed", total.assessed),
    ):
        assert sum(row[name] for row in table) == number
    assert not {lead.customer.name for lead in leads} & {str(cell) for row in table for cell in row.values()}


def test_what_a_sequence_did(cast):
    leads = [cast.lead(cast.agent) for _ in range(4)]
    sequence = calling.start(building.prepare(cast.agent, cast.agent, leads, "Wednesday"), cast.agent)
    step = {"next_step": "Call again", "due_at": clock.now() + timedelta(days=2)}
    for outcome in ("no_answer_vm", "connected_follow_up"):
        call = calling.dial(calling.current(sequence, cast.agent), cast.agent)
        calling.finish(call, cast.agent, outcome, summary="Wants a hybrid", **step)
    calling.skip(calling.current(sequence, cast.agent), cast.agent, "In a meeting")
    scope = LeadScope.read({}, cast.manager.timezone, viewer=cast.manager)
    (tally,) = sequence_numbers(scope)
    numbers = (tally.leads, tally.called, tally.talked, tally.unanswered, tally.wrong, tally.skipped, tally.waiting)
    assert numbers == (4, 2, 1, 1, 0, 1, 1)
    assert sequence_numbers(LeadScope.read({}, "UTC", viewer=cast.agent2)) == []
    assert Activity.select().where(Activity.lead.in_(leads), Activity.direction == "out").count() == 2
