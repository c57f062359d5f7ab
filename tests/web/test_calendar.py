"""The calendar over HTTP: what it shows, what a drop answers, and what it refuses."""

import re
from datetime import timedelta

import pytest

from carmanana.contacting.log import add_step, finish_step
from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ON_HOLD
from carmanana.records.deals import Deal
from carmanana.records.people import User
from tests.cast import NOON, everything
from tests.counting import queries

BOARD = "/board/used-vehicle-orders"
CALENDAR = f"{BOARD}/calendar"
SESSION = 2


def htmx(address: str = CALENDAR) -> dict:
    return {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost{address}"}


@pytest.fixture
def step(cast) -> Activity:
    deal = cast.deal(cast.agent)
    return add_step(deal, cast.agent, "Send 3 options", NOON + timedelta(days=1))


def day_of(page: str, entry: str) -> str:
    """The day under which an entry stands."""
    return re.findall(r'data-day="([\d-]+)"', page[: page.index(f'id="{entry}"')])[-1]


def test_a_calendar_has_its_readers_clock_and_order_of_days(step, cast, visit):
    User.update(locale="en-US").where(User.id == cast.agent.id).execute()
    week = visit("agent").get(f"{CALENDAR}?span=week&on=2026-11-22").text
    assert "12:00\xa0PM</time>" in week and re.search(r"Thu,</span>\s*<span[^>]*>Nov</span>\s*19", week)


def test_a_calendar_shows_the_month_the_week_and_the_day(step, visit):
    browser = visit("agent")
    month = browser.get(CALENDAR).text
    assert (
        "November 2026" in month and month.count("data-day=") == 42 and day_of(month, f"step-{step.id}") == "2026-11-19"
    )
    assert '<time datetime="2026-11-19T17:00:00+00:00">12:00</time>' in month
    week = browser.get(f"{CALENDAR}?span=week&on=2026-11-22").text
    assert (
        "16 – 22 November 2026" in week
        and week.count("data-day=") == 7
        and "avatar" in week[week.index(f'id="step-{step.id}"') :]
    )
    assert "30 November – 6 December 2026" in browser.get(f"{CALENDAR}?span=week&on=2026-12-01").text
    day = browser.get(f"{CALENDAR}?span=day&on=2026-11-19").text
    assert "Thursday 19 November 2026" in day and day.count("data-day=") == 1


def test_the_head_keeps_the_days_and_the_calendar_keeps_the_filter(step, visit):
    page = visit("agent").get(f"{CALENDAR}?span=week&on=2026-11-23&mine=1&text=maria").text
    assert f'{CALENDAR}?mine=1&amp;text=maria&amp;readiness=live&amp;span=week&amp;on=2026-11-23"' in page
    assert f'{CALENDAR}?span=week&amp;on=2026-11-30&amp;mine=1&amp;text=maria"' in page
    assert '<input type="hidden" name="on" value="2026-11-23">' in page
    assert f'href="{BOARD}?mine=1&amp;text=maria"' in page


@pytest.mark.parametrize(
    "query",
    [
        "on=2026-02-30",
        "on=0001-01-01",
        "on=9999-12-31",
        "on=x",
        "on=%00",
        "span=year",
        "span=week&on=",
        "on=2026-11-18T10:00",
        "on=" + "9" * 400,
        "on=20261118",
    ],
)
def test_a_day_that_makes_no_sense_is_today(step, visit, query):
    answer = visit("agent").get(f"{CALENDAR}?{query}")
    assert answer.status_code == 200 and 'id="day-2026-11-18"' in answer.text


def test_a_calendar_of_no_pipeline_is_nowhere(cast, visit):
    assert visit("agent").get("/board/nowhere/calendar").status_code == 404


def test_words_of_a_client_stay_words(step, visit):
    step.customer.name = "<script>alert(1)</script>"
    step.customer.save()
    page = visit("agent").get(CALENDAR).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_what_is_late_says_so_and_who_only_looks_moves_nothing(step, visit):
    with clock.set_to(NOON + timedelta(days=2)):
        entry = visit("compliance").get(CALENDAR).text.split(f'id="step-{step.id}"')[1].split("</li>")[0]
    assert "Overdue: " in entry and "#alert" in entry and "to another day" not in entry


@pytest.mark.parametrize("span", ["month", "week", "day"])
def test_a_calendar_takes_the_same_few_queries_however_full(cast, step, visit, span):
    browser, address = visit("manager"), f"{CALENDAR}?span={span}&on=2026-11-19"
    browser.get(address)
    clear_all()
    with queries() as few:
        assert browser.get(address).status_code == 200
    for number in range(11):
        add_step(cast.deal(cast.agent), cast.agent, "Call", NOON + timedelta(days=1, minutes=number))
    clear_all()
    with queries() as many:
        page = browser.get(address).text
    with queries() as again:
        browser.get(address)
    assert len(few) == len(many) <= 8 + SESSION and len(again) <= 6 + SESSION, "\n".join(many)
    assert ("+8 more" in page) == (span == "month") and ("+2 more" in page) == (span == "week")


def test_a_day_that_is_kept_is_as_it_would_be_drawn_now_for_whoever_looks(cast, step, visit):
    held = cast.in_state(ON_HOLD)
    browsers = {who: visit(who) for who in ("agent", "agent2", "manager", "compliance")}

    def days() -> dict[str, str]:
        pages = {who: browser.get(CALENDAR).text for who, browser in browsers.items()}
        return {who: page[page.index('class="calendar-days') : page.index("</ol>")] for who, page in pages.items()}

    def rename():
        Customer.update(name="Someone Else").where(Customer.id == step.customer_id).execute()

    def give():
        Deal.update(owner=cast.agent2).where(Deal.id == step.deal_id).execute()

    wrong = []
    for change in (days, rename, give, lambda: cast.losing(held), lambda: finish_step(step, cast.manager)):
        change()
        kept = days()
        clear_all()
        if days() != kept:
            wrong.append(change)
    assert wrong == [] and "Someone Else" not in kept["manager"]
    assert cast.manager.email not in kept["manager"] and "csrf" not in kept["manager"]


# a drop


def drop(browser, step: Activity, on: str, headers: dict | None = None):
    return browser.post(f"/steps/{step.id}/day", data={"on": on, "dropped": "1"}, headers=headers or htmx())


def test_a_dropped_step_is_moved_and_the_calendar_drawn_again(step, visit):
    answer = drop(visit("agent"), step, "2026-11-25", htmx(f"{CALENDAR}?span=week&on=2026-11-23"))
    assert answer.status_code == 200 and 'hx-target="#calendar" hx-swap="innerMorph"' in answer.text
    assert "“Send 3 options” is moved to Wednesday 25 November" in answer.text
    assert answer.text.count("data-day=") == 7 and day_of(answer.text, f"step-{step.id}") == "2026-11-25"
    assert Activity.get_by_id(step.id).due_at == NOON + timedelta(days=7)


def test_a_drop_into_the_past_is_refused_with_its_remedy(step, visit):
    before, browser = everything(), visit("agent")
    answer = drop(browser, step, "2026-11-17")
    assert answer.status_code == 422 and 'hx-target="#refusal"' in answer.text
    assert "17 November has passed" in answer.text and f'href="/steps/{step.id}/edit' in answer.text
    assert "stays where it is" in answer.text
    assert {name for name, rows in everything().items() if rows != before[name]} <= {"session"}


@pytest.mark.parametrize(
    "on", ["", "x", "2026-02-30", "9999-12-31", "0001-01-01", "2026-11-18T10:00", "\x00", "9" * 500]
)
def test_a_forged_day_is_refused(step, visit, on):
    browser = visit("agent")
    for answer in (drop(browser, step, on), browser.post(f"/steps/{step.id}/day", data={"on": on})):
        assert answer.status_code == 422
    assert Activity.get_by_id(step.id).due_at == step.due_at


def test_somebody_elses_step_is_not_there(step, cast, visit):
    for who in ("agent2", "retention"):
        browser = visit(who)
        assert drop(browser, step, "2026-11-25").status_code == browser.get(f"/steps/{step.id}/day").status_code == 404
    assert visit("compliance").post(f"/steps/{step.id}/day", data={"on": "2026-11-25"}).status_code == 403


def test_a_step_that_is_done_is_not_moved(step, cast, visit):
    finish_step(step, cast.agent)
    assert visit("agent").post(f"/steps/{step.id}/day", data={"on": "2026-11-25"}).status_code == 409


def test_a_plain_form_moves_a_step(step, visit):
    browser = visit("agent")
    assert 'value="2026-11-19"' in browser.get(f"/steps/{step.id}/day").text
    refused = browser.post(f"/steps/{step.id}/day", data={"on": "2026-11-01"})
    assert refused.status_code == 422 and "1 November has passed" in refused.text
    assert browser.post(f"/steps/{step.id}/day", data={"on": "2026-11-25"}).status_code == 303
    assert Activity.get_by_id(step.id).due_at == NOON + timedelta(days=7)


def test_a_hold_on_another_day_asks_what_an_extension_asks(cast, visit):
    deal, browser = cast.in_state(ON_HOLD), visit("agent")
    dialog = browser.get(f"/deals/{deal.id}/hold?follow_up_on=2027-01-04", headers=htmx()).text
    assert "Extend the hold" in dialog and 'value="2027-01-04"' in dialog
    for day in ("2026-02-30", "x", "\x00"):
        assert browser.get(f"/deals/{deal.id}/hold", query_string={"follow_up_on": day}).status_code == 200
    assert deal.hold.follow_up_on.isoformat() == "2026-12-18"
    given = {
        "sub_status": "financing",
        "reason": "The bank asks for more",
        "follow_up_on": "2027-01-04",
        "version": deal.version,
    }
    with clock.set_to(NOON + timedelta(days=10)):
        answer = visit("agent").post(f"/deals/{deal.id}/hold", data=given, headers=htmx())
    assert answer.status_code == 422 and "No call to the customer" in answer.text
    answer = browser.post(f"/deals/{deal.id}/hold", data=given, headers=htmx(f"{CALENDAR}?on=2027-01-01"))
    assert (
        answer.status_code == 200
        and day_of(answer.text, f"hold-{deal.id}") == "2027-01-04"
        and "data-undo" in answer.text
    )
    assert Deal.get_by_id(deal.id).hold.follow_up_on.isoformat() == "2027-01-04"
