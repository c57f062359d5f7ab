"""Being away, and losing access to a stage."""

from datetime import date, timedelta

import pytest

from carmanana.compliance.consequences import lift, restrict, restrictions
from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.deals.lifecycle import order
from carmanana.records.compliance import Consequence
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence
from carmanana.staffing.absences import away_now, be_away, be_back, coming

from ..cast import NOON, forbidden, refused

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)


def told(user) -> list[str]:
    return [notification.text for notification in Notification.of(user)]


@pytest.mark.parametrize("who", ["agent", "manager", "manager2", "admin"])
def test_one_is_away_and_the_manager_hears_what_waits(cast, who):
    cast.deal(cast.agent)
    be_away(cast.agent, getattr(cast, who), TODAY, TODAY + 2 * DAY, "Ill")
    assert cast.agent.absent
    text = "Marta Sandoval is away 18 Nov – 20 Nov: 1 open deal and 0 next steps wait"
    assert told(cast.manager) == ([] if who == "manager" else [text])


def test_nobody_else_says_so(cast):
    with forbidden():
        be_away(cast.agent, cast.agent2, TODAY, TODAY)
    absence = be_away(cast.agent, cast.agent, TODAY, TODAY)
    with forbidden():
        be_back(absence, cast.agent2)


def test_who_has_no_manager_is_told_of_to_all_others(cast):
    be_away(cast.manager, cast.manager, TODAY, TODAY)
    assert told(cast.manager2) and not told(cast.manager)


DAYS = {
    "the last before the first": (TODAY + DAY, TODAY),
    "over": (TODAY - 3 * DAY, TODAY - DAY),
    "no first day": (None, TODAY),
    "no last day": (TODAY, None),
}


@pytest.mark.parametrize("starts, ends", DAYS.values(), ids=DAYS)
def test_days_that_make_no_sense(cast, starts, ends):
    with refused("days", field="ends_on"):
        be_away(cast.agent, cast.agent, starts, ends)


def test_the_same_days_are_entered_once(cast):
    be_away(cast.agent, cast.agent, TODAY, TODAY + 2 * DAY)
    with refused("days"):
        be_away(cast.agent, cast.manager, TODAY + 2 * DAY, TODAY + 5 * DAY)


def test_who_is_back_early_was_still_away(cast):
    with clock.set_to(NOON - 2 * DAY):
        absence = be_away(cast.agent, cast.agent, TODAY - 2 * DAY, TODAY + 5 * DAY)
    be_back(absence, cast.agent)
    assert not cast.agent.absent
    assert Absence.get_by_id(absence.id).ends_on == TODAY - DAY


def test_days_still_ahead_are_taken_back(cast):
    be_back(be_away(cast.agent, cast.agent, TODAY + DAY, TODAY + 2 * DAY), cast.manager)
    assert coming(cast.agent) == []


def test_today_is_the_persons_own(cast):
    be_away(cast.agent, cast.agent, TODAY + DAY, TODAY + DAY)
    assert not away_now([cast.agent])
    with clock.set_to(NOON + timedelta(hours=10)):  # 22:00 in New York, tomorrow in London
        assert not away_now([cast.agent])
    with clock.set_to(NOON + timedelta(hours=13)):
        assert list(away_now([cast.agent, cast.agent2])) == [cast.agent.id]


def lose_access(cast, by=None, **given):
    given = {
        "stage": cast.stage(2),
        "starts_on": TODAY,
        "ends_on": None,
        "reason": "Untrue statement to a customer",
    } | given
    return restrict(cast.agent, by or cast.manager, **given)


def test_a_lost_stage_refuses_their_moves_until_it_is_given_back(cast):
    deal = cast.deal(cast.agent)
    cast.called(deal)
    barred = lose_access(cast)
    with pytest.raises(Refused, match="You have no access to Contacted"):
        order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    lift(barred, cast.admin)
    assert order.fire(deal, "move", cast.agent, stage=cast.stage(2)).stage == cast.stage(2)
    assert told(cast.agent)[:2] == [
        "You have access to Contacted again",
        "You have no access to Contacted from 18 Nov on",
    ]


def test_one_that_stood_a_while_stays_on_record(cast):
    with clock.set_to(NOON - 5 * DAY):
        barred = lose_access(cast, starts_on=TODAY - 5 * DAY)
    lift(barred, cast.manager)
    ended = Consequence.get_by_id(barred.id)
    assert (ended.state, ended.closed_by, ended.ends_on) == ("ended", cast.manager, None)
    assert restrictions(cast.agent) == []


@pytest.mark.parametrize("who", ["agent", "agent2", "cancellations", "retention"])
def test_who_takes_no_access(cast, who):
    with forbidden():
        lose_access(cast, by=getattr(cast, who))


def test_nobody_gives_access_back_to_themselves(cast):
    barred = restrict(cast.manager, cast.admin, cast.stage(2), TODAY, None, "Skipped a review")
    with forbidden():
        lift(barred, cast.manager)


WRONG = {
    "no stage": ({"stage": None}, "stage"),
    "no first day": ({"starts_on": None}, "starts_on"),
    "a first day that is over": ({"starts_on": TODAY - DAY}, "starts_on"),
    "ends before it begins": ({"starts_on": TODAY + 2 * DAY, "ends_on": TODAY + DAY}, "ends_on"),
    "no reason": ({"reason": " "}, "reason"),
}


@pytest.mark.parametrize("wrong, field", WRONG.values(), ids=WRONG)
def test_what_a_restriction_needs(cast, wrong, field):
    with refused("restriction", field=field):
        lose_access(cast, **wrong)


def test_a_stage_is_lost_once_at_a_time(cast):
    lose_access(cast, ends_on=TODAY + 3 * DAY)
    with refused("restriction", field="stage"):
        lose_access(cast, starts_on=TODAY + DAY)
    lose_access(cast, starts_on=TODAY + 4 * DAY)
    lose_access(cast, stage=cast.stage(3))
    assert len(restrictions(cast.agent)) == 3
