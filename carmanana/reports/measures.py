"""What is measured: how many, what they add up to, how much money, how long in the middle, and what share of what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import and_

from peewee import SQL, Node, fn

from carmanana.reports.report_scope import ReportScope

COUNT, ADDED, SUM, MIDDLE, SHARE = "count", "added", "sum", "middle", "share"
DAYS, MINUTES = "days", "minutes"
OWN, PREVIOUS, FIRST = "own", "previous", "first"


@dataclass(frozen=True)
class Measure:
    """`definition` says it in words. A count is of the rows for which `where` holds; what is added is a number of
    theirs, `of`, and a sum adds up cents; a middle is of a `length` in seconds (or minutes) that so many (`at`) did not
    exceed; a share is of two counts of its line, or of the previous or the first line's."""

    key: str
    label: str
    definition: str
    kind: str = COUNT
    where: Callable[[ReportScope], Node] | None = None
    of: Node | None = None
    length: Callable[[ReportScope], Node] | None = None
    at: float = 0.5
    unit: str = DAYS
    part: str = ""
    whole: str = ""
    of_line: str = OWN

    def condition(self, scope: ReportScope) -> Node | None:
        return self.where(scope) if self.where else None

    def counted(self, scope: ReportScope, *of_line: Node | None, weight: Node | None = None) -> Node:
        """`weight` is the column that tells how many a row stands for."""
        conditions = [condition for condition in (*of_line, self.condition(scope)) if condition is not None]
        each = self.of if weight is None else weight
        number = fn.COUNT(SQL("1")) if each is None else fn.SUM(each)
        number = number.filter(reduce(and_, conditions)) if conditions else number
        return number if each is None else fn.COALESCE(number, 0)

    def summed(self, scope: ReportScope) -> Node:
        found, condition = fn.SUM(self.of), self.condition(scope)
        return found if condition is None else found.filter(condition)

    @property
    def listed(self) -> bool:
        """Are there rows behind it?"""
        return self.kind != SHARE


def count(key: str, label: str, definition: str, where=None) -> Measure:
    return Measure(key, label, definition, where=where)


def added(key: str, label: str, definition: str, of: Node) -> Measure:
    """Of a number that is nought or more."""
    return Measure(key, label, definition, ADDED, lambda scope: of > 0, of)


def money(key: str, label: str, definition: str, of: Node, where=None) -> Measure:
    return Measure(key, label, definition, SUM, where, of)


def middle(key: str, label: str, definition: str, length, where=None, at: float = 0.5, unit: str = DAYS) -> Measure:
    return Measure(key, label, definition, MIDDLE, where, length=length, at=at, unit=unit)


def share(key: str, label: str, definition: str, part: str, whole: str, of_line: str = OWN) -> Measure:
    return Measure(key, label, definition, SHARE, part=part, whole=whole, of_line=of_line)


def middle_of(spread: Iterable[tuple[int, int]], at: float) -> int | None:
    """Of lengths and how many there are of each: the one that such a share did not exceed."""
    spread = sorted(spread)
    left = ceil(at * sum(number for _, number in spread))
    for length, number in spread:
        left -= number
        if left <= 0:
            return length
    return None


def since(column, scope: ReportScope) -> Node:
    """Whole hours, as seconds, from a stored moment to now: so many lengths are few."""
    return (fn.unixepoch(scope.now.replace(tzinfo=None).isoformat(" ")) - fn.unixepoch(column)) / 3600 * 3600
