"""The first rows of several parts together: each is read along an index of its own, and they are merged."""

from collections.abc import Callable, Sequence

from peewee import SCOPE_NORMAL, SQL, Expression, Node, Select

from carmanana.boards.cache import QUERIES
from carmanana.core.db import database
from carmanana.core.query import planned_once

Query = tuple[str, list]  # its text and what it is given


PART = SQL("\0", ("\0",))  # stands for each of the parts in turn, and for what it is given
MANY = "\1"


def first_of(found: Select, parts: Sequence[Expression], number: Node, by: Node, descending: bool, most: int) -> Query:
    """The first ids of what is found, in the order of a column; the parts hold all of it, and nothing twice."""
    return so_many(written(found, parts, number, by, descending), most)


def written(found: Select, parts: Sequence[Expression], number: Node, by: Node, descending: bool) -> Query:
    """The same, with a place for how many."""
    turn, order = ("DESC", (by.desc(), number.desc())) if descending else ("ASC", (by, number))
    rows = found.select(number.alias("number"), by.alias("place")).order_by(*order)
    text, given = together([(f"{sql} LIMIT {MANY}", values) for sql, values in _each(rows, parts)])
    text = f"SELECT number FROM ({text}) ORDER BY place {turn}, number {turn} LIMIT {MANY}"
    return planned_once(text), given


def written_once(shown, write: Callable[[], Query]) -> Query:
    """Of a list that says which of its chips pass with time: while none of them is on and nothing is typed, what is
    written for a person is the same each time."""
    key = _what_decides(shown)
    return (QUERIES.get(key) or QUERIES.put(key, write())) if key else write()


def _what_decides(shown) -> tuple | None:
    on, passing = [chip.key for chip in shown.on], shown.list.passing
    if passing is None or shown.text or shown.args.get("after") or not passing.isdisjoint(on):
        return None
    by, chosen, values = shown.by, tuple(shown.chosen.items()), tuple(shown.list.values.items())
    return shown.list.endpoint, values, by.id, by.roles, tuple(on), chosen, shown.sorted.key, shown.descending


def first_shown(shown, parts: Sequence[Expression]) -> list[int]:
    """The ids of a page, and one more."""
    by = shown.sorted.sort
    query = written_once(shown, lambda: written(shown.after(shown.query), parts, shown.list.id, by, shown.descending))
    return ids_of(so_many(query, shown.most + 1))


def so_many(query: Query, most: int) -> Query:
    return query[0].replace(MANY, f"{most:d}"), query[1]


def _each(rows: Select, parts: Sequence[Expression]) -> list[Query]:
    """Peewee takes longer to write a query than SQLite to answer it: one is written for all parts, which are put into
    their place in it."""
    if not parts:
        return [rows.sql()]
    text, given = rows.where(PART).sql()
    place = given.index(PART.sql)
    told = [database.get_sql_context(scope=SCOPE_NORMAL).sql(part).query() for part in parts]
    return [(text.replace(PART.sql, sql), [*given[:place], *values, *given[place + 1 :]]) for sql, values in told]


def together(queries: Sequence[Query]) -> Query:
    text = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _ in queries)
    return text, [value for _, given in queries for value in given]


def ids_of(query: Query) -> list[int]:
    return [number for (number,) in database.execute_sql(*query).fetchall()] if query[0] else []


def ids_found(found: Select) -> list[int]:
    text, given = found.sql()
    return ids_of((planned_once(text), given))


def behind(sent: str, found: Select, scope: Select, number: Node, by: Node, descending: bool) -> Select:
    """Behind the row of this number; by its values, so that no page is the slower for being far down."""
    if not (sent.isascii() and sent.isdigit() and len(sent) < 16):
        return found
    last = database.execute(scope.select(by).where(number == int(sent)).order_by()).fetchone()
    if last is None or last[0] is None:
        return found
    value = last[0]
    if descending:
        return found.where(by <= value, ~((by == value) & (number >= int(sent))))
    return found.where(by >= value, ~((by == value) & (number <= int(sent))))
