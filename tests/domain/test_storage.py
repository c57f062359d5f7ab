"""The file under everything: how it is opened, what it refuses, how it migrates (quality 1-6)."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import peewee
import pytest

from carmanana import create_app
from carmanana.config import ROOT, Misconfigured
from carmanana.core import connection
from carmanana.core.connection import linked, refuse_old
from carmanana.core.db import (
    Stale,
    UtcField,
    WordsField,
    change,
    database,
    insert_all,
    next_id,
    transaction,
)
from carmanana.core.text import fold
from carmanana.records.deals import Deal, Hold
from carmanana.records.notifications import Notification
from carmanana.schema import migrate as schema

from ..cast import NOON

sqlite3 = peewee.sqlite3
SQL = database.execute_sql


# how it is opened

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "mmap_size": 0,
    "journal_size_limit": 64 * 1024 * 1024,
    "busy_timeout": 5000,
}


def pragmas():
    return {name: SQL(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}


def test_every_connection_keeps_what_it_acknowledged(cast):
    found = []

    def another():
        database.connect()
        found.append(pragmas())
        database.close()

    thread = threading.Thread(target=another)
    thread.start()
    thread.join()
    assert [pragmas(), *found] == [PRAGMAS, PRAGMAS]


def refuse_to_open():
    raise sqlite3.OperationalError("unable to open database file")


def test_a_connection_that_was_asked_too_much_is_renewed_once_the_work_has_ended(cast, monkeypatch):
    monkeypatch.setattr(connection, "STATEMENTS", 20)
    monkeypatch.setattr(database, "renews", True)

    def ask(first):
        for number in range(first, first + 30):
            assert SQL(f"SELECT {number}").fetchone() == (number,)
        return database.connection()

    with transaction():
        Notification.create(user=cast.agent, text="Kept")
        first = ask(100)
    assert database.connection() is first and database.end_work() == []
    second = database.connection()
    assert second is not first and pragmas() == PRAGMAS and Notification.get().text == "Kept"
    monkeypatch.setattr(database, "_connect", refuse_to_open)
    assert ask(200) is second and database.end_work() == [] and database.connection() is second


def test_a_transaction_has_the_lock_before_it_reads(cast):
    other = sqlite3.connect(database.database, timeout=0)
    with transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.rollback()


def test_each_step_within_a_transaction_goes_back_to_where_it_began(cast):
    def tell(text):
        Notification.create(user=cast.agent, text=text)

    with transaction():
        tell("before")
        with suppress(Stale), transaction():
            tell("in the outer step")
            with transaction():
                tell("in a step that was kept")
            with transaction():
                tell("in the inner step")
                raise Stale(cast.agent)
        tell("after")
    assert [told.text for told in Notification.select().order_by(Notification.id)] == ["before", "after"]


def test_readers_are_not_held_up_by_a_writer(cast):
    deal = cast.deal(cast.agent)
    other = sqlite3.connect(database.database, timeout=0)
    with transaction():
        Deal.update(vehicle_make="Kia").where(Deal.id == deal.id).execute()
        assert other.execute("SELECT vehicle_make FROM deal").fetchone() == ("",)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.44.9", True),
        ("3.45.0", False),
        ("3.49.9", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.0", False),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52.0", True),
        ("3.53.4", True),
        ("4.0.0", True),
    ],
)
def test_a_sqlite_that_can_corrupt_the_file_is_refused(version, safe):
    numbers = tuple(map(int, version.split(".")))
    if safe:
        refuse_old(numbers)
    else:
        with pytest.raises(Misconfigured, match=f"SQLite {version} .* Install"):
            refuse_old(numbers)


def test_the_version_that_is_checked_is_the_one_that_is_linked(cast):
    assert ".".join(map(str, linked())) == SQL("SELECT sqlite_version()").fetchone()[0]


# what it refuses by itself


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE deal SET state = 'on_hold', readiness = 'live'",
        "UPDATE deal SET state = 'won', value_cents = NULL, agreement_on = '2026-11-18'",
        "UPDATE deal SET state = 'lost', loss_reason = NULL",
        "UPDATE deal SET state = 'lost', loss_reason = 'price', agreement_on = '2026-11-18'",
        "UPDATE deal SET state = 'forgotten'",
        "UPDATE deal SET readiness = 'lukewarm'",
        "UPDATE deal SET value_cents = -1",
        "UPDATE deal SET stage_id = 999",
        "UPDATE deal SET customer_id = NULL",
        "UPDATE deal SET owner_id = 999",
        "DELETE FROM customer",
        "INSERT INTO hold (deal_id, sub_status, reason, follow_up_on, placed_at) VALUES (1, 'bored', 'x', "
        "'2026-12-01', '')",
        "INSERT INTO hold (deal_id, sub_status, reason, follow_up_on, placed_at) VALUES (1, 'event', '', "
        "'2026-12-01', '')",
        "INSERT INTO payment (deal_id, kind, amount_cents, paid_on, created_at) VALUES (1, 'received', 0, "
        "'2026-12-01', '')",
        "INSERT INTO payment (deal_id, kind, amount_cents, paid_on, created_at) VALUES (1, 'lent', 1, "
        "'2026-12-01', '')",
        "INSERT INTO activity (customer_id, kind, at, created_at) VALUES (1, 'call', '', '')",
        "INSERT INTO activity (customer_id, kind, direction, at, created_at) VALUES (1, 'note', 'out', '', '')",
        "INSERT INTO activity (customer_id, kind, at, created_at) VALUES (1, 'task', '', '')",
        "INSERT INTO activity (customer_id, kind, direction, summary, at, created_at) VALUES (1, 'call', 'out', "
        "'x', '', '')",
        "INSERT INTO activity (customer_id, kind, direction, outcome, at, created_at) VALUES (1, 'call', 'out', "
        "'sent', '', '')",
        "UPDATE user SET password_hash = 'x' WHERE house",
        "UPDATE user SET email = 'AGENT@carmanana.example' WHERE email = 'agent2@carmanana.example'",
        "INSERT INTO absence (user_id, starts_on, ends_on, created_by_id, created_at) VALUES (2, '2026-12-02', "
        "'2026-12-01', 2, '')",
    ],
)
def test_the_database_itself_refuses(cast, change):
    cast.deal(cast.agent)
    with pytest.raises(peewee.IntegrityError):
        SQL(change)


def test_a_deal_stands_on_one_hold_at_a_time(cast):
    held = cast.in_state("on_hold")
    with pytest.raises(peewee.IntegrityError):
        Hold.create(deal=held, **cast.hold_given())


# rows and fields


def test_a_row_that_moved_on_is_not_overwritten(cast):
    mine, theirs = cast.deal(cast.agent), Deal.get_by_id(1)
    change(theirs, details="Theirs")
    with pytest.raises(Stale) as caught:
        change(mine, details="Mine")
    assert (caught.value.record.details, mine.details) == ("Theirs", "")
    assert Deal.get_by_id(1).details == "Theirs"


def test_a_row_is_created_as_peewee_would(cast):
    given = {"deal": cast.deal(cast.agent, readiness="organic"), "placed_by": None} | cast.hold_given()
    made = Hold.create(**given)
    stored = Hold.get_by_id(made.id)
    assert stored.__data__ == made.__data__ | {"lifted_at": None} and not made.is_dirty()
    assert (stored.deal, stored.placed_by, stored.lifted_at) == (given["deal"], None, None)
    Hold.delete().execute()
    other = Hold(**given)
    other.save()
    assert {**Hold.get_by_id(other.id).__data__, "id": 0, "placed_at": 0} == {
        **stored.__data__,
        "id": 0,
        "placed_at": 0,
    }


def test_a_change_of_a_row_keeps_what_follows_from_it(cast):
    client = cast.client()
    before = client.version
    change(client, name="Łucja Ñandú", no_calls=True)
    stored = type(client).get_by_id(client.id)
    assert (stored.name, stored.folded, stored.no_calls, stored.version) == (
        "Łucja Ñandú",
        fold("Łucja Ñandú"),
        True,
        before + 1,
    )


def test_times_are_sortable_text_in_utc():
    field, tokyo = UtcField(), timezone(timedelta(hours=9))
    texts = [
        field.db_value(at)
        for at in (datetime(2026, 1, 1, 8, 59, 59, 999999, tzinfo=tokyo), datetime(2026, 1, 1, tzinfo=UTC))
    ]
    assert texts == ["2025-12-31 23:59:59.999999", "2026-01-01 00:00:00.000000"] == sorted(texts)
    assert field.python_value(texts[0]) == datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_word_is_found_whole_in_a_set_of_words():
    field = WordsField()
    assert field.db_value({"manager", "agent"}) == " agent manager " and field.db_value(set()) == ""
    assert field.python_value(" agent manager ") == {"agent", "manager"}


def test_many_rows_at_once_are_the_same_as_one_by_one(cast):
    deal, agent = cast.deal(cast.agent), cast.agent
    rows = [Notification(user=agent, text=f"Text {number}", deal=deal, created_at=NOON) for number in range(3)]
    first = next_id(Notification)
    insert_all(rows)
    single = Notification.create(user=agent, text="Text 0", deal=deal, created_at=NOON)
    assert single.id == first + 3
    told = [row.__data__ | {"id": None} for row in Notification.select().order_by(Notification.id)]
    assert told[0] == told[3] and [row["text"] for row in told[:3]] == ["Text 0", "Text 1", "Text 2"]


# migrations

ADDS_A_TABLE = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE karma (id INTEGER PRIMARY KEY)')\n"
FAILS_HALFWAY = ADDS_A_TABLE.replace("karma", "half") + "    db.execute_sql('DROP TABLE nowhere')\n"


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The migrations, with room for another one."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", str(folder))
    return folder


def tables(path):
    return {name for (name,) in sqlite3.connect(path).execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_copy_is_made_before_the_schema_changes(cast, settings, folder):
    cast.deal(cast.agent)
    assert schema.pending() == []
    (folder / "9998_karma.py").write_text(ADDS_A_TABLE)
    assert schema.pending() == ["9998_karma"]
    assert schema.migrate(settings) == ["9998_karma"]
    (copy,) = (settings.data / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 and stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert "karma" in tables(settings.database) and "karma" not in tables(copy)
    assert sqlite3.connect(copy).execute("SELECT COUNT(*) FROM deal").fetchone() == (1,)
    assert schema.migrate(settings) == [] and len(list(copy.parent.iterdir())) == 1


def test_a_migration_that_breaks_changes_nothing(cast, settings, folder):
    (folder / "9998_karma.py").write_text(ADDS_A_TABLE)
    (folder / "9999_half.py").write_text(FAILS_HALFWAY)
    with pytest.raises(peewee.OperationalError):
        schema.migrate(settings)
    assert schema.pending() == ["9999_half"]
    assert "karma" in tables(settings.database) and "half" not in tables(settings.database)


def test_the_server_does_not_start_over_a_pending_migration(cast, settings, folder):
    serving = replace(settings, env="development")
    create_app(serving)
    (folder / "9998_karma.py").write_text(ADDS_A_TABLE)
    with pytest.raises(Misconfigured, match="9998_karma.*migrate"):
        create_app(serving)


def test_the_command_that_mends_it_starts_all_the_same(tmp_path):
    environ = os.environ | {"CARMANANA_ENV": "development", "CARMANANA_DATA": str(tmp_path / "flask")}

    def ran(*command):
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=400)

    server = ran(sys.executable, "-c", "import app")
    assert server.returncode != 0 and "migrate" in server.stderr
    mended = ran(sys.executable, "-m", "flask", "--app", "app", "migrate")
    assert (mended.returncode, mended.stdout.startswith("applied")) == (0, True), mended.stderr
