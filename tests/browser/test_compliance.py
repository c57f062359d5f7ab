"""Calls are scored by keyboard, a finding is disputed by whose it is, and lost access to a stage bites and ends."""

import re

import pytest
from playwright.sync_api import expect

from carmanana.compliance.transcripts import write
from carmanana.core import clock
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.deals import Deal
from carmanana.records.scorecards import ReviewCase, Score

from .waiting import until

SPOKEN = "0:12 Client: I want out.\n2:41 Marta: Don’t worry, you’ll get the whole deposit back by Friday."


@pytest.fixture
def cases(scene) -> list[ReviewCase]:
    calls = [scene.called(scene.deal(scene.agent, stage=2), scene.agent) for _ in range(10)]
    write(calls[0], scene.compliance, SPOKEN)
    drawn = [ReviewCase.create(activity=call, user=scene.agent, why="sampled") for call in calls[1:]]
    return [ReviewCase.get(ReviewCase.activity == calls[0]), *drawn]


def test_ten_calls_are_scored_by_keyboard_one_is_disputed_and_a_lost_stage_bites_and_ends(visitor, scene, cases):
    page = visitor("compliance").go("/compliance/").page
    page.get_by_role("link", name="Start reviewing").press("Enter")
    on_case(page, cases[0])
    page.keyboard.press("j")
    on_case(page, cases[1])
    page.keyboard.press("k")
    for number, case in enumerate(cases):
        on_case(page, case)
        for digit in "13111" if number == 0 else "12141":
            page.keyboard.press(digit)
        if number == 0:
            expect(page.locator("[data-quote-field]").nth(1)).to_have_value(re.compile("whole deposit back by Friday"))
        page.keyboard.press("Enter")
        until(page, lambda number=number: submitted() == number + 1)
    expect(page.get_by_role("heading", name="Call review")).to_be_visible()
    assert sorted(score.points for score in Score.select()) == [0, *[88] * 9]

    finding = Finding.select().order_by(Finding.id).get()
    marta = visitor("agent")
    agent = marta.go("/compliance/mine").page
    agent.get_by_role("link", name=re.compile("whole deposit back")).first.click()
    agent.get_by_role("link", name="Dispute…").click()
    agent.get_by_label("Why you see it differently").fill("It was my manager who spoke")
    agent.get_by_role("dialog").get_by_role("button", name="Dispute").click()
    until(agent, lambda: Finding.select().where(Finding.state == "disputed").exists())
    expect(agent.locator("main")).to_contain_text("It was my manager who spoke")
    assert finding.state == "open"

    manager = visitor("manager").go(f"/people/{scene.agent.id}").page
    manager.get_by_role("link", name="Restrict").click()
    form = manager.get_by_role("dialog")
    form.get_by_label("Stage").select_option(str(scene.stage(1).id))
    form.get_by_label("From").fill(clock.today().isoformat())
    form.get_by_label("Why, and what was agreed").fill("Two agreements without a look")
    form.get_by_role("button", name="Restrict").click()
    until(manager, lambda: Consequence.select().exists())
    sheet = move_a_card(marta)
    expect(sheet).to_contain_text("You have no access to New Orders: Two agreements without a look.")
    expect(sheet.locator(".refused", has_text="New Orders")).to_be_visible()
    manager.get_by_role("button", name="Restore access").click()
    until(manager, lambda: Consequence.get().state in ("ended", "taken_back"))
    move_a_card(marta).get_by_role("button", name="New Orders").press("Enter")
    until(agent, lambda: Deal.select().where(Deal.stage == scene.stage()).exists())


def on_case(page, case: ReviewCase) -> None:
    page.wait_for_url(f"**/compliance/reviews/{case.id}")
    expect(page.locator(".question-now")).to_be_visible()


def submitted() -> int:
    return Score.select().where(Score.state == "submitted").count()


def move_a_card(visitor):
    """The sheet with the columns that its card may go to."""
    page = visitor.go("/board/used-vehicle-orders").page
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    return page.get_by_role("dialog")
