"""Deals as a list: sorted by any column, a page at a time, and each in its place."""

from datetime import timedelta
from itertools import pairwise

import pytest

from carmanana.boards import paging
from carmanana.boards.deal_filter import Filter
from carmanana.boards.list_order import MARKS, WHICH, Order
from carmanana.boards.paging import Place, Walk
from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.deal_codes import LOSING, LOST, ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline


def walk(user, order: Order | None = None, chosen: Filter | None = None, pipeline=2) -> Walk:
    return Walk(Pipeline.get_by_id(pipeline), user, chosen or Filter(), (order or Order()).way)


def ids(*args, **kwargs) -> list[int]:
    return walk(*args, **kwargs).ids(30)


@pytest.fixture
def three(cast) -> list[Deal]:
    """Marta's, nobody's and Thabo's; each column puts them into another order."""
    facts = [
        {"owner": cast.agent, "value_cents": 300, "vehicle_make": "Toyota", "vehicle_model": "RAV4"},
        {"value_cents": None, "vehicle_make": "audi", "vehicle_model": "Q5"},
        {"owner": cast.agent2, "stage": 3, "value_cents": 1_000, "vehicle_make": "Kia", "vehicle_year": 2024},
    ]
    deals = [cast.deal(**fact) for fact in facts]
    for deal, name, days in zip(deals, ("Zoë", "émile", "Ana"), (5, None, 1), strict=True):
        deal.customer.name = name
        deal.customer.save()
        if days:
            add_step(deal, cast.manager, "Call", clock.now() + timedelta(days=days))
    Deal.update(in_stage_since=clock.now() - timedelta(days=9)).where(Deal.id == deals[1].id).execute()
    return deals


@pytest.mark.parametrize(
    ("by", "numbers"),
    [
        ("client", [2, 1, 0]),
        ("vehicle", [1, 2, 0]),
        ("stage", [0, 1, 2]),
        ("value", [1, 0, 2]),
        ("owner", [1, 0, 2]),
        ("due", [2, 0, 1]),
        ("age", [2, 0, 1]),
    ],
)
def test_each_column_sorts_both_ways_round(cast, three, by, numbers):
    expected = [three[number].id for number in numbers]
    assert ids(cast.manager, Order(by=by)) == expected
    assert ids(cast.manager, Order(by=by, descending=True)) == expected[::-1]


def test_a_list_holds_the_open_deals_or_those_of_a_state(cast):
    deals = {state: cast.in_state(state) for state in ("active", ON_HOLD, LOSING, WON, LOST, "cancelled_by_client")}
    for which, (_, states) in WHICH.items():
        assert set(ids(cast.manager, Order(which))) == {deals[state].id for state in states}, which
    assert ids(cast.manager, Order("all", "stage"))[:3] == [deals["active"].id, deals[ON_HOLD].id, deals[LOSING].id]


def test_a_list_shows_what_one_may_see_and_asks_for(cast, three):
    mine, nobodys, others = (deal.id for deal in three)
    assert set(ids(cast.agent)) == {mine, nobodys}
    assert ids(cast.retention) == []
    assert ids(cast.manager, Order(by="owner"), Filter(text="kia", owner=cast.agent2.id)) == [others]
    assert ids(cast.manager, Order(by="client"), Filter(text="rav4")) == [mine]
    assert ids(cast.manager, pipeline=1) == []
    seen = {deal.id for deal in walk(cast.agent).deals()}
    assert three[0].id in seen and three[2].id not in seen


@pytest.mark.parametrize("by", MARKS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_each_other_without_a_gap_whatever_is_alike(cast, by, descending):
    deals = [cast.deal(cast.agent, ORGANIC, value_cents=1_000 * (number % 3)) for number in range(8)]
    cast.in_state(ON_HOLD)
    listed, order = ids(cast.manager, Order(by=by, descending=descending)), Order(by=by, descending=descending)
    assert len(listed) == len(set(listed)) == len(deals) + 1
    seen, last = [], None
    while page := walk(cast.manager, order).ids(2, last):
        seen += page
        last = Deal.get_by_id(page[-1])
    assert seen == listed


def test_a_deal_has_its_place_and_its_neighbours(cast, three):
    order = Order(by="value")
    places = [walk(cast.manager, order).place_of(three[number]) for number in (1, 0, 2)]
    first, second, third = (three[number].id for number in (1, 0, 2))
    assert places == [Place(1, 3, None, second), Place(2, 3, first, third), Place(3, 3, second, None)]
    assert walk(cast.agent, order).place_of(three[0]) == Place(2, 2, first, None)
    assert walk(cast.agent, order).place_of(three[2]) is None


def test_what_a_filter_found_is_in_the_same_order_as_all(cast):
    for number in range(6):
        cast.called(cast.deal(cast.agent, value_cents=(5, None, 3)[number % 3], vehicle_make="Kia"))
    for state in (ON_HOLD, WON, LOST):
        cast.in_state(state)
    Deal.update(vehicle_make="Kia").execute()
    for which in WHICH:
        for by in MARKS:
            for descending in (False, True):
                order = Order(which, by, descending)
                expected = ids(cast.manager, order)
                assert ids(cast.manager, order, Filter(text="kia")) == expected, order
                for last, rest in ((expected[1:2], expected[2:]), (expected[-1:], [])):
                    after = Deal.get_by_id(last[0]) if last else None
                    assert not after or walk(cast.manager, order, Filter(text="kia")).ids(30, after) == rest, order


@pytest.mark.parametrize("sort", ["nonsense", "-", "--value", "", "value;DROP TABLE deal", "state", "\x00"])
def test_a_sort_that_is_none_is_left_out(sort):
    assert Order.read({"sort": sort, "which": sort}) == Order()


def test_an_order_is_the_same_when_its_query_is_read_again():
    for which in WHICH:
        for by in MARKS:
            for descending in (False, True):
                order = Order(which, by, descending)
                assert Order.read(order.query) == order
    assert Order().query == {} and Order.read({"columns": "x,value"}).query == {"columns": "value"}


@pytest.mark.parametrize("by", ["client", "vehicle", "value", "due", "age"])
def test_the_long_columns_are_walked_along_an_index(cast, by):
    for descending in (False, True):
        text, given = walk(cast.manager, Order(by=by, descending=descending))._one("active", descending, 50, None).sql()
        plan = [row[-1] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {text}", given).fetchall()]
        assert any(f"deal_by_{by}" in step for step in plan) and not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize("by", ["stage", "owner"])
def test_an_order_of_groups_is_the_same_where_they_are_too_many_to_be_walked(cast, three, monkeypatch, by):
    orders = [Order(which, by, descending) for which in WHICH for descending in (False, True)]
    in_groups = [ids(cast.manager, order) for order in orders]
    monkeypatch.setattr(paging, "MOST_PARTS", 0)
    assert [ids(cast.manager, order) for order in orders] == in_groups and any(in_groups)


def test_neighbours_are_next_to_each_other_in_every_order(cast):
    for number in range(5):
        cast.deal(cast.agent, value_cents=number % 2)
    for by in MARKS:
        listed = ids(cast.manager, Order(by=by))
        for before, after in pairwise(listed):
            assert walk(cast.manager, Order(by=by)).place_of(Deal.get_by_id(before)).next == after
            assert walk(cast.manager, Order(by=by)).place_of(Deal.get_by_id(after)).previous == before
