"""Rows by the million in an empty database: what is SQLite's own and only hinders them is taken away for their time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peewee import OperationalError

from carmanana.core.connection import database
from carmanana.core.db import unfinished
from carmanana.schema import sqlite

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
def made_anew_if_cut_short() -> Iterator[None]:
    """For a world that is worth nothing before it is whole, and is not opened again then: its pages stay in memory, and
    nothing of it is kept safe before its end. In the log every page would be written twice, and looked for in it as
    often as it is read."""
    mark = unfinished(Path(database.database))
    mark.touch(mode=0o600)
    usual = [(pragma, database.pragma(pragma)) for pragma in ("cache_size", "synchronous")]
    _keep_journal("memory")
    for pragma, value in (("cache_size", -200_000), ("synchronous", 0)):
        database.pragma(pragma, value)
    try:
        yield
    finally:
        _keep_journal("wal")
        for pragma, value in usual:
            database.pragma(pragma, value)
    mark.unlink()


@contextmanager
def without_checks() -> Iterator[None]:
    """For rows by the thousand whose references are known."""
    database.pragma("foreign_keys", 0)
    try:
        yield
    finally:
        database.pragma("foreign_keys", 1)


def _keep_journal(how: str) -> None:
    """Where nobody else reads. What changes the journal holds its lock until the next statement."""
    database.close_statements()
    with suppress(OperationalError):
        database.pragma("journal_mode", how)
    sqlite.objects()
