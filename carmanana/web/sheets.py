"""Tables as files for a spreadsheet, which runs nothing that is in them."""

import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response

from carmanana.importing.report import unharmed


def sheet(name: str, rows: Iterable[Iterable]) -> Response:
    """A CSV file, row by row."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(_lines(rows), mimetype="text/csv", headers=headers)


def _lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """The first mark tells a spreadsheet that it is UTF-8."""
    yield "\ufeff"
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow([unharmed(str(cell)) for cell in row])
        yield out.getvalue()
