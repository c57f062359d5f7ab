"""How long a deal has stood in its stage, and in each before: what waits does not grow old, what is reopened begins
anew."""

from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.core.audit import history_of
from carmanana.deals.lifecycle import order
from carmanana.deals.stage_times import stage_times, stays_of
from carmanana.deals.undoing import undoing
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import ACTIVE, ON_HOLD, ORGANIC
from carmanana.records.deals import Deal
from tests.cast import NOON

DAY = timedelta(days=1)


class Days:
    """The same deal, day by day."""

    def __init__(self, cast, deal):
        self.cast, self.deal, self.day = cast, deal, 0

    def after(self, days: int, trigger: str, by=None, **given):
        self.day += days
        with self.now():
            if trigger == "hold":
                self.cast.called(self.deal)
                given = self.cast.hold_given(follow_up_on=clock.today() + 30 * DAY)
            elif trigger == "resume":
                given = {"next_step": "Call", "due_at": clock.now() + DAY, "stage": self.deal.stage} | given
            elif trigger == "lose":
                given = {"loss_reason": "vehicle"}
            self.deal = order.fire(self.deal, trigger, by or self.cast.manager, **given)
        return self

    def now(self):
        return clock.set_to(NOON + self.day * DAY)

    def in_stage(self, days: int = 0) -> int:
        self.day += days
        with self.now():
            return Deal.get_by_id(self.deal.id).days_in_stage

    def times(self) -> list[tuple[str, int]]:
        with self.now():
            stages = self.deal.pipeline.open_stages()
            return [
                (one.stage.name, one.days) for one in stage_times(stages, stays_of(self.deal, history_of(self.deal)))
            ]


@pytest.fixture
def days(cast):
    deal = cast.deal(cast.agent, ORGANIC, value_cents=100)
    cast.called(deal)
    return Days(cast, cast.assessed(deal))


def test_days_on_hold_are_no_days_in_the_stage(cast, days):
    days.after(1, "move", stage=cast.stage(2)).after(4, "hold").after(60, "resume")
    assert days.in_stage() == 4 and days.in_stage(2) == 6
    assert days.times() == [("New Orders", 1), ("Contacted", 6)]


def test_held_twice_it_goes_on_twice(days):
    days.after(3, "hold").after(10, "resume").after(2, "hold")
    assert days.after(20, "resume").in_stage(1) == 6


def test_resumed_in_another_stage_it_begins_anew(cast, days):
    assert days.after(3, "hold").after(10, "resume", stage=cast.stage(2)).in_stage(1) == 1


def test_undoing_a_move_gives_back_the_days(cast, days):
    days.after(5, "move", stage=cast.stage(2))
    assert days.in_stage() == 0
    assert days.after(0, undoing.trigger(days.deal)).in_stage(1) == 6
    days.after(0, "hold").after(0, "undo_hold")
    assert days.in_stage() == 6
    days.after(0, "hold").after(9, "resume").after(0, "undo_resume")
    assert days.after(1, "resume").in_stage(1) == 7


def test_what_is_reopened_begins_anew(cast, days):
    assert (
        days.after(9, "lose")
        .after(30, "reopen", stage=cast.stage(1), reason="Called again", next_step="Call", due_at=NOON + 90 * DAY)
        .in_stage(1)
        == 1
    )
    assert days.times() == [("New Orders", 10)]


@pytest.mark.parametrize("state", [ACTIVE, ON_HOLD])
def test_days_under_review_are_none_in_the_stage(cast, days, state):
    if state == ON_HOLD:
        days.after(3, "hold").day += 5
    else:
        days.day += 3
    with days.now():
        cast.losing(days.deal, cast.manager, reviewer=cast.manager2)
    days.day += 4
    with days.now():
        cast.walked(CancellationRequest.open_for(days.deal), "withdrawn")
    days.deal = Deal.get_by_id(days.deal.id)
    assert days.deal.state == state
    if state == ON_HOLD:
        days.after(2, "resume")
    assert days.in_stage(1) == 4 and days.times() == [("New Orders", 4)]


def test_an_import_that_waits_since_before_it_came_has_no_days(cast, days):
    Deal.update(state_since=NOON - 90 * DAY).where(Deal.id == days.after(0, "hold").deal.id).execute()
    assert days.after(1, "resume").in_stage(2) == 2


def test_every_stage_has_its_days_even_when_left_and_entered_again(cast, days):
    days.after(2, "move", stage=cast.stage(2)).after(11, "move", stage=cast.stage(1)).after(
        1, "move", stage=cast.stage(2)
    )
    days.in_stage(3)
    assert days.times() == [("New Orders", 3), ("Contacted", 14)]


def test_an_imported_deal_starts_in_the_stage_that_it_leaves(cast):
    deal = cast.loaded(ACTIVE, cast.agent)
    cast.called(deal)
    days = Days(cast, deal).after(6, "move", stage=cast.stage(2))
    assert days.in_stage(1) == 1 and days.times() == [("New Orders", 6), ("Contacted", 1)]
