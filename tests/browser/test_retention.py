"""What a retention member does at their desk, and on the phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from carmanana.core import clock
from carmanana.deals.deal_facts import assess
from carmanana.records.playbook import PlaybookAnswer
from carmanana.records.retention import Commitment
from tests.saving import order, planned


@pytest.fixture
def plan(scene):
    deal = order(scene)
    assess(deal, scene.agent, [{"brand": "Lexus"}], None, mission="I drive my mother to dialysis")
    return planned(scene, deal)


def test_an_offer_is_presented_accepted_and_the_order_kept(visitor, plan):
    samira = visitor("retention").go("/retention")
    page = samira.page
    page.locator(".offer", has_text="Loan car until delivery").get_by_role("link", name="Present").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What was said").fill("We talked about the loan car")
    dialog.get_by_text("Accepts it").click()
    dialog.get_by_label("In their words").fill("If my mother gets there, I keep it")
    dialog.get_by_role("button", name="Presented").click()
    expect(page.locator(".offer-shown")).to_contain_text("Accepted")
    expect(dialog).to_be_hidden()

    step = page.locator(".playbook-step", has_text="Diagnose the why")
    step.locator("summary").click()
    step.get_by_text("Fear", exact=True).click()
    step.get_by_label("What they said").fill("She fears another slip")
    step.get_by_role("button", name="Save").click()
    expect(page.locator(".playbook-step.done")).to_contain_text("Fear")
    assert PlaybookAnswer.get().words == "She fears another slip"

    keep = page.locator("#retain-form")
    keep.get_by_role("button", name="Another").click()
    rows = keep.locator(".promise-row:visible")
    expect(rows).to_have_count(2)
    for number, words in enumerate(("The loan car stays", "A call on Friday")):
        rows.nth(number).get_by_label("We promised").fill(words)
        rows.nth(number).get_by_label("By").fill(f"{clock.today() + timedelta(days=30)}")
    keep.get_by_role("button", name="Keep the order").click()
    expect(page.locator(".desk-main")).to_contain_text("The customer stays")
    expect(page.get_by_role("status").filter(has_text="stays with us").first).to_be_visible()
    assert Commitment.select().count() == 3  # the accepted offer is a promise by itself
    assert samira.trouble == []


def test_what_is_missing_is_said_in_place(visitor, plan):
    samira = visitor("retention").go(f"/retention/{plan.request_id}")
    page = samira.page
    page.get_by_text("Still wants to cancel").click()
    page.locator("#ending-form").get_by_text("The customer declined").click()
    page.get_by_role("button", name=re.compile("Back to Ingrid")).click()
    expect(page.locator("#ending-form")).to_contain_text("Write down the customer's response.")
    page.locator("#ending-form").get_by_label("What they said").fill("She wants out")
    page.get_by_role("button", name=re.compile("Back to Ingrid")).click()
    expect(page.locator(".desk-main")).to_contain_text("She wants out")
    assert samira.trouble == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_desk_is_sound(visitor, plan, scene, phone):
    planned(scene)
    samira = visitor("retention", phone=phone).go(f"/retention/{plan.request_id}")
    assert samira.faults() == []
    if phone:
        tops = [
            samira.page.locator(part).bounding_box()["y"] for part in (".desk-cases", ".desk-main", ".desk-playbook")
        ]
        assert tops == sorted(tops), "cases, then the case, then the playbook"
        expect(samira.page.get_by_role("link", name="Call").first).to_have_attribute("href", re.compile(r"^tel:"))
    offer = plan.offers.get().id
    for path in (
        f"/cancellations/{plan.request_id}/offers/{offer}/presentation",
        f"/cancellations/{plan.request_id}/counter",
        "/stories",
        "/promises",
    ):
        assert samira.go(path).faults() == [], path
    assert visitor("manager", phone=phone).go(f"/cancellations/{plan.request_id}/plan/revision").faults() == []
