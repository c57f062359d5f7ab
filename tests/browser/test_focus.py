"""Focus stays near what one did, is never behind a bar, and letters are keys only where somebody wants them."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ON_HOLD, ORGANIC
from carmanana.records.people import User

from .test_board import BOARD
from .waiting import until

HIDDEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect()
  if (one === document.body || !box.width) return false
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = box.top + Math.min(box.height / 2, 12)
  const there = document.elementFromPoint(x, y)
  return !there || !(one.contains(there) || there.contains(one) || there.closest('label')?.contains(one) || one.closest('label, .card, .entry')?.contains(there))
}"""


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.closest('.next') ? 'next' : document.activeElement.closest('#composer') ? 'composer' "
        ": document.activeElement.tagName"
    )


def test_focus_stays_near_after_logging_and_done_on_the_deals_page(marta, scene):
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    add_step(deal, scene.agent, "Send photos", Activity.get(Activity.kind == "task", Activity.deal == deal).due_at)
    page = marta.go(f"/deals/{deal.id}").page
    done = page.get_by_role("button", name="Done")
    done.first.focus()
    page.keyboard.press("Enter")
    expect(done).to_have_count(1)
    until(page, lambda: focused(page) == "next")
    composer = page.locator("#composer")
    composer.get_by_text("Note", exact=True).click()
    composer.locator("textarea").first.fill("Family of five")
    composer.get_by_role("button", name="Save note").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Family of five")
    until(page, lambda: focused(page) == "composer")
    assert marta.trouble == []


def test_focus_goes_on_where_a_page_is_drawn_anew(marta, scene):
    for step in ("Send photos", "Send prices"):
        deal = scene.deal(scene.agent)
        add_step(deal, scene.agent, step, clock.now() + timedelta(hours=1))
    page = marta.go("/today").page
    done = page.locator("#today").get_by_role("button", name="Done")
    expect(done).to_have_count(2)
    done.first.focus()
    page.keyboard.press("Enter")
    expect(done).to_have_count(1)
    expect(done).to_be_focused()
    marta.go(f"/customers/{deal.customer_id}")
    tab = page.locator("main").get_by_role("link", name="Activities").first
    tab.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/activities$"))
    expect(tab).to_be_focused()
    assert marta.trouble == []


def test_a_refusals_buttons_are_the_next_stops_and_escape_leads_back(marta, scene):
    deal = scene.deal(scene.agent)
    page = marta.go(BOARD).page
    card = page.locator(f"#deal-{deal.id} .card-open")
    card.focus()
    page.keyboard.press("h")
    expect(page.locator("[data-refusal]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".refusal-remedies > *").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_focused()


def test_the_bulk_bar_is_one_key_away_and_escape_leads_back(marta, scene):
    deal = scene.deal(scene.agent)
    page = marta.go(BOARD).page
    card = page.locator(f"#deal-{deal.id} .card-open")
    card.focus()
    page.keyboard.press("x")
    page.keyboard.press("b")
    expect(page.locator(".bulk-steps button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_focused()
    expect(page.locator("[data-bulk-count]")).to_have_text("1")


def test_letters_do_nothing_once_they_are_switched_off(marta, scene):
    User.update(letter_keys=False).where(User.id == scene.agent.id).execute()
    deal = scene.deal(scene.agent, ORGANIC)
    page = marta.go(BOARD).page
    try:
        page.locator(f"#deal-{deal.id} .card-open").focus()
        for key in "mhcaezxnbB/?":
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert (
            page.locator("dialog[open]").count() == 0
            and page.locator("#refusal > *").count() == 0
            and not page.locator(".bulk-bar.shown").count()
        )
        expect(page.locator(f"#deal-{deal.id} .card-open")).to_be_focused()
        page.keyboard.press("Control+k")
        until(page, lambda: page.evaluate("document.activeElement.type") == "search")
    finally:
        User.update(letter_keys=True).where(User.id == scene.agent.id).execute()


@pytest.mark.parametrize("width, height", [(720, 450), (320, 256)])
def test_nothing_in_focus_is_hidden_in_a_zoomed_window(visitor, scene, width, height):
    scene.in_state(ON_HOLD)
    deal = scene.deal(scene.agent)
    scene.called(deal, scene.agent)
    page = visitor("agent").go(f"/deals/{deal.id}").page
    page.set_viewport_size({"width": width, "height": height})
    hidden = []
    for back in (False, True):
        for _ in range(45):
            page.keyboard.press("Shift+Tab" if back else "Tab")
            if page.evaluate(HIDDEN):
                hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert hidden == []


def test_a_review_shows_its_content_at_400_percent(visitor, scene):
    case = scene.request_in("contacted")
    page = visitor("manager").go("/cancellations").page
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(page.url.replace("/cancellations", f"/cancellations/{case.id}"))
    story = page.locator(".review-story, .review-steps").locator("visible=true").first
    story.scroll_into_view_if_needed()
    box = story.bounding_box()
    shown = min(box["y"] + box["height"], 256) - max(box["y"], 0)
    page.evaluate("document.querySelector('.review-facts, .review-steps').scrollIntoView()")
    box = story.bounding_box()
    assert max(shown, min(box["y"] + box["height"], 256) - max(box["y"], 0)) > 180
    assert page.evaluate(
        "[...document.querySelectorAll('.bar, .bottom, .review-foot')].every((one) => getComputedStyle(one).position "
        "=== 'static')"
    )
