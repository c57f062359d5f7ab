"""The buyers list by keyboard, and a block from a spreadsheet with its preview and its way back."""

import pytest
from playwright.sync_api import expect

from carmanana.records.deals import NeedsAssessment, VehicleOption

PASTED = """([selector, text]) => {
  const data = new DataTransfer()
  data.setData("text/plain", text)
  document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def options(scene) -> list[VehicleOption]:
    scene.wants(scene.lead(scene.agent), 2)
    return list(VehicleOption.select().order_by(VehicleOption.id))[-2:]


def test_cells_are_written_by_keyboard_and_pasted_with_a_preview(marta, scene):
    first, second = options(scene)
    page = marta.go("/buyers/?sort=buyer").page

    def cell(option, key):
        return page.locator(f"#buyers-{option.id} [data-cell={key}]")

    cell(first, "model").focus()
    page.keyboard.press("ArrowRight")
    expect(cell(first, "years")).to_be_focused()
    page.keyboard.press("Home")
    expect(cell(first, "make")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("2021-25")
    page.keyboard.press("Tab")
    expect(cell(first, "years")).to_have_text("2021–2025")
    expect(cell(first, "mileage")).to_be_focused()
    page.keyboard.type("lots")
    page.keyboard.press("Enter")
    expect(cell(first, "mileage").get_by_role("alert")).to_contain_text("whole number")
    expect(cell(first, "mileage").locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(first, "mileage")).to_be_focused()
    assert VehicleOption.get_by_id(first.id).most_miles is None

    page.evaluate(PASTED, [f"#buyers-{first.id} [data-cell=years]", "2022–2024\t40,000\n2019–\tx"])
    dialog = page.locator("#dialog")
    expect(dialog.get_by_role("button", name="Change 3 cells")).to_be_visible()
    expect(dialog).to_contain_text("Enter a distance as a whole number.")
    dialog.get_by_role("button", name="Change 3 cells").click()
    expect(cell(second, "years")).to_have_text("2019–")
    expect(cell(first, "mileage")).to_have_text("40,000")
    page.locator(".buyers-undo").get_by_role("button", name="Undo").click()
    expect(cell(first, "years")).to_have_text("2021–2025")
    assert VehicleOption.get_by_id(second.id).year_from is None
    assert NeedsAssessment.get_by_id(first.needs_id).version > 1
    assert marta.faults() == []
