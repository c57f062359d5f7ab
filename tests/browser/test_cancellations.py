"""What a manager does with a cancellation request."""

import re

import pytest
from playwright.sync_api import expect

from carmanana.contacting.attachments import attach, keep
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from tests.web.test_files import WAV

from .waiting import until


@pytest.fixture
def request_made(scene):
    """An order with a recorded call, whose customer wants to cancel."""
    deal = scene.in_state("won")
    attach(scene.called(deal), [keep("first call.wav", WAV)], scene.agent)
    return scene.losing(Deal.get_by_id(deal.id), scene.agent)


def fresh(request: CancellationRequest) -> CancellationRequest:
    return CancellationRequest.get_by_id(request.id)


def tell_what_was_said(page) -> None:
    page.get_by_text("They answered my call").click()
    page.get_by_label("The customer’s situation").fill("The car is two months late")
    page.get_by_label("What they expect").fill("A firm date")
    page.get_by_label("Main reason").select_option(label="Delivery takes too long")
    page.get_by_label("The real reason, in their words").fill("Afraid to be without a car in May")


def test_a_manager_reviews_calls_and_cancels_with_evidence(visitor, request_made):
    boss = visitor("manager").go("/cancellations")
    page = boss.page
    expect(page.get_by_role("link", name=re.compile("^Cancellations"))).to_contain_text("1")
    page.get_by_role("button", name="Begin review").click()
    dialog = page.locator("#review-dialog")
    expect(dialog.get_by_role("heading", name=re.compile("wants to cancel"))).to_be_focused()
    expect(dialog.locator("[data-story] [data-player]")).to_be_visible()
    expect(dialog).to_contain_text("I saw your request to cancel your order")
    assert boss.faults() == []

    dialog.get_by_role("button", name="Log the first contact").click()
    expect(dialog).to_contain_text("Choose how you reached them.")
    dialog.get_by_label("The customer’s situation").fill("Half a story")
    dialog.get_by_text("They did not answer").click()
    dialog.get_by_text("No answer – VM left", exact=True).click()
    dialog.locator("[data-fills=next_attempt_at]").first.click()
    dialog.get_by_role("button", name="Log the attempt").click()
    expect(dialog).to_contain_text("The attempt is logged")
    expect(dialog.get_by_label("The customer’s situation")).to_have_value("Half a story")
    expect(dialog.locator(".review-tools")).to_contain_text("Attempted")

    dialog.get_by_label("Activities and notes").check()
    dialog.get_by_label("Call recordings").check()
    tell_what_was_said(dialog)
    dialog.get_by_role("button", name="Log the first contact").click()
    expect(dialog).to_contain_text("Now the decision")
    dialog.get_by_text("Try to save it").click()
    expect(dialog.get_by_role("button", name="Assign to retention")).to_be_visible()

    dialog.get_by_text("Approve the cancellation", exact=True).first.click()
    expect(dialog.get_by_role("button", name="Approve the cancellation")).to_be_disabled()
    form = dialog.locator(".decide-cancel")
    form.get_by_text("committed to cancelling").first.click()
    form.get_by_label("Final decision and any conditions").fill("Approved; the deposit is kept under the agreement")
    form.get_by_label("Refunded").fill("0")
    form.get_by_label("Kept").fill("1,500")
    form.get_by_label("Pending", exact=True).fill("0")
    for gap in form.locator("input[name=activities]").all():
        gap.check()
    form.get_by_label("Why is there no recording or file?").fill("Called from the car")
    form.get_by_role("button", name="Write down the reason").click()
    approve = dialog.get_by_role("button", name="Approve the cancellation")
    expect(approve).to_be_enabled()
    expect(form.get_by_label("Kept")).to_have_value("1,500")
    assert boss.faults() == []
    approve.click()
    expect(dialog.get_by_role("heading", name=re.compile("has cancelled"))).to_be_focused()
    assert fresh(request_made).state == "cancelled"
    dialog.get_by_role("button", name="Close").first.click()
    expect(
        page.get_by_text("No order is being cancelled").or_(page.get_by_text("Nothing waits for you")).first
    ).to_be_visible()
    assert boss.trouble == []


