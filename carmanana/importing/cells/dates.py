"""The date in a cell, whatever way it was written."""

import re
from datetime import date, timedelta

from carmanana.importing.cells.words import Unclear

MDY, DMY = "mdy", "dmy"
ORDERS = {MDY: "month / day / year, as in the United States", DMY: "day / month / year"}
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T,]+\d.*)?")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+\d.*)?")
SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
MONTHS = {
    1: "jan january januar janvier janv enero ene gennaio gen januari janeiro styczeń",
    2: "feb february februar février févr fév febrero febbraio februari fevereiro fev",
    3: "mar march märz mrz mär mars marzo maart mrt março", 4: "apr april avril avr abril abr aprile",
    5: "may mai mayo maggio mag mei maio",
    6: "jun june juni juin junio giugno giu junho", 7: "jul july juli juillet juil julio luglio lug julho",
    8: "aug august août aoû agosto ago augustus",
    9: "sep sept september septembre septiembre settembre set setembro",
    10: "oct october oktober okt octobre octubre ottobre ott outubro out",
    11: "nov november novembre noviembre novembro",
    12: "dec december dezember dez décembre déc diciembre dic dicembre dezembro",
}  # fmt: skip
MONTH = {name: number for number, names in MONTHS.items() for name in names.split()}
DAY_FIRST = re.compile(r"(?:[^\W\d_]+ )?(\d{1,2}) (?:de |of )?([^\W\d_]+) (?:de |del )?(\d{4}|\d{2})(?: \d.*)?")
MONTH_FIRST = re.compile(r"(?:[^\W\d_]+ )?([^\W\d_]+) (\d{1,2}) (\d{4})(?: \d.*)?")
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
    """The month by name, as Excel writes it in short (14-Sep-26) or as a person does (2nd January 2022)."""
    spaced = " ".join(re.sub(r"(?<=\d)(st|nd|rd|th)\b|[,.\-/]", " ", bare).split()).casefold()
    if match := DAY_FIRST.fullmatch(spaced):
        return date(_year(match[3]), _month(match[2]), int(match[1]))
    if match := MONTH_FIRST.fullmatch(spaced):
        return date(int(match[3]), _month(match[1]), int(match[2]))
    raise ValueError(bare)


def _month(name: str) -> int:
    if name not in MONTH:
        raise ValueError(name)
    return MONTH[name]


def _hint(bare: str, order: str) -> str:
    other = DMY if order == MDY else MDY
    try:
        _day(bare, other)
    except ValueError:
        return ""
    return f" when read as {ORDERS[order]}"
