"""The calendar as people use it: with a mouse, with the keyboard alone, and with a finger."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ON_HOLD, ORGANIC
from carmanana.records.deals import Deal

CALENDAR = "/board/used-vehicle-orders/calendar"


@pytest.fixture
def marta(visitor, scene):
    return visitor("agent")


@pytest.fixture
def today(scene):
    return clock.today(scene.agent.timezone)


def step_on(scene, day, subject: str = "Send 3 options", hour: int = 23, minute: int = 30) -> Activity:
    """Of a deal of the agent's, late in the evening of a day, so that it is never past."""
    at = clock.from_local(datetime(day.year, day.month, day.day, hour, minute), scene.agent.timezone)
    return add_step(scene.deal(scene.agent, ORGANIC), scene.agent, subject, at)


def shows(visitor, day, span: str = "month"):
    return visitor.go(f"{CALENDAR}?span={span}&on={day}").page


def drag(page, entry, day) -> None:
    start, end = entry.bounding_box(), day.bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=10)
    expect(page.locator(".slot-lifted")).to_have_count(1)
    expect(day).to_have_class(re.compile(r"\bover\b"))
    page.mouse.up()


def two_days(today):
    """Two days ahead that stand in one month and in one week."""
    monday = (today + timedelta(days=14)) - timedelta(days=(today + timedelta(days=14)).weekday())
    monday += timedelta(days=7 * (monday.month != (monday + timedelta(days=6)).month))
    return monday + timedelta(days=1), monday + timedelta(days=3)


def local_day(step: Activity, scene):
    return clock.local(Activity.get_by_id(step.id).due_at, scene.agent.timezone)


def test_a_step_is_dragged_to_another_day_and_keeps_its_time(marta, scene, today):
    was, to = two_days(today)
    step = step_on(scene, was)
    page = shows(marta, was)
    drag(page, page.locator(f"#step-{step.id}"), page.locator(f"#day-{to}"))
    expect(page.locator(f"#day-{to} #step-{step.id}")).to_contain_text("23:30")
    expect(page.locator("#toasts")).to_contain_text(f"is moved to {to:%A %-d %B}")
    expect(page.locator(f"#day-{was} .slot")).to_have_count(0)
    assert page.url.endswith(f"{CALENDAR}?span=month&on={was}")
    assert local_day(step, scene).date() == to
    page.locator(f"#step-{step.id} .slot-open").press("Enter")
    page.wait_for_url(f"**/deals/{step.deal_id}")
    assert marta.trouble == []


def test_a_drop_into_the_past_goes_back_and_says_why(marta, scene, today):
    """A step for the beginning of tomorrow, put on today, whose beginning has passed."""
    tomorrow = today + timedelta(days=1)
    step = step_on(scene, tomorrow, hour=0, minute=0)
    page = shows(marta, today)
    if page.locator(f"#day-{tomorrow}").count() == 0:
        pytest.skip("the month ends today, on a Sunday")
    drag(page, page.locator(f"#step-{step.id}"), page.locator(f"#day-{today}"))
    refusal = page.locator("#refusal")
    expect(refusal).to_contain_text("00:00 has passed today")
    expect(page.locator(f"#day-{tomorrow} #step-{step.id}")).to_be_visible()
    refusal.get_by_role("link", name="Choose day and time").click()
    expect(page.get_by_role("dialog").get_by_label("Next step")).to_have_value("Send 3 options")
    assert local_day(step, scene).date() == tomorrow
    assert marta.trouble == []


def test_a_hold_that_is_dragged_asks_its_conditions_first(marta, scene):
    deal = scene.in_state(ON_HOLD)
    was = deal.hold.follow_up_on
    to = was + timedelta(days=1 if was.weekday() < 6 else -1)
    page = shows(marta, was, "week")
    drag(page, page.locator(f"#hold-{deal.id}"), page.locator(f"#day-{to}"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Next follow-up")).to_have_value(to.isoformat())
    expect(page.locator(f"#day-{was} #hold-{deal.id}")).to_be_attached()
    assert Deal.get_by_id(deal.id).hold.follow_up_on == was
    dialog.get_by_role("button", name="Extend the hold").click()
    expect(page.locator(f"#day-{to} #hold-{deal.id}")).to_be_visible()
    expect(dialog).to_be_hidden()
    assert Deal.get_by_id(deal.id).hold.follow_up_on == to
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(f"#day-{was} #hold-{deal.id}")).to_be_visible()
    assert marta.trouble == []


def test_a_step_is_moved_with_the_keyboard_alone(marta, scene, today):
    was, to = two_days(today)
    step, other = step_on(scene, was), step_on(scene, to, "Call")
    page = shows(marta, was)
    page.locator(f"#day-{was} .day-date").focus()
    press, here = (
        page.keyboard.press,
        lambda: page.evaluate("document.activeElement.closest('[data-entry], [data-day]')?.id"),
    )
    press("ArrowDown")
    assert here() == f"step-{step.id}"
    press("ArrowRight")
    press("ArrowRight")
    assert here() == f"step-{other.id}"
    press("ArrowLeft")
    press("ArrowLeft")
    assert here() == f"step-{step.id}"
    press("m")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("New day")).to_be_focused()
    dialog.get_by_label("New day").fill(to.isoformat())
    press("Enter")
    expect(page.locator(f"#day-{to} #step-{step.id}")).to_be_visible()
    expect(page.locator("#toasts[role=status]")).to_contain_text("is moved to")
    expect(dialog).to_be_hidden()
    expect(page.locator(f"#step-{step.id} .slot-open")).to_be_focused()
    press("Enter")
    page.wait_for_url(f"**/deals/{step.deal_id}")
    assert marta.trouble == []


def test_on_a_phone_the_days_are_a_list_and_a_button_moves(visitor, scene, today):
    was, to = two_days(today)
    step = step_on(scene, was)
    phone = visitor("agent", phone=True)
    page = shows(phone, was)
    move = page.locator(f"#step-{step.id} .slot-move")
    assert move.bounding_box()["height"] >= 44
    expect(page.locator(f"#day-{to}")).to_be_hidden()
    assert phone.faults() == []
    move.tap()
    page.get_by_role("dialog").get_by_label("New day").fill(to.isoformat())
    page.get_by_role("dialog").get_by_role("button", name="Move").tap()
    expect(page.locator(f"#day-{to} #step-{step.id}")).to_be_visible()
    assert local_day(step, scene).date() == to


@pytest.mark.parametrize("span", ["month", "week", "day"])
def test_a_full_calendar_has_no_faults(marta, scene, today, span):
    was, _ = two_days(today)
    for number in range(14):
        step_on(scene, was, f"Call {number}", minute=number)
    page = shows(marta, was, span)
    if span != "day":
        page.get_by_role("link", name="more on").click()
        expect(page.locator(".slot")).to_have_count(14)
        page.go_back()
    assert marta.faults() == []
