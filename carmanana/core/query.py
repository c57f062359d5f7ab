"""Queries whose SQL is written once. Writing it takes peewee longer than SQLite needs to run it, so the ones
of every request are prepared: the function that writes the query runs once, with places for its values."""

import inspect
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, update_wrapper

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    Field,
    FieldAlias,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelAlias,
    Node,
    TextField,
)
from peewee import ModelCursorWrapper as Joined
from peewee import ModelObjectCursorWrapper as Single
from peewee import ModelTupleCursorWrapper as Rows

from carmanana.core.connection import database

STORED_AS_THEY_ARE = (AutoField, IntegerField, CharField, TextField, ForeignKeyField)
# peewee's own ways look for many forms of what is always stored in one
READ = {
    BooleanField: lambda value: None if value is None else value != 0,
    DateField: lambda value: value and date.fromisoformat(value),
}


class Parameter(Node):
    """Stands for a value that comes later, converted as its column wants it: the one it is compared with, or the one it
    is written to."""

    def __init__(self, number: int, convert: Callable | None = None):
        self.number, self.convert = number, convert

    def __sql__(self, ctx):
        ctx._values.append(Parameter(self.number, self.convert or ctx.state.converter))
        return ctx.literal("?")

    def to(self, field: Field) -> "Parameter":
        return Parameter(self.number, field.db_value)

    def of(self, values: tuple):
        value = values[self.number]
        value = value.id if isinstance(value, Model) else value
        return self.convert(value) if self.convert else value


class _Answers(threading.local):
    """What was answered while a page is made that changes nothing: it says the same all over, and asks nothing twice.
    In a transaction all is asked anew, and behind a change as well."""

    known: dict[tuple, list] | None = None
    changes = 0

    def so_far(self) -> dict[tuple, list] | None:
        if self.known is None or database.in_transaction():
            return None
        if self.changes != database.connection().total_changes:
            self.known, self.changes = {}, database.connection().total_changes
        return self.known


_answers = _Answers()


def ask_once() -> None:
    """From now on, in this thread, each prepared query is asked once with the same values."""
    _answers.known = {}


def ask_anew() -> None:
    _answers.known = None


_writing = threading.RLock()


class Prepared:
    """Asked with values it answers with a list of what the query selects. A value may be compared, added or passed to
    a function, and a record is its id; it can't decide what the query looks like, and None is not IS NULL."""

    def __init__(self, write: Callable):
        self.write = write
        self.sql: str | None = None
        self.read: Callable | None = None
        update_wrapper(self, write)

    def __call__(self, *values) -> list:
        given = self._given(values)
        known = _answers.so_far()
        if known is None:
            return self._ask(given)
        asked = (self.sql, *given)
        if asked not in known:
            known[asked] = self._ask(given)
        return list(known[asked])

    def _ask(self, given: list) -> list:
        cursor = database.execute_sql(self.sql, given)
        rows = cursor.fetchall()
        return list(map(self._reader(cursor), rows)) if rows else []

    def first(self, *values):
        """The first of them, or None."""
        return next(iter(self(*values)), None)

    def rows(self, *values) -> int:
        """Of a query that writes: how many rows it has changed."""
        return self._run(values).rowcount

    def _run(self, values: tuple):
        given = self._given(values)
        return database.execute_sql(self.sql, given)

    def _given(self, values: tuple) -> list:
        """The values as they go with the SQL, which is written by now."""
        if self.sql is None:
            with _writing:
                if self.sql is None:  # nobody else has written it meanwhile
                    self._write()
        return [value.of(values) if type(value) is Parameter else value for value in self.given]

    def _write(self) -> None:
        self.query = self.write(*map(Parameter, range(len(inspect.signature(self.write).parameters))))
        sql, self.given = database.get_sql_context().sql(self.query).query()
        self.sql = sql

    def _reader(self, cursor) -> Callable:
        """How a row is read is found out with the first answer, which names its columns; then the query itself is done
        with."""
        if self.read is None:
            with _writing:
                if self.read is None:
                    self.read, self.query = reader_of(self.query._get_cursor_wrapper(cursor)), None
        return self.read


class Numbered(Prepared):
    """Given numbers alone, which stand for themselves while the query is written: other numbers that nothing has are put
    in their places, so that they may be those of records."""

    def _write(self) -> None:
        places = {FIRST_OF_NONE - place: place for place in range(len(inspect.signature(self.write).parameters))}
        self.query = self.write(*places)
        sql, given = database.get_sql_context().sql(self.query).query()
        self.given = [Parameter(places[value]) if value in places else value for value in given]
        self.sql = sql


FIRST_OF_NONE = -918_273_645
prepared, numbered = Prepared, Numbered


