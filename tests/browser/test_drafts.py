"""Forms that lose nothing: drafts, two versions side by side, one thing made however often it is sent."""

import re

import pytest
from playwright.sync_api import expect

from carmanana.core.db import database
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from tests.cast import Cast

from .test_board import BOARD


@pytest.fixture
def deal(scene):
    return scene.deal(scene.agent, value_cents=3_890_000, vehicle_make="Hyundai", source="Friend")


@pytest.fixture
def marta(visitor, deal):
    return visitor("agent").go(f"/deals/{deal.id}")


def drafts(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")


def dialog_of(visitor, path: str):
    """The dialog that a link of the page opens."""
    visitor.page.locator(f'a[hx-get^="{path}"]').first.click()
    dialog = visitor.page.locator("#dialog")
    expect(dialog.locator(".dialog-foot")).to_be_visible()
    return dialog


def test_every_field_comes_back_until_it_is_saved(marta, deal):
    dialog = dialog_of(marta, f"/deals/{deal.id}/needs")
    dialog.get_by_role("button", name="Another vehicle").click()
    dialog.get_by_label("Make").nth(1).fill("Volvo")
    dialog.get_by_label("Timeline").fill("by May")
    dialog.get_by_label("What matters most").select_option("price")
    marta.go(f"/deals/{deal.id}")
    again = dialog_of(marta, f"/deals/{deal.id}/needs")
    expect(again.locator("[data-draft]")).to_contain_text("is back")
    expect(again.get_by_label("Make").nth(1)).to_have_value("Volvo")
    expect(again.get_by_label("What matters most")).to_have_value("price")
    again.get_by_role("button", name="Save").click()
    expect(marta.page.locator("#toasts")).to_contain_text("What they want is saved")
    assert drafts(marta.page) == [] and [option.brand for option in deal.needs.wanted] == ["Hyundai", "Volvo"]
    assert marta.trouble == []


def test_start_afresh_forgets_it_and_looking_keeps_nothing(marta, deal):
    dialog = dialog_of(marta, f"/deals/{deal.id}/edit")
    dialog.get_by_role("button", name="Cancel").click()
    assert drafts(marta.page) == []
    dialog_of(marta, f"/deals/{deal.id}/edit").get_by_label("Make").fill("Kia")
    marta.go(f"/deals/{deal.id}")
    again = dialog_of(marta, f"/deals/{deal.id}/edit")
    again.get_by_role("button", name="Clear draft").click()
    expect(again.get_by_label("Make")).to_have_value("Hyundai")
    assert drafts(marta.page) == []


def test_closing_over_typed_words_asks_and_discards_only_when_told(marta, deal):
    dialog = dialog_of(marta, f"/deals/{deal.id}/edit")
    dialog.get_by_label("Source").fill("Radio")
    marta.page.keyboard.press("Escape")
    leaving = dialog.locator("[data-leaving]")
    expect(leaving).to_contain_text("Not saved")
    leaving.get_by_role("button", name="Close").click()
    again = dialog_of(marta, f"/deals/{deal.id}/edit")
    expect(again.get_by_label("Source")).to_have_value("Radio")
    again.get_by_label("Source").fill("Radio 5")
    again.get_by_role("button", name="Cancel").click()
    again.get_by_role("button", name="Discard").click()
    expect(marta.page.locator("#dialog")).not_to_be_visible()
    assert drafts(marta.page) == []


def test_what_a_dialog_has_saved_is_not_in_the_page_again(marta, deal):
    """The composer of a page is refused in a dialog, and mended and saved there."""
    marta.page.get_by_label("What the customer wants").fill("They like the blue one")
    marta.page.get_by_role("button", name="Save call").click()
    dialog = marta.page.locator("#dialog")
    expect(dialog.get_by_label("What the customer wants")).to_have_value("They like the blue one")
    dialog.get_by_text("In", exact=True).click()
    dialog.get_by_label("Next", exact=True).fill("Send the colours")
    dialog.get_by_role("button", name="Tomorrow").click()
    dialog.get_by_role("button", name="Save call").click()
    expect(marta.page.locator("#toasts")).to_contain_text("The call is logged")
    expect(marta.page.locator("#composer").get_by_label("What the customer wants")).to_have_value("")
    assert drafts(marta.page) == []


def test_what_somebody_changed_since_is_not_typed_over(marta, deal):
    dialog_of(marta, f"/deals/{deal.id}/edit").get_by_label("Source").fill("Radio")
    Deal.update(source="Fair", version=Deal.version + 1).where(Deal.id == deal.id).execute()
    marta.go(f"/deals/{deal.id}")
    again = dialog_of(marta, f"/deals/{deal.id}/edit")
    expect(again.get_by_label("Source")).to_have_value("Fair")
    again.get_by_role("button", name="Restore").click()
    expect(again.get_by_label("Source")).to_have_value("Radio")


def test_nobody_else_at_this_browser_finds_a_draft(marta, deal, scene):
    marta.page.get_by_label("What the customer wants").fill("A long story")
    assert drafts(marta.page)
    other = f"draft:{scene.manager.id}:/somewhere"
    marta.page.evaluate(
        "(key) => localStorage.setItem(key, JSON.stringify({at: Date.now(), drawn: {}, typed: {}}))", other
    )
    marta.go(f"/deals/{deal.id}")
    assert other not in drafts(marta.page) and drafts(marta.page)
    marta.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    marta.page.wait_for_url("**/sign-in")
    assert drafts(marta.page) == []


def test_two_people_change_the_same_and_both_versions_are_seen(marta, deal, visitor):
    mine = dialog_of(marta, f"/deals/{deal.id}/edit")
    mine.get_by_label("Value").fill("28,000")
    boss = visitor("manager").go(f"/deals/{deal.id}")
    theirs = dialog_of(boss, f"/deals/{deal.id}/edit")
    theirs.get_by_label("Value").fill("31,000")
    theirs.get_by_role("button", name="Save").click()
    expect(boss.page.locator("#toasts")).to_contain_text("The order is saved")
    mine.get_by_role("button", name="Save").click()
    expect(mine.locator("[data-stale]")).to_contain_text("changed Value while you were typing")
    expect(mine.get_by_label("Value")).to_have_value("28,000")
    mine.get_by_role("button", name="Use theirs").click()
    expect(mine.get_by_label("Value")).to_have_value("31,000")
    mine.get_by_label("Source").fill("Radio")
    mine.get_by_role("button", name="Save").click()
    expect(marta.page.locator("#toasts")).to_contain_text("The order is saved")
    fresh = Deal.get_by_id(deal.id)
    assert (fresh.value_cents, fresh.source) == (3_100_000, "Radio") and marta.trouble == []


def test_a_double_click_and_a_lost_answer_make_one_deal(visitor, scene):
    agent, tries = visitor("agent"), []
    page, dialog = agent.page, agent.page.locator("#dialog")

    def lose_the_answer(route):
        if route.request.method == "GET":
            return route.continue_()
        tries.append(route.request.post_data)
        if len(tries) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/deals/new", lose_the_answer)  # before the page comes, or what is asked may pass it by
    agent.go(BOARD)
    page.keyboard.press("n")
    dialog.get_by_label("Customer").fill("Ana Torres")
    dialog.get_by_label("Phone").fill("+1 305 555 7788")
    dialog.get_by_role("button", name="New deal").or_(dialog.locator(".button.primary")).first.dblclick()
    expect(page.locator("[data-unsent]")).to_contain_text("No connection")
    expect(dialog.get_by_label("Customer", exact=True)).to_have_value("Ana Torres")
    page.get_by_role("button", name="Try again").dblclick()
    expect(page.locator(".card", has_text="Ana Torres")).to_be_visible()
    expect(dialog).not_to_be_visible()
    assert len(tries) == 2 and tries[0] == tries[1]
    assert Customer.select().count() == Deal.select().count() == 1


def test_a_session_that_ended_costs_no_word(marta, deal):
    page = marta.page
    page.get_by_label("What the customer wants").fill("A long story")
    database.execute_sql("DELETE FROM session")
    page.get_by_role("button", name="Save call").click()
    page.wait_for_url(re.compile(r"/sign-in\?next="))
    page.fill("#email", "agent@carmanana.example")
    page.fill("#password", Cast.PASSWORD)
    page.click(".signing-form button")
    page.wait_for_url(f"**/deals/{deal.id}")
    expect(page.get_by_label("What the customer wants")).to_have_value("A long story")
    expect(page.locator("[data-draft]")).to_be_visible()
    assert Activity.select().where(Activity.kind == "call").count() == 0


def test_a_review_is_found_again_as_it_was_typed(visitor, scene):
    request = scene.losing(scene.in_state("won"), scene.agent)
    boss = visitor("manager").go("/cancellations")
    page, dialog = boss.page, boss.page.locator("#review-dialog")
    page.get_by_role("button", name="Begin review").click()
    dialog.get_by_label("The customer’s situation").fill("Half a story")
    dialog.get_by_text("They answered my call").click()
    dialog.get_by_role("button", name="Close").first.click()
    with page.expect_navigation(wait_until="load"):  # what was done in the review is shown anew on the page behind
        dialog.locator("[data-leaving]").get_by_role("button", name="Close").click()
    expect(dialog).not_to_be_visible()
    boss.go(f"/cancellations/{request.id}")
    expect(page.get_by_label("The customer’s situation")).to_have_value("Half a story")
    expect(page.get_by_label("They answered my call")).to_be_checked()
    expect(page.locator("[data-draft]")).to_be_visible()
    assert boss.faults() == []
