"""The date in a cell, whatever way it was written."""

import re
from datetime import date, datetime, timedelta

from .words import Unclear

MDY, DMY = "mdy", "dmy"
ORDERS = {MDY: "month / day / year, as in the United States", DMY: "day / month / year"}
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T,]+\d.*)?")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+\d.*)?")
SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
NAMED = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%a %b %d %Y")
FIRST_YEAR, LAST_YEAR = 1970, 2100


def order_of(day_first: int, month_first: int, dots: int) -> tuple[str, bool]:
    """The order of day and month that fits the most cells of a column, and whether any cell proved
    it. Dots are a European habit; otherwise a dealer here writes the month first."""
    order = DMY if day_first > month_first or (dots and day_first == month_first) else MDY
    return order, day_first != month_first


def day(text: str, order: str = MDY) -> date:
    """The date in a cell: ISO, slashes in the column's order, a month by name, or an Excel serial."""
    bare = text.strip()
    try:
        found = _day(bare, order)
    except ValueError:
        raise Unclear(f"“{text}” is not a date{_hint(bare, order)}.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unclear(f"“{text}” is not a likely date: the year is {found.year}.")
    return found


def _day(bare: str, order: str) -> date:
    if match := ISO.fullmatch(bare):
        return date(*map(int, match.groups()))
    if match := SLASHED.fullmatch(bare):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        return date(year, first, second) if order == MDY else date(year, second, first)
    if SERIAL.fullmatch(bare):
        return date(1899, 12, 30) + timedelta(days=int(float(bare)))
    return _named(bare)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _named(bare: str) -> date:
    spaced = " ".join(re.sub(r"(?<=\d)(st|nd|rd|th)\b|[,.\-]", " ", bare).split())
    for pattern in NAMED:
        try:
            return datetime.strptime(spaced, pattern).date()
        except ValueError:
            continue
    raise ValueError(bare)


def _hint(bare: str, order: str) -> str:
    other = DMY if order == MDY else MDY
    try:
        _day(bare, other)
    except ValueError:
        return ""
    return f" when read as {ORDERS[order]}"
