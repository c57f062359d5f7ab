"""The board by keyboard alone, and taking steps back."""

import pytest
from playwright.sync_api import expect

from carmanana.records.deals import Deal

from .test_board import BOARD, column, drag
from .waiting import until


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('[data-card]')?.id || document.activeElement.tagName")


def stands_on(page, card: str) -> None:
    """Focus comes back a moment after the answer."""
    until(page, lambda: focused(page) == card)


def hear(visitor, words: str) -> None:
    expect(visitor.page.locator("#toasts[role=status]")).to_contain_text(words)


def test_a_deal_is_worked_with_the_keyboard_alone(marta, scene):
    """Claimed, a call logged, moved, refused on hold, and the move taken back."""
    deal = scene.deal()
    page = marta.go(BOARD).page
    press, card = page.keyboard.press, f"deal-{deal.id}"
    press("ArrowDown")
    stands_on(page, card)
    press("c")
    hear(marta, "is yours")
    expect(page.locator(f"#{card}")).to_contain_text("First contact")
    stands_on(page, card)

    press("a")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Connected – follow-up required").focus()
    press("Space")
    dialog.get_by_label("What the customer wants").focus()
    page.keyboard.type("Wants a hybrid m h c z ?")
    dialog.get_by_label("Next", exact=True).focus()
    page.keyboard.type("Send 3 options")
    dialog.get_by_role("button", name="Tomorrow").focus()
    press("Enter")
    dialog.get_by_label("Next", exact=True).focus()
    press("Enter")
    hear(marta, "The call is logged")
    expect(dialog).to_be_hidden()
    stands_on(page, card)

    press("m")
    dialog.get_by_role("button", name="Contacted").focus()
    press("Enter")
    expect(column(marta, "Contacted").locator(f"#{card}")).to_be_visible()
    hear(marta, "is in Contacted")
    expect(dialog).to_be_hidden()
    stands_on(page, card)

    press("h")
    expect(page.locator("#refusal")).to_contain_text("never parked on hold")
    expect(page.locator("[data-refusal]")).to_be_focused()
    press("Escape")
    expect(page.locator("#refusal")).to_be_empty()
    stands_on(page, card)

    press("z")
    expect(column(marta, "New Orders").locator(f"#{card}")).to_be_visible()
    hear(marta, "is back in New Orders")
    expect(page.locator("[data-undo]")).to_have_count(0)
    stands_on(page, card)
    assert Deal.get_by_id(deal.id).stage == scene.stage(1)
    assert marta.trouble == []


def test_a_dragged_card_goes_back_by_the_toasts_button(marta, scene):
    low, deal = scene.deal(scene.agent), scene.deal(scene.agent)
    scene.called(low, scene.agent)
    page = marta.go(BOARD).page
    drag(marta, low, column(marta, "Contacted"))
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    cards = column(marta, "New Orders").locator("[data-card]")
    expect(cards).to_have_count(2)
    for place, one in enumerate((deal, low)):
        expect(cards.nth(place)).to_have_id(f"deal-{one.id}")
    expect(column(marta, "Contacted").locator(".column-count")).to_have_text("0")
    expect(column(marta, "New Orders").locator(".column-count")).to_have_text("2")
    stands_on(page, f"deal-{low.id}")
    assert marta.trouble == []


