"""All that follows from the tables: guards, columns and tallies kept by triggers, the boards' log, the search index.

Each part is declared once, as it is to be; `flask migrate` makes anew what its declaration has changed since. A
migration holds tables, columns, indexes and data alone: a trigger or a view that is not declared here is taken off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from carmanana.core.db import database, transaction
from carmanana.schema import sqlite

from . import (
    activity_days,
    board_changes,
    columns,
    guards,
    held_deals,
    lead_reach,
    lead_tally,
    marks,
    open_steps,
    people,
    sales,
    search,
    shared_ways,
    stage_visits,
    tallies,
    wanted,
)
from .declared import Part

PARTS = (
    *guards.PARTS,
    *columns.PARTS,
    *people.PARTS,
    *tallies.PARTS,
    *wanted.PARTS,
    *stage_visits.PARTS,
    *lead_reach.PARTS,
    *lead_tally.PARTS,
    *marks.PARTS,
    *shared_ways.PARTS,
    *activity_days.PARTS,
    *open_steps.PARTS,
    *held_deals.PARTS,
    *sales.PARTS,
    *search.PARTS,
    *board_changes.PARTS,
)
ROWS_AT_ONCE = 25_000
LARGE = 2 * ROWS_AT_ONCE  # rows from which a fill tells how far it is

Tell = Callable[[str], None]


def silent(line: str) -> None:
    pass


def stale() -> list[str]:
    """The parts that are not as they are declared; all of them in a database from before there was a declaration."""
    there = sqlite.objects()
    made = _made() if "derived_part" in there else {}
    return [part.name for part in PARTS if made.get(part.name) != part.digest or not part.names.keys() <= there.keys()]


def rebuild(tell: Tell = silent) -> list[str]:
    """Make anew what is stale, all in one transaction, and tell the boards."""
    with transaction():
        names = stale()
        parts = [part for part in PARTS if part.name in names]
        if parts or _undeclared():
            _take_off(parts)
            for part in parts:
                _make(part, tell)
            # last, so that no fill sets one off
            for statement in (sql for part in parts for sql in part.of_kind("TRIGGER").values()):
                database.execute_sql(statement)
            database.execute_sql(board_changes.ALL_BOARDS)
    return names


@contextmanager
def made_afterwards() -> Iterator[None]:
    """For new rows by the million: what is filled, and what the boards are told, is made once of all that is there
    then, many times as quick as row by row. The marks stay, by which rules and phrases are read meanwhile."""
    filled = [part for part in PARTS if part.fills and part not in marks.PARTS]
    off = [*filled, *board_changes.PARTS]
    with transaction():
        _take_off(off)
        for part in off:
            _forget(part)
    yield
    rebuild()


def _made() -> dict[str, str]:
    return dict(database.execute_sql("SELECT name, digest FROM derived_part").fetchall())


def _undeclared() -> dict[str, str]:
    """Triggers and views that nothing declares any more."""
    declared = {name for part in PARTS for name in part.names}
    return {name: kind for name, kind in sqlite.objects().items() if kind != "TABLE" and name not in declared}


def _take_off(parts: list[Part]) -> None:
    """Triggers before views before tables: none is left that leads nowhere."""
    there = sqlite.objects()
    gone = _undeclared() | {
        name: kind for part in parts for name, kind in part.names.items() if there.get(name) == kind
    }
    for name, kind in sorted(gone.items(), key=lambda item: ("TRIGGER", "VIEW", "TABLE").index(item[1])):
        database.execute_sql(f"DROP {kind} {name}")


def _make(part: Part, tell: Tell) -> None:
    for statement in (*part.of_kind("TABLE", "VIEW").values(), *part.before):
        database.execute_sql(statement)
    for fill in part.fills:
        rows = database.execute_sql(f"SELECT COALESCE(MAX(id), 0) FROM {fill.table}").fetchone()[0]
        step = max(ROWS_AT_ONCE, rows // 20)
        for after in range(0, rows, step):
            until = min(after + step, rows)
            database.execute_sql(fill.sql, {"after": after, "until": until})
            if rows >= LARGE:
                tell(f"{part.name}: {until:,} of {rows:,} rows")
    for statement in (*part.indexes, *part.after):
        database.execute_sql(statement)
    _forget(part)
    database.execute_sql("INSERT INTO derived_part (name, digest) VALUES (?, ?)", (part.name, part.digest))


def _forget(part: Part) -> None:
    database.execute_sql("DELETE FROM derived_part WHERE name = ?", (part.name,))
