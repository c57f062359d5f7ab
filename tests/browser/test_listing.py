"""The list, saved views, the way to a deal and back, as people use them."""

import re

import pytest
from playwright.sync_api import expect

from carmanana.core.db import database
from carmanana.records.deals import Deal

from .test_board import BOARD, column
from .waiting import until

LIST = f"{BOARD}/list"

SCROLLED = (
    "() => (document.querySelector('.list-more')?.scrollIntoView(), document.querySelectorAll('.list-row').length)"
)


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


@pytest.fixture
def no_views(scene):
    database.execute_sql("DELETE FROM saved_view")


def row(visitor, deal: Deal):
    return visitor.page.locator(f"#deal-{deal.id}")


def test_a_value_is_changed_where_it_stands_with_the_keyboard(marta, scene):
    deal = scene.deal(scene.agent, value_cents=100_00)
    page = marta.go(LIST).page
    cell = row(marta, deal).locator("[data-cell=value]")
    cell.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(cell.get_by_label("Value")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_contain_text("$100")
    expect(cell.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell.get_by_label("Value")).to_be_focused()
    page.keyboard.type("a lot")
    page.keyboard.press("Enter")
    expect(cell.get_by_role("alert")).to_contain_text("Enter an amount")
    expect(cell.get_by_label("Value")).to_have_value("a lot")
    expect(cell.get_by_label("Value")).to_be_focused()
    assert marta.faults() == []
    cell.get_by_label("Value").fill("26,500")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("$26,500")
    expect(page.locator("#toasts")).to_contain_text("the value is saved")
    expect(cell.get_by_role("link")).to_be_focused()
    expect(page.locator("#board-sum")).to_contain_text("$26k")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(cell).to_contain_text("$100")
    assert marta.trouble == []


def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_typed_is_lost(marta, scene):
    deal = scene.deal(scene.agent, value_cents=100_00)
    page = marta.go(LIST).page
    cell = row(marta, deal).locator("[data-cell=value]")
    cell.get_by_role("link").click()
    cell.get_by_label("Value").fill("500")
    scene.assessed(deal)
    page.keyboard.press("Enter")
    expect(cell.get_by_role("alert")).to_contain_text("Someone else changed this deal")
    expect(cell.get_by_label("Value")).to_have_value("500")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("$500")
    assert Deal.get_by_id(deal.id).value_cents == 500_00


def test_a_stage_a_step_and_a_vehicle_are_changed_in_the_list(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page = marta.go(LIST).page
    stage, step, vehicle = (row(marta, deal).locator(f"[data-cell={key}]") for key in ("stage", "step", "vehicle"))
    stage.get_by_role("link").click()
    stage.get_by_role("combobox").select_option(label="Contacted")
    stage.get_by_role("button", name="Save").click()
    expect(stage.get_by_role("link")).to_contain_text("Contacted")
    step.get_by_role("link").click()
    step.get_by_label("Next step").fill("Send the contract")
    page.keyboard.press("Enter")
    expect(step.get_by_role("link")).to_contain_text("Send the contract")
    vehicle.get_by_role("link").click()
    vehicle.get_by_label("Year").fill("2024")
    vehicle.get_by_label("Make").fill("Kia")
    page.keyboard.press("Enter")
    expect(vehicle.get_by_role("link")).to_contain_text("2024 Kia")
    fresh = Deal.get_by_id(deal.id)
    assert fresh.stage == scene.stage(2) and fresh.vehicle == "2024 Kia"
    assert marta.trouble == []


def test_a_change_in_a_dialog_takes_the_row_away_where_it_matches_no_more(visitor, scene):
    deal, other = scene.deal(scene.agent), scene.deal(scene.agent)
    boss = visitor("manager").go(f"{LIST}?owner={scene.agent.id}")
    row(boss, deal).locator("[data-cell=owner] a").click()
    dialog = boss.page.get_by_role("dialog")
    dialog.get_by_label("New owner").select_option(str(scene.agent2.id))
    dialog.get_by_label("Reason").fill("Speaks Zulu")
    dialog.get_by_role("button", name="Reassign").click()
    expect(dialog).to_be_hidden()
    expect(row(boss, deal)).to_have_count(0)
    expect(row(boss, other)).to_be_visible()
    expect(boss.page.locator("#toasts")).to_contain_text("Thabo Okafor owns it now")
    assert boss.trouble == []


def test_a_head_sorts_and_says_so(marta, scene):
    low, high = scene.deal(scene.agent, value_cents=100), scene.deal(scene.agent, value_cents=200)
    page = marta.go(LIST).page
    page.get_by_role("columnheader", name="Value").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Value")).to_have_attribute("aria-sort", "descending")
    for place, deal in enumerate((high, low)):
        expect(page.locator(".list-row").nth(place)).to_have_id(f"deal-{deal.id}")
    page.get_by_role("columnheader", name="Value").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Value")).to_have_attribute("aria-sort", "ascending")
    assert marta.faults() == []


def test_back_from_a_deal_all_stands_as_it_was_left(marta, scene):
    deals = [scene.deal(scene.agent, value_cents=number) for number in range(70)]
    page = marta.go(f"{LIST}?sort=value&readiness=live").page
    until(page, lambda: page.evaluate(SCROLLED) == 70)
    page.locator(f"#deal-{deals[60].id}").scroll_into_view_if_needed()
    scrolled = page.locator("[data-list]").evaluate("list => list.scrollTop")
    page.locator(f"#deal-{deals[60].id} .list-open").click()
    expect(page.locator(".crumb-place")).to_have_text("61 of 70")
    page.wait_for_load_state()  # the scripts that hear keys are there
    page.keyboard.press("j")
    expect(page.locator(".crumb-place")).to_have_text("62 of 70")
    page.wait_for_load_state()
    page.keyboard.press("k")
    expect(page.locator(".crumb-place")).to_have_text("61 of 70")
    page.locator(".crumb a[data-back]").click()
    expect(page.locator(".list-row")).to_have_count(70)
    expect(page.locator(f"#deal-{deals[60].id} .list-open")).to_be_focused()
    assert abs(page.locator("[data-list]").evaluate("list => list.scrollTop") - scrolled) < 3
    assert "readiness=live" in page.url and "sort=value" in page.url
    assert marta.trouble == []


def test_back_to_the_board_brings_a_column_to_where_it_was(marta, scene):
    deals = [scene.deal(scene.agent) for _ in range(32)]
    page = marta.go(BOARD).page
    cards = column(marta, "New Orders").locator("[data-card]")
    expect(cards).to_have_count(20)
    column(marta, "New Orders").locator(".column-more").scroll_into_view_if_needed()
    expect(cards).to_have_count(32)
    page.locator(f"#deal-{deals[2].id} .card-open").click()
    expect(page.locator(".crumb-place")).to_have_text("30 of 32")
    page.go_back()
    expect(cards).to_have_count(32)
    expect(page.locator(f"#deal-{deals[2].id} .card-open")).to_be_focused()
    assert column(marta, "New Orders").locator(".column-cards").evaluate("pane => pane.scrollTop") > 100
    assert marta.trouble == []


def test_a_view_is_kept_opened_first_and_deleted(marta, scene, no_views):
    scene.deal(scene.agent)
    page = marta.go(f"{LIST}?mine=1&sort=-value").page
    saved, dialog = page.locator("#saved-views"), page.get_by_role("dialog")
    page.get_by_role("button", name="Saved views").click()
    saved.get_by_label("Name").fill("Mine, dear first")
    saved.get_by_role("button", name="Save this view").click()
    expect(saved.get_by_role("link", name="Mine, dear first", exact=True)).to_be_visible()
    assert marta.faults() == []
    saved.get_by_role("link", name="Change Mine, dear first").click()
    dialog.get_by_label("Open it first").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Deals").click()
    page.wait_for_url(re.compile(r"/list\?mine=1&sort=-value"))
    page.get_by_role("button", name="Saved views").click()
    saved.get_by_role("link", name="Change Mine, dear first").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.locator("#toasts")).to_contain_text("is deleted")
    expect(dialog).to_be_hidden()
    assert marta.trouble == []


def test_cards_stand_close_for_whoever_likes_it_so(marta, scene):
    deal = scene.deal(scene.agent, value_cents=100_00, vehicle_make="Kia")
    page = marta.go(BOARD).page
    tall = row(marta, deal).bounding_box()["height"]
    with page.expect_response("**/density"):
        page.get_by_role("button", name="Compact cards").click()
    expect(row(marta, deal).locator(".card-vehicle")).to_be_hidden()
    expect(row(marta, deal)).to_contain_text("$100")
    assert row(marta, deal).bounding_box()["height"] < tall * 0.7
    expect(page.get_by_role("button", name="Compact cards")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(row(marta, deal).locator(".card-vehicle")).to_be_hidden()
    assert marta.faults() == []
    with page.expect_response("**/density"):
        page.get_by_role("button", name="Compact cards").click()
    expect(row(marta, deal).locator(".card-vehicle")).to_be_visible()


def test_on_a_phone_the_rows_have_two_lines_and_fit(visitor, scene):
    deal = scene.deal(
        scene.agent, value_cents=3_890_000, vehicle_make="Mercedes-Benz", vehicle_model="GLE 450 4MATIC Coupé"
    )
    scene.called(deal, scene.agent)
    phone = visitor("agent", phone=True).go(LIST)
    one = row(phone, deal)
    expect(one.locator(".list-value")).to_be_visible()
    assert one.bounding_box()["height"] < 90
    assert phone.page.locator("[data-list]").evaluate("list => list.scrollWidth <= list.clientWidth")
    assert phone.faults() == []
    one.locator("[data-cell=value] a").tap()
    expect(one.get_by_label("Value")).to_be_visible()
    assert phone.page.locator("[data-list]").evaluate("list => list.scrollWidth <= list.clientWidth")


def test_on_a_phone_the_list_is_sorted_from_a_menu(visitor, scene):
    for cents in (100_000, 900_000):
        scene.called(scene.deal(scene.agent, value_cents=cents), scene.agent)
    phone = visitor("agent", phone=True).go(LIST)
    phone.page.get_by_role("button", name="Sorted by Due").tap()
    phone.page.get_by_role("link", name="Value", exact=True).tap()
    expect(phone.page.locator("td.list-value").first).to_contain_text("$9,000")
    expect(phone.page.get_by_role("button", name="Sorted by Value, down")).to_be_visible()
    assert phone.faults() == []
