"""Steps for many deals over HTTP: the dialog with its preview, the doing, the report, and what is forged."""

import re

import pytest

from carmanana.bulk.running import run_waiting
from carmanana.records.bulk import BulkLine, BulkRun
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage
from tests.cast import everything
from tests.counting import queries

BOARD = "/board/used-vehicle-orders"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost{BOARD}?mine=1"}


@pytest.fixture(autouse=True)
def contacted(cast):
    """Contacted is open to all, so that what is refused is refused for another reason."""
    Stage.update(requires=frozenset()).where(Stage.id == cast.stage(2).id).execute()


def hidden(page: str) -> dict:
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))


def chosen(*deals: Deal) -> dict:
    return {"chosen": " ".join(f"{deal.id}.{deal.version}" for deal in deals)}


def test_the_bar_is_there_for_whoever_works_deals(cast, visit):
    cast.deal()
    for who, shown in (("agent", True), ("manager", True), ("compliance", False), ("admin", False)):
        page = visit(who).get(BOARD).text
        assert ('id="bulk-form"' in page, "data-pick-column" in page) == (shown, shown), who
        assert ("/bulk/assign" in page) == (who == "manager"), who


def test_the_dialog_says_who_may_go_and_who_may_not(cast, visit):
    mine, nobodys, held = cast.deal(cast.agent), cast.deal(), cast.in_state("on_hold", cast.agent)
    browser = visit("agent")
    asked = browser.post(
        "/bulk/move", data=chosen(mine, nobodys, held) | {"stage": str(cast.stage(2).id)}, headers=HTMX
    )
    assert asked.status_code == 200 and 'hx-target="#dialog"' in asked.text
    for words in (
        "3 deals selected",
        "1 can be changed",
        "2 cannot",
        "Nobody owns this deal. Take it first",
        "The deal is On Hold",
        "Lead &amp; deal SOP, section E",
        "Move 1 deal<",
    ):
        assert words in asked.text, words
    again = browser.post(
        "/bulk/move",
        data=chosen(mine, nobodys, held) | {"stage": str(cast.stage(1).id), "part": "preview"},
        headers=HTMX,
    )
    assert (
        'hx-target="#bulk-preview"' in again.text
        and "It is in New Orders already." in again.text
        and 'hx-target="#dialog"' not in again.text
    )
    assert not BulkRun.select().exists()


def test_what_may_go_goes_and_the_report_says_what_did_not(cast, visit):
    mine, nobodys = cast.deal(cast.agent), cast.deal()
    browser = visit("agent")
    page = browser.post(
        "/bulk/move",
        data={"ids": [str(mine.id), str(nobodys.id)]},
        headers={"Referer": f"http://localhost{BOARD}?mine=1"},
    ).text
    there = browser.post("/bulk/move/run", data=hidden(page) | {"stage": str(cast.stage(2).id)})
    assert there.status_code == 303
    report = browser.get(there.location).text
    for words in (
        f'href="{BOARD}?mine=1"',
        "1 deal moved to Contacted",
        "1 refused",
        "Nobody owns this deal. Take it first",
        f'href="/deals/{nobodys.id}"',
        f'href="/deals/{mine.id}"',
    ):
        assert words in report, words
    assert [Deal.get_by_id(deal.id).stage_id for deal in (mine, nobodys)] == [cast.stage(2).id, cast.stage(1).id]
    file = browser.get(f"{there.location}/report.csv")
    rows = file.text.splitlines()
    assert rows[0].endswith("Deal,Customer,Vehicle,Result,Reason,SOP") and {row.split(",")[3] for row in rows[1:]} == {
        "done",
        "refused",
    }
    assert "Move to a stage" in browser.get("/bulk/").text


def test_where_all_went_one_is_back_where_one_was(cast, visit):
    deal = cast.deal(cast.agent)
    browser = visit("agent")
    page = browser.post("/bulk/flag", data=chosen(deal), headers=HTMX).text
    answer = browser.post("/bulk/flag/run", data=hidden(page) | {"reason": "Is it real?"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"{BOARD}?mine=1"
    assert "1 deal flagged for the manager" in browser.get(BOARD).text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("assign", "Choose somebody who is here"),
        ("move", "Choose a stage."),
        ("step", "Say what the next step is."),
        ("flag", "Say what it is about"),
    ],
)
def test_an_incomplete_form_comes_back_with_the_reason(cast, visit, kind, words):
    deal = cast.deal(cast.agent)
    answer = visit("manager").post(f"/bulk/{kind}/run", data=chosen(deal), headers=HTMX)
    assert answer.status_code == 422 and words in answer.text and 'aria-invalid="true"' in answer.text
    assert not BulkRun.select().exists()


