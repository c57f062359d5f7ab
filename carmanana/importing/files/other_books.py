"""Workbooks that are no .xlsx: old Excel (.xls), binary Excel (.xlsb) and OpenDocument (.ods), read by calamine. It
does not tell which rows are hidden, so those of .xlsx are read by `workbook`."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from carmanana.importing.files import cells
from carmanana.importing.files.unreadable import Unreadable

LOCKED = "The workbook is protected by a password. Save it without one and upload it again."
DAMAGED = "The workbook is damaged and cannot be read. Open it in Excel, save it again, and upload that."
UNSEEN = "Rows that are hidden in this kind of workbook can't be told from the others: they come in too."
MOST_CELLS = 8_000_000
MOST_UNPACKED = 100 * 1024 * 1024


def is_other_book(path: Path, members: dict) -> bool:
    return bool({"xl/workbook.bin", "content.xml"} & set(members))


class OtherBook:
    kind = "Excel"
    encoding = ""

    def __init__(self, path: Path, name: str = "", members: dict | None = None):
        if sum(member.file_size for member in (members or {}).values()) > MOST_UNPACKED:
            raise Unreadable("The workbook holds more than can be read at once. Save the sheet as CSV and upload that.")
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Unreadable(LOCKED)
        self.path = path
        self.names = tuple(_guarded(lambda: [sheet.name for sheet in self._book.sheets_metadata if _is_visible(sheet)]))
        if not self.names:
            raise Unreadable("The workbook has no visible sheet.")
        self.name = name if name in self.names else self.names[0]
        self.notices = [UNSEEN]

    @cached_property
    def _book(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_path(str(self.path))

    def lines(self) -> Iterator[tuple[int, list[str], str]]:
        for number, row in enumerate(_guarded(self._rows), 1):
            yield number, [_text(value) for value in row[: cells.MOST_COLUMNS]], ""

    def _rows(self) -> list[list]:
        sheet = self._book.get_sheet_by_name(self.name)
        if sheet.height * sheet.width > MOST_CELLS:
            raise Unreadable("The sheet holds more cells than can be read at once. Save it as CSV and upload that.")
        return sheet.to_python(skip_empty_area=False)


def _is_visible(sheet) -> bool:
    return sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet


def _guarded(read):
    """Whatever a broken file makes the reader stumble over, a panic of its own among it."""
    try:
        return read()
    except PasswordError:
        raise Unreadable(LOCKED) from None
    except (CalamineError, ZipError, OSError, ValueError, OverflowError):
        raise Unreadable(DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(DAMAGED) from None


def _text(value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return cells.number(float(value))
    if isinstance(value, datetime | time | timedelta):
        return cells.moment(value)
    return value.isoformat() if isinstance(value, date) else str(value)
