"""Many people at once, in threads and in processes, on one file: one winner, nothing lost (quality 2, 3, 7)."""

import multiprocessing
import os
import random
import signal
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from carmanana.contacting.log import log
from carmanana.core import audit, clock, connection
from carmanana.core.audit import Event
from carmanana.core.db import Stale, database, open_database
from carmanana.core.idempotency import OneTimeKey, once
from carmanana.core.workflow import Refused
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim
from carmanana.deals.payments import record_payment
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.schema.migrate import MIGRATIONS, migrate

from ..cast import NOON
from ..conftest import settings_in

DAY = timedelta(days=1)
processes = multiprocessing.get_context("forkserver")  # clean ones, with what they need imported once
processes.set_forkserver_preload([__name__])
PATIENCE = 60  # seconds for the lock, as a busy machine lets some wait for long; that none waits for ever is asked here


def at_once(*jobs):
    """Run all jobs in threads that start together; what each returned or raised, in their order."""
    start, found = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        database.connect()
        start.wait()
        try:
            with clock.set_to(NOON):  # a thread has no clock of ours
                found[number] = job()
        except Exception as error:
            found[number] = error
        finally:
            database.close()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connection, "SECONDS", PATIENCE)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return found


def kinds(found):
    return sorted(type(one).__name__ for one in found)


# threads


def test_of_fifty_who_claim_a_deal_one_wins(cast):
    deal = cast.deal(None)
    people = [
        User.create(email=f"a{number}@carmanana.example", name=f"Agent {number}", roles={"agent"})
        for number in range(50)
    ]
    found = at_once(*(lambda person=person: claim(deal, person) for person in people))
    (winner,) = [one for one in found if isinstance(one, Deal)]
    losers = [one for one in found if isinstance(one, Refused)]
    assert len(losers) == 49 and {refusal.code for lost in losers for refusal in lost.refusals} == {"taken"}
    fresh = Deal.get_by_id(deal.id)
    assert (fresh.owner, fresh.version) == (winner.owner, deal.version + 1)
    (task,) = Activity.select().where(Activity.subject == "First contact")
    (event,) = Event.select().where(Event.verb == "claim")
    assert task.assignee == winner.owner and event.actor_id == winner.owner_id


def test_of_two_who_move_the_same_card_one_hears_that_it_moved(cast):
    deal = cast.put_in(cast.deal(cast.agent), 2)
    stage, by = cast.stage(1), cast.agent
    found = at_once(*[lambda: order.fire(deal, "move", by, deal.version, stage=stage)] * 8)
    assert kinds(found) == ["Deal"] + ["Stale"] * 7
    assert Event.select().where(Event.verb == "move").count() == 1


def test_a_deal_is_not_won_and_lost_at_once(cast):
    deal, by, today = cast.assessed(cast.deal(cast.agent, value_cents=1)), cast.agent, clock.today()
    found = at_once(
        lambda: order.fire(deal, "win", by, agreement_on=today, no_deposit_reason="Old customer"),
        lambda: order.fire(deal, "lose", by, loss_reason="vehicle"),
    )
    assert kinds(found) == ["Deal", "Refused"]


def test_the_same_money_is_not_given_back_twice(cast):
    deal, manager, today = cast.deal(cast.agent), cast.manager, clock.today()
    record_payment(deal, manager, "received", 100, today, True, "")
    found = at_once(*[lambda: record_payment(deal, manager, "refunded", 60, today, False, "")] * 4)
    given_back = [one for one in found if not isinstance(one, (Refused, Stale))]
    assert len(given_back) == 1, found


def test_one_form_sent_eight_times_makes_one_note(cast):
    deal, by = cast.deal(cast.agent), cast.agent
    found = at_once(*[lambda: once("one-time-key", by, lambda: log(deal, by, "note", "Prefers mornings"))] * 8)
    assert {note.id for note in found} == {Activity.get(Activity.kind == "note").id}
    assert OneTimeKey.select().count() == 1


def test_cards_dropped_into_one_gap_at_once_all_have_a_place(cast):
    high, low, *others = (cast.deal(cast.agent) for _ in range(10))
    stage, by = cast.stage(1), cast.agent
    Deal.update(position=Deal.id * 2).execute()
    found = at_once(*(lambda deal=deal: order.fire(deal, "move", by, stage=stage, after=high) for deal in others))
    assert kinds(found) == ["Deal"] * 8
    assert len({deal.position for deal in Deal.select()}) == 10


