"""Queries whose SQL is written once. Writing it takes peewee longer than SQLite needs to run it, so the ones
of every request are prepared: the function that writes the query runs once, with places for its values."""

import inspect
from collections.abc import Callable
from functools import cache, update_wrapper

from peewee import Field, Node

from carmanana.core.db import Record, database
from carmanana.core.rows import reader_of


class Place(Node):
    """Where a value comes later, converted as its column wants it: the one it is compared with, or the one it is written to."""

    def __init__(self, number: int, convert: Callable | None = None):
        self.number, self.convert = number, convert

    def __sql__(self, ctx):
        ctx._values.append(Place(self.number, self.convert or ctx.state.converter))
        return ctx.literal("?")

    def to(self, field: Field) -> "Place":
        return Place(self.number, field.db_value)

    def of(self, values: tuple):
        value = values[self.number]
        value = value.id if isinstance(value, Record) else value
        return self.convert(value) if self.convert else value


class Prepared:
    """Asked with values it answers with a list of what the query selects. A value may be compared, added or passed to
    a function, and a record is its id; it can't decide what the query looks like, and None is not IS NULL."""

    def __init__(self, write: Callable):
        self.write = write
        self.sql: str | None = None
        self.read: Callable | None = None
        update_wrapper(self, write)

    def __call__(self, *values) -> list:
        cursor = self._run(values)
        rows = cursor.fetchall()
        return list(map(self._reader(cursor), rows)) if rows else []

    def first(self, *values):
        """The first of them, or None."""
        return next(iter(self(*values)), None)

    def rows(self, *values) -> int:
        """Of a query that writes: how many rows it has changed."""
        return self._run(values).rowcount

    def _run(self, values: tuple):
        if self.sql is None:
            self._write()
        return database.execute_sql(
            self.sql, [value.of(values) if type(value) is Place else value for value in self.given]
        )

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


def again(record: Record) -> Record:
    """As it stands now; in a transaction, as nobody else can change it."""
    return by_id(type(record), record.id)


def by_id(model: type[Record], id: int) -> Record:
    """As `get_by_id`."""
    found = _with_id(model).first(id)
    if found is None:
        raise model.DoesNotExist(f"{model.__name__} {id}")
    return found


@cache
def _with_id(model: type[Record]) -> Prepared:
    return prepared(lambda id: model.select().where(model.id == id))
