"""What people do on the board, with a mouse and with a finger."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from carmanana.core import clock
from carmanana.records.deal_codes import ORGANIC
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead

from .contexts import PATIENCE

BOARD = "/board/used-vehicle-orders"


def column(visitor, name: str):
    return visitor.page.get_by_role("region", name=name, exact=True)


def drag(visitor, record: Deal | Lead, target) -> None:
    mouse, card = visitor.page.mouse, visitor.page.locator(f"#{type(record).__name__.lower()}-{record.id}")
    start, end = card.bounding_box(), target.bounding_box()
    mouse.move(start["x"] + 30, start["y"] + 20)
    mouse.down()
    mouse.move(start["x"] + 45, start["y"] + 30, steps=4)
    mouse.move(end["x"] + end["width"] / 2, end["y"] + min(120, end["height"] / 2), steps=10)
    expect(target.locator(".card-line")).to_have_count(1)
    mouse.up()


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def test_a_card_is_dragged_and_the_server_puts_it_there(marta, scene):
    deal = scene.deal(scene.agent, value_cents=3_890_000)
    scene.called(deal, scene.agent)
    marta.go(BOARD)
    drag(marta, deal, column(marta, "Contacted"))
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    expect(marta.page.locator("#toasts")).to_contain_text("is in Contacted")
    expect(column(marta, "Contacted").locator(".column-count")).to_have_text("1")
    expect(column(marta, "New Orders").locator(".column-count")).to_have_text("0")
    assert Deal.get_by_id(deal.id).stage.name == "Contacted"
    marta.go(BOARD)
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    assert marta.trouble == []


def test_cards_are_put_in_order_within_a_column(marta, scene):
    low, high = scene.deal(scene.agent), scene.deal(scene.agent)
    marta.go(BOARD)
    cards = column(marta, "New Orders").locator("[data-card]")
    assert [c.get_attribute("id") for c in cards.all()] == [f"deal-{high.id}", f"deal-{low.id}"]
    first, second = cards.nth(0).bounding_box(), cards.nth(1).bounding_box()
    mouse = marta.page.mouse
    mouse.move(first["x"] + 30, first["y"] + 15)
    mouse.down()
    mouse.move(first["x"] + 32, first["y"] + 30, steps=4)
    mouse.move(second["x"] + 40, second["y"] + second["height"] - 6, steps=12)
    expect(cards.nth(0)).to_have_id(f"deal-{low.id}")
    with marta.page.expect_response("**/column"):
        mouse.up()
    marta.go(BOARD)
    expect(cards.nth(0)).to_have_id(f"deal-{low.id}")


def test_a_live_order_is_refused_on_hold_and_mended_from_there(marta, scene):
    """The whole way: refused, made organic, called, emailed, put on hold."""
    deal = scene.deal(scene.agent, value_cents=3_890_000)
    page = marta.go(BOARD).page
    drag(marta, deal, column(marta, "On Hold"))
    refusal = page.locator("#refusal")
    expect(refusal).to_contain_text("stays in New Orders")
    expect(refusal).to_contain_text("never parked on hold")
    expect(refusal).to_contain_text("Lead & deal SOP, section D")
    expect(column(marta, "New Orders").locator(f"#deal-{deal.id}")).to_be_visible()
    refusal.get_by_role("link", name="Make it organic").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason, in words").fill("Waits for the bank until January")
    dialog.get_by_role("button", name="Make it organic").click()
    expect(page.locator(f"#deal-{deal.id} .readiness")).to_have_text("Organic")

    expect(dialog).to_contain_text("No call to the customer within the last 3 days")
    dialog.get_by_label("Reason, in words").fill("Bank decides by 15 January")
    dialog.get_by_role("link", name="Log a call").click()
    dialog.get_by_text("Connected – follow-up required").click()
    dialog.get_by_label("What the customer wants").fill("Decides when the bank has answered")
    dialog.get_by_label("Next", exact=True).fill("Call about the bank")
    dialog.get_by_role("button", name="In 2 weeks").click()
    dialog.get_by_role("button", name="Save call").click()

    expect(dialog).to_contain_text("The order is organic")
    expect(dialog.get_by_label("Reason, in words")).to_have_value("Bank decides by 15 January")
    dialog.get_by_role("button", name="Put on hold").click()
    expect(dialog).to_contain_text("Choose why it is waiting.")
    dialog.get_by_text("Waiting on financing").click()
    dialog.get_by_role("button", name="In a month").click()
    dialog.get_by_role("button", name="Put on hold").click()
    expect(dialog).to_be_hidden()
    expect(column(marta, "On Hold").locator(f"#deal-{deal.id}")).to_contain_text("Financing")
    assert Deal.get_by_id(deal.id).state == "on_hold"
    assert marta.trouble == []


def test_winning_and_losing_ask_what_they_need(marta, scene):
    won, lost = scene.assessed(scene.deal(scene.agent, value_cents=3_890_000)), scene.deal(scene.agent)
    scene.called(won, scene.agent)
    page = marta.go(BOARD).page
    dialog = page.get_by_role("dialog")
    drag(marta, won, column(marta, "Won"))
    dialog.get_by_label("Agreement signed on").fill("2026-01-05")
    dialog.get_by_label("Deposit taken").fill("$1,500")
    dialog.get_by_role("button", name="Mark as won").click()
    expect(page.locator("#toasts")).to_contain_text("Won")
    drag(marta, lost, column(marta, "Lost"))
    dialog.get_by_text("No response").first.click()
    dialog.get_by_role("button", name="Mark as lost").click()
    expect(dialog).to_contain_text("there are 0 on 0")  # the answer, not the note that always stands there
    dialog.get_by_text("We could not find the vehicle").click()
    dialog.get_by_role("button", name="Mark as lost").click()
    expect(dialog).to_be_hidden()
    assert {Deal.get_by_id(won.id).state, Deal.get_by_id(lost.id).state} == {"won", "lost"}


def test_an_unowned_deal_is_claimed_from_its_refusal(marta, scene):
    """And the move that was refused is made."""
    deal = scene.deal()
    scene.called(deal)
    page = marta.go(BOARD).page
    drag(marta, deal, column(marta, "Contacted"))
    page.locator("#refusal").get_by_role("button", name="Claim").click()
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    expect(page.locator("#refusal")).to_be_empty()
    assert Deal.get_by_id(deal.id).owner == scene.agent


def test_a_stale_card_is_refused_and_stays(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    marta.page.route("**/changes?*", lambda route: None)  # a poll that is never answered
    marta.go(BOARD)
    scene.assessed(deal)
    drag(marta, deal, column(marta, "Contacted"))
    expect(marta.page.locator("#refusal")).to_contain_text("Somebody was quicker")
    assert Deal.get_by_id(deal.id).stage.name == "New Orders"


def test_move_to_without_dragging(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page = marta.go(BOARD).page
    page.locator(f"#deal-{deal.id}").hover()
    page.locator(f"#deal-{deal.id}").get_by_label(re.compile("^Move")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Needs Confirmed needs")
    expect(dialog).to_contain_text("never parked on hold")
    dialog.get_by_role("button", name="Contacted").click()
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()


def test_quick_add_in_a_column(marta, scene):
    page = marta.go(BOARD).page
    column(marta, "New Orders").get_by_label("New deal in New Orders").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Customer").fill("Zoë Lefèvre")
    dialog.get_by_label("Phone").fill("+1 305 555 0171")
    dialog.get_by_label("Make").fill("Mazda")
    dialog.get_by_label("Value").fill("no idea")
    dialog.get_by_role("button", name="Add deal").click()
    expect(dialog).to_contain_text("Enter an amount")
    expect(dialog.get_by_label("Customer")).to_have_value("Zoë Lefèvre")
    dialog.get_by_label("Value").fill("36,900")
    dialog.get_by_role("button", name="Add deal").click()
    expect(column(marta, "New Orders")).to_contain_text("Zoë Lefèvre")
    expect(column(marta, "New Orders")).to_contain_text("$36,900")


def test_filters_live_in_the_address(marta, scene):
    scene.deal(scene.agent, ORGANIC)
    scene.deal(scene.agent)
    page = marta.go(BOARD).page
    page.get_by_role("link", name=re.compile("^Organic")).click()
    page.wait_for_url("**readiness=organic")
    expect(page.locator("[data-card]")).to_have_count(1)
    page.fill("#filter-text", "maria fernanda")
    page.press("#filter-text", "Enter")
    page.wait_for_url("**text=maria**")
    expect(page.locator("[data-card]")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-card]")).to_have_count(1)


def test_a_long_column_loads_more_as_it_scrolls(marta, scene):
    for _ in range(26):
        scene.deal(scene.agent)
    marta.go(BOARD)
    cards = column(marta, "New Orders").locator("[data-card]")
    expect(cards).to_have_count(20)
    column(marta, "New Orders").locator("[data-cards]").evaluate("e => e.scrollTo(0, e.scrollHeight)")
    expect(cards).to_have_count(26)


def test_on_a_phone_a_card_is_moved_by_its_sheet(visitor, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    phone = visitor("agent", phone=True).go(BOARD)
    phone.page.locator(f"#deal-{deal.id}").get_by_label(re.compile("^Move")).tap()
    phone.page.get_by_role("dialog").get_by_role("button", name="Contacted").tap()
    expect(phone.page.locator(f"#cards-s{scene.stage(2).id} #deal-{deal.id}")).to_be_attached()
    phone.page.locator("[data-stage-switch]").get_by_role("link", name=re.compile("^Contacted")).tap()
    expect(phone.page.locator(f"#deal-{deal.id}")).to_be_in_viewport()


def test_what_refuses_a_row_of_the_sheet_is_mended_from_there(visitor, scene):
    deal = scene.deal()
    scene.called(deal)
    phone = visitor("agent", phone=True).go(BOARD)
    phone.page.locator(f"#deal-{deal.id}").get_by_label(re.compile("^Move")).tap()
    phone.page.get_by_role("button", name="Contacted Nobody owns this deal").tap()
    phone.page.get_by_role("dialog").get_by_role("button", name="Claim").tap()
    expect(phone.page.locator(f"#cards-s{scene.stage(2).id} #deal-{deal.id}")).to_be_attached()
    expect(phone.page.get_by_role("dialog")).to_be_hidden()
    assert Deal.get_by_id(deal.id).owner == scene.agent
    assert phone.trouble == []


def test_a_card_is_dragged_with_a_finger(visitor, scene):
    """A tablet: long press, then drag; a quick swipe scrolls and drags nothing."""
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    tablet = visitor("agent", phone=False)
    context = tablet.page.context.browser.new_context(
        viewport={"width": 1194, "height": 834},
        has_touch=True,
        reduced_motion="reduce",
        storage_state=tablet.page.context.storage_state(),
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(tablet.site + BOARD)
    card, target = (
        page.locator(f"#deal-{deal.id}").bounding_box(),
        page.get_by_role("region", name="Contacted").bounding_box(),
    )
    touch = context.new_cdp_session(page)

    def finger(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = card["x"] + 40, card["y"] + 20
    finger("touchStart", x, y)
    expect(page.locator(f"#deal-{deal.id}")).to_have_class(re.compile("sortable-chosen"))
    for step in range(1, 11):
        finger("touchMove", x + (target["x"] + 80 - x) * step / 10, y + 60 * step / 10)
    expect(page.get_by_role("region", name="Contacted").locator(".card-line")).to_have_count(1)
    finger("touchEnd")
    expect(page.locator(f"#cards-s{scene.stage(2).id} #deal-{deal.id}")).to_be_visible()
    context.close()


def test_without_javascript_a_deal_is_moved_and_a_call_is_logged(visitor, scene):
    deal = scene.deal(scene.agent)
    plain = visitor("agent", java_script_enabled=False)
    page = plain.go(f"/deals/{deal.id}").page
    page.get_by_label("Connected – needs assessment done").check(force=True)
    page.get_by_label("What the customer wants").fill("A hybrid")
    page.get_by_label("Next", exact=True).fill("Send options")
    page.get_by_label("Due").first.fill(f"{clock.today() + timedelta(days=3)}T10:00")
    page.locator("#composer").get_by_role("button", name="Save").click()
    expect(page.locator(".timeline")).to_contain_text("A hybrid")
    page.get_by_role("button", name="Move to Contacted").click()
    expect(page.locator(".process [aria-current]")).to_have_text("Contacted")
    assert Deal.get_by_id(deal.id).stage.name == "Contacted"
