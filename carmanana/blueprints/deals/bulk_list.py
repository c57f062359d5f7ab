"""The list of bulk actions."""

from carmanana.bulk.kinds import kind_of, kinds_of
from carmanana.core.verbs import CATALOGUES
from carmanana.records.bulk import BulkRun
from carmanana.web.lists import Chip, Choice, Column, List


def _title(run: BulkRun) -> str:
    return kind_of(run.subject, run.kind).title


BULK_RUNS = List(
    name="bulk-actions",
    title="Bulk actions",
    endpoint="bulk.index",
    one="bulk action",
    many="bulk actions",
    columns=(
        Column("action", "Action", lambda run: _title(run), always=True),
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
            lambda by: {name: kind.title for model in CATALOGUES for name, kind in kinds_of(model).items()},
            lambda kind, by: BulkRun.kind == kind,
        ),
    ),
    empty=(
        "list",
        "No bulk actions yet",
        "Select several deals on a board: with Ctrl and a click, with X, or a whole column.",
    ),
    seen=lambda rows, by: {run.id: _title(run) for run in rows},
)
