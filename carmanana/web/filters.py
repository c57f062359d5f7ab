"""How values are shown: days in words, money, the person's own zone."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

import phonenumbers
from flask import Flask
from flask_login import current_user
from markupsafe import Markup, escape

from carmanana.contacting.calling import places
from carmanana.core import clock, locales, money
from carmanana.core.limits import COUNTED
from carmanana.core.text import listed
from carmanana.customers.languages import name_of
from carmanana.records.house import house_unit, in_unit
from carmanana.web.http.assets import asset
from carmanana.web.http.requests import once_a_request

TOLD_IN_HOURS = 26 * 60  # minutes: longer than any day, from which on days are told


def zone() -> str:
    """Whose day it is, asked a thousand times by a board."""
    return once_a_request("zone", lambda: current_user.timezone if current_user.is_authenticated else "UTC")


def today() -> date:
    """In their zone; as often asked."""
    return once_a_request("today", lambda: clock.today(zone()))


def locale() -> str:
    """Whose days, hours and numbers are written."""
    return once_a_request("locale", _locale)


def _locale() -> str:
    return (current_user.is_authenticated and current_user.locale) or locales.DEFAULT


def money_here(cents: int | None, currency: str = "USD") -> str:
    """With the person's own marks."""
    return money.shown(cents, currency, locales.marks(locale()))


def exact(at: datetime) -> str:
    return locales.exact(clock.local(at, zone()), locale())


def hour(at: datetime) -> str:
    """14:30, or 2:30 PM, in their zone."""
    return locales.hour(clock.local(at, zone()), locale())


def hour_there(zones: str) -> str:
    """What the clock shows now in the first of these zones, written as the person writes hours."""
    there = next(iter((zones or "").split()), "")
    return locales.hour(clock.local(clock.now(), there), locale()) if there else ""


def region_name(region: str) -> str:
    """ "Connecticut" for US-CT; what was typed in words stays."""
    return places.name_of(region) if places.is_region(region or "") else region


def number(value: int | float) -> str:
    return locales.number(value, locale())


def counted(value: int, most: int = COUNTED) -> str:
    """A number that was counted no further than `most`."""
    return f"{number(most)}+" if value > most else number(value)


def at_least(value: int) -> str:
    """Of which there may be more."""
    return f"{number(min(value, COUNTED))}+"


def day(value: date | datetime | None) -> str:
    """15 Jan (Jan 15), with the year where it is another one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value, zone()).date()
    return locales.short_day(value, locale(), value.year != today().year)


def when(at: datetime | None) -> str:
    """What has happened: today 14:30, yesterday 9:12, Fri 17:20, 3 Nov."""
    return "" if at is None else _when(clock.local(at, zone()), today(), locale())


def _when(here: datetime, today: date, locale: str) -> str:
    ago = (today - here.date()).days
    if not 0 <= ago < 7:
        return locales.short_day(here, locale, here.year != today.year)
    said = {0: "today", 1: "yesterday"}.get(ago) or f"{here:%a}"
    return f"{said} {locales.hour(here, locale)}"


def due(at: datetime | date | None) -> str:
    """What is to be done: 14:30, Tomorrow, Fri, 15 Jan, 2 d overdue."""
    if at is None:
        return ""
    timed = isinstance(at, datetime)
    here = clock.local(at, zone()).date() if timed else at
    ahead = (here - today()).days
    if ahead < 0:
        return f"{-ahead} d overdue"
    if ahead == 0:
        return hour(at) if timed else "Today"
    if ahead == 1:
        return "Tomorrow"
    return f"{here:%a}" if ahead < 7 else day(here)


def due_state(at: datetime | date | None) -> str:
    """late, today or ahead."""
    if at is None:
        return "none"
    here = clock.local(at, zone()).date() if isinstance(at, datetime) else at
    if here < today() or (isinstance(at, datetime) and at < clock.now()):
        return "late"
    return "today" if here == today() else "ahead"


def due_words(at: datetime | None) -> str:
    """Like `due`, but a time that has passed today says by how much: 6 h overdue."""
    if isinstance(at, datetime) and at < clock.now() and clock.local(at, zone()).date() == today():
        minutes = overdue_minutes(at, clock.now())
        return f"{minutes // 60} h overdue" if minutes >= 60 else f"{minutes} min overdue"
    return due(at)


def overdue_minutes(at: datetime, now: datetime) -> int:
    """For how long it is overdue, as exactly as `due_words` tells it: minutes in the first hour, then whole hours, for
    a day and a bit; 0 where it is not."""
    if at >= now:
        return 0
    minutes = max(1, round((now - at).total_seconds() / 60))
    return minutes if minutes < 60 else min(minutes // 60 * 60, TOLD_IN_HOURS)


def business_time(minutes: int) -> str:
    """45 min, 3 h, 3 h 20 min: of business, so that no days are told."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def due_hour(at: datetime | None) -> str:
    """Like `due_words`, with the hour: 14:30, Tomorrow 09:30, Fri 10:00, 15 Jan 09:00."""
    words = due_words(at)
    return words if at is None or words == hour(at) or words.endswith("overdue") else f"{words} {hour(at)}"


