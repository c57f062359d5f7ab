"""The list of rights to cancel."""

from peewee import fn

from carmanana.contacting.calling.places import EUROPE, name_of, named_like
from carmanana.core import clock
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.deal_codes import AGREED_HOW
from carmanana.records.people import User
from carmanana.schema.sqlite import of_ids
from carmanana.web.lists import Chip, Column, List

COUNTRY = fn.SUBSTR(CancellationRight.region, 1, 2)


def standing(today=None):
    """Those that count today, or will."""
    until = CancellationRight.effective_until
    return until.is_null() | (until >= (today or clock.today()))


def matches(text: str):
    regions = [region for (region,) in CancellationRight.select(CancellationRight.region).distinct().tuples()]
    words = CancellationRight.source.contains(text) | CancellationRight.applies_to.contains(text)
    return CancellationRight.region.in_(named_like(text, regions)) | words


def agreed(right: CancellationRight) -> str:
    return (
        ", ".join(AGREED_HOW[how].lower() for how in AGREED_HOW if how in right.agreed_how) or "however it was agreed"
    )


def in_this(*countries: str):
    return lambda by: standing() & COUNTRY.in_(countries)


_load = of_ids(lambda ids: CancellationRight.select().where(CancellationRight.id.in_(ids)))


def _scope(by: User):
    return CancellationRight.select()


RIGHTS = List(
    name="rights",
    title="Rights to cancel",
    endpoint="rights.index",
    one="row",
    many="rows",
    columns=(
        Column("region", "Region", lambda r: name_of(r.region), CancellationRight.region, always=True),
        Column("about", "Orders", lambda r: r.applies_to),
        Column("agreed", "Agreed", agreed, wide=True),
        Column("days", "Days", lambda r: r.days, CancellationRight.days, number=True),
        Column("runs", "From", lambda r: r.runs_from_name),
        Column("back", "Money back", lambda r: r.refund_days or "", number=True, wide=True),
        Column("source", "Source", lambda r: r.source, wide=True),
        Column(
            "since",
            "Since",
            lambda r: r.effective_from or "",
            fn.COALESCE(CancellationRight.effective_from, ""),
            wide=True,
        ),
        Column("found", "Found", lambda r: r.confidence, CancellationRight.confidence),
    ),
    scope=_scope,
    load=_load,
    cells="rights/_cells.html",
    id=CancellationRight.id,
    sort="region",
    chips=(
        Chip("all", "All", lambda by: standing()),
        Chip("us", "United States", in_this("US")),
        Chip("eu", "Europe", in_this(*sorted(EUROPE))),
        Chip("unsure", "Not seen", lambda by: standing() & (CancellationRight.confidence != "seen")),
        Chip("past", "Past", lambda by: ~standing()),
    ),
    one_chip=True,
    text=matches,
    placeholder="Region, orders or source",
    empty=("shield", "No rights on file", "Of a region without a row it is unknown whether customers may cancel."),
    template="rights/index.html",
)
