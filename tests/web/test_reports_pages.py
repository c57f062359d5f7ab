"""The pages of the registry's reports: filters, files, rows behind a number, empty ones, and who sees what."""

import csv
import io
import re

from openpyxl import load_workbook

from carmanana.deals.lifecycle import order
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.reports.pages import REPORTS

from ..counting import queries


def links(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'href="(/reports/[^"]*/rows[^"]*)"[^>]*>(.*?)</a>', text)
    return [(address.replace("&amp;", "&"), number) for address, number in found]


def test_every_report_is_served_with_the_check_of_forged_forms_on(app, visit, monkeypatch):
    browser = visit("manager")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert {key: browser.get(f"/reports/{key}").status_code for key in REPORTS} == dict.fromkeys(REPORTS, 200)


def test_each_number_leads_to_its_rows_and_each_table_says_what_its_numbers_mean(visit, cast):
    won, other = cast.in_state("won"), cast.in_state("lost", cast.agent2)
    browser, wrong = visit("manager"), []
    for key, report in REPORTS.items():
        text = browser.get(f"/reports/{key}").text
        assert f"<h1>{report.name}</h1>" in text and text.count("<caption") == text.count("<table")
        assert text.count("What the numbers mean") == text.count("<table")
        for address, number in links(text):
            rows = browser.get(address)
            counted = re.search(r'role="status">([\d,]+)', rows.text)
            if rows.status_code != 200 or (number.isdigit() and counted[1] != number):
                wrong.append((address, number))
    assert wrong == []
    behind = browser.get("/reports/won-lost/rows?table=winners&measure=deals&of=*").text
    assert won.customer.name in behind and f"/deals/{other.id}" not in behind


def test_an_agent_reads_what_is_theirs_and_learns_no_name_of_another_deal(visit, cast):
    mine, theirs = cast.deal(cast.agent), cast.deal(cast.agent2)
    Customer.update(name="Hidden Person").where(Customer.id == theirs.customer_id).execute()
    cast.called(theirs, cast.agent2)
    cast.called(mine, cast.agent)
    given_away = cast.deal(cast.agent)
    cast.called(given_away, cast.agent)
    Deal.update(owner=cast.agent2).where(Deal.id == given_away.id).execute()
    Customer.update(name="Given Away").where(Customer.id == given_away.customer_id).execute()
    browser = visit("agent")
    page = browser.get("/reports/activity").text
    assert cast.agent.name in page and cast.agent2.name not in page and 'name="owner"' not in page
    rows = browser.get("/reports/activity/rows?table=who&measure=contacts&of=*").text
    assert mine.customer.name in rows and f"Deal {given_away.id}, which is not yours" in rows
    assert "Hidden Person" not in rows and "Given Away" not in rows
    assert browser.get(f"/reports/activity?owner={cast.agent2.id}").status_code == 422
    assert visit("retention").get("/reports/activity").status_code == 403


def test_files_hold_the_tables_and_run_nothing_in_a_spreadsheet(visit, cast):
    User.update(name='=cmd|"/C calc"!A0').where(User.id == cast.agent.id).execute()
    order.fire(cast.deal(cast.agent), "lose", cast.agent, loss_reason="vehicle")
    cast.deal(cast.agent, value_cents=1_234_500)
    browser = visit("manager")
    told = browser.get("/reports/workload/file?format=csv")
    rows = list(csv.reader(io.StringIO(told.text.removeprefix("\ufeff"))))
    assert rows[0] == ["Deals"] and rows[1][:2] == ["Owner now", "Open"]
    assert ['\'=cmd|"/C calc"!A0', "1", "1", "0", "0", "1", "12345.00"] in rows
    book = load_workbook(io.BytesIO(browser.get("/reports/workload/file?format=xlsx").data))
    cells = [cell for row in book["Deals"].iter_rows() for cell in row]
    assert any(cell.value == '\'=cmd|"/C calc"!A0' for cell in cells) and not [c for c in cells if c.data_type == "f"]
    assert 12345 in [cell.value for cell in cells]


def test_an_empty_chart_says_why_and_what_makes_no_sense_gets_a_sentence(visit, cast):
    browser = visit("manager")
    assert "No deal was made in these days. Choose more days." in browser.get("/reports/pipeline").text
    filtered = browser.get(f"/reports/pipeline?owner={cast.agent.id}").text
    assert "Fewer filters may find some." in filtered
    wrong = {
        "period=9": "Choose 30 days, 90 days, 12 months or all.",
        "from=x": "Enter a day such as 2026-11-18.",
        "pipeline=boats": "Choose a pipeline from the list.",
        "owner=99999999999999999999": "Choose somebody from the list.",
    }
    for query, sentence in wrong.items():
        for path in ("/reports/pipeline", "/reports/pipeline/file", "/reports/pipeline/rows"):
            answer = browser.get(f"{path}?{query}")
            assert answer.status_code == 422 and sentence in answer.text, (path, query)
    for nowhere in ("table=x", "measure=x", "of=nowhere", "measure=go_on"):
        assert browser.get(f"/reports/pipeline/rows?{nowhere}").status_code == 404
    assert browser.get("/reports/boats/file").status_code == 404


def test_days_are_written_as_the_person_writes_them(visit, cast):
    for locale, words in (("en-US", "Nov 1, 2026 – Nov 3, 2026"), ("en-GB", "1 Nov 2026 – 3 Nov 2026")):
        User.update(locale=locale).where(User.id == cast.manager.id).execute()
        text = visit("manager").get("/reports/pipeline?from=2026-11-01&to=2026-11-03").text
        assert words in text


def test_a_page_asks_as_many_queries_for_more_deals(visit, cast):
    browser, asked = visit("manager"), []
    for _ in range(2):
        cast.deal(cast.agent)
        cast.called(cast.deal(cast.agent2), cast.agent2)
        told = []
        for path in (*REPORTS, "pipeline/rows?period=all", "activity/rows?period=all"):
            browser.get(f"/reports/{path}")
            with queries() as found:
                browser.get(f"/reports/{path}")
            told.append(len(found))
        asked.append(told)
        for _ in range(8):
            cast.deal(cast.agent)
    assert asked[0] == asked[1] and max(asked[0]) <= 24