def test_events_written_outside_a_transaction_keep_the_chain(cast):
    deal = cast.deal(cast.agent)
    at_once(*[lambda: [audit.record("seen", deal) for _ in range(10)]] * 8)
    assert Event.select().where(Event.verb == "seen").count() == 80
    assert audit.broken_event() is None


# processes


def begin(folder):
    """A process of its own on the same file."""
    connection.SECONDS = PATIENCE
    open_database(settings_in(Path(folder)))
    database.connect()


def write_moves(folder, number, times, told):
    """Move one's own card to and fro and log a note; tell what was acknowledged."""
    begin(folder)
    by, deal = User.get(User.email == "agent@carmanana.example"), Deal.get_by_id(number)
    stages = list(Stage.select().where(Stage.pipeline == 2).order_by(Stage.position)[:2])
    with clock.set_to(NOON):
        for time in range(times):
            order.fire(deal, "move", by, stage=stages[time % 2])
            note = log(deal, by, "note", f"{number}/{time}")
            told.send((number, time, note.id, Deal.get_by_id(number).version))
    told.close()


def started(target, *args):
    hears, tells = processes.Pipe(duplex=False)
    process = processes.Process(target=target, args=(*args, tells), daemon=True)
    process.start()
    tells.close()
    return process, hears


def all_told(hears):
    told = []
    try:
        while True:
            told.append(hears.recv())
    except EOFError:
        return told


@pytest.fixture
def file_and_cards(cast, settings):
    Stage.update(requires=set()).execute()
    cards = [cast.deal(cast.agent) for _ in range(8)]
    return settings, cards


def test_eight_processes_lose_nothing_and_nobody_is_locked_out(file_and_cards):
    settings, cards = file_and_cards
    running = [started(write_moves, str(settings.data), card.id, 12) for card in cards]
    told = [one for process, hears in running for one in all_told(hears)]
    for process, _ in running:
        process.join(60)
    assert [process.exitcode for process, _ in running] == [0] * 8, "a writer was refused"
    assert len(told) == 8 * 12
    assert Event.select().where(Event.verb == "move").count() == 8 * 12
    assert Activity.select().where(Activity.kind == "note").count() == 8 * 12
    assert {deal.version for deal in Deal.select()} == {1 + 2 * 12}
    assert len({(deal.stage_id, deal.position) for deal in Deal.select()}) == 8
    assert audit.broken_event() is None


def test_a_writer_killed_at_any_moment_loses_nothing_that_it_acknowledged(file_and_cards):
    """Four writers are killed in full swing, and the file is opened as a server does that starts again."""
    settings, cards = file_and_cards
    running = [started(write_moves, str(settings.data), card.id, 100_000) for card in cards[:4]]
    acknowledged = []
    for process, hears in running:
        acknowledged += [hears.recv() for _ in range(random.randint(5, 15))]
        os.kill(process.pid, signal.SIGKILL)
    for process, hears in running:
        process.join(60)
        acknowledged += all_told(hears)
        assert process.exitcode == -signal.SIGKILL
    database.close()
    open_database(settings)
    database.connect()
    assert database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()
    written = {note.id: note.summary for note in Activity.select().where(Activity.kind == "note")}
    versions = {deal.id: deal.version for deal in Deal.select()}
    for number, time, note, version in acknowledged:
        assert written[note] == f"{number}/{time}" and versions[number] >= version
    for deal in cards[:4]:
        moves = Event.select().where(Event.verb == "move", Event.subject_id == deal.id).count()
        notes = Event.select().where(Event.verb == "log", Event.subject_id == deal.id).count()
        assert versions[deal.id] == 1 + moves + notes and moves - notes in (0, 1), "a step was half done"
    assert audit.broken_event() is None
    order.fire(cards[0], "move", cards[0].owner, stage=cards[0].stage)


def test_migrating_twice_at_once_applies_once(tmp_path):
    settings = settings_in(tmp_path)
    open_database(settings)
    found = at_once(*[lambda: migrate(settings)] * 4)
    names = [one for one in found if isinstance(one, list)]
    every = len(list(Path(MIGRATIONS).glob("[0-9]*.py")))
    assert names, found
    path = sqlite3.connect(settings.database)
    assert path.execute("SELECT COUNT(*) FROM schema_migration").fetchone() == (every,)
    assert path.execute("SELECT COUNT(*) FROM pipeline").fetchone() == (3,)
