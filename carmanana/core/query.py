"""Queries whose SQL is written once. Writing it takes peewee longer than SQLite needs to run it, so the ones
of every request are prepared: the function that writes the query runs once, with places for its values."""

import inspect
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, update_wrapper

from peewee import AutoField, Field, ForeignKeyField, IntegerField, Model, Node

from carmanana.core.connection import database
from carmanana.core.rows import reader_of

NUMBERS = (AutoField, IntegerField, ForeignKeyField)
decoded = json.JSONDecoder().raw_decode  # SQLite has written it, without blanks around
NEVER = -1
PLACES = re.compile(r"""'[^']*'|"[^"]*"|[?]""")
CONSTANTS = {
    str: lambda text: "'" + text.replace("'", "''") + "'",
    int: str,
    bool: lambda truth: str(int(truth)),
    type(None): lambda nothing: "NULL",
}


@lru_cache(200)
def planned_once(sql: str) -> str:
    """The statement with its values hidden from the planner: where it looks at one, it plans anew for each, which takes
    longer than most statements."""
    return PLACES.sub(lambda found: "+?" if found[0] == "?" else found[0], sql)


class Parameter(Node):
    """Stands for a value that comes later, converted as its column wants it: the one it is compared with, or the one it
    is written to."""

    def __init__(self, number: int, convert: Callable | None = None):
        self.number, self.convert = number, convert
        self.as_it_is = convert is None or type(getattr(convert, "__self__", None)) in NUMBERS  # a number

    def __sql__(self, ctx):
        ctx._values.append(Parameter(self.number, self.convert or ctx.state.converter))
        return ctx.literal("?")

    def to(self, field: Field) -> "Parameter":
        return Parameter(self.number, field.db_value)

    def of(self, values: tuple):
        value = values[self.number]
        kind = type(value)
        if kind is int and self.as_it_is:
            return value
        if kind is not str and isinstance(value, Model):
            value = value.id
            if self.as_it_is:
                return value
        return self.convert(value) if self.convert else value


class Answers(threading.local):
    """What was answered while a page is made that changes nothing: it says the same all over, and asks nothing twice.
    In a transaction all is asked anew, and behind a change as well."""

    known: "dict[tuple, list | Unread] | None" = None
    changes = 0
    ahead: "dict[tuple, Unread]" = {}
    standing = None

    def so_far(self) -> dict[tuple, list] | None:
        if self.known is None or (changes := database.changes()) is None:
            return None
        if self.changes != changes:
            self.known, self.changes = {}, changes
        return self.known

    def asked_ahead(self) -> "dict[tuple, Unread]":
        """What was asked ahead in the transaction that is under way, while nothing in it has changed since."""
        if self.ahead and not (database.in_transaction() and self.standing == database.standing()):
            self.ahead = {}
        return self.ahead

    def keep_ahead(self, found: "dict[tuple, Unread]") -> None:
        self.ahead, self.standing = self.asked_ahead() | found, database.standing()


answers = Answers()


def ask_once() -> None:
    """From now on, in this thread, each prepared query is asked once with the same values."""
    answers.known = {}


def ask_anew() -> None:
    answers.known = None


_writing = threading.RLock()


@dataclass(frozen=True, slots=True)
class Unread:
    """What was answered to a query before it was asked, as text of JSON (core/together.py)."""

    query: "Prepared"
    text: str

    def read(self) -> list:
        return list(map(self.query.read, map(tuple, decoded(self.text)[0])))


class Prepared:
    """Asked with values it answers with a list of what the query selects. A value may be compared, added or passed to
    a function, and a record is its id; it can't decide what the query looks like, and None is not IS NULL."""

    plain = NEVER  # how many values it has, where they may be numbers as they are

    def __init__(self, write: Callable):
        self.write = write
        self.sql: str | None = None
        self.read: Callable | None = None
        self.columns = 0
        update_wrapper(self, write)

    def __call__(self, *values) -> list:
        given = self.given_with(values)
        known = answers.so_far()
        if known is None:
            ahead = answers.asked_ahead()
            unread = ahead and ahead.get((self.sql, *given))
            return unread.read() if unread else self._ask(given)
        asked = (self.sql, *given)
        answer = known.get(asked)
        if type(answer) is not list:
            answer = known[asked] = self._ask(given) if answer is None else answer.read()
        return list(answer)

    def _ask(self, given: list) -> list:
        cursor = database.execute_sql(self.sql, given)
        return list(map(self._reader(cursor), cursor.fetchall()))

    def first(self, *values):
        """The first of them, or None."""
        return next(iter(self(*values)), None)

    def rows(self, *values) -> int:
        """Of a query that writes: how many rows it has changed."""
        return self._run(values).rowcount

    def _run(self, values: tuple):
        given = self.given_with(values)
        return database.execute_sql(self.sql, given)

    def given_with(self, values: tuple) -> list:
        """The values as they go with the SQL, which is written by now."""
        if self.sql is None:
            with _writing:
                if self.sql is None:  # nobody else has written it meanwhile
                    self._write()
        if self.plain == len(values):
            for value in values:
                if type(value) is not int:
                    break
            else:
                return list(values)
        return [value.of(values) if type(value) is Parameter else value for value in self.given]

    def _write(self) -> None:
        self.query = self.write(*map(Parameter, range(len(inspect.signature(self.write).parameters))))
        self._keep(*database.get_sql_context().sql(self.query).query())

    def _keep(self, sql: str, given: list) -> None:
        """What is the same each time stands in the statement itself, and a plus hides from the planner what is not.
        SQLite plans it once then: where it looks at a value, for a partial index or a limit, it plans anew for each."""
        values, left = iter(given), []

        def put(found: re.Match) -> str:
            if found[0] != "?":
                return found[0]
            value = next(values)
            if type(value) in CONSTANTS:
                return CONSTANTS[type(value)](value)
            left.append(value)
            return "+?"

        sql = PLACES.sub(put, sql)
        numbers = [value.number for value in left if type(value) is Parameter and value.as_it_is]
        self.plain = len(left) if numbers == list(range(len(left))) else NEVER
        self.given, self.sql = left, sql

    def _reader(self, cursor) -> Callable:
        """How a row is read is found out with the first answer, which names its columns; then the query itself is done
        with."""
        if self.read is None:
            with _writing:
                if self.read is None:
                    self.columns = len(cursor.description)
                    self.read, self.query = reader_of(self.query._get_cursor_wrapper(cursor)), None
        return self.read


class Numbered(Prepared):
    """Given numbers alone, which stand for themselves while the query is written: other numbers that nothing has are
    put in their places, so that they may be those of records."""

    def _write(self) -> None:
        places = {FIRST_OF_NONE - place: place for place in range(len(inspect.signature(self.write).parameters))}
        self.query = self.write(*places)
        sql, given = database.get_sql_context().sql(self.query).query()
        self._keep(sql, [Parameter(places[value]) if value in places else value for value in given])


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
