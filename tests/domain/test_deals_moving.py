"""Moving a card through its pipeline, to another one, and to a place in its column (domain 3)."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale, database
from carmanana.deals.deal_facts import assess
from carmanana.deals.lifecycle import order
from carmanana.deals.payments import record_payment
from carmanana.records.compliance import Consequence
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import GAP
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage

from ..cast import NOON, everything, refused
from ..soaking import examples

DAY = timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture
def deal(cast):
    return cast.put_in(cast.deal(cast.agent), 2)


def move(cast, deal, stage, after=None):
    return order.fire(deal, "move", cast.agent, stage=stage, after=after)


def test_a_moved_card_counts_its_days_in_the_new_stage(cast, deal):
    with clock.set_to(NOON + DAY):
        moved = move(cast, deal, cast.stage(1))
    assert (moved.stage, moved.in_stage_since, moved.state_since) == (cast.stage(1), NOON + DAY, NOON)
    event = Event.get(Event.verb == "move")
    assert event.data == {"from_stage": cast.stage(2).id, "to_stage": cast.stage(1).id}


def test_a_card_that_stays_in_its_column_keeps_its_days(cast, deal):
    with clock.set_to(NOON + DAY):
        assert move(cast, deal, cast.stage(2)).in_stage_since == NOON


def test_a_card_that_stays_in_its_column_is_written_to_no_other_index(cast, deal):
    """What is written is put in its place anew in every index that holds it, though it be the same."""
    told = []
    cast.put_in(cast.deal(cast.agent), 2)
    database.connection().set_trace_callback(told.append)
    try:
        move(cast, deal, cast.stage(2))
    finally:
        database.connection().set_trace_callback(None)
    (written, *_) = [sql for sql in told if sql.startswith('UPDATE "deal"')]
    assert re.findall(r'"(\w+)" = ', written.partition(" WHERE ")[0]) == ["version", "position"]


def test_where_the_gaps_are_closed_a_card_goes_where_it_was_dropped(cast):
    """Its number may come out as the one that it had before all got new ones."""
    cards = [cast.put_in(cast.deal(cast.agent), 2) for _ in range(3)]
    for card, number in zip(cards, (GAP + GAP // 2 - 2, GAP + GAP // 2 - 1, GAP + GAP // 2), strict=True):
        Deal.update(position=number).where(Deal.id == card.id).execute()
    move(cast, cards[2], cast.stage(2), after=cards[0])
    assert [card.id for card in Deal.select().order_by(Deal.position)] == [cards[0].id, cards[2].id, cards[1].id]


@pytest.mark.parametrize(
    ("starts", "ends", "open_again"),
    [(0, None, False), (0, 0, False), (-9, 30, False), (1, None, True), (-9, -1, True)],
)
def test_a_person_enters_no_stage_that_they_lost(cast, deal, starts, ends, open_again):
    Consequence.create(
        kind="access",
        user=cast.agent,
        stage=cast.stage(1),
        starts_on=TODAY + starts * DAY,
        ends_on=ends if ends is None else TODAY + ends * DAY,
        reason="Coaching",
        created_by=cast.manager,
    )
    if open_again:
        assert move(cast, deal, cast.stage(1)).stage == cast.stage(1)
    else:
        with refused("restricted", remedies=("deals.flag",)):
            move(cast, deal, cast.stage(1))
    assert order.fire(deal, "move", cast.manager, stage=cast.stage(1)).stage == cast.stage(1)


def test_a_restriction_does_not_freeze_the_order_of_the_column(cast, deal):
    below = cast.put_in(cast.deal(cast.agent), 2)
    Consequence.create(
        kind="access", user=cast.agent, stage=cast.stage(2), starts_on=TODAY, reason="Coaching", created_by=cast.manager
    )
    assert move(cast, below, cast.stage(2), after=deal).position > deal.position


def has_an_owner(cast, deal):
    return cast.given_to(deal, cast.agent)


def was_contacted(cast, deal):
    cast.called(deal)


def was_reached_by_the_client(cast, deal):
    cast.called(deal, kind="email", direction="in", outcome=None, next_step=None, due_at=None)


def needs_are_known(cast, deal):
    cast.assessed(deal)


def has_a_value(cast, deal):
    Deal.update(value_cents=0).where(Deal.id == deal.id).execute()


def has_a_vehicle(cast, deal):
    Deal.update(vehicle_model="RAV4").where(Deal.id == deal.id).execute()


def is_agreed(cast, deal):
    Deal.update(agreement_on=TODAY).where(Deal.id == deal.id).execute()


def paid_a_deposit(cast, deal):
    record_payment(deal, cast.manager, "received", 100, TODAY, True, "")


def has_a_next_step(cast, deal):
    add_step(deal, cast.manager, "Send 3 options", NOON + DAY)


ENTRY = [
    ("owner", has_an_owner, "deals.claim"),
    ("contact", was_contacted, "activities.new"),
    ("contact", was_reached_by_the_client, "activities.new"),
    ("needs", needs_are_known, "deals.needs"),
    ("value", has_a_value, "deals.edit"),
    ("vehicle", has_a_vehicle, "deals.edit"),
    ("agreement", is_agreed, "deals.edit"),
    ("deposit", paid_a_deposit, "deals.edit"),
    ("next_step", has_a_next_step, "activities.new_step"),
]


@pytest.mark.parametrize(("requirement", "mend", "remedy"), ENTRY)
@pytest.mark.parametrize("trigger", ["move", "transfer"])
def test_a_stage_asks_what_the_admin_set(cast, requirement, mend, remedy, trigger):
    stage = cast.stage(5, pipeline=2 if trigger == "move" else 1)
    Stage.update(requires={requirement}).where(Stage.id == stage.id).execute()
    deal, stage = cast.deal(None), Stage.get_by_id(stage.id)
    with refused("entry", remedies=(remedy,)):
        order.fire(deal, trigger, cast.manager, stage=stage)
    mend(cast, deal)
    assert order.fire(deal, trigger, cast.manager, stage=stage).stage == stage


@pytest.mark.parametrize(("timeline", "options"), [("", [{"brand": "Kia"}]), ("by Christmas", [])])
def test_needs_are_known_by_a_vehicle_and_a_timeline(cast, deal, timeline, options):
    assess(deal, cast.agent, options, None, timeline=timeline)
    with refused("entry", remedies=("deals.needs",)):
        move(cast, deal, cast.stage(3))


def test_a_payment_that_is_no_deposit_opens_no_stage(cast, deal):
    Stage.update(requires={"deposit"}).where(Stage.id == cast.stage(1).id).execute()
    record_payment(deal, cast.agent, "received", 100, TODAY, False, "")
    with refused("entry"):
        move(cast, deal, cast.stage(1))


def test_one_sentence_names_all_that_is_missing(cast, deal):
    Customer.update(name="Ana").where(Customer.id == deal.customer_id).execute()
    with refused("entry", remedies=("deals.edit",)) as caught:
        move(cast, deal, cast.stage(6))
    assert caught.value.refusals[0].sentence == "Agreement & Deposit needs an agreement date and a value."


def test_a_card_moves_to_open_stages_of_its_own_board_only(cast, deal):
    archived = cast.stage(1)
    Stage.update(archived=True).where(Stage.id == archived.id).execute()
    for stage in (None, Stage.get_by_id(archived.id), cast.stage(1, pipeline=1)):
        with refused("stage", field="stage"):
            move(cast, deal, stage)


def test_a_transfer_takes_the_order_type_of_its_new_pipeline(cast, deal):
    with refused("stage", field="stage"):
        order.fire(deal, "transfer", cast.agent, stage=cast.stage(1))
    Stage.update(archived=True).where(Stage.id == cast.stage(1, pipeline=1).id).execute()
    with refused("stage", field="stage"):
        order.fire(deal, "transfer", cast.agent, stage=cast.stage(1, pipeline=1))
    moved = order.fire(deal, "transfer", cast.agent, stage=cast.stage(1, pipeline=3))
    assert (moved.pipeline.slug, moved.order_type, moved.stage) == (
        "special-sourcing",
        "special_sourcing",
        cast.stage(1, pipeline=3),
    )
    assert Event.get(Event.verb == "transfer").data["from_pipeline"] == 2


def test_a_move_from_an_old_page_is_stale(cast, deal):
    moved = move(cast, deal, cast.stage(1))
    before = everything()
    with pytest.raises(Stale) as caught:
        order.fire(deal, "move", cast.agent, deal.version, stage=cast.stage(2))
    assert (caught.value.record, caught.value.record.version) == (moved, moved.version)
    assert everything() == before


# places


def column(stage):
    return [
        deal.id
        for deal in Deal.select().where(Deal.state == "active", Deal.stage == stage).order_by(Deal.position, Deal.id)
    ]


def test_a_card_stands_on_top_or_below_the_one_named(cast):
    first, second, third = (cast.deal(cast.agent) for _ in range(3))  # each new order comes on top
    stage = cast.stage(1)
    assert column(stage) == [third.id, second.id, first.id]
    move(cast, third, stage, after=second)
    assert column(stage) == [second.id, third.id, first.id]
    move(cast, second, stage, after=first)
    assert column(stage) == [third.id, first.id, second.id]
    move(cast, first, stage)
    assert column(stage) == [first.id, third.id, second.id]


def test_below_a_card_that_has_left_is_on_top(cast):
    staying, moved = cast.deal(cast.agent), cast.deal(cast.agent)
    gone = cast.in_state("lost")
    move(cast, staying, cast.stage(1))
    move(cast, moved, cast.stage(1), after=gone)
    assert column(cast.stage(1)) == [moved.id, staying.id]


def test_a_column_is_numbered_anew_when_a_gap_closes(cast):
    low, high, *others = (cast.deal(cast.agent) for _ in range(14))
    stage, expected = cast.stage(1), [deal.id for deal in reversed((low, high, *others))]
    for deal in others:
        move(cast, deal, stage, after=high)
        expected.remove(deal.id)
        expected.insert(expected.index(high.id) + 1, deal.id)
        assert column(stage) == expected
    positions = [deal.position for deal in Deal.select()]
    assert len(set(positions)) == len(positions)
    assert {Deal.get_by_id(deal.id).version for deal in (low, high)} == {1}, "numbering anew made untouched cards stale"


@pytest.fixture
def garage(cast):
    """Six cards and two stages that ask nothing, for all examples."""
    Stage.update(requires=set()).execute()
    return cast.agent, [cast.stage(1), cast.stage(2)], [cast.deal(cast.agent) for _ in range(6)]


moves = st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.none() | st.integers(0, 5)), min_size=5, max_size=40)


@settings(max_examples=examples(30, 1000))
@given(moves=moves, gap=st.sampled_from([1, 2, 3, 1024]))
def test_cards_stand_in_the_order_in_which_people_put_them(garage, moves, gap):
    """A small gap between the cards makes the column number itself anew at once."""
    agent, stages, deals = garage
    with database.atomic() as attempt:
        for number, deal in enumerate(reversed(deals)):
            Deal.update(position=number * gap).where(Deal.id == deal.id).execute()
        columns = [[deal.id for deal in reversed(deals)], []]
        for card, other_stage, place in moves:
            deal, after = deals[card], None if place in (None, card) else deals[place]
            order.fire(deal, "move", agent, stage=stages[other_stage], after=after)
            put(columns, deal.id, columns[other_stage], after and after.id)
        found = [column(stage) for stage in stages]
        attempt.rollback()
    assert found == columns


def put(columns, card, into, after):
    """What a person means by it, in plain lists."""
    for cards in columns:
        if card in cards:
            cards.remove(card)
    into.insert(into.index(after) + 1 if after in into else 0, card)
