"""Search and jump at the keyboard, with the mouse and on a phone."""

import pytest
from playwright.sync_api import expect

from carmanana.contacting.log import log

BOARD = "/board/used-vehicle-orders"

TYPED_AT_ONCE = """(field, words) => {
  for (const letter of words) {
    field.value += letter
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }
}"""  # however slow the machine is


@pytest.fixture
def deal(scene):
    deal = scene.deal(scene.agent, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350")
    log(deal, scene.agent, "note", "Maria likes the hybrid", subject="Background")
    return deal


def test_at_the_keyboard_from_anywhere_to_a_deal_and_back_to_it(visitor, deal):
    marta = visitor("agent")
    page = marta.go(BOARD).page
    field, rows = page.get_by_role("combobox"), page.get_by_role("option")
    card = page.locator(f"#deal-{deal.id} a").first
    card.focus()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("maria")
    expect(rows).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#said")).to_have_text("3 results")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", rows.nth(1).get_attribute("id"))
    page.keyboard.press("ArrowUp")
    assert marta.faults() == []
    page.keyboard.press("Escape")
    expect(card).to_be_focused()
    expect(rows.first).to_be_hidden()

    page.keyboard.press("Control+k")
    page.keyboard.type("mari")
    expect(page.locator('[role=listbox][data-text="mari"]')).to_be_visible()  # not what the first letters found
    expect(page.get_by_role("group", name="Customers")).to_contain_text("María Fernanda")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{marta.site}/customers/{deal.customer_id}")  # and until the keys of the page are heard
    page.keyboard.press("/")
    expect(rows).to_have_text(["María Fernanda Gutiérrez-Villaseñor"])
    page.locator(".bar-me").click()
    page.locator(".menu-me").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('opened:'))") == []


def test_keys_stay_letters_where_one_types_and_question_mark_lists_them(visitor, deal):
    marta = visitor("agent")
    page = marta.go(BOARD).page
    text = page.locator("[data-filter-text]")
    text.fill("a")
    text.press("/")
    text.press("?")
    expect(text).to_have_value("a/?")
    text.blur()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Search and jump")
    page.keyboard.press("/")
    assert marta.faults() == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_an_action_opens_its_dialog_and_a_click_its_row(visitor, deal):
    marta = visitor("agent")
    page = marta.go(BOARD).page
    field = page.get_by_role("combobox")
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("link", name="New customer").click()
    expect(page.get_by_role("dialog")).to_contain_text("New customer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    field.fill("new deal")
    expect(page.get_by_role("option", name="New deal")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("New deal")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    field.fill("hybrid")
    page.get_by_role("option").click()
    expect(page).to_have_url(f"{marta.site}/deals/{deal.id}")
    assert marta.trouble == []


def test_the_last_letters_win_and_few_are_asked(visitor, deal):
    marta = visitor("agent")
    page, asked = marta.go(BOARD).page, []
    page.on(
        "request",
        lambda request: asked.append(request.url) if "/search" in request.url and "static" not in request.url else None,
    )

    field = page.get_by_role("combobox")
    field.evaluate(TYPED_AT_ONCE, "lexus rx")
    expect(page.get_by_role("option")).to_have_count(1)
    assert len(asked) <= 3, asked
    field.fill("zz")
    page.wait_for_timeout(160)
    field.fill("lexus")
    expect(page.get_by_role("group", name="Deals")).to_contain_text("Lexus")
    page.wait_for_timeout(300)
    expect(page.locator("#toasts")).to_be_empty()
    assert marta.trouble == []


def test_on_a_phone_it_is_a_page_of_its_own(visitor, deal):
    marta = visitor("agent", phone=True)
    page = marta.go(BOARD).page
    page.locator(".bottom").get_by_role("link", name="Search").tap()
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    field.fill("555")
    expect(page.get_by_role("option")).to_contain_text("María")
    assert marta.faults() == []
    page.get_by_role("option").tap()
    expect(page).to_have_url(f"{marta.site}/customers/{deal.customer_id}")
