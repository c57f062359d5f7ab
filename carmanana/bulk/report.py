"""What became of each record of a run, for the page and for a spreadsheet."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from peewee import fn

from carmanana.bulk.kinds import kind_of
from carmanana.bulk.subjects import subject_of
from carmanana.records.bulk import BulkLine, BulkRun
from carmanana.records.people import User

LISTED = 200
AT_ONCE = 500
HEADINGS = ("Customer", "Vehicle", "Result", "Reason", "SOP")


class Told(NamedTuple):
    """What became of one record; its customer and vehicle are empty for whoever may not see it."""

    id: int
    client: str
    vehicle: str
    result: str
    reason: str
    sop: str


class Sort(NamedTuple):
    """Records that were refused for the same reason, with as many of them as a page can show."""

    reason: str
    sop: str
    number: int
    told: list[Told]


def refused(run: BulkRun, by: User) -> list[Sort]:
    """The most frequent reason first."""
    counted = BulkLine.select(BulkLine.reason, BulkLine.sop, fn.COUNT(BulkLine.id)).where(
        BulkLine.run == run, BulkLine.code != ""
    )
    counted = (
        counted.group_by(BulkLine.reason, BulkLine.sop)
        .order_by(fn.COUNT(BulkLine.id).desc(), BulkLine.reason)
        .limit(LISTED)
        .tuples()
    )
    return [
        Sort(reason, sop, number, _listed(run, by, (BulkLine.code != "") & (BulkLine.reason == reason)))
        for reason, sop, number in counted
    ]


def done(run: BulkRun, by: User) -> list[Told]:
    return _listed(run, by, BulkLine.settled_at.is_null(False) & (BulkLine.code == ""))


def _listed(run: BulkRun, by: User, condition) -> list[Told]:
    return list(_told(run, by, list(_lines(run).where(condition).limit(LISTED))))


def rows(run: BulkRun, by: User) -> Iterator[tuple]:
    """The file: every record, in the order in which they were taken."""
    yield (subject_of(kind_of(run.subject, run.kind).model).word.capitalize(), *HEADINGS)
    lines = _lines(run).iterator()
    while together := list(islice(lines, AT_ONCE)):
        yield from _told(run, by, together)


def _lines(run: BulkRun):
    lines = BulkLine.select(BulkLine.subject_id, BulkLine.settled_at, BulkLine.code, BulkLine.reason, BulkLine.sop)
    return lines.where(BulkLine.run == run).order_by(BulkLine.id).tuples()


def _told(run: BulkRun, by: User, lines: list[tuple]) -> Iterator[Told]:
    """Each with the name of its record, where this person may see it."""
    model = kind_of(run.subject, run.kind).model
    names = subject_of(model).called([number for number, *_ in lines], by)
    for number, settled_at, code, reason, sop in lines:
        result = "waiting" if settled_at is None else "refused" if code else "done"
        yield Told(number, *names.get(number, ("", "")), result, reason, sop)
