"""`python -m carmanana.importing.files.book_reader PATH [SHEET]`: reads a workbook with calamine, in a process of its
own with little memory and time, since a damaged file can make the reader ask for gigabytes or end without a word. It
tells the names of the visible sheets, or the rows of one, as lines of JSON; at the end, or what is wrong, by how it
exits."""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from carmanana.importing.files import cells, merged, open_document

READ, BROKEN, LOCKED, TOO_LARGE = 0, 1, 3, 4
MOST_CELLS = 8_000_000
LONG = 10**9
TOLD = 6
MEMORY, SECONDS = 1024 * 1024 * 1024, 60


def main(path: str, *sheet: str) -> int:
    _keep_to_little()
    try:
        for line in _lines(path, *sheet):
            sys.stdout.write(json.dumps(line) + "\n")
    except PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, ZipError, BadZipFile, ExpatError, OSError, ValueError, OverflowError):
        return BROKEN
    return READ


def _keep_to_little() -> None:
    with suppress(ImportError, ValueError, OSError):  # not a Unix, or less is allowed already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _lines(path: str, name: str = "") -> Iterator:
    """Of one sheet first which cells are merged over rows, then its rows."""
    book = CalamineWorkbook.from_path(path)
    if not name:
        yield [sheet.name for sheet in book.sheets_metadata if _is_visible(sheet)]
        return
    sheet = book.get_sheet_by_name(name)
    if sheet.height * sheet.width > MOST_CELLS:
        raise MemoryError
    spans = _spans(path, name, sheet)
    yield [merged.area(*span) for span in islice(spans.items(), TOLD)], len(spans)
    filling = merged.Filling(spans)
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        told = row[: cells.MOST_COLUMNS]
        for column in filling.begun.get(number, ()):
            if column < len(told) and _may_be_sum(told[column]):
                filling.leave_out(number, column)
        yield filling.filled(number, [_text(value) for value in told])


def _spans(path: str, name: str, sheet) -> merged.Spans:
    """Of .xls and .ods; of .xlsb nothing tells them."""
    areas = sheet.merged_cell_ranges
    if areas is None and open_document.is_one(path):
        areas = open_document.merged(path, name)
    over_rows = ((first, last) for first, last in areas or () if last[0] > first[0])
    return {(first[0] + 1, first[1]): last[0] + 1 for first, last in islice(over_rows, merged.MOST)}


def _may_be_sum(value) -> bool:
    """A number that is not so long that it is a phone number or the number of something."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and not (float(value).is_integer() and abs(value) >= LONG)


def _is_visible(sheet) -> bool:
    return sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet


def _text(value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return cells.number(float(value))
    if isinstance(value, datetime | time | timedelta):
        return cells.moment(value)
    return value.isoformat() if isinstance(value, date) else str(value)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
