"""`python -m carmanana.importing.files.book_reader PATH [SHEET]`: reads a workbook with calamine, in a process of its
own with little memory and time, since a damaged file can make the reader ask for gigabytes or end without a word. It
tells the names of the visible sheets, or the rows of one, as lines of JSON; at the end, or what is wrong, by how it
exits."""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from carmanana.importing.files import cells

READ, BROKEN, LOCKED, TOO_LARGE = 0, 1, 3, 4
MOST_CELLS = 8_000_000
MEMORY, SECONDS = 1024 * 1024 * 1024, 60


def main(path: str, *sheet: str) -> int:
    _keep_to_little()
    try:
        for line in _lines(CalamineWorkbook.from_path(path), *sheet):
            sys.stdout.write(json.dumps(line) + "\n")
    except PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, ZipError, OSError, ValueError, OverflowError):
        return BROKEN
    return READ


def _keep_to_little() -> None:
    with suppress(ImportError, ValueError, OSError):  # not a Unix, or less is allowed already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _lines(book: CalamineWorkbook, name: str = "") -> Iterator:
    if not name:
        yield [sheet.name for sheet in book.sheets_metadata if _is_visible(sheet)]
        return
    sheet = book.get_sheet_by_name(name)
    if sheet.height * sheet.width > MOST_CELLS:
        raise MemoryError
    for row in sheet.to_python(skip_empty_area=False):
        yield [_text(value) for value in row[: cells.MOST_COLUMNS]]


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