def test_the_review_on_a_phone(visitor, request_made):
    boss = visitor("manager", phone=True).go("/cancellations")
    page = boss.page
    assert boss.faults() == []
    boss.go(f"/cancellations/{request_made.id}")
    page.get_by_role("button", name="Begin the review").tap()
    expect(page.get_by_role("button", name="Log the first contact")).to_be_visible()
    page.locator(".review-views").get_by_text("The order").tap()
    expect(page.locator("[data-story]")).to_contain_text("The delivery slipped twice")
    expect(page.locator(".review-steps")).to_be_hidden()
    assert boss.faults() == []
    page.locator(".review-views").get_by_text("Steps").tap()
    page.get_by_label("Activities and notes").tap()
    page.get_by_label("Call recordings").tap()
    tell_what_was_said(page)
    small = page.evaluate(
        "[...document.querySelectorAll('.review .button, .review .chip')].filter(b => b.offsetParent && "
        "b.offsetHeight < 44).map(b => b.outerHTML)"
    )
    assert small == []
    page.get_by_role("button", name="Log the first contact").tap()
    expect(page.get_by_text("Now the decision")).to_be_visible()
    assert fresh(request_made).state == "contacted"
    assert boss.faults() == []


def test_another_managers_review_is_taken_over_and_resumed(visitor, request_made):
    """The dialogs open over the review; where one was in the story is found again."""
    oskar = visitor("manager2").go("/cancellations?show=all")
    page = oskar.page
    page.get_by_role("link", name=re.compile("^Open")).click()
    large = page.locator("#review-dialog")
    large.get_by_role("link", name="Take over…").click()
    small = page.get_by_role("dialog", name="Take the review over")
    small.get_by_label("Why").fill("Ingrid is away")
    small.get_by_role("button", name="Take over").click()
    expect(small).to_be_hidden()
    expect(large).to_contain_text("Handed over")
    large.get_by_role("button", name="Begin the review").click()
    large.get_by_label("What they expect").fill("To be resumed")
    with page.expect_navigation(wait_until="load"):  # what was done in the review is shown anew on the page behind
        large.get_by_role("button", name="Save and close").click()
    expect(large).to_be_hidden()
    expect(page.get_by_text("The review goes on where you left it")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Open")).click()
    expect(large.get_by_label("What they expect")).to_have_value("To be resumed")
    page.set_viewport_size({"width": 1200, "height": 480})
    large.locator("[data-story]").evaluate("story => story.scrollTo(0, 90)")
    kept = "localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('review-at:')))"
    until(page, lambda: page.evaluate(kept) == "90")
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Open")).click()
    expect(large).to_be_visible()
    assert large.locator("[data-story]").evaluate("story => story.scrollTop") == 90
    assert oskar.trouble == []


def test_a_manager_tries_to_save_it(visitor, request_made, scene):
    request = scene.walked(request_made, "contacted")
    boss = visitor("manager").go(f"/cancellations/{request.id}")
    page = boss.page
    page.get_by_text("Try to save it").click()
    form = page.locator(".decide-save")
    form.get_by_label("The plan", exact=True).fill("Call today, and say first what we have done")
    form.get_by_role("button", name="Assign to retention").click()
    expect(form).to_contain_text("Approve at least one offer.")
    expect(form.get_by_label("The plan", exact=True)).to_have_value("Call today, and say first what we have done")
    form.get_by_label("Terms, as they may be said").first.fill("$600 off the delivery")
    form.get_by_label("Worth").first.fill("600")
    form.get_by_label("Limits").first.fill("Not beyond $600")
    form.get_by_label("Who tries to save it").select_option(label="Samira Mendes · 0 cases")
    form.get_by_role("button", name="Tomorrow").click()
    form.get_by_role("button", name="Assign to retention").click()
    expect(page.locator("#review")).to_contain_text("Samira Mendes tries to save it")
    assert fresh(request).state == "retention"
    assert boss.faults() == []
