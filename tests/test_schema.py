"""What is derived of the tables is as it is declared, in a new database and in one from before there was a
declaration."""

from pathlib import Path

import pytest

from carmanana.core import audit
from carmanana.core.db import database, open_database
from carmanana.schema import derived
from carmanana.schema import migrate as schema
from carmanana.schema.derived.declared import Part, trigger
from carmanana.schema.derived.search import INDEXED

from .conftest import settings_in

BEFORE = Path(__file__).parent / "data" / "before_derived.sql"  # a demo world of the version that came before
MADE_ANEW = {"deal_tally", "schema_migration", "sqlite_sequence", "board_change"}


def rows(sql: str, *values) -> list:
    return database.execute_sql(sql, values).fetchall()


def structure() -> set:
    """Search tables keep tables of their own, which are theirs."""
    found = rows("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {row for row in found if not any(row[1].startswith(f"{index}_") and row[0] == "table" for index in INDEXED)}


def contents() -> dict[str, list[dict]]:
    names = [name for kind, name, _, sql in structure() if kind == "table" and "VIRTUAL" not in sql]
    found = {}
    for name in set(names) - MADE_ANEW:
        cursor = database.execute_sql(f'SELECT * FROM "{name}"')
        columns = [column[0] for column in cursor.description]
        found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def indexed() -> dict[str, list]:
    return {index: rows(f"SELECT rowid FROM {index} ORDER BY 1") for index in INDEXED}


def tallies() -> list:
    return rows("SELECT * FROM deal_tally WHERE deals <> 0 ORDER BY 1, 2, 3, 4, 5")


def counted() -> list:
    sums = "COUNT(*), SUM(CASE WHEN currency = 'USD' THEN COALESCE(value_cents, 0) ELSE 0 END)"
    others = "SUM(value_cents IS NOT NULL AND currency <> 'USD')"
    return rows(
        f"SELECT pipeline_id, state, stage_id, readiness, COALESCE(owner_id, 0), {sums}, {others} FROM deal GROUP BY "
        f"1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"
    )


MOVED = {"stage_restriction": "consequence"}
TOLD_TWICE = {"previous_hash"}  # of an event: the hash of the one before


@pytest.fixture
def older(tmp_path):
    """As that version left it, with what was in it."""
    settings = settings_in(tmp_path / "older")
    open_database(settings)
    database.connect(reuse_if_open=True)
    database.pragma("foreign_keys", 0)
    database.connection().executescript(BEFORE.read_text("utf-8"))
    database.pragma("foreign_keys", 1)
    yield settings
    database.close()


def test_an_older_database_keeps_all_that_is_in_it(older):
    before, found = contents(), indexed()
    assert before["deal"] and before["event"] and before["finding"] and all(found.values())
    schema.migrate(older)
    after = contents()
    for name, kept in before.items():
        for was in kept:
            known = {item for item in was.items() if item[1] is not None and item[0] not in TOLD_TWICE}
            assert any(known <= row.items() for row in after[MOVED.get(name, name)]), (name, was)
    assert not rows("PRAGMA foreign_key_check") and rows("PRAGMA integrity_check") == [("ok",)]
    assert all(set(found[index]) <= set(ids) for index, ids in indexed().items())
    assert rows("SELECT COUNT(*) FROM search_number WHERE told MATCH '\"30901820\"'") == [(1,)]
    assert tallies() == counted()
    assert audit.broken_event() is None


def test_an_older_database_and_a_new_one_end_with_the_same_schema(older, tmp_path):
    schema.migrate(older)
    migrated = structure()
    database.close()
    new = settings_in(tmp_path / "new")
    open_database(new)
    schema.migrate(new)
    assert structure() == migrated
    assert schema.pending() == []


def test_an_older_database_goes_on_being_kept_by_its_triggers(older):
    schema.migrate(older)
    deal, customer = rows("SELECT id, customer_id FROM deal WHERE state = 'active' AND next_due_at IS NOT NULL")[0]
    rows("UPDATE activity SET done_at = '2026-11-23 10:00:00.000000' WHERE deal_id = ? AND kind = 'task'", deal)
    assert rows("SELECT next_due_at FROM deal WHERE id = ?", deal) == [(None,)]
    rows("UPDATE customer SET name = 'Zoë Quill', folded = 'zoe quill' WHERE id = ?", customer)
    assert rows("SELECT client FROM deal WHERE id = ?", deal) == [("zoe quill",)]
    assert (deal,) in rows("SELECT rowid FROM search_order WHERE told MATCH 'quill'")
    rows("UPDATE deal SET value_cents = 100, currency = 'EUR' WHERE id = ?", deal)
    assert tallies() == counted()
    assert rows("SELECT deal_id FROM board_change ORDER BY id DESC LIMIT 1") == [(deal,)]
    for forbidden in (
        "UPDATE event SET verb = 'x'",
        "DELETE FROM event",
        "UPDATE deal SET state = 'cancelled_by_client'",
    ):
        with pytest.raises(Exception, match="append-only|after a manager has reviewed"):
            rows(forbidden)


def test_what_is_declared_otherwise_is_made_anew_and_what_is_declared_no_more_is_taken_off(cast, settings, monkeypatch):
    cast.deal(cast.agent)
    assert schema.pending() == []
    rows("DELETE FROM deal_tally")
    rows("CREATE TRIGGER patched AFTER INSERT ON holiday BEGIN SELECT 1; END")
    parts = [
        Part(part.name, (*part.objects, "CREATE VIEW seen AS SELECT 1"), part.fills)
        if part.name == "deal_tally"
        else part
        for part in derived.PARTS
    ]
    monkeypatch.setattr(derived, "PARTS", parts)
    assert schema.pending() == ["deal_tally"]
    lines = []
    monkeypatch.setattr(derived, "LARGE", 1)
    assert schema.migrate(settings, lines.append) == [] and schema.pending() == []
    assert tallies() == counted() != [] and set(lines) == {"deal_tally: 1 of 1 rows"}
    assert not rows("SELECT 1 FROM sqlite_master WHERE name = 'patched'")
    monkeypatch.undo()
    schema.migrate(settings)
    assert not rows("SELECT 1 FROM sqlite_master WHERE name = 'seen'"), "its declaration went"
    rows("CREATE TRIGGER patched AFTER INSERT ON holiday BEGIN SELECT 1; END")
    schema.migrate(settings)
    assert not rows("SELECT 1 FROM sqlite_master WHERE name = 'patched'"), "though nothing else was stale"


def test_a_part_that_can_not_be_made_changes_nothing(cast, settings, monkeypatch):
    before = structure()
    wrong = Part("wrong", (trigger("wrong", "AFTER INSERT ON nowhere", "SELECT 1;"),))
    monkeypatch.setattr(derived, "PARTS", [wrong, *derived.PARTS[1:]])
    with pytest.raises(Exception, match="nowhere"):
        schema.migrate(settings)
    assert structure() == before


def test_a_trigger_that_is_gone_is_missed(cast, settings):
    cast.deal(cast.agent)
    rows("DROP TRIGGER event_no_delete")
    assert schema.pending() == ["append_only_audit"]
    schema.migrate(settings)
    with pytest.raises(Exception, match="append-only"):
        rows("DELETE FROM event")
