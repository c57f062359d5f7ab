"""Tables as an Excel workbook, which runs nothing that is in them."""

from collections.abc import Iterable
from io import BytesIO
from numbers import Number

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from carmanana.importing.files.quoting import unharmed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31


def workbook(name: str, sheets: dict[str, Iterable[Iterable]]) -> Response:
    """A sheet for each table."""
    book, out = Workbook(write_only=True), BytesIO()
    for title, rows in sheets.items():
        page = book.create_sheet(title.translate(FORBIDDEN)[:LONGEST_NAME])
        for row in rows:
            page.append([_cell(page, value) for value in row])
    book.save(out)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(out.getvalue(), mimetype=XLSX, headers=headers)


def _cell(page, value) -> WriteOnlyCell:
    """A number, or text that is marked as text, so that it is never a formula."""
    if isinstance(value, Number):
        return WriteOnlyCell(page, float(value) if not isinstance(value, int) else value)
    cell = WriteOnlyCell(page, unharmed(str(value)))
    cell.data_type = "s"
    return cell
