"""An organic deal on hold after an unanswered call and an email: one form, few clicks; and remedies that lead to the
end."""

import pytest
from playwright.sync_api import Locator, expect

from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ON_HOLD, ORGANIC
from carmanana.records.deals import Deal

from .test_board import BOARD, column, drag
from .waiting import until

MOST_CLICKS, MOST_TEXTS = 8, 2


class Hand:
    """Counts what a person does."""

    def __init__(self):
        self.clicks = self.texts = 0

    def click(self, on: Locator) -> None:
        on.click()
        self.clicks += 1

    def write(self, into: Locator, words: str) -> None:
        into.fill(words)
        self.texts += 1


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def test_tried_by_phone_and_email_and_on_hold_in_few_clicks(marta, scene):
    deal, hand = scene.deal(scene.agent, ORGANIC, vehicle_model="Macan"), Hand()
    page = marta.go(BOARD).page
    page.locator(f"#deal-{deal.id}").hover()
    hand.click(page.locator(f"#deal-{deal.id} .card-move"))
    dialog = page.get_by_role("dialog")
    hand.click(dialog.get_by_role("button", name="On Hold"))
    for words in ("Called, no answer", "Left a voicemail", "Sent the email", "Waiting on financing"):
        hand.click(dialog.get_by_text(words))
    hand.write(dialog.get_by_label("Reason, in words"), "Financing decided on 15 January")
    hand.click(dialog.get_by_role("button", name="In 2 weeks"))
    hand.click(dialog.locator(".dialog-foot .primary"))
    expect(column(marta, "On Hold").locator(f"#deal-{deal.id}")).to_contain_text("Financing")
    assert (hand.clicks <= MOST_CLICKS, hand.texts <= MOST_TEXTS) == (True, True), (hand.clicks, hand.texts)
    logged = [
        (a.kind, a.outcome)
        for a in Activity.select().where(Activity.deal == deal, Activity.direction == "out").order_by(Activity.id)
    ]
    assert logged == [("call", "no_answer_vm"), ("email", "sent")] and Deal.get_by_id(deal.id).state == ON_HOLD
    assert marta.trouble == []


def test_what_was_forgotten_is_marked_where_it_can_be_mended(marta, scene):
    deal = scene.deal(scene.agent, ORGANIC)
    page = marta.go(f"/deals/{deal.id}/hold").page
    page.get_by_text("Waiting on financing").click()
    page.get_by_label("Reason, in words").fill("Bank decides in January")
    page.get_by_role("button", name="In 2 weeks").click()
    page.locator(".dialog-foot .primary").click()
    expect(page.locator("#unmet-no_call")).to_contain_text("No call")
    expect(page.get_by_label("Reason, in words")).to_have_value("Bank decides in January")
    assert [fault for fault in marta.faults() if "422" not in fault] == []


def test_a_refused_move_goes_on_by_itself_after_its_remedy(marta, scene):
    deal = scene.deal(scene.agent)
    page = marta.go(BOARD).page
    drag(marta, deal, column(marta, "Contacted"))
    page.locator("#refusal").get_by_role("link").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Connected – follow-up required").click()
    dialog.get_by_label("What the customer wants").fill("Wants a hybrid")
    dialog.get_by_label("Next", exact=True).fill("Send 3 options")
    dialog.get_by_role("button", name="Tomorrow").click()
    dialog.get_by_role("button", name="Save call").click()
    expect(column(marta, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    until(page, lambda: Deal.get_by_id(deal.id).stage.name == "Contacted")
    assert marta.trouble == []
