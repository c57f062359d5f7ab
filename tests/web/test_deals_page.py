"""A deal's page: its days are counted in one way, and it asks as few queries of a long story as of a short one.
A line of its story that has been drawn is not drawn again, as long as it shows the same."""

import re
from datetime import timedelta

import pytest

from carmanana.contacting.log import add_step, log
from carmanana.core import clock
from carmanana.deals import deal_facts
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ORGANIC
from carmanana.records.deals import Deal
from carmanana.records.people import User
from tests.cast import NOON
from tests.counting import queries

DAY = timedelta(days=1)


def shown(browser, deal: Deal) -> str:
    """The words of the page, without their tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", browser.get(f"/deals/{deal.id}").text).split())


@pytest.fixture
def moved(cast):
    """Three days in its first stage, thirty on hold, two more in the stage, and on."""
    deal = cast.assessed(cast.deal(cast.agent, ORGANIC, value_cents=100))
    with clock.set_to(NOON + 3 * DAY):
        cast.called(deal)
        deal = order.fire(deal, "hold", cast.agent, **cast.hold_given(follow_up_on=clock.today() + 30 * DAY))
    with clock.set_to(NOON + 33 * DAY):
        deal = order.fire(deal, "resume", cast.agent, stage=deal.stage, next_step="Call", due_at=clock.now() + DAY)
    with clock.set_to(NOON + 35 * DAY):
        return order.fire(deal, "move", cast.agent, stage=cast.stage(2))


def test_the_timeline_counts_the_days_of_a_stage_as_the_line_above_does(cast, visit, moved):
    with clock.set_to(NOON + 36 * DAY):
        page = shown(visit("agent"), moved)
    assert "New Orders 5 d" in page and "after 5 days" in page and "after 35 days" not in page


def test_a_stage_that_is_entered_again_counts_each_of_its_stays(cast, visit, moved):
    with clock.set_to(NOON + 36 * DAY):
        back = order.fire(moved, "move", cast.agent, stage=cast.stage(1))
    with clock.set_to(NOON + 40 * DAY):
        again = order.fire(back, "move", cast.agent, stage=cast.stage(2))
        page = shown(visit("agent"), again)
    assert "New Orders 9 d" in page and re.findall(r"after \d+ days?", page) == [
        "after 4 days",
        "after 1 day",
        "after 5 days",
    ]


def test_a_step_taken_back_leaves_the_days_that_it_found(cast, visit, moved):
    with clock.set_to(NOON + 35 * DAY):
        back = order.fire(moved, "undo", cast.agent)
    with clock.set_to(NOON + 37 * DAY):
        page = shown(visit("agent"), order.fire(back, "move", cast.agent, stage=cast.stage(2)))
    assert "New Orders 7 d" in page and re.findall(r"after \d+ days", page) == ["after 7 days", "after 5 days"]


@pytest.mark.parametrize("who, most", [("agent", 29), ("manager", 29)])
def test_a_long_story_is_read_with_the_queries_of_a_short_one(cast, visit, who, most):
    deal, browser = cast.deal(cast.agent), visit(who)
    filled(cast, deal)
    browser.get(f"/deals/{deal.id}")
    with queries() as few:
        browser.get(f"/deals/{deal.id}")
    for _ in range(6):
        filled(cast, deal)
    with queries() as many:
        page = browser.get(f"/deals/{deal.id}").text
    assert page.count("entry-mark") > 20
    assert len(few) == len(many) <= most, "\n".join(many)


def test_a_line_is_told_in_the_zone_and_on_the_day_of_whoever_looks(cast, visit):
    deal = cast.deal(cast.agent)
    log(deal, cast.agent, "note", "Likes the hybrid")
    assert "today 12:00" in shown(visit("agent"), deal) and "today 12:00" in shown(visit("manager"), deal)
    User.update(timezone="Europe/Berlin").where(User.id == cast.manager.id).execute()
    assert "today 18:00" in shown(visit("manager"), deal)
    with clock.set_to(NOON + DAY):
        assert "yesterday 12:00" in shown(visit("agent"), deal)


def test_a_line_changes_with_what_it_shows(cast, visit):
    deal, browser = cast.deal(cast.agent), visit("manager")
    activity = log(deal, cast.agent, "note", "<b>Likes</b> the hybrid")
    assert "&lt;b&gt;Likes&lt;/b&gt; the hybrid" in browser.get(f"/deals/{deal.id}").text
    Activity.update(summary="Likes the coupé").where(Activity.id == activity.id).execute()
    User.update(name="Marta Luna").where(User.id == cast.agent.id).execute()
    page = shown(browser, deal)
    assert "Likes the coupé" in page and "hybrid" not in page and "Marta Luna" in page and "Sandoval" not in page


def filled(cast, deal: Deal) -> None:
    """A bit of everything that a deal's story is made of, by different people."""
    cast.called(deal)
    log(deal, cast.manager, "note", "Likes the hybrid")
    add_step(deal, cast.manager, "Send the offer", clock.now() + DAY, cast.agent2)
    fresh = Deal.get_by_id(deal.id)
    deal_facts.record_payment(fresh, cast.manager, "received", 100, clock.today(), True, "")
    deal_facts.assess(fresh, cast.agent, [{"brand": "Kia"}], None, timeline="soon")
    order.fire(fresh, "move", cast.agent, stage=cast.stage(2 if fresh.stage_id == cast.stage(1).id else 1))
