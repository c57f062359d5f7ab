"""What became of each deal of a run, for the page and for a spreadsheet."""

from collections.abc import Iterator
from typing import NamedTuple

from peewee import JOIN, fn

from carmanana.records.bulk import BulkLine, BulkRun
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User

LISTED = 200
HEADINGS = ("Deal", "Customer", "Vehicle", "Result", "Reason", "SOP")


class Told(NamedTuple):
    """What became of one deal; its customer and vehicle are empty for whoever may not see it."""

    deal_id: int
    client: str
    vehicle: str
    result: str
    reason: str
    sop: str


class Sort(NamedTuple):
    """Deals that were refused for the same reason, with as many of them as a page can show."""

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
    return [_told(*row) for row in _lines(run, by).where(condition).limit(LISTED)]


def rows(run: BulkRun, by: User) -> Iterator[tuple]:
    """The file: every deal, in the order in which they were taken."""
    yield HEADINGS
    yield from (_told(*row) for row in _lines(run, by).iterator())


def _lines(run: BulkRun, by: User):
    """Each line with its deal's customer and vehicle, where this person may see the deal."""
    vehicle = Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model
    lines = BulkLine.select(
        BulkLine.deal_id, Customer.name, BulkLine.settled_at, BulkLine.code, BulkLine.reason, BulkLine.sop, *vehicle
    )
    lines = lines.join(Deal, JOIN.LEFT_OUTER, on=(Deal.id == BulkLine.deal_id) & Deal.visible(by)).join(
        Customer, JOIN.LEFT_OUTER
    )
    return lines.where(BulkLine.run == run).order_by(BulkLine.id).tuples()


def _told(number, client, settled_at, code, reason, sop, *vehicle) -> Told:
    result = "waiting" if settled_at is None else "refused" if code else "done"
    return Told(number, client or "", " ".join(str(part) for part in vehicle if part), result, reason, sop)
