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
from carmanana.records.activities import CONTACTS
from carmanana.records.lead_codes import SOURCES
from carmanana.records.leads import Lead
from carmanana.reports.lead_rows import lead_file
from carmanana.reports.pages import REPORTS
from carmanana.reports.report_scope import ReportScope

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


MEASURES = ("leads", "attempts", "spoken", "assessed", "converted", "median", "five", "quarter", "hour")


def told(key: str, scope: ReportScope) -> dict[str, tuple]:
    figures = REPORTS["leads"].table(key).figures(scope)
    lines = {row.name: row for row in figures.rows} | {"All": figures.whole}
    return {name: tuple(row.cells[measure] for measure in MEASURES) for name, row in lines.items() if row}


def plain(leads: list[Lead]) -> tuple:
    contacts = [contact for lead in leads for contact in lead.activities if contact.kind in CONTACTS]
    out = sum(contact.direction == "out" for contact in contacts)
    spoken = len({contact.lead_id for contact in contacts if contact.connected})
    closed_late = [lead for lead in leads if lead.state == "closed" and lead.needs]
    held = sum(lead.held_from == "assessed" for lead in leads)
    assessed = sum(lead.state in ("assessed", "converted") for lead in leads) + len(closed_late) + held
    waits = [lead.first_answer_minutes for lead in leads if lead.first_answer_minutes is not None]
    within = tuple(sum(waited <= minutes for waited in waits) for minutes in (5, 15, 60))
    became = sum(lead.converted for lead in leads)
    return (len(leads), out, spoken, assessed, became, median_low(waits) if waits else None, *within)


@pytest.mark.parametrize("who", ["manager", "compliance", "agent"])
@pytest.mark.parametrize("query", [{}, {"period": "all"}, {"period": "30"}, {"period": "all", "source": "walk_in"}])
def test_they_agree_with_a_plain_calculation(cast, leads, who, query):
    viewer = getattr(cast, who)
    scope = ReportScope.read(query, viewer.timezone, viewer=viewer)
    meant = [lead for lead in leads if viewer.sees_all or lead.unowned or lead.owner == viewer]
    meant = [
        lead for lead in meant if not scope.first or lead.received_at >= clock.start_of_day(scope.first, scope.zone)
    ]
    meant = [lead for lead in meant if not scope.source or lead.source == scope.source]
    for table, key in (("sources", "source_name"), ("owners", "owner"), ("kinds", "kind_name")):
        groups = defaultdict(list)
        for lead in meant:
            value = getattr(lead, key)
            groups[value if isinstance(value, str) else value.name if value else "Nobody owns it"].append(lead)
        expected = {name: plain(found) for name, found in groups.items()}
        assert told(table, scope) == expected | {"All": plain(meant)}
    came, answered, spoken, assessed, became = REPORTS["leads"].table("funnel").figures(scope).rows
    numbers = plain(meant)
    assert (came.cells["leads"], spoken.cells["leads"]) == (numbers[0], numbers[2])
    assert (assessed.cells["leads"], became.cells["leads"]) == numbers[3:5]
    assert answered.cells["leads"] == sum(lead.first_answer_minutes is not None for lead in meant)


def test_a_team_and_a_person_are_chosen_by_who_sees_them(cast, leads):
    args = {"period": "all", "team": str(cast.manager.id)}
    scope = ReportScope.read(args, cast.manager.timezone, viewer=cast.manager)
    theirs = [lead for lead in leads if lead.owner and lead.owner.manager == cast.manager]
    assert told("owners", scope)["All"] == plain(theirs)
    assert scope.query == args and scope.changed(team="") == {"period": "all"}
    with pytest.raises(Refused):
        ReportScope.read({"owner": str(cast.agent2.id)}, cast.agent.timezone, viewer=cast.agent)


def test_each_lead_has_its_row_with_the_same_figures(cast, leads):
    scope = ReportScope.read({"period": "all"}, cast.manager.timezone, viewer=cast.manager)
    heads, *rows = lead_file(scope)
    table = [dict(zip(heads, row, strict=True)) for row in rows]
    total = dict(zip(MEASURES, told("owners", scope)["All"], strict=True))
    assert [row["Lead"] for row in table] == [lead.id for lead in leads]
    for name, measure in (("Attempts", "attempts"), ("Assessed", "assessed"), ("Converted", "converted")):
        assert sum(row[name] for row in table) == total[measure]
    assert sum(row["Conversations"] > 0 for row in table) == total["spoken"]
    assert not {lead.customer.name for lead in leads} & {str(cell) for row in table for cell in row.values()}


def test_what_a_sequence_did(cast):
    leads = [cast.lead(cast.agent) for _ in range(4)]
    sequence = calling.start(building.prepare(cast.agent, cast.agent, leads, "Wednesday"), cast.agent)
    step = {"next_step": "Call again", "due_at": clock.now() + timedelta(days=2)}
    for outcome in ("no_answer_vm", "connected_follow_up"):
        call = calling.dial(calling.current(sequence, cast.agent), cast.agent)
        calling.finish(call, cast.agent, outcome, summary="Wants a hybrid", **step)
    calling.skip(calling.current(sequence, cast.agent), cast.agent, "In a meeting")
    table = REPORTS["dialing"].table("sequences")
    (row,) = table.figures(ReportScope.read({}, cast.manager.timezone, viewer=cast.manager)).rows
    assert (row.name, *(row.cells[key] for key in ("called", "talked", "unanswered", "wrong", "skipped"))) == (
        "Wednesday", 2, 1, 1, 0, 1
    )  # fmt: skip
    assert table.figures(ReportScope.read({}, "UTC", viewer=cast.agent2)).rows == []
