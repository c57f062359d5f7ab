"""What is due when: the open steps, the holds and the ETAs of the deals that a filter leaves, by month, week or day.

A step stands on its day in the zone of whoever looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from carmanana.boards.deal_filter import Filter
from carmanana.core import clock
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline

MONTH, WEEK, DAY = "month", "week", "day"
SPANS = {MONTH: "Month", WEEK: "Week", DAY: "Day"}
FITS = {MONTH: 4, WEEK: 10, DAY: 200}
MOST = {MONTH: 12, WEEK: 20, DAY: FITS[DAY]}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass
class Entry:
    """A step (it has a time), a hold's follow-up, or a won order's ETA. `movable` are those that the one who looks may
    put on another day."""

    id: int
    deal_id: int
    on: date
    what: str
    client: str
    owner: User | None
    locked: bool
    movable: bool
    late: bool
    at: datetime | None = None
    eta: bool = False

    @property
    def kind(self) -> str:
        return "step" if self.at else "eta" if self.eta else "hold"

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"


@dataclass
class Day:
    """`total` counts what is due; `uncounted` where more of a kind are due than are counted. `told` is all that is
    known of it, of which its first entries are read when they are asked for."""

    on: date
    total: int = 0
    uncounted: bool = False
    told: tuple = ()
    read: Callable[[tuple], list[Entry]] = list

    @cached_property
    def entries(self) -> list[Entry]:
        return self.read(self.told)

    @property
    def more(self) -> int:
        return self.total - len(self.entries)

    @property
    def weekend(self) -> bool:
        return self.on.weekday() >= 5


class Calendar:
    def __init__(self, pipeline: Pipeline, user: User, chosen: Filter, span: str = MONTH, on: date | None = None):
        self.pipeline, self.user, self.filter = pipeline, user, chosen
        self.today = clock.today(user.timezone)
        self.span = span if span in SPANS else MONTH
        self.on = on if on and EARLIEST <= on <= LATEST else self.today
        self.days = [Day(day) for day in _days_of(self.span, self.on)]

    @cached_property
    def by_day(self) -> dict[date, Day]:
        return {day.on: day for day in self.days}

    @property
    def total(self) -> int:
        return sum(day.total for day in self.days)

    @property
    def previous(self) -> date:
        return _first_of_month(self.on, -1) if self.span == MONTH else self.on - self._step

    @property
    def next(self) -> date:
        return _first_of_month(self.on, 1) if self.span == MONTH else self.on + self._step

    @property
    def _step(self) -> timedelta:
        return timedelta(days=7 if self.span == WEEK else 1)

    def outside(self, day: Day) -> bool:
        """A day of the month before or after, shown to fill the week."""
        return self.span == MONTH and day.on.month != self.on.month

    @property
    def most(self) -> int:
        """How many of a kind are counted on one day."""
        return MOST[self.span]


def _days_of(span: str, on: date) -> list[date]:
    if span == DAY:
        return [on]
    first = _monday(on if span == WEEK else on.replace(day=1))
    last = (
        first + timedelta(days=6)
        if span == WEEK
        else _monday(_first_of_month(on, 1) - timedelta(days=1)) + timedelta(days=6)
    )
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date, ahead: int = 0) -> date:
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)
