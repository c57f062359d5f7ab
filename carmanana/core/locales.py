"""How a person's own locale writes days, hours and numbers. The words stay English; each locale is an English one of a
region, so that "fr-CA" reads as English of Canada."""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, localedata
from babel.dates import format_skeleton, format_time
from babel.numbers import format_decimal

DEFAULT = "en-GB"
REGIONS = "US GB CA AU NZ IE ZA IN PH SG AE DE AT CH FR BE NL IT ES PT SE DK NO FI PL".split()


@lru_cache
def offered() -> dict[str, str]:
    """Code and name, with what a day and an hour look like there."""
    names = Locale("en").territories
    codes = [region for region in REGIONS if localedata.exists(f"en_{region}")]
    sample = datetime(2026, 1, 15, 14, 30)
    return {
        f"en-{code}": f"{names[code]} ({short_day(sample, f'en-{code}')}, {hour(sample, f'en-{code}')})"
        for code in codes
    }


def best_of(asked: str | None) -> str:
    """The first of a browser's languages whose region is known; empty where none is."""
    for tag in (asked or "").split(","):
        language, *parts = tag.split(";")[0].strip().split("-")
        region = next((part.upper() for part in parts if len(part) == 2), language.upper() if language != "en" else "")
        if f"en-{region}" in offered():
            return f"en-{region}"
    return ""


@lru_cache
def _known(locale: str) -> Locale:
    return Locale.parse(locale or DEFAULT, sep="-")


@lru_cache(5_000)
def _skeleton(skeleton: str, day: date, locale: str) -> str:
    return format_skeleton(skeleton, datetime.combine(day, time()), locale=_known(locale))


def hour(at: datetime | time, locale: str) -> str:
    """14:30 or 2:30 PM, of a wall clock."""
    return _hour(time(at.hour, at.minute), locale)


@lru_cache(3_000)
def _hour(at: time, locale: str) -> str:
    return format_time(at, "short", locale=_known(locale)).replace("\u202f", "\u00a0")


def short_day(day: date, locale: str, year: bool = False) -> str:
    """15 Jan, Jan 15, 15 Jan 2027."""
    return _skeleton("yMMMd" if year else "MMMd", _day(day), locale)


def long_day(day: date, locale: str, year: bool = True) -> str:
    """15 January 2027."""
    return _skeleton("yMMMMd" if year else "MMMMd", _day(day), locale)


def week_day(day: date, locale: str = DEFAULT) -> str:
    """Fri."""
    return _skeleton("E", _day(day), locale)


def whole_day(day: date, locale: str, year: bool = True) -> str:
    """Friday 15 January 2027, Friday, January 15, 2027."""
    return f"{day:%A}{_after_weekday(locale)}{long_day(day, locale, year)}"


def exact(at: datetime, locale: str) -> str:
    """Fri 15 Jan 2027, 14:30, of a wall clock."""
    return f"{at:%a}{_after_weekday(locale)}{short_day(at, locale, year=True)}, {hour(at, locale)}"


def month(day: date, locale: str = DEFAULT, year: bool = True) -> str:
    return _skeleton("yMMMM" if year else "MMMM", _day(day), locale)


def span(first: date, last: date, locale: str) -> str:
    """16 – 22 November 2026, November 16 – 22, 2026."""
    if (first.year, first.month) != (last.year, last.month):
        return f"{long_day(first, locale, first.year != last.year)} – {long_day(last, locale)}"
    if day_first(locale):
        return f"{first.day} – {long_day(last, locale)}"
    return f"{long_day(first, locale, year=False)} – {last.day}, {last.year}"


def _after_weekday(locale: str) -> str:
    return " " if day_first(locale) else ", "


@lru_cache
def day_first(locale: str) -> bool:
    return short_day(date(2026, 1, 15), locale).startswith("1")


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


@lru_cache(5_000)
def number(value: int | float, locale: str) -> str:
    """With the locale's own marks between thousands."""
    return format_decimal(value, locale=_known(locale)).replace("\u202f", "\u00a0")


@lru_cache
def marks(locale: str) -> tuple[str, str]:
    """Before hundredths, and between thousands: of 1.234,50 and 1 234,50 too."""
    symbols = _known(locale).number_symbols
    symbols = symbols.get("latn", symbols)
    return symbols["decimal"], symbols["group"].replace("\u202f", "\u00a0")
