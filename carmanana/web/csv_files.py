"""Tables as files for a spreadsheet, which runs nothing that is in them."""

from collections.abc import Iterable, Iterator

from flask import Response

from carmanana.importing.quoting import line


def sheet(name: str, rows: Iterable[Iterable]) -> Response:
    """A CSV file, row by row."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(_lines(rows), mimetype="text/csv", headers=headers)


def _lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """The first mark tells a spreadsheet that it is UTF-8."""
    yield "\ufeff"
    for row in rows:
        yield line(row)
