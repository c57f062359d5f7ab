"""Queries that are written once answer as peewee's own do."""

import pytest
from peewee import JOIN, fn

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.query import prepared
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage


@pytest.fixture
def deals(cast):
    return [
        cast.deal(cast.agent, flagged_at=clock.now()),
        cast.deal(None),
        cast.deal(cast.agent2, agreement_on=clock.today()),
    ]


def all_of(record) -> dict:
    return {
        "is": type(record),
        **record.__data__,
        "with": {name: one and all_of(one) for name, one in record.__rel__.items()},
    }


def test_records_are_read_with_those_that_are_joined(deals):
    found = (
        Deal.select(Deal, Customer, Pipeline, User)
        .join(Customer)
        .join_from(Deal, Pipeline)
        .join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
    )
    quick = (asked := prepared(lambda: found))()
    assert asked.read.__module__ == "carmanana.core.query"
    assert [all_of(deal) for deal in quick] == [all_of(deal) for deal in found.clone()]
    assert [deal.owner and deal.owner.email for deal in quick] == [
        "agent@carmanana.example",
        None,
        "agent2@carmanana.example",
    ]
    assert all(not deal.is_dirty() and not deal.customer.is_dirty() for deal in quick)


@pytest.mark.parametrize("model", [Deal, Event, User, Stage])
def test_the_records_of_one_table_are_read(deals, model):
    asked = prepared(lambda: model.select())
    assert (
        list(map(all_of, asked())) == list(map(all_of, model.select()))
        and asked.read.__module__ == "carmanana.core.query"
    )


def test_what_is_no_whole_record_is_read_too(deals):
    agent = deals[0].owner
    few = prepared(
        lambda: Deal.select(Deal.id, Stage.name, fn.LENGTH(Stage.name).coerce(False).alias("long")).join(Stage)
    )
    assert [(deal.id, deal.stage.name, deal.long) for deal in few()] == [(deal.id, "New Orders", 10) for deal in deals]
    manager = User.alias()
    pairs = prepared(
        lambda: User.select(User, manager).join(manager, on=User.manager).where(User.email == "agent@carmanana.example")
    )
    assert [(one.name, one.manager.name) for one in pairs()] == [(agent.name, agent.manager.name)]
    assert [
        one.called for one in prepared(lambda: User.select(User.name.alias("called")).where(User.id == agent.id))()
    ] == [agent.name]
    assert prepared(lambda: Stage.select(Stage.id, Stage.name).tuples())()[0] == (1, "New Orders")


def test_a_value_is_put_in_as_its_column_wants_it(deals):
    flagged = prepared(lambda at, owner: Deal.select().where(Deal.flagged_at <= at, Deal.owner == owner))
    assert flagged(clock.now(), deals[0].owner_id) == [deals[0]] == flagged(clock.now(), deals[0].owner)
    assert flagged(clock.now(), deals[2].owner_id) == [] and flagged.first(clock.now(), deals[2].owner_id) is None
