"""Queries whose SQL is written once. Writing it takes peewee longer than SQLite needs to run it, so the ones
of every request are prepared: the function that writes the query runs once, with places for its values."""

import inspect
from collections.abc import Callable
from functools import update_wrapper

from peewee import Node

from .db import database
from .records import reader_of


class Place(Node):
    """Where a value comes later, converted as its column wants it."""

    def __init__(self, number: int, convert: Callable | None = None):
        self.number, self.convert = number, convert

    def __sql__(self, ctx):
        ctx._values.append(Place(self.number, ctx.state.converter))
        return ctx.literal("?")

    def of(self, values: tuple):
        value = values[self.number]
        return self.convert(value) if self.convert else value


class Prepared:
    """Asked with values it answers with a list of what the query selects. A value may be compared, added or passed to
    a function; it can't decide what the query looks like, and None is not IS NULL."""

    def __init__(self, write: Callable):
        self.write = write
        self.sql: str | None = None
        self.read: Callable | None = None
        update_wrapper(self, write)

    def __call__(self, *values) -> list:
        if self.sql is None:
            self._write()
        cursor = database.execute_sql(self.sql, [value.of(values) if type(value) is Place else value for value in self.given])
        rows = cursor.fetchall()
        return list(map(self._reader(cursor), rows)) if rows else []

    def first(self, *values):
        """The first of them, or None."""
        return next(iter(self(*values)), None)

    def _write(self) -> None:
        self.query = self.write(*map(Place, range(len(inspect.signature(self.write).parameters))))
        sql, self.given = database.get_sql_context().sql(self.query).query()
        self.sql = sql

    def _reader(self, cursor) -> Callable:
        """How a row is read is found out with the first answer, which names its columns."""
        read = self.read
        if read is None:
            read = self.read = reader_of(self.query._get_cursor_wrapper(cursor))
        return read


prepared = Prepared
