"""What a duty of the day finds: the first of many, in the order of when they are due, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import NamedTuple

from peewee import SQL, Select, Value, fn

from carmanana.core.db import database
from carmanana.core.limits import AT_A_GLANCE, COUNTED
from carmanana.core.query import Parameter, Prepared
from carmanana.records.open_steps import OpenStep

DEAL, LEAD = "deal", "lead"
FEW = 6

# the number, kind, step and moment of those that are shown first, and how many there are
FIRST = """
SELECT kind, id, step_id, due, (SELECT COUNT(*) FROM ({every} LIMIT ?)) FROM (
  WITH found (kind, id, step_id, due) AS ({branches}) SELECT * FROM found ORDER BY due{down}, kind, id LIMIT ? OFFSET ?)
"""


class Due(NamedTuple):
    """A deal or a lead that asks for something, with the step that it is about, where there is one. `at` is the moment
    or the day that it is sorted by, as it is stored. What its row shows is told by `today.telling`."""

    kind: str
    id: int
    step_id: int | None
    at: str | None


def counted_to(limit: int) -> int:
    """A page with a few rows of each of its lists says 99+ of one; the list as a whole is counted further."""
    return AT_A_GLANCE if limit <= FEW else COUNTED


@dataclass(frozen=True)
class Found:
    """The rows that are shown, and how many there are; counted little further than `most`."""

    rows: list
    many: int = 0
    most: int = COUNTED

    def __bool__(self) -> bool:
        return bool(self.many)


def branch(kind: str, found: Select, due, model) -> Select:
    """One kind of what a section shows."""
    return found.select(Value(kind), model.id, SQL("NULL"), due).order_by(due)


def steps(found: Select) -> Select:
    """Next steps of deals or of leads."""
    return found.select(OpenStep.kind, OpenStep.record_id, OpenStep.id, OpenStep.due_at).order_by(OpenStep.due_at)


def up_to(found: Select, most) -> Select:
    """The number of these ids, of no more than so many."""
    return Select([found.limit(most)], [fn.COUNT(SQL("1"))])


class Page(Prepared):
    """Some of many rows, asked for with what its query names and, last, how many of them, from where, and how many are
    counted; each row brings how many there are. Of ids alone it is told how to load the records that they are."""

    def found(self, *values, limit: int, offset: int = 0, load: Callable | None = None) -> Found:
        most = counted_to(limit)
        rows = self(*values, limit, offset, most + 1)
        if not rows:
            return Found([])
        records = {one.id: one for one in load(row.id for row in rows)} if load else {}
        return Found([records[row.id] for row in rows] if load else rows, rows[0].many, most)


def page_of(model, found: Select, limit, offset, most) -> Select:
    """The ids of a page of what is found in its order, and how many are found, to be joined with what is told of
    them."""
    many = up_to(found.select(SQL("1")).order_by(), most).alias("many")
    return found.select(model.id, many).limit(limit).offset(offset).alias("page")


class Duty(Prepared):
    """The branches of a section, as a function of the values that they are asked with: their SQL is written once. Each
    gives no more rows than the page shows; they are counted one after the other, no further than is told."""

    def __init__(self, write: Callable, newest_first: bool = False):
        super().__init__(write)
        self.newest_first = newest_first

    def _write(self) -> None:
        number = len(signature(self.write).parameters)
        branches = self.write(*map(Parameter, range(number)))
        first, most, limit, offset = map(Parameter, range(number, number + 4))
        every, counted = _together([_bare(one) for one in branches], "{}", " UNION ALL ")
        union, found = _together([one.limit(first) for one in branches], "SELECT * FROM ({})", " UNION ALL ")
        sql = FIRST.format(every=every, branches=union, down=" DESC" if self.newest_first else "")
        self._keep(sql, [*counted, most, *found, limit, offset])

    def found(self, *values, limit: int, offset: int = 0) -> Found:
        """The first of them by when they are due."""
        most = counted_to(limit)
        rows = self._run((*values, limit + offset, most + 1, limit, offset)).fetchall()
        return Found([Due._make(row[:4]) for row in rows], rows[0][4] if rows else 0, most)


class Days(Duty):
    """How many of them each day has. It is asked with the person and, of each day, when it begins and ends, the day
    before it and itself."""

    DAYS, EDGES = 7, ("begins", "ends", "after", "until")

    def _write(self) -> None:
        branches = self.write(Parameter(0), *(SQL(f"days.{edge}") for edge in self.EDGES))
        told, counted = _together([up_to(_bare(one), AT_A_GLANCE + 1) for one in branches], "({})", " + ")
        edges = [Parameter(number + 1) for number in range(self.DAYS * len(self.EDGES))]
        days = ", ".join([f"({', '.join('?' for _ in self.EDGES)})"] * self.DAYS)
        sql = f"WITH days ({', '.join(self.EDGES)}) AS (VALUES {days}) SELECT {told} FROM days"
        self._keep(sql, [*edges, *counted])

    def __call__(self, by, days: list[tuple]) -> list[int]:
        return [number for (number,) in self._run((by, *(edge for day in days for edge in day))).fetchall()]


def _bare(found: Select) -> Select:
    return found.select(SQL("1")).order_by()


def _together(found: list[Select], each: str, between: str) -> tuple[str, list]:
    """Their statements as one, and the values of all."""
    parts = [database.get_sql_context().sql(one).query() for one in found]
    return between.join(each.format(sql) for sql, _ in parts), [value for _, given in parts for value in given]
