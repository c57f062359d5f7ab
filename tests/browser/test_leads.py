"""Leads as an agent works them: ticked in the list, claimed together, and spoken with on the lead's page."""

import os

from playwright.sync_api import expect

from carmanana.records.leads import Lead

from .test_board import column, drag


def shot(page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_several_are_claimed_and_one_is_spoken_with(visitor, scene):
    for kind in ("inquiry", "price_shopper"):
        scene.lead(kind=kind, vehicle="BMW X5", message="What is your best price?")
    agent = visitor("agent").go("/leads/")
    page = agent.page
    bar = page.locator("#bulk-form")
    expect(bar).to_be_hidden()
    for tick in page.locator(".pick").all():
        tick.check()
    expect(bar).to_be_visible()
    shot(page, "list")
    bar.get_by_role("button", name="Claim").click()
    shot(page, "list-bulk")
    page.get_by_role("dialog").get_by_role("button", name="Claim 2 leads").click()
    expect(page.get_by_text("2 leads claimed")).to_be_visible()
    assert agent.faults() == []
    lead = Lead.get(Lead.kind == "price_shopper")
    agent.go(f"/leads/{lead.id}")
    page.locator("#composer").get_by_text("Connected – follow-up required").click()
    page.get_by_label("What the customer wants").fill("An X5, from 2022")
    page.get_by_label("Next", exact=True).fill("Call again")
    page.locator("#composer").get_by_role("button", name="Tomorrow").or_(
        page.locator("#composer .composer-next .chip").first
    ).first.click()
    page.get_by_role("button", name="Save call").click()
    expect(page.locator(".badge.lead-connected")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("An X5, from 2022")
    shot(page, "lead")
    assert agent.faults() == []


def test_on_a_phone_at_night(visitor, scene):
    lead = scene.lead(scene.agent, vehicle="BMW X5", message="¿Cuál es su mejor precio?")
    agent = visitor("agent", phone=True, dark=True).go("/leads/")
    shot(agent.page, "list-phone")
    assert agent.faults() == []
    agent.go(f"/leads/{lead.id}")
    shot(agent.page, "lead-phone")
    assert agent.faults() == []
    agent.page.get_by_role("link", name="Close…").click()
    expect(agent.page.get_by_role("dialog")).to_contain_text("Asked not to be contacted")
    shot(agent.page, "close-phone")
    assert agent.faults() == []
    agent.page.keyboard.press("Escape")
    agent.page.get_by_role("link", name="Put on hold…").click()
    expect(agent.page.get_by_role("dialog")).to_contain_text("No call to the customer")
    assert agent.page.locator("dialog .checks").evaluate("list => list.clientHeight >= list.scrollHeight")


def test_cards_go_over_the_board_by_mouse_and_key_and_others_see_them_go(visitor, scene):
    lead = scene.lead_in("connected")
    free = scene.lead(vehicle="Kia Niro")
    agent, manager = visitor("agent").go("/leads/board"), visitor("manager").go("/leads/board")
    page, card = agent.page, f"#lead-{lead.id}"
    shot(page, "board")
    assert agent.faults() == []
    drag(agent, lead, column(agent, "New"))
    expect(page.locator("#refusal")).to_contain_text("new until it is contacted")
    expect(page.locator("#cards-connected").locator(card)).to_be_visible()
    page.locator("#refusal [data-dismiss]").click()
    drag(agent, lead, column(agent, "Closed"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Not interested", exact=True).click()
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    for one in (page, manager.page):
        expect(one.locator("#cards-closed").locator(card)).to_be_visible()
    page.locator(f"#lead-{free.id} a").first.focus()
    page.keyboard.press("c")
    expect(page.locator(f"#lead-{free.id}")).to_contain_text("First contact")
    page.locator(f"#lead-{free.id} a").first.focus()
    page.keyboard.press("m")
    expect(dialog).to_contain_text("Log the contact")
    dialog.get_by_role("link", name="Log a contact").click()
    expect(dialog).to_contain_text("What the customer wants")
    page.keyboard.press("Escape")
    page.locator(f"#lead-{free.id} a").first.focus()
    page.keyboard.press("m")
    dialog.get_by_role("button", name="Closed").click()
    expect(dialog).to_contain_text("Why is it closed?")


def test_cards_of_the_board_are_selected_together_and_a_column_by_its_filter(visitor, scene):
    free = [scene.lead(vehicle="Kia Niro"), scene.lead(vehicle="Kia Soul")]
    mine = [scene.lead(scene.agent, kind="price_shopper") for _ in range(22)]
    scene.lead_in("connected")
    agent = visitor("agent").go("/leads/board")
    page, bar, dialog = agent.page, agent.page.locator("#bulk-form"), agent.page.get_by_role("dialog")
    expect(bar).to_be_hidden()
    page.locator("#col-new").hover()
    page.get_by_role("button", name="Select all 24 in New").click()
    expect(bar).to_contain_text("24 selected")
    expect(page.locator(".picked")).to_have_count(12)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Unowned").click()
    expect(page.locator(f"#lead-{mine[0].id}")).to_have_count(0)
    for lead in free:
        page.locator(f"#lead-{lead.id}").click(modifiers=["ControlOrMeta"])
    bar.get_by_role("button", name="Claim").click()
    dialog.get_by_role("button", name="Claim 2 leads").click()
    expect(page.locator("#toasts")).to_contain_text("2 leads claimed")
    agent.go("/leads/board?shoppers=1")
    card = page.locator(f"#lead-{mine[-1].id}")
    drag(agent, mine[-1], column(agent, "Closed"))
    dialog.get_by_text("Duplicate of another lead", exact=True).click()
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.locator("#cards-closed").locator(card)).to_be_visible()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#cards-new").locator(card)).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("is back in New")
    page.locator("#col-new").hover()
    page.get_by_role("button", name="Select all 22 in New").click()
    bar.get_by_role("button", name="Close").click()
    expect(dialog).to_contain_text(f"{len(mine)} leads selected")
    assert agent.faults() == []


def test_the_board_shows_one_column_at_a_time_on_a_phone(visitor, scene):
    scene.lead(scene.agent), scene.lead_in("connected")
    phone = visitor("agent", phone=True).go("/leads/board")
    page = phone.page
    shot(page, "board-phone")
    assert phone.faults() == []
    page.locator("[data-stage-switch]").get_by_text("Connected").click()
    expect(page.locator("#cards-connected .card")).to_be_in_viewport()
    expect(page.locator("#cards-new .card")).not_to_be_in_viewport()
