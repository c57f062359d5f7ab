"""The rules of all regions as they are read: once for each state of them and each day."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from carmanana.contacting.calling.hours import SEARCHED, RuleBook
from carmanana.contacting.marks import mark_of
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.calling import CallingRule, RegionHoliday


def rule_book(at: datetime | None = None) -> RuleBook:
    """The rules of all regions as they stand, and the holidays about a moment, now for one."""
    return _book(mark(), (at or clock.now()).date())


def mark() -> int | None:
    """Of the rules as they stand."""
    return next((mark for (mark,) in marks()), None)


marks = mark_of("calling_mark")


@lru_cache(8)
def _book(mark: int | None, day: date) -> RuleBook:
    return RuleBook.of(_rules(), _holidays(day - timedelta(days=3), day + timedelta(days=SEARCHED + 3)))


_rules = prepared(lambda: CallingRule.select().order_by(CallingRule.id))


@prepared
def _holidays(first, last):
    return (
        RegionHoliday.select(RegionHoliday.region, RegionHoliday.day)
        .where(RegionHoliday.day.between(first, last))
        .tuples()
    )
