"""The list of bulk actions."""

from carmanana.blueprints.deals.bulk_page import SHEETS
from carmanana.records.bulk import BulkRun
from carmanana.web.lists import Chip, Choice, Column, List

BULK_RUNS = List(
    name="bulk-actions",
    title="Bulk actions",
    endpoint="bulk.index",
    one="bulk action",
    many="bulk actions",
    columns=(
        Column("action", "Action", lambda run: SHEETS[run.kind].title, always=True),
        Column("by", "By", lambda run: run.user.name),
        Column("when", "When", lambda run: run.created_at, BulkRun.id),
        Column("deals", "Deals", lambda run: run.total, BulkRun.total, number=True),
        Column("refused", "Refused", lambda run: run.refused, BulkRun.refused, number=True),
    ),
    scope=BulkRun.visible_to,
    load=BulkRun.with_people,
    cells="bulk/_cells.html",
    id=BulkRun.id,
    sort="when",
    descending=True,
    chips=(
        Chip("working", "In progress", lambda by: BulkRun.finished_at.is_null()),
        Chip("refusing", "With refused deals", lambda by: BulkRun.refused > 0),
    ),
    choices=(
        Choice(
            "kind",
            "Action",
            lambda by: {kind: sheet.title for kind, sheet in SHEETS.items()},
            lambda kind, by: BulkRun.kind == kind,
        ),
    ),
    empty=(
        "list",
        "No bulk actions yet",
        "Select several deals on a board: with Ctrl and a click, with X, or a whole column.",
    ),
    seen=lambda rows, by: SHEETS,
)
