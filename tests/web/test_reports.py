"""The page of numbers on cancellations, and its file."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from carmanana.core.db import insert_all
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.playbook import PlaybookAnswer
from carmanana.records.retention import Offer, Presentation, RetentionPlan
from carmanana.reports.pages import REPORTS

from ..cast import NOON
from ..counting import queries

ENDINGS = [
    "retained",
    "cancelled",
    "retained",
    "withdrawn",
    "retained",
    "cancelled",
    "retained",
    "cancelled",
    "cancelled",
    "requested",
]


def request_of(deal_id: int, number: int, cast) -> CancellationRequest:
    state, asked = ENDINGS[number % 10], NOON - timedelta(days=number % 80, minutes=number)
    reached = None if state in ("withdrawn", "requested") else asked + timedelta(minutes=30)
    told = {
        "kept_by": "A date",
        "ground": "committed",
        "decision": "Approved",
        "refunded_cents": 0,
        "kept_cents": 0,
        "pending_cents": 0,
        "withdrawn_because": "mistake",
    }
    return CancellationRequest(
        deal=deal_id,
        state=state,
        return_state="active",
        requested_by=cast.agent.id,
        requested_at=asked,
        came_by="phone",
        reason="Slow",
        tone="calm",
        reviewer=(cast.manager if number % 2 else cast.manager2).id,
        due_at=asked + timedelta(hours=1),
        attempted_at=reached,
        contacted_at=reached,
        main_reason=reached and ("delivery", "price")[number % 2],
        ended_at=None if state == "requested" else asked + timedelta(hours=5),
        **told,
    )


def requests(cast, number: int) -> None:
    """Rows of every table that the report reads, ten requests or any number more."""
    deal = cast.deal(cast.agent)
    facts = {
        "customer": deal.customer_id,
        "pipeline": deal.pipeline_id,
        "stage": deal.stage_id,
        "order_type": "used_vehicle",
        "owner": cast.agent.id,
    }
    before = CancellationRequest.select().count()
    insert_all([Deal(**facts, value_cents=2500000) for _ in range(number)])
    insert_all([request_of(deal.id + 1 + index, index, cast) for index in range(number)])
    ids = range(before + 1, before + number + 1)
    plan = {
        "instructions": "Call",
        "limits": "None",
        "assignee": cast.retention.id,
        "due_at": NOON,
        "made_by": cast.manager.id,
    }
    insert_all([RetentionPlan(request=id, ended_at=NOON, ended_because="kept", **plan) for id in ids])
    insert_all(
        [
            Offer(
                plan=id,
                kind="price",
                terms="$600 off",
                expires_at=NOON + timedelta(days=9),
                approved_by=cast.manager.id,
            )
            for id in ids
        ]
    )
    insert_all(
        [Presentation(offer=id, presented_by=cast.retention.id, answer="accepted", answered_at=NOON) for id in ids]
    )
    insert_all([PlaybookAnswer(request=id, step="empathise", answered_by=cast.retention.id) for id in ids])


def test_two_reports_of_one_thing_are_one_page_and_old_addresses_lead_there(visit, cast):
    browser = visit("manager")
    text = browser.get("/reports/pipeline").text
    assert re.findall(r'href="/reports/([a-z-]+)"', text.split("<main")[1].split("</nav>")[0]) == [*REPORTS]
    moved = {
        "/reports/saving?period=30&pipeline=used-vehicle-orders": "/reports/cancellations?",
        "/reports/saving.csv?period=all": "/reports/cancellations.csv?",
        "/reports/lead-response?owner=3": "/reports/leads?",
        "/reports/lead-response/file?format=xlsx&period=30": "/reports/leads/file?",
        "/reports/lead-response/rows?table=kinds&measure=five&of=*": "/reports/leads/rows?",
    }
    for address, found in moved.items():
        answer = browser.get(address)
        assert answer.status_code == 301 and answer.location.startswith(found), address
        asked = [parse_qs(urlsplit(one).query) for one in (address, answer.location)]
        assert asked[0] == asked[1] and browser.get(answer.location).status_code == 200
    assert visit("retention").get("/reports/saving").status_code == 403


def test_the_page_says_what_was_saved_with_the_numbers_beside_it(visit, cast):
    requests(cast, 20)
    browser = visit("manager")
    text = browser.get("/reports/cancellations").text
    tiles = re.search('<dl class="report-figures">(.*?)</dl>', text, re.DOTALL)[1]
    told = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", tiles))
    assert "Save rate 50% 8 of 16" in told and "$200k" in told and "Open now 2" in told
    assert 'aria-label="8 retained, 8 cancelled"' in text or 'aria-label="4 retained' in text
    assert len(re.findall(r'href="/reports/cancellations/rows\?', tiles)) >= 7, "each leads to its rows"
    assert all("aria-label" in svg or "aria-hidden" in svg for svg in re.findall(r"<svg[^>]*>", text))
    few = browser.get("/reports/cancellations?from=2026-11-18&to=2026-11-18").text
    assert "Too few to say" in few
    empty = browser.get("/reports/cancellations?from=2020-01-01&to=2020-01-31").text
    assert "No request to cancel ended in these days." in empty and "Why customers wanted to leave" in empty


def test_the_chosen_days_and_filters_stay_in_every_link(visit, cast):
    requests(cast, 10)
    text = visit("manager").get("/reports/cancellations?period=30&pipeline=used-vehicle-orders").text
    for address in ("/reports/cancellations.csv?", "/reports/cancellations/file?format=xlsx&amp;"):
        assert f"{address}period=30&amp;pipeline=used-vehicle-orders" in text
    assert re.search(r'pipeline=used-vehicle-orders&amp;period=30"\s+aria-current="true"', text)
    assert '<input type="hidden" name="pipeline" value="used-vehicle-orders">' in text
    text = visit("manager").get("/reports/leads?period=30&source=referral").text
    assert 'href="/reports/leads?source=referral&amp;period=90"' in text and '<option value="referral"' in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=32.13.2026", "Enter a day such as 2026-11-18."),
        ("from=2026-11-18&to=2026-11-01", "The first day is after the last one."),
        ("period=%00'", "Choose 30 days, 90 days, 12 months or all."),
        ("pipeline=boats", "Choose a pipeline from the list."),
        ("to=99999-01-01&pipeline=%ff", "Enter a day such as 2026-11-18."),
        ("source=boats", "Choose a source from the list."),
        ("owner=x&team=99", "Choose somebody from the list."),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(visit, cast, query, sentence):
    for path in ("/reports/cancellations", "/reports/cancellations.csv", "/reports/leads", "/reports/leads.csv"):
        answer = visit("manager").get(f"{path}?{query}")
        assert answer.status_code == 422
        assert sentence in answer.text.replace("&#39;", "'")


def test_the_file_runs_nothing_in_a_spreadsheet(visit, cast):
    User.update(name='＝cmd|"/C calc"!A0').where(User.id == cast.agent.id).execute()
    User.update(name="\t@SUM(A1)").where(User.id == cast.manager.id).execute()
    requests(cast, 10)
    answer = visit("manager").get("/reports/cancellations.csv?period=all")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cancellations-one-a-line-all.csv"'
    table = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(table) == 10
    assert {row["Agent"] for row in table} == {'\'＝cmd|"/C calc"!A0'}
    assert {row["Manager"] for row in table} == {"'\t@SUM(A1)", "Oskar Lind"}


def test_the_queries_are_as_many_for_ten_requests_as_for_two_hundred(visit, cast):
    client, asked = visit("manager"), {}
    for number in (10, 190):
        requests(cast, number)
        for path, most in (("/reports/cancellations", 24), ("/reports/cancellations.csv", 6)):
            client.get(path)
            with queries() as told:
                assert client.get(path).status_code == 200
            asked.setdefault((path, most), []).append(len(told))
    assert CancellationRequest.select().count() == 200
    assert [(path, few, many) for (path, most), (few, many) in asked.items() if few != many or many > most] == []
