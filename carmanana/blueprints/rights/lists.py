"""The list of rights to cancel."""

from carmanana.contacting.calling.places import EUROPE
from carmanana.core.dated_rows import standing
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.deal_codes import AGREED_HOW
from carmanana.schema.sqlite import of_ids
from carmanana.web.lists import Chip, Column, List
from carmanana.web.regional_rows import columns_of_law, named_in, region_column, standing_in


def matches(text: str):
    words = CancellationRight.source.contains(text) | CancellationRight.applies_to.contains(text)
    return named_in(CancellationRight, text) | words


def agreed(right: CancellationRight) -> str:
    return (
        ", ".join(AGREED_HOW[how].lower() for how in AGREED_HOW if how in right.agreed_how) or "however it was agreed"
    )


RIGHTS = List(
    name="rights",
    title="Rights to cancel",
    endpoint="rights.index",
    one="row",
    many="rows",
    columns=(
        region_column(CancellationRight),
        Column("about", "Orders", lambda r: r.applies_to),
        Column("agreed", "Agreed", agreed, wide=True),
        Column("days", "Days", lambda r: r.days, CancellationRight.days, number=True),
        Column("runs", "From", lambda r: r.runs_from_name),
        Column("back", "Money back", lambda r: r.refund_days or "", number=True, wide=True),
        *columns_of_law(CancellationRight),
    ),
    scope=lambda by: CancellationRight.select(),
    load=of_ids(lambda ids: CancellationRight.select().where(CancellationRight.id.in_(ids))),
    cells="rights/_cells.html",
    id=CancellationRight.id,
    sort="region",
    chips=(
        Chip("all", "All", lambda by: standing(CancellationRight)),
        Chip("us", "United States", standing_in(CancellationRight, "US")),
        Chip("eu", "Europe", standing_in(CancellationRight, *sorted(EUROPE))),
        Chip("unsure", "Not seen", lambda by: standing(CancellationRight) & (CancellationRight.confidence != "seen")),
        Chip("past", "Past", lambda by: ~standing(CancellationRight)),
    ),
    one_chip=True,
    text=matches,
    placeholder="Region, orders or source",
    empty=("shield", "No rights on file", "Of a region without a row it is unknown whether customers may cancel."),
    template="rights/index.html",
)
