"""The page of numbers on leads, and its file."""

import csv
import io
import re

import pytest

from carmanana.leads.dialing import building
from carmanana.records.people import User

from ..counting import queries


@pytest.fixture
def leads(cast):
    states = ("new", "working", "connected", "assessed", "converted", "closed")
    made = [cast.lead_in(state, cast.agent) for state in states] + [cast.lead(source="walk_in")]
    building.prepare(cast.manager, cast.agent, made[:3], "Wednesday")
    return made


def test_the_page_has_a_table_beside_each_chart(visit, leads):
    text = visit("manager").get("/reports/leads").text
    for name in (
        "Leads in",
        "First answer",
        "Within 5 min",
        "By source",
        "By person",
        "How far they came",
        "Wednesday",
    ):
        assert name in text
    assert "1 of 7 became deals" in text and "Walk-in" in text and "Nobody owns it" in text
    assert text.count("<caption") == text.count("<table")
    assert all("aria-label" in svg or "aria-hidden" in svg for svg in re.findall(r"<svg[^>]*>", text))


def test_an_agent_reads_their_own(visit, cast, leads):
    cast.lead(cast.agent2)
    text = visit("agent").get("/reports/leads").text
    assert "1 of 7 became deals" in text and "Thabo Okafor" not in text and 'name="owner"' not in text
    assert visit("agent").get(f"/reports/leads?owner={cast.agent2.id}").status_code == 422
    assert visit("retention").get("/reports/leads").status_code == 403


def test_nothing_that_came_in_says_why(visit, leads):
    text = visit("manager").get("/reports/leads?from=2020-01-01&to=2020-01-31").text
    assert "No lead came in in these days" in text and "By source" not in text
    assert "those that nobody owns" in visit("agent2").get("/reports/leads?from=2020-01-01&to=2020-01-31").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=32.13.2026", "Enter a day such as 2026-11-18."),
        ("period=%00'", "Choose 30 days, 90 days, 12 months or all."),
        ("source=boats", "Choose a source from the list."),
        ("owner=x&team=99", "Choose somebody from the list."),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(visit, cast, query, sentence):
    for path in ("/reports/leads", "/reports/leads.csv"):
        answer = visit("manager").get(f"{path}?{query}")
        assert answer.status_code == 422 and sentence in answer.text.replace("&#39;", "'")


def test_the_file_runs_nothing_in_a_spreadsheet(visit, cast, leads):
    User.update(name='＝cmd|"/C calc"!A0').where(User.id == cast.agent.id).execute()
    answer = visit("manager").get("/reports/leads.csv?period=all")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="leads-all.csv"'
    table = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["Lead"] for row in table] == [str(lead.id) for lead in leads]
    assert {row["Owner"] for row in table} == {'\'＝cmd|"/C calc"!A0', ""}


def test_the_queries_are_as_many_for_more_leads(visit, cast, leads):
    client, asked = visit("manager"), []
    for _ in range(2):
        client.get("/reports/leads")
        with queries() as told:
            client.get("/reports/leads")
        asked.append(len(told))
        for _ in range(12):
            cast.lead(cast.agent2, source="referral")
    assert asked[0] == asked[1] <= 14
