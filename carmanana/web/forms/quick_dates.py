"""Quick choices of a day or a time beside a field."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from flask import g

from carmanana.contacting.business_hours import business_day_from, days_off, open_hours
from carmanana.core import clock, locales
from carmanana.core.limits import NEXT_STEP_DAYS
from carmanana.web.filters import locale, zone


class QuickDate(NamedTuple):
    """What its chip says, and the value that goes into the field."""

    name: str
    value: str
    today: bool = False


def due_chips() -> list[QuickDate]:
    """Today, the next business day, Friday, in 2 weeks."""
    here = clock.local(clock.now(), zone()).replace(second=0, microsecond=0)
    return _chips(here.replace(tzinfo=None), locale(), *_opened())


@lru_cache(100)
def _chips(here: datetime, written: str, weekdays: frozenset, holidays: frozenset) -> list[QuickDate]:
    """As they are in this minute, by the clock on the wall: one moment is another hour, or day, in another zone."""
    later = max(here + timedelta(hours=2), here.replace(hour=16, minute=0))
    today, opened = here.date(), (weekdays, holidays)
    open_today = later.date() == today == business_day_from(today, opened) and here.hour < 20
    return [
        *([QuickDate("Today", _field(later), today=True)] if open_today else []),
        *_days_from(today, written, *opened),
    ]


def _days_from(today: date, written: str, weekdays: frozenset, holidays: frozenset) -> list[QuickDate]:
    """The next business day, Friday, in 2 weeks, as they are in this locale."""
    opened = weekdays, holidays
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    days = [business_day_from(today + timedelta(days=1), opened), business_day_from(friday, opened)]
    ahead = (today + timedelta(days=days) for days in range(NEXT_STEP_DAYS, 0, -1))
    last = next((day for day in ahead if business_day_from(day, opened) == day), today + timedelta(days=NEXT_STEP_DAYS))
    names = [*(_day_word(day, today, written) for day in days), "In 2 weeks"]
    chips = {
        day: QuickDate(name, f"{day}T10:00") for name, day in reversed(list(zip(names, [*days, last], strict=True)))
    }
    return [chips[day] for day in sorted(chips)]


def open_day_from(day: date) -> date:
    """The business day from that day on; what the calendar says is read once in a request."""
    return business_day_from(day, _opened())


def _opened() -> tuple[frozenset[int], frozenset[date]]:
    """The weekdays on which we are open, and the days on which we are not all the same."""
    if "opened" not in g:
        g.opened = frozenset(open_hours()), frozenset(days_off())
    return g.opened


def day_word(day: date, today: date) -> str:
    """Tomorrow, Fri; further away the date, as another Friday than the next is meant."""
    return _day_word(day, today, locale())


def _day_word(day: date, today: date, written: str) -> str:
    ahead = (day - today).days
    return "Tomorrow" if ahead == 1 else f"{day:%a}" if ahead <= 7 else locales.short_day(day, written)


def _field(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def day_chips() -> list[QuickDate]:
    """For a follow-up day."""
    today = clock.today(zone())
    return [
        QuickDate(name, open_day_from(today + timedelta(days=days)).isoformat())
        for name, days in (("In 2 weeks", 14), ("In a month", 30), ("In 3 months", 91))
    ]