def due_within(at: datetime | date | None) -> str:
    """Like `due_words`, within a sentence: by tomorrow."""
    return _within(due_words(at))


def due_said(at: datetime | None) -> str:
    """As a sentence tells it: due today 14:30, due tomorrow, due 15 Jan, 2 d overdue."""
    return _said(at, due_words(at))


def due_hour_said(at: datetime | None) -> str:
    """due tomorrow 09:30, 2 d overdue."""
    return _said(at, due_hour(at))


def due_hour_within(at: datetime | None) -> str:
    return _within(due_hour(at))


def _said(at: datetime | None, words: str) -> str:
    if at is None or words.endswith("overdue"):
        return words
    return f"due today {words}" if words == hour(at) else f"due {_within(words)}"


def _within(words: str) -> str:
    return words.replace("Tomorrow", "tomorrow").replace("Today", "today")


def time_tag(at: datetime | None, words=when) -> Markup:
    if at is None:
        return Markup("")
    return _time_tag(at, words, today(), (zone(), locale()), overdue_minutes(at, clock.now()))


@lru_cache(4_000)
def _time_tag(at: datetime, words: Callable, day: date, place: tuple, overdue: int) -> Markup:
    """Kept by all that the words depend on."""
    here = clock.local(at, place[0])
    told = _when(here, day, place[1]) if words is when else words(at)
    return Markup(f'<time datetime="{at.isoformat()}" title="{locales.exact(here, place[1])}">{escape(told)}</time>')


def wall(at: datetime | None) -> str:
    """For a datetime-local field."""
    return f"{clock.local(at, zone()):%Y-%m-%dT%H:%M}" if at else ""


def size(octets: int) -> str:
    return f"{number(round(octets / 1_000_000, 1))} MB" if octets >= 1_000_000 else f"{max(1, octets // 1000)} kB"


@lru_cache(4096)
def phone(number: str) -> str:
    """+13055550171 as +1 305-555-0171; anything else as it is."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def breakable(address: str) -> Markup:
    """An email address that breaks, where it must, before its @ and its dots."""
    return Markup(re.sub(r"(?=[@.])", "<wbr>", str(escape(address))))


def plural(value: int, one: str, many: str | None = None, most: int | None = None) -> str:
    """Of `most` where it was counted no further."""
    told = number(value) if most is None else counted(value, most)
    return f"{told} {one if value == 1 else many or one + 's'}"


def distance_unit() -> str:
    """The house's, asked once a request."""
    return once_a_request("distance_unit", house_unit)


def distance(value: int, typed_in: str) -> str:
    return f"{number(in_unit(value, typed_in, distance_unit()))} {distance_unit()}"


def icon(name: str, look: str = "") -> Markup:
    return _icon(asset("icons.svg"), name, look)


@lru_cache(1024)
def _icon(sheet: str, name: str, look: str) -> Markup:
    return Markup('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>').format(look, sheet, name)


def init_filters(app: Flask) -> None:
    app.jinja_env.filters |= {
        "listed": listed,
        "money": money_here,
        "short_money": lambda cents, currency="USD": money.short(cents, currency, locales.marks(locale())),
        "day": day,
        "whole_day": lambda value: locales.whole_day(value, locale(), value.year != today().year),
        "long_day": lambda value: locales.long_day(value, locale(), value.year != today().year),
        "week_day": lambda value: locales.week_day(value, locale()),
        "month": lambda value: locales.month(value, locale(), year=False),
        "month_of_year": lambda value: locales.month(value, locale()),
        "short_month": lambda value: f"{value:%b}",
        "hour": hour,
        "exact": exact,
        "hour_there": hour_there,
        "wall_hour": lambda here: locales.hour(here, locale()),
        "hour_of": lambda here: f"{here:%a} {locales.hour(here, locale())}",
        "number": number,
        "counted": counted,
        "at_least": at_least,
        "distance": distance,
        "business_time": business_time,
        "when": when,
        "due": due,
        "due_words": due_words,
        "due_state": due_state,
        "time_tag": time_tag,
        "due_tag": lambda at: time_tag(at, due_words),
        "due_within_tag": lambda at: time_tag(at, due_within),
        "due_said": due_said,
        "due_said_tag": lambda at: time_tag(at, due_said),
        "due_hour_within_tag": lambda at: time_tag(at, due_hour_within),
        "due_hour_said_tag": lambda at: time_tag(at, due_hour_said),
        "wall": wall,
        "size": size,
        "plural": plural,
        "phone": phone,
        "breakable": breakable,
        "language": name_of,
        "region_name": region_name,
        "merged": lambda one, other: one | other,
    }
    app.jinja_env.globals |= {"clock": clock, "icon": icon, "locale": locale, "distance_unit": distance_unit}
    app.jinja_env.globals["day_first"] = lambda: locales.day_first(locale())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
