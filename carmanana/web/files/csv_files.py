"""Tables as CSV files for a spreadsheet, which runs nothing that is in them."""

from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

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
