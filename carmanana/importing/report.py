"""What came of an import, and its refused rows as a file to fix and import again."""

from collections.abc import Iterator

from peewee import fn

from carmanana.importing.columns import REPORTED
from carmanana.importing.files.quoting import line
from carmanana.records.imports import ImportBatch, ImportRow

CODES = {
    "row": "The row itself is broken",
    "name": "No customer's name",
    "money": "An amount that is none",
    "date": "A date that is none, or is ahead",
    "phone": "A phone number that is none",
    "email": "An email address that is none",
    "word": "A word that is matched to nothing",
    "year": "A year that is none",
    "here_already": "Here already",
}


def reasons(batch: ImportBatch) -> list[tuple[str, int, str]]:
    """Kinds of refusals, how many rows each has, and one of its sentences; the most frequent first."""
    rows = ImportRow.select(ImportRow.code, fn.COUNT(ImportRow.id), fn.MIN(ImportRow.reason)).where(
        ImportRow.batch == batch
    )
    counted = rows.group_by(ImportRow.code).order_by(fn.COUNT(ImportRow.id).desc()).tuples()
    return [(CODES.get(code, sentence), count, sentence) for code, count, sentence in counted]


def refused_rows(batch: ImportBatch, limit: int | None = None):
    return ImportRow.select().where(ImportRow.batch == batch).order_by(ImportRow.number).limit(limit)


def refused_csv(batch: ImportBatch) -> Iterator[str]:
    """The columns of the file, then the row's number and why it was refused."""
    yield "\ufeff" + line([*batch.mapping["headings"], *REPORTED])
    for row in refused_rows(batch).iterator():
        yield line([*_as_wide(row.cells, len(batch.mapping["headings"])), str(row.number), row.reason])


def _as_wide(cells: list[str], width: int) -> list[str]:
    """A ragged row is padded, and what is too much is put into its last cell."""
    if len(cells) <= width:
        return cells + [""] * (width - len(cells))
    return [*cells[: width - 1], " | ".join(cells[width - 1 :])]