def again(record: Model) -> Model:
    """As it stands now; in a transaction, as nobody else can change it."""
    return by_id(type(record), record.id)


def by_id(model: type[Model], id: int) -> Model:
    """As `get_by_id`; so is found what a foreign key leads to."""
    found = _with_id(model).first(id)
    if found is None:
        raise model.DoesNotExist(f"{model.__name__} {id}")
    return found


@cache
def _with_id(model: type[Model]) -> Prepared:
    return prepared(lambda id: model.select().where(model._meta.primary_key == id))


# records made of rows: peewee's own cursor sets every column by itself, which takes longer than the query


def reader_of(cursor: Joined | Single) -> Callable:
    """What makes a record of a row, with the records that were joined; peewee's own way where more than that is
    selected."""
    cursor.initialize()
    if type(cursor) is Rows:
        return _row_reader(cursor)
    if not _only_records(cursor):
        return cursor.process_row
    parts = {model: RecordColumns.of(cursor, model) for model in dict.fromkeys(field.model for field in cursor.fields)}
    links = (
        [(source, name, joined) for source, name, joined, *_ in cursor.src_to_dest] if type(cursor) is Joined else []
    )
    if len(parts) == 1 and not links:
        return parts[cursor.model].maker()
    makers = [(model, part.maker(), part.absent) for model, part in parts.items()]

    def read(row: tuple) -> Model:
        made = {
            model: None if model is not cursor.model and absent(row) else make(row) for model, make, absent in makers
        }
        for source, name, joined in links:
            if made[source] is not None:
                made[source].__rel__[name] = made[joined]
        return made[cursor.model]

    return read


def _row_reader(cursor: Rows) -> Callable[[tuple], tuple]:
    """Where no value is stored otherwise than it is read, a row is as it comes."""
    told = enumerate(zip(cursor.fields, cursor.converters, strict=True))
    reading = {place: _reading(field, convert) for place, (field, convert) in told if convert}
    reading = {place: read for place, read in reading.items() if read}
    if not reading:
        return tuple

    def read(row: tuple) -> tuple:
        values = list(row)
        for place, convert in reading.items():
            values[place] = convert(values[place])
        return tuple(values)

    return read


def _reading(field, convert: Callable) -> Callable | None:
    """How a column is read; None where it is stored as it is."""
    stored = field.field if isinstance(field, FieldAlias) else field
    return None if type(stored) in STORED_AS_THEY_ARE else READ.get(type(stored), convert)


def _only_records(cursor) -> bool:
    """Columns of models under their own names, side by side for each of them, that hang together by foreign keys."""
    if type(cursor) not in (Joined, Single) or not all(
        map(_is_its_own, cursor.fields, cursor.columns, cursor.converters)
    ):
        return False
    models = [field.model for field in cursor.fields]
    runs = [model for model, before in zip(models, [None, *models], strict=False) if model is not before]
    joins = cursor.src_to_dest if type(cursor) is Joined else []
    return (
        len(runs) == len(set(runs))
        and cursor.model in runs
        and all(
            source in runs and joined in runs and (is_fk or _is_reference(source, name))
            for source, name, joined, _, _, is_fk in joins
        )
    )


def _is_reference(model, name: str) -> bool:
    """Is what was joined under this name what a foreign key leads to?"""
    return isinstance(model._meta.fields.get(name), ForeignKeyField)


def _is_its_own(field: Field | None, column: str, convert: Callable | None) -> bool:
    return isinstance(field, Field) and field.name == column and convert is not None


@dataclass(frozen=True)
class RecordColumns:
    """The columns of one model in the row."""

    model: type[Model]
    columns: slice
    names: tuple[str, ...]
    converted: tuple[tuple[str, Callable], ...]

    @classmethod
    def of(cls, cursor, model: type[Model]) -> "RecordColumns":
        first = next(i for i, field in enumerate(cursor.fields) if field.model is model)
        fields = [field for field in cursor.fields if field.model is model]
        reading = ((field.name, _reading(field, field.python_value)) for field in fields)
        converted = tuple((name, read) for name, read in reading if read)
        model = model.model if isinstance(model, ModelAlias) else model
        return cls(model, slice(first, first + len(fields)), tuple(field.name for field in fields), converted)

    def maker(self) -> Callable[[tuple], Model]:
        model, new, columns, names, converted = self.model, self.model.__new__, self.columns, self.names, self.converted

        def record(row: tuple) -> Model:
            made = new(model)
            made.__data__ = values = dict(zip(names, row[columns], strict=True))
            for name, convert in converted:
                values[name] = convert(values[name])
            made._dirty, made.__rel__ = set(), {}
            return made

        return record

    def absent(self, row: tuple) -> bool:
        """Nothing stands at the other end of an outer join."""
        return row[self.columns].count(None) == len(self.names)
