"""Queries that are written once answer as peewee's own do."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from peewee import JOIN, SQL, Value, fn

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import database, transaction
from carmanana.core.query import ask_anew, ask_once, numbered, prepared
from carmanana.leads.finding import places
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import distinct, of_ids
from tests.counting import queries


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
        .order_by(Deal.id)
    )
    quick = (asked := prepared(lambda: found))()
    assert asked.read.__module__ == "carmanana.core.rows"
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
        and asked.read.__module__ == "carmanana.core.rows"
    )


def test_records_joined_under_another_name_are_read(deals):
    manager = User.alias()

    def write(ids):
        found = User.select(User, manager).join(manager, JOIN.LEFT_OUTER, on=User.manager == manager.id, attr="manager")
        return found.where(User.id.in_(ids)).order_by(User.id)

    asked, people = of_ids(write), [user.id for user in User.select()]
    assert list(map(all_of, asked(people))) == list(map(all_of, write(people)))
    assert asked.read.__module__ == "carmanana.core.rows" and asked(people[:2]) == write(people[:2])[:]


def test_a_page_asks_nothing_twice_and_sees_what_it_changes(deals):
    owned = prepared(lambda owner: Deal.select().where(Deal.owner == owner).order_by(Deal.id))
    agent, other = deals[0].owner, deals[2].owner
    ask_once()
    try:
        with queries() as told:
            assert owned(agent) == owned(agent.id) == [deals[0]] and owned(other) == [deals[2]]
            assert owned.first(agent) is owned.first(agent.id) and len(told) == 2
            Deal.update(owner=other).where(Deal.id == deals[0].id).execute()
            assert owned(agent) == [] and owned(other) == [deals[0], deals[2]]
            told.clear()
            with transaction():
                assert owned(agent) == owned(agent) == [] and len(told) == 2
            owned(agent).append(deals[1])
            assert owned(agent) == [] and len(told) == 2
    finally:
        ask_anew()
    with queries() as told:
        assert owned(agent) == owned(agent) and len(told) == 2


def test_what_columns_say_is_found_by_going_from_one_to_the_next(cast):
    for region, timezone in (
        ("US-WA", "America/Los_Angeles"),
        ("US-FL", "America/New_York"),
        ("US-FL", "America/Chicago"),
    ):
        Lead.update(region=region, timezone=timezone).where(Lead.id.in_([cast.lead().id, cast.lead().id])).execute()
    every = Lead.select(Lead.region, Lead.timezone).order_by(Lead.region, Lead.timezone).distinct().tuples()
    assert places() == list(every) and len(places()) == 3
    assert distinct("lead", ("region",), "1", "lead_region") == [("US-FL",), ("US-WA",)]


def test_what_is_no_whole_record_is_read_too(deals):
    agent = deals[0].owner
    few = prepared(
        lambda: (
            Deal.select(Deal.id, Stage.name, fn.LENGTH(Stage.name).coerce(False).alias("long"))
            .join(Stage)
            .order_by(Deal.id)
        )
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
    assert prepared(lambda: Stage.select(Stage.id, Stage.name).order_by(Stage.id).tuples())()[0] == (1, "New Orders")


def test_a_value_is_put_in_as_its_column_wants_it(deals):
    flagged = prepared(lambda at, owner: Deal.select().where(Deal.flagged_at <= at, Deal.owner == owner))
    assert flagged(clock.now(), deals[0].owner_id) == [deals[0]] == flagged(clock.now(), deals[0].owner)
    assert flagged(clock.now(), deals[2].owner_id) == [] and flagged.first(clock.now(), deals[2].owner_id) is None


def test_it_is_written_once_however_many_ask_first(cast):
    """Whoever writes it may keep what it learns of it; here each waits a little for another one that writes."""
    written, ready, another = [], Barrier(2), Barrier(2)

    @prepared
    def first(owner):
        written.append(owner)
        with suppress(BrokenBarrierError):
            another.wait(0.2)
        return Deal.select(Deal.id).where(Deal.owner == owner).tuples()

    def ask():
        database.connect(reuse_if_open=True)
        ready.wait()
        first(cast.agent.id)
        database.close()

    people = [Thread(target=ask) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(written) == 1


def test_what_is_the_same_each_time_stands_in_the_statement(deals):
    told = [Value('it\'s "?"'), Value(7), Value(True), SQL("'what?'"), Value(-3), Value("")]
    asked = prepared(
        lambda id, most: (
            Deal.select(Deal.id, *told).where(Deal.id >= id, Deal.state != "?").order_by(Deal.id).limit(most).tuples()
        )
    )
    assert asked(1, 2) == [(number, 'it\'s "?"', 7, 1, "what?", -3, "") for number in (1, 2)]
    assert asked(3, 9) == [(3, 'it\'s "?"', 7, 1, "what?", -3, "")]
    assert len(asked.given) == 2 and "'it''s \"?\"'" in asked.sql


def test_a_query_of_numbers_is_given_others_each_time(deals):
    asked = numbered(
        lambda deal, owner: Deal.select().where(Deal.id == deal, Deal.visible(User(id=owner, roles={"agent"})))
    )
    agent = deals[0].owner_id
    assert [deal.id for deal in asked(deals[0], agent)] == [deals[0].id] == [asked.first(deals[0].id, agent).id]
    assert asked(deals[0], agent + 90) == [] != asked(deals[1], agent + 90)
