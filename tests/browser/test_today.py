"""A day on a phone: check in, clear a row of Today, claim, check out."""

import os
from datetime import timedelta

from playwright.sync_api import expect

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.records.checkins import CheckIn
from carmanana.records.leads import Lead


def shot(page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_day_on_a_phone(visitor, scene):
    deal = scene.deal(scene.agent)
    add_step(deal, scene.agent, "Send 3 options", clock.now() + timedelta(hours=2))
    lead = scene.lead(vehicle="BMW X5", message="Is it still there?")
    agent = visitor("agent", phone=True).go("/")
    page = agent.page
    page.get_by_role("link", name="Check in").first.click()
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("Your day has begun")).to_be_visible()
    row = page.locator(".page-today .duty", has_text="Send 3 options")
    row.get_by_role("button", name="Done").click()
    expect(row).to_have_count(0)
    expect(page.get_by_text("1 step done today")).to_be_visible()
    page.locator("#unowned .duty", has_text="Is it still there?").get_by_role("button", name="Claim").click()
    expect(page.locator("#to_call .duty", has_text="Is it still there?")).to_be_visible()
    assert Lead.get_by_id(lead.id).owner_id == scene.agent.id
    assert agent.faults() == []
    shot(page, "today-phone")
    page.get_by_role("link", name="End the day").click()
    page.get_by_label("Why it stays open until tomorrow").fill("They answer after six")
    page.get_by_role("button", name="Check out with").click()
    expect(page.get_by_text("Your day is signed off")).to_be_visible()
    assert CheckIn.get(CheckIn.kind == "end").reason == "They answer after six"
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert agent.faults() == []
