"""What stands over a column: its value and what is likely to come of it, its age, its limit."""

import re
from datetime import timedelta

from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage

from .test_boards import BOARD, HTMX


def head(page: str, stage) -> str:
    found = re.search(rf'<header class="column-head" id="head-s{stage.id}">(.*?)</header>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def test_a_head_tells_value_and_likely_value(cast, visit):
    cast.deal(cast.agent, value_cents=284_000_00)
    page = visit("manager").get(BOARD).text
    assert head(page, cast.stage(1)) == "New Orders 1 $284k · $28k weighted"
    assert head(page, cast.stage(2)) == "Contacted 0 $0"
    assert "10% win rate at this stage" in page
    assert "1 open · $284k · $28k weighted" in " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_a_head_tells_how_many_stand_too_long_and_leads_to_them(cast, visit):
    old, new = cast.deal(cast.agent), cast.deal(cast.agent)
    Deal.update(in_stage_since=clock.now() - timedelta(days=9)).where(Deal.id == old.id).execute()
    browser = visit("manager")
    page = browser.get(f"{BOARD}?readiness=live").text
    assert head(page, cast.stage(1)).endswith("1 longer than 2 days")
    link = re.search(r'class="column-notes">.*?href="([^"]+)"', page, re.DOTALL)[1].replace("&amp;", "&")
    assert set(link.partition("?")[2].split("&")) == {"readiness=live", "aged=1"}
    aged = browser.get(link).text
    assert f'id="deal-{old.id}"' in aged and f'id="deal-{new.id}"' not in aged
    assert re.search(
        r'aria-current="true">.*?Stalled <b aria-hidden="true">1</b><span class="sr-only">: 1 deal<', aged, re.DOTALL
    )


def test_a_limit_warns_and_refuses_nothing(cast, visit):
    there = cast.stage(2)
    Stage.update(most_deals=1).where(Stage.id == there.id).execute()
    cast.put_in(cast.deal(cast.agent), 2)
    deal, browser = cast.deal(cast.agent), visit("manager")
    cast.called(deal)
    assert head(browser.get(BOARD).text, there) == "Contacted 1 / 1 $0"
    answer = browser.post(f"/deals/{deal.id}/column", headers=HTMX, data={"column": f"s{there.id}"})
    assert answer.status_code == 200 and "2 cards stand there now; its limit is 1" in answer.text
    assert head(answer.text, there) == "Contacted 2 / 1 $0 over its limit"
    assert "over its limit" not in visit("agent").get(BOARD).text, (
        "who does not see every card is told no count of them"
    )
    assert "over its limit" not in browser.get(f"{BOARD}?readiness=live").text


def test_a_deals_page_tells_its_days_in_each_stage(cast, visit):
    deal = cast.deal(cast.agent)
    cast.called(deal)
    with clock.set_to(clock.now() + timedelta(days=4)):
        order.fire(deal, "move", cast.manager, stage=cast.stage(2))
    with clock.set_to(clock.now() + timedelta(days=5)):
        page = visit("manager").get(f"/deals/{deal.id}").text
    told = re.sub(r"<[^>]+>", "", re.search(r'class="stage-times">(.*?)</p>', page, re.DOTALL)[1])
    assert told.strip() == "Time in the stages: New Orders 4 d (limit 2) · Contacted 1 d"