def test_a_filter_goes_as_a_filter(cast, visit):
    mine, other, held = cast.deal(cast.agent), cast.deal(cast.agent2), cast.in_state("on_hold")
    browser = visit("manager")
    sent = {"scope": "open", "pipeline": "used-vehicle-orders", "filter": f"owner={cast.agent.id}"}
    page = browser.post("/bulk/step", data=sent).text
    assert "2 deals selected" in page and hidden(page)["seen"] == "2" and "chosen" not in hidden(page)
    data = hidden(page) | {"next_step": "Call", "due_at": "2026-11-30T10:00"}
    assert browser.post("/bulk/step/run", data=data | {"seen": "3"}).status_code == 422
    assert browser.post("/bulk/step/run", data=data).status_code == 303
    assert {line.subject_id for line in BulkLine.select()} == {mine.id, held.id} and other.id not in {
        line.subject_id for line in BulkLine.select()
    }


def test_more_than_a_few_are_the_workers(cast, visit):
    deals = [cast.deal(cast.agent) for _ in range(26)]
    browser = visit("agent")
    page = browser.post("/bulk/move", data=chosen(*deals)).text
    there = browser.post("/bulk/move/run", data=hidden(page) | {"stage": str(cast.stage(2).id)}).location
    assert browser.post("/bulk/move/run", data=hidden(page) | {"stage": str(cast.stage(2).id)}).location == there
    assert "<progress" in browser.get(there).text and "0 of 26" in re.sub(
        "<.*?>", "", browser.get(f"{there}/progress", headers=HTMX).text
    )
    assert run_waiting() == 1
    assert browser.get(f"{there}/progress", headers=HTMX).headers["HX-Redirect"] == there
    assert "26 deals moved to Contacted" in browser.get(there).text
    assert {deal.stage_id for deal in Deal.select()} == {cast.stage(2).id}


# forged


def test_somebody_elses_deals_are_not_there(cast, visit):
    mine, others = cast.deal(cast.agent), cast.deal(cast.agent2)
    browser, before = visit("agent"), everything("deal", "activity", "bulk_run")
    assert browser.post("/bulk/move", data={"chosen": str(others.id)}).status_code == 404
    assert browser.post("/bulk/flag/run", data={"chosen": str(others.id), "reason": "Mine now"}).status_code == 404
    assert everything("deal", "activity", "bulk_run") == before
    page = browser.post("/bulk/flag", data={"chosen": f"{mine.id} {others.id} 99999"}).text
    assert "2 deals are gone" in page and f"/deals/{others.id}" not in page
    report = browser.get(browser.post("/bulk/flag/run", data=hidden(page) | {"reason": "Look"}).location).text
    assert "2 refused" in report and "which you can’t see" in report and "Move 2" not in report
    assert Deal.get_by_id(others.id).version == others.version and Deal.get_by_id(mine.id).flagged_at


@pytest.mark.parametrize(
    "sent",
    [
        {"chosen": "x"},
        {"chosen": "1.x"},
        {"ids": ["-1"]},
        {"chosen": "9" * 30},
        {"chosen": "²"},
        {"scope": "open"},
        {"scope": "open", "pipeline": "nowhere"},
        {"scope": "sx", "pipeline": "used-vehicle-orders"},
        {"scope": "drop table", "pipeline": "used-vehicle-orders"},
        {"chosen": "1 " * 10_001},
        {},
    ],
)
def test_what_makes_no_sense_is_a_4xx(cast, visit, sent):
    cast.deal(cast.agent)
    for path in ("/bulk/move", "/bulk/move/run"):
        assert 400 <= visit("agent").post(path, data=sent | {"stage": str(cast.stage(2).id)}).status_code < 500
    assert not BulkRun.select().exists()


def test_assigning_is_the_managers(cast, visit):
    deal = cast.deal(cast.agent)
    for path in ("/bulk/assign", "/bulk/assign/run"):
        answer = visit("agent").post(path, data=chosen(deal) | {"owner": str(cast.agent2.id), "reason": "x"})
        assert answer.status_code == 403, path
    assert Deal.get_by_id(deal.id).owner == cast.agent


def test_a_report_is_of_who_did_it_and_the_managers(cast, visit):
    deal = cast.deal(cast.agent)
    there = visit("agent").post("/bulk/flag/run", data=chosen(deal) | {"reason": "Look"}).location
    for path in (there, f"{there}/progress", f"{there}/report.csv"):
        assert visit("agent2").get(path).status_code == 404, path
        assert visit("manager").get(path).status_code in (200, 303), path
    assert "Flag for the manager" not in visit("agent2").get("/bulk/").text.split("<main")[1]


def test_the_preview_of_many_asks_as_little_as_that_of_a_few(cast, visit):
    browser = visit("manager")

    def asked() -> int:
        with queries() as told:
            sent = {"scope": "open", "pipeline": "used-vehicle-orders", "stage": str(cast.stage(5).id)}
            assert browser.post("/bulk/move", data=sent, headers=HTMX).status_code == 200
        return len(told)

    cast.called(cast.deal(cast.agent))
    asked()
    few = asked()
    for _ in range(20):
        cast.called(cast.deal(cast.agent))
    assert asked() == few < 20
