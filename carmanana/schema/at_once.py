"""Rows by the million in an empty database: what is SQLite's own and only hinders them is taken away for their time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peewee import OperationalError

from carmanana.core.connection import database
from carmanana.core.db import unfinished

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def without_triggers(*names: str) -> Iterator[None]:
    """In one transaction, which undoes it where it fails."""
    there = {name: sql for name, sql in database.execute_sql(TRIGGERS).fetchall() if name in names}
    for name in there:
        database.execute_sql(f"DROP TRIGGER {name}")
    yield
    for made in there.values():
        database.execute_sql(made)


INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid"


@contextmanager
def without_indexes(*tables: str) -> Iterator[None]:
    """For rows by the million: to sort an index once takes a part of the time that it takes to enter each row into it.
    What is unique is looked at then."""
    there = [index for table in tables for index in database.execute_sql(INDEXES, (table,)).fetchall()]
    for name, _ in there:
        database.execute_sql(f"DROP INDEX {name}")
    try:
        yield
    finally:
        for _, made in there:
            database.execute_sql(made)


@contextmanager
def without_checks() -> Iterator[None]:
    """For rows by the thousand of a world that is made anew if it is cut short, and is not opened again then; their
    references are known."""
    mark = unfinished(Path(database.database))
    mark.touch(mode=0o600)
    cache, safe = database.pragma("cache_size"), database.pragma("synchronous")
    _keep_journal("memory")  # in its log every page would be written twice
    for pragma, value in (("foreign_keys", 0), ("cache_size", -200_000), ("temp_store", 2), ("synchronous", 0)):
        database.pragma(pragma, value)
    try:
        yield
    finally:
        for pragma, value in (("foreign_keys", 1), ("cache_size", cache), ("synchronous", safe)):
            database.pragma(pragma, value)
        _keep_journal("wal")
    mark.unlink()


def _keep_journal(how: str) -> None:
    """Where nobody else reads."""
    with suppress(OperationalError):
        database.pragma("journal_mode", how)
