"""The only clock. Everything stored is UTC; a person sees their own zone."""

from calendar import monthrange
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)

OPENS, CLOSES = time(9), time(18)


_ahead = timedelta()

_zone = lru_cache(maxsize=600)(ZoneInfo)  # which by itself keeps eight, and reads a file for each of the others


def now() -> datetime:
    return _set_to.get() or datetime.now(UTC) + _ahead


def today(zone: str = "UTC") -> date:
    return local(now(), zone).date()


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(_zone(zone))


def from_local(wall: datetime, zone: str) -> datetime:
    """UTC of a wall-clock reading. A repeated hour means its first pass; a skipped
    one is moved forward by the gap."""
    return wall.replace(tzinfo=_zone(zone), fold=0).astimezone(UTC)


def in_months(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last day."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@lru_cache(1_000)
def start_of_day(day: date, zone: str) -> datetime:
    return from_local(datetime.combine(day, time()), zone)


@contextmanager
def set_to(at: datetime):
    """Tests and the demo world live at another moment."""
    token = _set_to.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


@contextmanager
def running_ahead(by: timedelta):
    """In this whole process the clock goes on from another moment: what people do in tests is done on a working day."""
    global _ahead
    before, _ahead = _ahead, by
    try:
        yield
    finally:
        _ahead = before