def test_a_late_undo_is_refused_with_the_reason(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page = marta.go(BOARD).page
    drag(marta, deal, column(marta, "Contacted"))
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    scene.assessed(Deal.get_by_id(deal.id))
    page.keyboard.press("Control+z")
    expect(page.locator("#refusal")).to_contain_text("Something has changed since")
    assert Deal.get_by_id(deal.id).stage == scene.stage(2)


def test_arrows_go_between_cards_and_columns_and_tab_leaves_a_column_at_once(marta, scene):
    low, high = scene.deal(scene.agent), scene.deal(scene.agent)
    right, held = scene.put_in(scene.deal(scene.agent), 3), scene.in_state("on_hold", scene.agent)
    page = marta.go(BOARD).page
    press = page.keyboard.press
    visited = []
    for key in (
        "ArrowRight",
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "ArrowLeft",
    ):
        press(key)
        visited.append(focused(page))
    ids = {name: f"deal-{one.id}" for name, one in {"low": low, "high": high, "right": right, "held": held}.items()}
    assert visited == [ids[name] for name in ("high", "low", "low", "high", "right", "held", "held", "right", "high")]
    stops = page.locator("[data-board] .column [data-card] a.card-open:not([tabindex='-1'])")
    expect(stops).to_have_count(2)
    press("ArrowDown")
    before = {focused(page)}
    for _ in range(4):
        press("Tab")
        before.add(focused(page))
    assert ids["high"] not in before and ids["right"] in before
    assert marta.trouble == []


def test_letters_type_where_one_types_and_open_what_they_say(marta, scene):
    deal = scene.deal(scene.agent)
    page = marta.go(BOARD).page
    press, dialog = page.keyboard.press, page.get_by_role("dialog")
    press("/")
    page.keyboard.type("mhcaenz?")
    expect(page.get_by_role("combobox", name="Search")).to_have_value("mhcaenz?")
    expect(dialog).to_be_hidden()
    page.evaluate("document.activeElement.blur()")
    press("?")
    expect(dialog).to_contain_text("Undo the last step")
    assert marta.faults() == []
    press("m")
    expect(dialog).to_contain_text("Undo the last step")
    press("Escape")
    expect(dialog).to_be_hidden()
    press("ArrowDown")
    press("Control+e")
    expect(dialog).to_be_hidden()
    press("e")
    expect(dialog).to_contain_text("The order")
    press("Escape")
    expect(dialog).to_be_hidden()
    stands_on(page, f"deal-{deal.id}")
    press("n")
    expect(dialog).to_contain_text("New deal")
    press("Escape")
    expect(dialog).to_be_hidden()
    stands_on(page, f"deal-{deal.id}")
    press("Enter")
    page.wait_for_url(f"**/deals/{deal.id}?from=*")


def test_a_card_that_leaves_its_column_hands_the_focus_to_the_next(marta, scene):
    low, high = scene.deal(scene.agent), scene.deal(scene.agent)
    scene.called(high, scene.agent)  # in which they said so
    page = marta.go(BOARD).page
    press, dialog = page.keyboard.press, page.get_by_role("dialog")
    press("ArrowDown")
    press("m")
    dialog.get_by_role("button", name="Lost").focus()
    press("Enter")
    dialog.get_by_label("Bought elsewhere").focus()
    press("Space")
    dialog.get_by_role("button", name="Mark as lost").focus()
    press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(f"#deal-{high.id}")).to_have_count(0)
    stands_on(page, f"deal-{low.id}")
    expect(page.locator("[data-undo]")).to_have_count(0)


def test_a_board_with_an_undo_on_it_has_no_faults(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    marta.go(BOARD)
    drag(marta, deal, column(marta, "Contacted"))
    expect(marta.page.locator("[data-undo]")).to_be_visible()
    assert marta.faults() == []


def test_the_toast_with_an_undo_stays_for_ten_seconds_and_longer_while_it_is_in_focus(visitor, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    marta = visitor("agent", own=True)
    marta.page.clock.install()
    page = marta.go(BOARD).page
    page.clock.pause_at(page.evaluate("Date.now() + 5000") / 1000)  # a slow machine must not take part of the ten
    offer, dialog = page.locator("[data-undo]"), page.get_by_role("dialog")
    for stage in ("Contacted", "New Orders"):
        page.locator(f"#deal-{deal.id} a").first.focus()
        page.keyboard.press("m")
        goes_on(page, lambda: dialog.is_visible())
        dialog.get_by_role("button", name=stage).click()
        goes_on(page, lambda stage=stage: f"is in {stage}" in "".join(offer.all_inner_texts()))
        expect(offer).to_have_count(1)
        goes_on(page, lambda: not dialog.is_visible())
    page.clock.run_for(8500)
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Undo").focus()
    page.clock.run_for(4000)
    expect(offer).to_be_visible()
    page.locator(f"#deal-{deal.id} a").first.focus()
    page.clock.run_for(2500)
    expect(offer).to_have_count(0)


def goes_on(page, holds) -> None:
    """By the page's own clock, in steps of 10 ms."""
    until(page, lambda: holds() or page.clock.run_for(10))


def test_an_undo_is_taken_with_a_finger_on_a_phone(visitor, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    phone = visitor("agent", phone=True).go(BOARD)
    phone.page.locator(f"#deal-{deal.id}").get_by_label("Move").tap()
    phone.page.get_by_role("dialog").get_by_role("button", name="Contacted").tap()
    button = phone.page.locator("#toasts").get_by_role("button", name="Undo")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    expect(phone.page.locator(f"#cards-s{scene.stage(1).id} #deal-{deal.id}")).to_be_attached()
    assert phone.faults() == []


def test_the_timeline_takes_back_the_last_step(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page = marta.go(f"/deals/{deal.id}").page
    page.get_by_role("button", name="Move to Contacted").click()
    page.locator(".timeline").get_by_role("button", name="Undo").click()
    expect(page.locator(".process [aria-current]")).to_have_text("New Orders")
    expect(page.locator(".timeline")).to_contain_text("Undone: back in New Orders")
    expect(page.locator(".timeline").get_by_role("button", name="Undo")).to_have_count(0)
    assert marta.trouble == []
