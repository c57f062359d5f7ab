"""Tables as files for a spreadsheet, which runs nothing that is in them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO

from flask import Response, stream_with_context
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from carmanana.core.query import ask_anew
from carmanana.importing.files.quoting import line


def sheet(name: str, rows: Iterable[Iterable]) -> Response:
    """A CSV file, row by row, each written for whoever asked, while it is sent."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(stream_with_context(_lines(rows)), mimetype="text/csv", headers=headers)


def _lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """The first mark tells a spreadsheet that it is UTF-8. Nothing that is asked for a row is kept for the next."""
    ask_anew()
    yield "\ufeff"
    for row in rows:
        yield line(row)


def workbook(name: str, rows: Iterable[Iterable]) -> Response:
    """The same as an XLSX file: numbers are numbers, and words stay words, whatever they begin with."""
    book = Workbook(write_only=True)
    page = book.create_sheet(name[:31])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    file = BytesIO()
    book.save(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(file.getvalue(), mimetype=XLSX, headers=headers)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _cell(page, value):
    if value is None or isinstance(value, int | float | date | datetime):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell
