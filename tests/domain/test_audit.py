"""The audit trail: append-only, chained, and without anybody's name or words (quality 8)."""

import json
from datetime import timedelta

import peewee
import pytest

from carmanana.contacting.log import add_step, finish_step, log, move_step
from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import database, transaction
from carmanana.customers import contact
from carmanana.deals.corrections import correct
from carmanana.deals.deal_facts import assess, start_again, take
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim, clear_flag, flag, reassign
from carmanana.deals.payments import record_payment
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.staffing import joining

from ..cast import NOON

DAY = timedelta(days=1)
WORDS = "Zebra"
SQL = database.execute_sql


def a_deals_life(cast) -> Deal:
    """Every verb that people have on a deal and its customer, each with words, names and numbers of its own."""
    agent, manager = cast.agent, cast.manager
    client = contact.enter(agent, "Zebra Customer", ["+1 305 555 0142"], ["zebra@zebra.example"])
    deal = take(client, cast.stage(), agent, None, details=WORDS, source=WORDS, vehicle_make=WORDS, vehicle_model=WORDS)
    claim(deal, agent)
    flag(deal, WORDS, agent)
    clear_flag(deal, WORDS, manager)
    log(
        deal,
        agent,
        "call",
        WORDS,
        "out",
        outcome="connected_follow_up",
        objections=WORDS,
        subject=WORDS,
        next_step=WORDS,
        due_at=NOON + DAY,
    )
    step = add_step(deal, agent, WORDS, NOON + DAY)
    finish_step(move_step(step, agent, WORDS, NOON + 2 * DAY), agent)
    assess(
        deal,
        agent,
        [{"brand": WORDS, "model": WORDS, "special": WORDS}],
        None,
        timeline=WORDS,
        location=WORDS,
        mission=WORDS,
    )
    correct(deal, agent, Deal.get_by_id(deal.id).version, details=WORDS * 2, no_deposit_reason=WORDS)
    order.fire(deal, "mark_organic", agent, reason=WORDS)
    order.fire(deal, "hold", agent, **cast.hold_given(reason=WORDS))
    order.fire(deal, "resume", agent, next_step=WORDS, due_at=NOON + DAY, stage=cast.stage(2))
    order.fire(deal, "lose", agent, loss_reason="vehicle", reason=WORDS)
    start_again(deal, agent)
    order.fire(deal, "reopen", manager, stage=cast.stage(), reason=WORDS, next_step=WORDS, due_at=NOON + DAY)
    record_payment(deal, agent, "received", 100, NOON.date(), True, WORDS)
    reassign(deal, cast.agent2, WORDS, manager)
    order.fire(deal, "win", cast.agent2, value_cents=1, agreement_on=NOON.date())
    joining.join(cast.admin, "zebra@carmanana.example", "Zebra Colleague", {"agent"}, manager, "UTC", "+1 305 555 0142")
    fresh = Customer.get_by_id(client.id)
    contact.correct(fresh, manager, fresh.version, ["+1 305 555 0142"], [], name="Zebra Again")
    return Deal.get_by_id(deal.id)


def test_events_hold_ids_and_codes_and_nobodys_words(cast):
    a_deals_life(cast)
    told = [json.loads(data) for (data,) in SQL("SELECT data FROM event").fetchall()]
    assert len(told) > 20
    everything = json.dumps(
        SQL("SELECT actor_id, subject, subject_id, verb, was, became, data FROM event").fetchall()
    ).lower()
    for secret in ("zebra", "305", "0142", "@", "maría", "marta", "sandoval", "thabo", "january"):
        assert secret not in everything


def test_every_change_of_state_is_one_event_with_both_ends(cast):
    deal = a_deals_life(cast)
    changes = [(event.was, event.became) for event in audit.history(deal) if event.was != event.became]
    states = [None, "active", "on_hold", "active", "lost", "active", "won"]
    assert changes == list(zip(states, states[1:], strict=False))
    assert deal.state == states[-1]


