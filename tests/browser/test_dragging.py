"""A drag is never lost, whatever the page does meanwhile; and every row that shows a deal can be dragged."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.records.deal_codes import ON_HOLD, WON
from carmanana.records.deals import Deal

from .test_board import BOARD, column, drag
from .waiting import until


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def test_a_poll_between_press_and_lift_takes_nothing_from_under_the_hand(marta, scene):
    """Asked for before the press, answered after it."""
    deal, other = scene.deal(scene.agent), scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page, asked = marta.page, []
    page.route("**/changes?*", lambda route: route.continue_() if asked else asked.append(route))
    marta.go(BOARD)
    until(page, lambda: asked)
    add_step(other, scene.manager, "Send photos", clock.now() + timedelta(days=1))
    card, target = page.locator(f"#deal-{deal.id}").bounding_box(), column(marta, "Contacted")
    end = target.bounding_box()
    page.mouse.move(card["x"] + 30, card["y"] + 20)
    page.mouse.down()
    with page.expect_response(lambda answer: "/changes" in answer.url) as answered:
        asked[0].continue_()
    assert "Send photos" in answered.value.text()
    page.mouse.move(card["x"] + 45, card["y"] + 30, steps=4)
    page.mouse.move(end["x"] + 80, end["y"] + 120, steps=10)
    expect(target.locator(".card-line")).to_have_count(1)
    page.mouse.up()
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    expect(page.locator(f"#deal-{other.id}")).to_contain_text("Send photos")
    assert marta.trouble == []


def test_a_row_of_the_rail_is_dragged_back_into_a_stage(marta, scene):
    deal = scene.in_state(ON_HOLD)
    page = marta.go(BOARD).page
    drag(marta, deal, column(marta, "New Orders"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(deal.customer.name)
    dialog.get_by_label("Next step").fill("Call about the bank")
    dialog.get_by_role("button", name="Tomorrow").click()
    dialog.locator(".dialog-foot .primary").click()
    expect(column(marta, "New Orders").locator(f"#deal-{deal.id}")).to_be_visible()
    assert Deal.get_by_id(deal.id).state == "active"


def test_a_won_card_is_dragged_to_losing_order_and_asks_what_the_request_needs(marta, scene):
    deal = scene.in_state(WON)
    page = marta.go(f"{BOARD}?open=won").page
    drag(marta, deal, column(marta, "Losing Order"))
    expect(page.get_by_role("dialog")).to_contain_text("cancellation", ignore_case=True)


def test_the_last_step_is_undone_by_key_after_a_reload_and_then_it_says_that_there_is_none(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page = marta.go(BOARD).page
    drag(marta, deal, column(marta, "Contacted"))
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    marta.go(BOARD)
    page.keyboard.press("z")
    expect(column(marta, "New Orders").locator(f"#deal-{deal.id}")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Undone")
    page.keyboard.press("z")
    expect(page.locator("#refusal")).to_contain_text("There is nothing to undo")


def test_claiming_ones_own_deal_says_so(marta, scene):
    deal = scene.deal(scene.agent)
    page = marta.go(BOARD).page
    page.locator(f"#deal-{deal.id} a").first.focus()
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("is yours already")
    expect(page.locator("#refusal")).to_be_empty()


def test_a_slow_answer_and_a_lost_connection_are_told(marta, scene):
    deal = scene.deal(scene.agent)
    page, held = marta.page, []
    page.route("**/move", lambda route: held.append(route))  # before the page comes, or what is asked may pass it by
    marta.go(BOARD)
    page.locator(f"#deal-{deal.id} a").first.focus()
    page.keyboard.press("m")
    expect(page.locator("#waiting")).to_have_text("Loading…")
    until(page, lambda: held)
    held[0].continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#waiting")).to_be_empty()
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    expect(page.locator("#unconnected")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#unconnected")).to_be_hidden()
    expect(page.locator("#said")).to_have_text("Connected again")
