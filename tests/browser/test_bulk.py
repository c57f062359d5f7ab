"""One step for many deals, by mouse, by keyboard and by finger."""

import pytest
from playwright.sync_api import expect

from carmanana.records.bulk import BulkRun
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage

BOARD = "/board/used-vehicle-orders"


@pytest.fixture(autouse=True)
def contacted(scene):
    before = scene.stage(2).requires
    Stage.update(requires=frozenset()).where(Stage.id == scene.stage(2).id).execute()
    BulkRun.delete().execute()
    yield
    Stage.update(requires=before).where(Stage.id == scene.stage(2).id).execute()


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def bar(visitor):
    return visitor.page.locator("#bulk-form")


def cards(visitor, *deals: Deal) -> list:
    return [visitor.page.locator(f"#deal-{deal.id}") for deal in deals]


def test_cards_are_selected_by_click_by_shift_and_by_x(marta, scene):
    deals = [scene.deal(scene.agent) for _ in range(4)][::-1]
    page = marta.go(BOARD).page
    first, second, third, fourth = cards(marta, *deals)
    first.click(modifiers=["ControlOrMeta"])
    expect(bar(marta)).to_contain_text("1 selected")
    assert page.url.endswith(BOARD)
    third.click(modifiers=["Shift"])
    expect(bar(marta)).to_contain_text("3 selected")
    expect(page.locator("#said")).to_have_text("3 selected")
    expect(second.locator("a").first).to_contain_text("Selected:")
    second.click(modifiers=["ControlOrMeta"])
    expect(bar(marta)).to_contain_text("2 selected")
    fourth.locator("a").first.focus()
    page.keyboard.press("x")
    expect(bar(marta)).to_contain_text("3 selected")
    assert [card.get_attribute("class").split().count("picked") for card in (first, second, third, fourth)] == [
        1,
        0,
        1,
        1,
    ]
    page.keyboard.press("Shift+X")
    expect(bar(marta)).to_contain_text("4 selected")
    assert marta.faults() == []
    page.keyboard.press("Escape")
    expect(bar(marta)).to_be_hidden()
    expect(page.locator(".picked")).to_have_count(0)


def test_many_move_at_once_and_the_report_names_what_did_not(marta, scene):
    mine, nobodys = scene.deal(scene.agent), scene.deal()
    page = marta.go(BOARD).page
    for card in cards(marta, mine, nobodys):
        card.click(modifiers=["ControlOrMeta"])
    bar(marta).get_by_role("button", name="Move").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 deals selected")
    dialog.get_by_label("To the stage").select_option(label="New Orders")
    expect(dialog).to_contain_text("It is in New Orders already.")
    expect(dialog.locator("#bulk-verb")).to_be_disabled()
    dialog.get_by_label("To the stage").select_option(label="Contacted")
    expect(dialog).to_contain_text("1 cannot")
    expect(dialog).to_contain_text("Nobody owns this deal. Take it first, then work it.")
    assert marta.faults() == []
    dialog.get_by_role("button", name="Move 1 deal", exact=True).click()
    expect(page.locator("h1")).to_have_text("Move to a stage")
    expect(page.locator("main")).to_contain_text("1 deal moved to Contacted")
    expect(page.locator("main")).to_contain_text("1 refused")
    assert marta.faults() == []
    page.get_by_role("link", name="Go back").click()
    expect(page.get_by_role("region", name="Contacted", exact=True).locator(f"#deal-{mine.id}")).to_be_visible()
    assert Deal.get_by_id(nobodys.id).stage.name == "New Orders"


def test_a_whole_column_and_all_that_match_go_by_the_filter(visitor, scene):
    deals = [scene.deal(scene.agent) for _ in range(23)]
    other = scene.deal(scene.agent2, stage=2)
    ingrid = visitor("manager")
    page = ingrid.go(f"{BOARD}?owner={scene.agent.id}").page
    page.get_by_role("button", name="Select all 23 in New Orders").click()
    expect(bar(ingrid)).to_contain_text("23 selected")
    expect(page.locator(".column .picked")).to_have_count(20)
    bar(ingrid).get_by_role("button", name="Next step").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("23 can be changed")
    dialog.get_by_label("Next step").fill("Call about the winter offer")
    dialog.get_by_role("button", name="Tomorrow").click()
    dialog.get_by_role("button", name="Set it for 23 deals").click()
    expect(page.locator("#toasts")).to_contain_text("23 deals have a next step: Call about the winter offer")
    expect(page.locator(f"#deal-{deals[-1].id}")).to_contain_text("Call about the winter offer")
    assert page.url.endswith(f"?owner={scene.agent.id}")

    cards(ingrid, deals[-1])[0].click(modifiers=["ControlOrMeta"])
    bar(ingrid).get_by_role("button", name="All 23 that match").click()
    expect(bar(ingrid)).to_contain_text("23 selected")
    bar(ingrid).get_by_role("button", name="Reassign").click()
    dialog.get_by_label("New owner").select_option(str(scene.agent2.id))
    dialog.get_by_label("Reason").fill("Marta is away")
    dialog.get_by_role("button", name="Reassign 23 deals").click()
    expect(page.locator("#toasts")).to_contain_text("23 deals reassigned to Thabo Okafor")
    assert {deal.owner_id for deal in Deal.select()} == {other.owner_id}
    assert ingrid.trouble == []


def test_on_a_phone_a_switch_shows_check_boxes(visitor, scene):
    deal, other = scene.deal(scene.agent), scene.deal(scene.agent)
    phone = visitor("agent", phone=True)
    page = phone.go(BOARD).page
    page.get_by_role("button", name="Select", exact=True).tap()
    page.get_by_role("checkbox").first.check()
    expect(bar(phone)).to_contain_text("1 selected")
    page.locator(f"#deal-{deal.id}").tap()
    expect(bar(phone)).to_contain_text("2 selected")
    assert phone.faults() == []
    bar(phone).get_by_role("button", name="Flag").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What should your manager look at?").fill("Same number twice")
    dialog.get_by_role("button", name="Flag 2 deals").tap()
    expect(page.locator("#toasts")).to_contain_text("2 deals flagged for the manager")
    assert Deal.get_by_id(other.id).flagged_at


def test_what_is_selected_stays_so_when_the_board_changes(marta, scene):
    deal, other = scene.deal(scene.agent), scene.deal(scene.agent)
    page = marta.go(BOARD).page
    (card, moved) = cards(marta, deal, other)
    card.click(modifiers=["ControlOrMeta"])
    moved.click(modifiers=["ControlOrMeta"])
    moved.hover()
    moved.get_by_role("link", name="Move").click()
    page.get_by_role("dialog").get_by_role("button", name="Contacted").click()
    there = page.get_by_role("region", name="Contacted", exact=True).locator(f"#deal-{other.id}")
    expect(there).to_have_class("card picked")
    expect(bar(marta)).to_contain_text("2 selected")
    assert marta.trouble == []
