"""From a list or a column to a deal: the way back and the neighbours, out of the address alone."""

import re
from urllib.parse import quote

import pytest

from carmanana.records.deal_codes import ON_HOLD
from carmanana.records.deals import Deal
from tests.counting import queries

BOARD = "/board/used-vehicle-orders"


def page_of(browser, deal: Deal, came_from: str) -> str:
    return browser.get(f"/deals/{deal.id}?from={quote(came_from, safe='')}").text


def beside(page: str) -> dict[str, int]:
    return {rel: int(number) for rel, number in re.findall(r'rel="(prev|next)" href="/deals/(\d+)\?from=', page)}


def test_a_deal_of_a_list_knows_its_neighbours(cast, visit):
    low, middle, high = (cast.deal(cast.agent, value_cents=cents) for cents in (1, 2, 3))
    cast.deal(cast.agent2, value_cents=2)
    browser = visit("agent")
    page = page_of(browser, middle, f"{BOARD}/list?sort=-value&mine=1")
    assert beside(page) == {"prev": high.id, "next": low.id} and "2 of 3" in page
    assert re.search(rf'class="crumb".*href="{BOARD}/list\?mine=1&amp;sort=-value"', page)
    assert beside(page_of(browser, high, f"{BOARD}/list?sort=-value")) == {"next": middle.id}
    assert f"/deals/{low.id}?from=" in browser.get(f"{BOARD}/list?sort=value").text


def test_a_deal_of_the_board_has_the_neighbours_of_its_column(cast, visit):
    low, high = cast.deal(cast.agent), cast.deal(cast.agent)
    other, held = cast.put_in(cast.deal(cast.agent), 2), cast.in_state(ON_HOLD)
    browser = visit("agent")
    assert beside(page_of(browser, high, BOARD)) == {"next": low.id}
    assert beside(page_of(browser, low, BOARD)) == {"prev": high.id}
    assert "1 of 1" in page_of(browser, other, BOARD) and "1 of 1" in page_of(browser, held, f"{BOARD}?open=on_hold")


def test_what_is_not_in_the_list_has_no_place_in_it(cast, visit):
    deal = cast.deal(cast.agent)
    page = page_of(visit("agent"), deal, f"{BOARD}/list?readiness=organic")
    assert beside(page) == {} and " of 0" not in page and "readiness=organic" in page
    assert "crumb-place" not in page_of(visit("agent"), deal, "/board/new-vehicle-orders/list")


@pytest.mark.parametrize(
    "came_from",
    [
        "",
        "//evil.example/board/used-vehicle-orders",
        "https://evil.example/",
        "/board/nowhere",
        "/board/used-vehicle-orders/nowhere",
        "/board/[",
        "javascript:alert(1)",
        "/deals/1",
        "/board/" + "x" * 3000,
        "/board/used-vehicle-orders/list?sort=nonsense&owner=x",
        "/board/\x00",
    ],
)
def test_a_way_that_is_none_leads_to_the_board(cast, visit, came_from):
    deal = cast.deal(cast.agent)
    page = visit("agent").get(f"/deals/{deal.id}", query_string={"from": came_from})
    assert page.status_code == 200 and "evil.example" not in page.text and "alert(1)" not in page.text
    assert re.search(rf'class="crumb".*href="{BOARD}', page.text)


def test_the_way_back_costs_two_queries_and_only_where_there_is_one(cast, visit):
    deal, browser = cast.deal(cast.agent), visit("agent")
    browser.get(f"/deals/{deal.id}")
    page_of(browser, deal, f"{BOARD}/list?sort=due")
    with queries() as without:
        browser.get(f"/deals/{deal.id}")
    with queries() as along:
        page_of(browser, deal, f"{BOARD}/list?sort=due")
    assert len(along) - len(without) <= 2, "\n".join(along)


def test_the_way_back_stays_when_the_page_changes_in_place(cast, visit):
    deal = cast.deal(cast.agent, value_cents=100)
    headers = {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Current-URL": f"http://localhost/deals/{deal.id}?from={quote(BOARD + '/list', safe='')}",
    }
    answer = visit("agent").post(
        f"/deals/{deal.id}/edit", headers=headers, data={"version": deal.version, "vehicle_make": "Kia"}
    )
    assert "1 of 1" in answer.text and "data-back" in answer.text
