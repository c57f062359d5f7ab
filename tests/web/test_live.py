"""What an open board asks every few seconds."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim, reassign
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ORGANIC
from carmanana.records.deals import Deal
from carmanana.records.people import Session
from carmanana.records.pipelines import Stage
from tests.counting import queries

BOARD = "/board/used-vehicle-orders"
POLL = {"HX-Request": "true", "HX-Request-Type": "partial", "X-Poll": "1"}
SESSION = 1  # of a poll, which draws no bar


class Board:
    """A board that somebody has open."""

    def __init__(self, browser, query: str = ""):
        self.browser = browser
        page = browser.get(BOARD + query).text
        self.address, self.version = re.search(r'data-live="([^"]+)"\s+data-version="(\d+)"', page).groups()
        self.address = self.address.replace("&amp;", "&")

    def poll(self, **sent):
        path, _, query = self.address.partition("?")
        answer = self.browser.get(
            path, query_string={"since": self.version} | dict(parse_qsl(query)) | sent, headers=POLL
        )
        self.version = answer.headers.get("X-Version", self.version)
        return answer


@pytest.fixture
def deal(cast):
    deal = cast.deal(cast.agent, value_cents=3_890_000)
    cast.called(deal)
    return Deal.get_by_id(deal.id)


def test_nothing_new_is_204_and_costs_one_query(cast, visit, deal):
    board = Board(visit("manager"))
    with queries() as asked:
        answer = board.poll()
    assert (answer.status_code, answer.text) == (204, "")
    assert len(asked) <= SESSION + 1, "\n".join(asked)
    cast.put_in(cast.deal(), 2)
    assert Board(visit("manager")).poll().status_code == 204


def test_anothers_move_brings_both_columns_and_a_sentence(cast, visit, deal):
    board, there = Board(visit("manager")), cast.stage(2)
    order.fire(deal, "move", cast.agent, stage=there)
    answer = board.poll()
    for piece in (
        f'hx-target="#cards-s{there.id}" hx-swap="innerMorph"',
        f'hx-target="#cards-s{deal.stage_id}"',
        f'id="head-s{there.id}"',
        'hx-target="#filters"',
    ):
        assert piece in answer.text
    assert answer.text.count(f'id="deal-{deal.id}"') == 1
    assert f"Marta moved {deal.customer.name} to Contacted" in answer.text
    assert '<hx-partial hx-target="#dialog"' not in answer.text and '<hx-partial hx-target="#toasts"' not in answer.text
    assert board.poll().status_code == 204


def test_a_hold_brings_the_dock_or_the_open_column(cast, visit):
    deal = cast.deal(cast.agent, ORGANIC)
    cast.called(deal)
    docked, opened = Board(visit("manager")), Board(visit("manager"), "?open=on_hold")
    order.fire(deal, "hold", cast.agent, **cast.hold_given())
    answer = docked.poll().text
    assert 'hx-target="#head-on_hold" hx-swap="outerMorph"' in answer and f'id="deal-{deal.id}"' in answer
    answer = opened.poll().text
    assert 'hx-target="#cards-on_hold" hx-swap="innerMorph"' in answer and f'id="deal-{deal.id}"' in answer


def test_an_agent_never_sees_what_is_not_theirs(cast, visit, deal):
    nobodys = cast.deal()
    theirs = Board(visit("agent2"))
    order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    answer = theirs.poll()
    assert f'id="deal-{deal.id}"' not in answer.text and cast.agent.name not in answer.text
    claim(nobodys, cast.agent)
    answer = theirs.poll()
    assert f'id="deal-{nobodys.id}"' not in answer.text and "claimed" not in answer.text
    reassign(Deal.get_by_id(deal.id), cast.agent2, "Balance", cast.manager)
    assert f'id="deal-{deal.id}"' in theirs.poll().text


def test_a_filter_stays_a_filter(cast, visit, deal):
    board = Board(visit("manager"), "?readiness=organic")
    order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    answer = board.poll()
    assert answer.status_code == 200 and f'id="deal-{deal.id}"' not in answer.text
    Deal.update(readiness="organic").where(Deal.id == deal.id).execute()
    assert f'id="deal-{deal.id}"' in board.poll().text


def test_a_column_keeps_what_was_scrolled_down_to(cast, visit, deal):
    for _ in range(26):
        cast.deal(cast.agent)
    board, key = Board(visit("manager")), f"s{deal.stage_id}"
    cast.called(deal)
    answer = board.poll(shown=f"{key}-26,nowhere-5,s-,x").text
    assert answer.count("data-card=") == 26 and "column-more" in answer
    cast.called(deal)
    assert board.poll(shown=f"{key}-{'9' * 15}").text.count("data-card=") == 27
    cast.called(deal)
    assert board.poll().text.count("data-card=") == 20


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 15, "9" * 400, "1.5", "²", "1;DROP"])
def test_a_version_that_is_none_brings_the_whole_board(cast, visit, deal, since):
    board = Board(visit("manager"))
    answer = board.poll(since=since)
    assert (
        answer.status_code == 200
        and 'hx-target="[data-board]" hx-swap="innerMorph"' in answer.text
        and f'id="deal-{deal.id}"' in answer.text
    )
    assert board.poll().status_code == 204


def test_a_board_that_is_none_is_404(visit):
    assert visit("manager").get("/board/nowhere/changes?since=0", headers=POLL).status_code == 404


def test_changed_stages_bring_the_whole_board(cast, visit, deal):
    board = Board(visit("manager"))
    Stage.update(name="Talked to").where(Stage.id == cast.stage(2).id).execute()
    assert "Talked to" in board.poll().text


def test_polls_keep_no_session_alive(cast, visit, deal):
    board = Board(visit("manager"))
    seen = Session.select(Session.seen_at).order_by(Session.seen_at.desc()).scalar()
    with clock.set_to(clock.now() + timedelta(minutes=20)):
        assert board.poll().status_code == 204
    assert Session.select(Session.seen_at).order_by(Session.seen_at.desc()).scalar() == seen
    with clock.set_to(clock.now() + timedelta(minutes=31)):
        answer = board.poll()
    assert (answer.status_code, answer.text) == (401, "")


def test_ones_own_answer_is_followed_by_the_same_words(cast, visit, deal):
    board = Board(visit("agent"))
    board.browser.post(
        f"/deals/{deal.id}/column", headers=POLL, data={"column": f"s{cast.stage(2).id}", "version": deal.version}
    )
    Activity.update(subject="Send photos").execute()
    answer = board.poll()
    assert f'id="deal-{deal.id}"' in answer.text and 'hx-target="#said"' not in answer.text


# the page of a deal


def look(browser, deal, since=None, drawn=None):
    sent = {"since": since or deal.version, "drawn": drawn or deal.version}
    return browser.post(f"/deals/{deal.id}/look", headers=POLL, data=sent)


def test_two_people_see_each_other_at_a_deal(cast, visit, deal):
    ingrid, marta = visit("manager"), visit("agent")
    assert look(marta, deal).status_code == 204
    answer = look(ingrid, deal)
    assert "Marta Sandoval is looking at this too" in answer.text and "Ingrid Dahl" not in answer.text
    assert look(ingrid, deal, answer.headers["X-Version"]).status_code == 204
    with clock.set_to(clock.now() + timedelta(seconds=46)):
        assert "Marta Sandoval" not in look(ingrid, deal, answer.headers["X-Version"]).text


def test_a_look_writes_at_most_every_quarter_of_a_minute_and_asks_little(cast, visit, deal):
    browser = visit("manager")
    look(browser, deal)
    with queries() as asked:
        assert look(browser, deal).status_code == 204
    assert len(asked) <= SESSION + 2, "\n".join(asked)
    with clock.set_to(clock.now() + timedelta(seconds=16)), queries() as asked:
        look(browser, deal)
    assert any(sql.startswith('INSERT OR REPLACE INTO "deal_presence"') for sql in asked)


def test_a_deal_that_somebody_else_has_changed_says_so_until_it_is_shown(cast, visit, deal):
    browser = visit("manager")
    moved = order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    answer = look(browser, deal)
    assert f"Marta moved {deal.customer.name} to Contacted" in answer.text and 'hx-swap="outerMorph"' in answer.text
    assert look(browser, deal, answer.headers["X-Version"]).status_code == 204
    assert look(browser, moved).status_code == 204
    assert "This deal has changed" in look(visit("agent"), deal).text
    assert look(visit("agent2"), deal).status_code == 404
    assert look(browser, deal, since="9" * 400, drawn="x").status_code == 200


@pytest.mark.parametrize(
    "view, here", [("list", "?which=all&amp;sort=-value"), ("calendar", "?span=week&amp;on=2026-11-18")]
)
def test_a_list_and_a_calendar_are_told_in_words_and_lead_to_how_it_stands(cast, visit, deal, view, here):
    page = f"/{view}{here}".replace("&amp;", "&")
    board = Board(visit("manager"), page)
    assert board.poll().status_code == 204
    order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    answer = board.poll()
    assert (
        f"Marta moved {deal.customer.name} to Contacted" in answer.text
        and f'href="{BOARD}/{view}{here}"' in answer.text
    )
    assert 'hx-target="#news"' in answer.text and "<article" not in answer.text
    assert board.poll().status_code == 204


def test_a_list_tells_neither_what_one_did_oneself_nor_what_one_may_not_see(cast, visit, deal):
    own, foreign = Board(visit("agent"), "/list"), Board(visit("agent2"), "/list")
    order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    assert own.poll().status_code == foreign.poll().status_code == 204


@pytest.mark.parametrize("view", ["", "/list"])
def test_words_of_a_client_stay_words_in_what_is_said(cast, visit, deal, view):
    Customer.update(name='<b hx-get="/x">Al</b>').where(Customer.id == deal.customer_id).execute()
    board = Board(visit("manager"), view)
    order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    answer = board.poll().text
    assert "Marta moved &lt;b hx-get=" in answer and "<b hx-get" not in answer
