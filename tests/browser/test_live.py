"""Two people at one board: what one does the other sees soon, and loses nothing by it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.deals import ownership
from carmanana.deals.lifecycle import order
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

from .waiting import until

BOARD = "/board/used-vehicle-orders"


@pytest.fixture
def deal(scene):
    deal = scene.deal(scene.agent, value_cents=3_890_000)
    scene.called(deal, scene.agent)
    return Deal.get_by_id(deal.id)


@pytest.fixture
def ingrid(visitor, deal):
    return visitor("manager").go(BOARD)


# the cards that were lit, which is for two seconds only
LIT = """() => {
  window.lit = []
  new MutationObserver((all) => all.forEach(({ target }) => target.classList.contains("arrived") && window.lit.push(target.id)))
    .observe(document.body, { subtree: true, attributeFilter: ["class"] })
}"""


def column(page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def test_anothers_move_claim_and_new_deal_appear(visitor, scene, deal, ingrid):
    nobodys = scene.deal()
    marta = visitor("agent").go(BOARD).page
    marta.locator(f"#deal-{deal.id} a").first.focus()
    marta.keyboard.press("m")
    marta.get_by_role("dialog").get_by_role("button", name="Contacted").click()
    moved = column(ingrid.page, "Contacted").locator(f"#deal-{deal.id}")
    expect(moved).to_be_visible()
    expect(ingrid.page.locator("#said")).to_contain_text("Marta moved")
    expect(column(ingrid.page, "Contacted").locator(".column-head")).to_contain_text("$39k")
    marta.locator(f"#deal-{nobodys.id}").get_by_role("button", name="Claim").click()
    expect(ingrid.page.locator(f"#deal-{nobodys.id}")).to_contain_text("First contact")
    ingrid.page.evaluate(LIT)
    new = scene.deal(scene.agent)
    for page in (ingrid.page, marta):
        expect(column(page, "New Orders").locator(f"#deal-{new.id}")).to_be_visible()
    until(ingrid.page, lambda: f"deal-{new.id}" in ingrid.page.evaluate("window.lit"))
    assert ingrid.trouble == []


def test_scroll_and_focus_and_what_was_loaded_stay(scene, ingrid, deal):
    deals = [scene.deal(scene.agent) for _ in range(30)]
    page = ingrid.go(BOARD).page
    cards = page.locator(f"#cards-s{deal.stage_id}")
    cards.evaluate("e => e.scrollTo(0, e.scrollHeight)")
    expect(cards.locator("[data-card]")).to_have_count(31)
    focused = deals[2]
    page.locator(f"#deal-{focused.id} .card-open").focus()
    top = page.locator(f"#deal-{focused.id}").bounding_box()["y"]
    new = scene.deal(scene.agent)
    add_step(focused, scene.agent, "Send photos", clock.now() + timedelta(days=1))
    expect(page.locator(f"#deal-{focused.id}")).to_contain_text("Send photos")
    expect(cards.locator(f"#deal-{new.id}")).to_be_attached()
    expect(page.locator(f"#deal-{focused.id} .card-open")).to_be_focused()
    assert abs(page.locator(f"#deal-{focused.id}").bounding_box()["y"] - top) < 8
    cards.evaluate("e => e.scrollTo(0, e.scrollHeight)")
    expect(cards.locator("[data-card]")).to_have_count(32)
    scene.called(focused)
    order.fire(Deal.get_by_id(focused.id), "move", scene.manager, stage=scene.stage(2))
    expect(column(page, "Contacted").locator(f"#deal-{focused.id} .card-open")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cards.locator(":focus")).to_have_count(1)


def test_an_open_dialog_stays_with_what_is_typed(scene, ingrid, deal):
    page = ingrid.page
    page.locator(f"#deal-{deal.id} .card-open").focus()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Make").fill("Škoda")
    ownership.flag(deal, "Odd", scene.agent)
    expect(page.locator(f"#deal-{deal.id}")).to_contain_text("Flagged")
    expect(dialog.get_by_label("Make")).to_have_value("Škoda")
    expect(dialog.get_by_label("Make")).to_be_focused()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("changed")
    expect(dialog.get_by_label("Make")).to_have_value("Škoda")


def test_a_drag_in_progress_is_not_torn_away(visitor, scene, ingrid, deal):
    page, beside = ingrid.page, visitor("manager2").go(BOARD)
    card, target = page.locator(f"#deal-{deal.id}"), column(page, "Contacted").bounding_box()
    box = card.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 30, steps=4)
    expect(page.locator("body")).to_have_class(re.compile("dragging-a-card"))
    new = scene.deal(scene.agent)
    expect(beside.page.locator(f"#deal-{new.id}")).to_be_visible()  # every page has asked meanwhile
    expect(page.locator(f"#deal-{new.id}")).to_have_count(0)
    page.mouse.move(target["x"] + 80, target["y"] + 120, steps=8)
    expect(page.locator(".card-lifted")).to_have_count(1)
    expect(column(page, "Contacted").locator(".card-line")).to_have_count(1)
    page.mouse.up()
    expect(column(page, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    expect(page.locator(f"#deal-{new.id}")).to_be_visible()
    expect(column(page, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    assert Deal.get_by_id(deal.id).stage == scene.stage(2)


def test_what_one_does_oneself_is_no_news(scene, ingrid, deal):
    page = ingrid.page
    page.evaluate(LIT)
    polls = []
    page.on("response", lambda answer: polls.append(answer.status) if "/changes" in answer.url else None)
    page.locator(f"#deal-{deal.id} .card-open").focus()
    page.keyboard.press("m")
    page.get_by_role("dialog").get_by_role("button", name="Contacted").click()
    expect(column(page, "Contacted").locator(f"#deal-{deal.id}")).to_be_visible()
    until(page, lambda: 200 in polls and polls[-1] == 204)
    assert page.evaluate("window.lit") == [] and page.locator("#said").text_content() == ""


def test_a_hidden_page_asks_nothing_until_it_is_seen(visitor, scene, ingrid, deal):
    page, asked, beside = ingrid.page, [], visitor("manager2").go(BOARD)
    with page.expect_response(lambda answer: "/changes" in answer.url):
        pass
    hidden = (
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }); "
        "document.dispatchEvent(new Event('visibilitychange')) }"
    )
    page.evaluate(hidden, True)
    page.on("request", lambda request: asked.append(request.url))
    new = scene.deal(scene.agent)
    expect(beside.page.locator(f"#deal-{new.id}")).to_be_visible()  # every page that is seen has asked meanwhile
    with beside.page.expect_response(lambda answer: "/changes" in answer.url):
        pass
    assert asked == []
    page.evaluate(hidden, False)
    expect(page.locator(f"#deal-{new.id}")).to_be_visible()


def test_it_goes_on_after_the_server_was_away(scene, ingrid, deal):
    page = ingrid.page
    page.route("**/changes?*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        pass
    page.unroute("**/changes?*")
    new = scene.deal(scene.agent)
    expect(page.locator(f"#deal-{new.id}")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-toast]")).to_have_count(0)
    User.update(name="Marta Vidal").where(User.id == scene.agent.id).execute()
    try:
        expect(page.locator(f"#deal-{new.id}")).to_contain_text("Marta Vidal")
    finally:
        User.update(name="Marta Sandoval").where(User.id == scene.agent.id).execute()


def test_two_at_one_deal_see_each_other_and_nothing_typed_is_lost(visitor, scene, deal):
    path = f"/deals/{deal.id}"
    ingrid, marta = visitor("manager").go(path), visitor("agent").go(path)
    expect(ingrid.page.locator("#deal-live")).to_contain_text("Marta Sandoval is looking at this too")
    words = ingrid.page.get_by_label("What the customer wants")
    words.fill("A hybrid by Christmas")
    marta.page.get_by_role("button", name="Move to Contacted").click()
    banner = ingrid.page.locator("#deal-live .banner")
    expect(banner).to_contain_text("Marta moved")
    expect(ingrid.page.locator(".process [aria-current]")).to_contain_text("New Orders")
    banner.get_by_role("link", name="Show").click()
    expect(ingrid.page.locator(".process [aria-current]")).to_contain_text("Contacted")
    expect(words).to_have_value("A hybrid by Christmas")
    expect(banner).to_have_count(0)
    expect(marta.page.locator("#deal-live .banner")).to_have_count(0)
    assert ingrid.trouble == marta.trouble == []


@pytest.mark.parametrize("view", ["list", "calendar"])
def test_a_list_and_a_calendar_say_what_is_new_and_show_it_when_asked(visitor, scene, deal, view):
    ingrid = visitor("manager").go(f"{BOARD}/{view}")
    ownership.reassign(deal, scene.agent2, "Balance", scene.manager2)
    news = ingrid.page.locator("#news")
    expect(news).to_contain_text(f"Oskar gave {deal.customer.name} to {scene.agent2.name}")
    shown = ingrid.page.locator("[data-list], [data-calendar]").get_by_title(scene.agent2.name)
    assert shown.count() == 0
    news.get_by_role("link", name="Show").click()
    expect(shown.first).to_be_visible()
    expect(news).to_be_empty()
    assert ingrid.trouble == []


@pytest.mark.parametrize("phone", [False, True])
def test_heads_and_a_deal_with_company_read_well(visitor, scene, deal, phone):
    """Too old, too many, likely value; who else looks, and what has changed."""
    Stage.update(most_deals=1).where(Stage.id == deal.stage_id).execute()
    Deal.update(in_stage_since=clock.now() - timedelta(days=20)).execute()
    scene.deal(scene.agent, value_cents=900_000_00)
    try:
        ingrid = visitor("manager", phone=phone).go(BOARD)
        if not phone:
            head = column(ingrid.page, "New Orders").locator(".column-head")
            expect(head).to_contain_text("2 / 1")
            expect(head).to_contain_text("over its limit")
            expect(head.get_by_role("link", name="1 longer than 2 days in New Orders")).to_be_visible()
            assert head.evaluate(
                "e => [...e.querySelectorAll('p, span, a')].every(part => part.scrollWidth <= part.clientWidth + 1 || "
                "getComputedStyle(part).display === 'inline')"
            )
        assert ingrid.faults() == []
        visitor("agent").go(f"/deals/{deal.id}")
        ingrid.go(f"/deals/{deal.id}")
        ownership.flag(deal, "Odd", scene.agent)
        expect(ingrid.page.locator("#deal-live .banner")).to_contain_text("Marta flagged")
        assert ingrid.faults() == []
    finally:
        Stage.update(most_deals=None).execute()
