"""Tables as Excel workbooks, which run nothing that is in them. What writes them takes nine megabytes of each process
that loads it: load this where one is asked for."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from numbers import Number

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from carmanana.importing.files.quoting import unharmed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31


def workbook(name: str, sheets: dict[str, Iterable[Iterable]]) -> Response:
    """A sheet for each table."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        page = book.create_sheet(title.translate(FORBIDDEN)[:LONGEST_NAME])
        for row in rows:
            page.append([_cell(page, value) for value in row])
    return _sent(name, book)


def _cell(page, value) -> WriteOnlyCell:
    """A number, or text that is marked as text, so that it is never a formula."""
    if isinstance(value, Number):
        return WriteOnlyCell(page, float(value) if not isinstance(value, int) else value)
    return _text(page, unharmed(str(value)))


def workbook_of_list(name: str, rows: Iterable[Iterable]) -> Response:
    """The same as its CSV file: numbers are numbers, and words stay words, whatever they begin with."""
    book = Workbook(write_only=True)
    page = book.create_sheet(name[:LONGEST_NAME])
    for row in rows:
        page.append([_value(page, value) for value in row])
    return _sent(name, book)


def _value(page, value):
    if value is None or isinstance(value, int | float | date | datetime):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    return _text(page, ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _text(page, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, words)
    cell.data_type = "s"
    return cell


def _sent(name: str, book: Workbook) -> Response:
    out = BytesIO()
    book.save(out)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(out.getvalue(), mimetype=XLSX, headers=headers)