def test_the_chain_of_a_deals_life_is_whole(cast):
    assert audit.broken_event() is None
    a_deals_life(cast)
    assert audit.broken_event() is None
    assert len({event.hash for event in Event.select()}) == Event.select().count()
    first = Event.select().order_by(Event.id).first()
    assert first.hash == first.digest("0" * 64)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET verb = 'win'",
        "UPDATE event SET verb = verb || ' '",
        "UPDATE event SET was = 'won'",
        "UPDATE event SET data = '{}'",
        "UPDATE event SET actor_id = 999",
        "UPDATE event SET actor_id = NULL",
        "UPDATE event SET at = '2026-01-01 00:00:00.000000'",
        "UPDATE event SET subject_id = subject_id + 1",
        "DELETE FROM event",
        "DELETE FROM event WHERE 1",
        "INSERT OR REPLACE INTO event SELECT id, at, 999, subject, subject_id, verb, was, became, data, hash"
        " FROM event",
        "REPLACE INTO event SELECT * FROM event",
    ],
)
def test_the_trail_is_never_changed_not_even_by_plain_sql(cast, change):
    cast.in_state("won")
    before = SQL("SELECT * FROM event").fetchall()
    with pytest.raises(peewee.IntegrityError, match="append-only"):
        SQL(change)
    assert SQL("SELECT * FROM event").fetchall() == before


@pytest.mark.parametrize("column", [name for name in Event._meta.columns if name not in ("id", "hash")])
def test_whoever_breaks_in_is_found_at_the_first_row_they_touched(cast, column):
    cast.in_state("won")
    cast.in_state("on_hold")
    broken_in()
    SQL(
        f"UPDATE event SET {column} = (SELECT {column} FROM event e WHERE e.{column} IS NOT event.{column} LIMIT 1) "
        f"WHERE id IN (4, 6)"
    )
    assert audit.broken_event().id == 4


def test_a_forged_hash_is_found_one_row_on(cast):
    """Rewriting a row with a hash that fits it breaks the row after it."""
    cast.in_state("won")
    broken_in()
    forged = Event.get_by_id(2)
    forged.actor_id = 999
    fits = forged.digest(Event.get_by_id(1).hash)
    SQL("UPDATE event SET actor_id = 999, hash = ? WHERE id = 2", (fits,))
    assert audit.broken_event().id == 3


@pytest.mark.parametrize(("gone", "found"), [(1, 2), (3, 4)])
def test_a_row_taken_out_is_missed_by_the_one_after(cast, gone, found):
    cast.in_state("won")
    cast.in_state("won")
    broken_in()
    SQL("DELETE FROM event WHERE id = ?", (gone,))
    assert audit.broken_event().id == found


def broken_in():
    for (name,) in SQL("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'").fetchall():
        SQL(f"DROP TRIGGER {name}")


def test_many_events_are_chained_in_their_order(cast):
    deals = [cast.deal(cast.agent) for _ in range(3)]
    with transaction():
        audit.record_rows(
            audit.row_of("imported", deal, cast.admin, None, "active", row=number) for number, deal in enumerate(deals)
        )
    told = list(Event.select().where(Event.verb == "imported").order_by(Event.id))
    assert [event.data["row"] for event in told] == [0, 1, 2]
    assert audit.broken_event() is None


def test_a_history_in_bulk_is_hashed_as_its_events_are_one_by_one(cast):
    told = {"ids": [1, 2], "none": None, "words": 'a "quote", ü\n'}
    with transaction():
        audit.record_rows(
            [
                (Event.at.db_value(NOON), actor, "deal", 7, 'a "verb"', was, "é", told)
                for actor, was in ((None, None), (1, "won"))
            ]
        )
    assert [event.data for event in Event.select().where(Event.subject_id == 7, Event.became == "é")] == [told, told]
    assert audit.broken_event() is None


def test_an_event_is_gone_with_the_change_it_tells_of(cast):
    deal = cast.deal(cast.agent)
    count = Event.select().count()
    with pytest.raises(ZeroDivisionError), transaction():
        order.fire(deal, "move", cast.agent, stage=cast.stage())
        assert Event.select().count() == count + 1
        raise ZeroDivisionError
    assert Event.select().count() == count
    assert audit.broken_event() is None


def test_an_event_bears_the_time_of_the_clock(cast):
    with clock.set_to(NOON + DAY):
        cast.client()
    assert Event.get(Event.verb == "enter").at == NOON + DAY


def test_the_command_names_the_first_broken_row(app, cast):
    cast.in_state("won")
    verify = app.test_cli_runner().invoke
    whole = verify(args=["audit", "verify"])
    assert (whole.exit_code, "unbroken" in whole.output) == (0, True)
    broken_in()
    SQL("UPDATE event SET actor_id = 999 WHERE id = 3")
    found = verify(args=["audit", "verify"])
    assert found.exit_code != 0 and "Event 3" in found.output
