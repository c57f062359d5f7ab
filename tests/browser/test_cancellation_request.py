"""A salesperson hands a cancellation to the manager, at a desk and on a phone (SOP 0, steps 1 to 4)."""

from playwright.sync_api import expect

from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal

from .test_board import BOARD, column, drag


def fill_in(dialog) -> None:
    dialog.get_by_text("Phone", exact=True).click()
    dialog.get_by_label("The reason they gave").fill("You told me two weeks, and then two weeks again")
    dialog.get_by_label("Earlier issues or complaints").fill("none")
    dialog.get_by_label("Key phrases and objections").fill("I can't trust the date")
    dialog.get_by_text("Calm", exact=True).click()
    dialog.get_by_label("I explained the process").check()


def test_a_card_dropped_on_losing_order_asks_for_the_whole_story(visitor, scene):
    deal = scene.deal(scene.agent, value_cents=4_690_000)
    marta = visitor("agent").go(BOARD)
    drag(marta, deal, column(marta, "Losing Order"))
    dialog = marta.page.get_by_role("dialog")
    expect(dialog).to_contain_text("We do have a formal process")
    expect(dialog).to_contain_text("We’ll definitely refund everything.")
    dialog.get_by_role("button", name="Send to the manager").click()
    expect(dialog).to_contain_text("Write the reason that the customer gave.")
    assert marta.faults() == []
    fill_in(dialog)
    dialog.get_by_role("button", name="Send to the manager").click()
    expect(dialog).to_be_hidden()
    expect(column(marta, "Losing Order").locator(f"#deal-{deal.id}")).to_contain_text("Review · ID")
    assert CancellationRequest.open_for(deal).tone == "calm"
    marta.go(f"/deals/{deal.id}")
    expect(marta.page.get_by_role("region", name="Cancellation")).to_contain_text(
        "The next contact must be the manager."
    )
    assert marta.faults() == []


def test_on_a_phone(visitor, scene):
    deal = scene.deal(scene.agent)
    marta = visitor("agent", phone=True).go(f"/deals/{deal.id}")
    marta.page.get_by_role("link", name="Request a cancellation…").click()
    dialog = marta.page.get_by_role("dialog")
    fill_in(dialog)
    assert marta.faults() == []
    dialog.get_by_role("button", name="Send to the manager").click()
    expect(dialog).to_be_hidden()
    assert Deal.get_by_id(deal.id).state == "cancellation_requested"
