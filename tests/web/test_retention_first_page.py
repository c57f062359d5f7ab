"""What retention sees first, and the days that are proposed."""

import re
from datetime import datetime, timedelta

import pytest

from carmanana.contacting.business_hours import add_holiday, open_hours
from carmanana.core import clock
from carmanana.records.activities import Activity

from ..cast import NOON
from ..saving import planned

FRIDAY = NOON + timedelta(days=2)


def test_everybody_begins_with_today(visit, cast):
    for who in cast.ROLES:
        browser = visit(who)
        assert browser.get("/").location == "/today"
        assert browser.get("/today").status_code == 200


def test_a_call_that_nobody_answered_is_logged_from_the_head_of_the_case(visit, cast):
    plan = planned(cast)
    page = visit("retention").get(f"/retention/{plan.request_id}").text
    head = page[page.index('class="deal-reach"') : page.index('class="desk-offers"')]
    assert f'href="/deals/{plan.request.deal_id}/activities/new"' in head and "Log no answer…" in head


def test_what_they_have_done_leads_on_when_the_order_is_nothing_of_theirs_any_more(visit, cast):
    plan, samira = planned(cast), visit("retention")
    task = plan.request.task_id
    cast.walked(plan.request, "declined", ("end_retention",))
    Activity.update(done_by=cast.retention, done_at=clock.now()).where(Activity.id == task).execute()
    assert samira.get(f"/deals/{plan.request.deal_id}").status_code == 404
    link = re.search(r'href="([^"]*/cancellation/review)"', samira.get("/today/done").text)[1]
    assert samira.get(link).location == f"/retention/{plan.request_id}"
    assert samira.get(f"/retention/{plan.request_id}").status_code == 200


@pytest.mark.parametrize("path", ["/deals/{deal}/activities/new", "/cancellations/{request}", "/deals/{deal}"])
def test_chips_propose_business_days_only(visit, cast, path):
    for day in (21, 23):  # the Saturday, and the Monday after the Sunday on which we are closed
        add_holiday(datetime(2026, 11, day).date(), "Inventory", cast.manager)
    with clock.set_to(FRIDAY):
        request = cast.request_in("in_review")
        page = visit("manager").get(path.format(deal=request.deal_id, request=request.id)).text
        days = [datetime.fromisoformat(value).date() for value in re.findall(r'data-value="(20[^"]+)"', page)]
    opened = open_hours()
    assert days and all(
        day.weekday() in opened and day.isoformat() not in ("2026-11-21", "2026-11-23") for day in days
    ), days
    assert "2026-11-24" in [day.isoformat() for day in days]


def test_the_first_contact_is_due_at_an_hour(visit, cast):
    with clock.set_to(NOON + timedelta(hours=5, minutes=30)):
        request = cast.request_in("requested")
        page = visit("agent").get(f"/deals/{request.deal_id}").text
    assert re.search(r"first contact <time[^>]*>due tomorrow \d\d:\d\d</time>", page)


def test_the_closing_words_stand_in_the_request_dialog(visit, cast):
    page = visit("agent").get(f"/deals/{cast.in_state('won').id}/cancellation").text
    assert (
        "Thanks for explaining everything" in page and "reach out to you directly with options and next steps" in page
    )
