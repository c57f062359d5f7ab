"""Quick choices of a day or a time beside a field."""

from datetime import date, datetime, timedelta

from flask import g

from carmanana.contacting.business_hours import business_day_from, days_off, open_hours
from carmanana.core import clock, locales
from carmanana.core.limits import NEXT_STEP_DAYS
from carmanana.web.filters import locale, zone


def due_chips() -> list[tuple[str, str]]:
    """Words and the value that goes into the field: today, the next business day, Friday, in 2 weeks."""
    here = clock.local(clock.now(), zone())
    later = max(here + timedelta(hours=2), here.replace(hour=16, minute=0))
    friday = here + timedelta(days=(4 - here.weekday()) % 7 or 7)
    days = [open_day_from((here + timedelta(days=1)).date()), open_day_from(friday.date()), _in_two_weeks(here.date())]
    names = [day_word(days[0], here.date()), day_word(days[1], here.date()), "In 2 weeks"]
    open_today = later.date() == here.date() == open_day_from(here.date()) and here.hour < 20
    chips = {day: (name, f"{day}T10:00") for name, day in reversed(list(zip(names, days, strict=True)))}
    return ([("Today", _field(later))] if open_today else []) + [chips[day] for day in sorted(chips)]


def _in_two_weeks(today: date) -> date:
    """Or the business day before: the next step of a live order is no further ahead."""
    days = (today + timedelta(days=ahead) for ahead in range(NEXT_STEP_DAYS, 0, -1))
    return next((day for day in days if open_day_from(day) == day), today + timedelta(days=NEXT_STEP_DAYS))


def open_day_from(day: date) -> date:
    """The business day from that day on; what the calendar says is read once in a request."""
    if "opened" not in g:
        g.opened = open_hours(), days_off()
    return business_day_from(day, g.opened)


def day_word(day: date, today: date) -> str:
    """Tomorrow, Fri; further away the date, as another Friday than the next is meant."""
    ahead = (day - today).days
    return "Tomorrow" if ahead == 1 else f"{day:%a}" if ahead <= 7 else locales.short_day(day, locale())


def _field(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def day_chips() -> list[tuple[str, str]]:
    """For a follow-up day."""
    today = clock.today(zone())
    return [
        (name, open_day_from(today + timedelta(days=days)).isoformat())
        for name, days in (("In 2 weeks", 14), ("In a month", 30), ("In 3 months", 91))
    ]
