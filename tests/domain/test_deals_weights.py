"""What a column is worth by how likely it is won; how many cards stand too long, and when there are too many."""

from datetime import timedelta

import pytest

from carmanana.boards.board import Board
from carmanana.boards.deal_filter import Filter
from carmanana.core import clock
from carmanana.deals.pipelines import crowded
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage

from ..cast import Cast


def board(cast, by, **chosen) -> Board:
    stages = list(cast.stage(1).pipeline.open_stages())
    loaded = Board(stages[0].pipeline, stages, by, Filter(**chosen))
    loaded.load_heads()
    return loaded


def test_the_stages_of_a_new_pipeline_are_ever_likelier(cast):
    assert [stage.probability for stage in cast.stage(1).pipeline.open_stages()] == [10, 20, 40, 60, 80, 90]


@pytest.mark.parametrize(
    "percent, values, likely",
    [
        (10, (5, 10), 2),
        (10, (4,), 0),
        (33, (1, 1, 1), 1),
        (0, (500,), 0),
        (100, (501,), 501),
        (50, (1,), 1),
        (20, (None, 28_400_00), 5_680_00),
    ],
)
def test_a_columns_likely_value_is_exact_to_the_cent(cast, percent, values, likely):
    Stage.update(probability=percent).where(Stage.id == cast.stage(1).id).execute()
    for value in values:
        cast.deal(cast.agent, value_cents=value)
    for chosen in ({}, {"readiness": "live"}):
        assert board(cast, cast.manager, **chosen).columns[0].likely_cents == likely


def test_the_page_counts_what_waits_by_the_stage_that_it_left(cast):
    cast.deal(cast.agent, value_cents=1000_00)
    held = cast.in_state("on_hold")
    Deal.update(value_cents=500_00).where(Deal.id == held.id).execute()
    cast.put_in(cast.deal(cast.agent2, value_cents=200_00), 5)
    assert board(cast, cast.manager).likely_cents == 100_00 + 50_00 + 160_00
    assert board(cast, cast.agent2).likely_cents == 160_00


def aged(loaded: Board) -> int:
    return sum(column.aged for column in loaded.columns)


@pytest.mark.parametrize("role", Cast.ROLES)
def test_the_filter_leaves_exactly_what_the_heads_call_too_long(cast, role):
    limit = timedelta(days=cast.stage(1).ageing_days + 1)
    for owner in (cast.agent, cast.agent2, None):
        for days in (limit - timedelta(microseconds=1), limit, limit + timedelta(days=30)):
            deal = cast.deal(owner)
            Deal.update(in_stage_since=clock.now() - days).where(Deal.id == deal.id).execute()
    Deal.update(in_stage_since=clock.now() - timedelta(days=99)).where(Deal.id == cast.in_state("won").id).execute()
    by = getattr(cast, role)
    seen = list(Deal.visible_to(by))
    chosen = Filter(aged=True)
    left = set(chosen.apply(Deal.select(), by).where(Deal.visible(by)))
    assert left == {deal for deal in seen if deal.aged}
    assert aged(board(cast, by)) == len(left) == aged(board(cast, by, aged=True))


def test_a_stage_warns_of_more_cards_than_it_is_meant_for(cast):
    for _ in range(3):
        cast.deal(cast.agent)
    stage = cast.stage(1)
    assert crowded(stage) == ""
    stage.most_deals = 3
    assert crowded(stage) == ""
    stage.most_deals = 2
    assert crowded(stage) == "3 cards stand there now; its limit is 2"
