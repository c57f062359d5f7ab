"""The list of bulk actions."""

from carmanana.bulk.kinds import KINDS, Kind, kind_of
from carmanana.records.bulk import BulkRun
from carmanana.web.lists import Chip, Choice, Column, List


def _title(run: BulkRun) -> str:
    return kind_of(run.subject, run.kind).title


def _of_kind(kind: Kind):
    return (BulkRun.kind == kind.name) & (BulkRun.subject == kind.subject)


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
        Column("total", "How many", lambda run: run.total, BulkRun.total, number=True),
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
        Chip("refusing", "With refusals", lambda by: BulkRun.refused > 0),
    ),
    choices=(
        Choice(
            "kind",
            "Action",
            lambda by: {kind.code: kind.title for kind in KINDS.values()},
            lambda code, by: _of_kind(KINDS[code]),
        ),
    ),
    empty=(
        "list",
        "No bulk actions yet",
        "Select several deals on a board (with Ctrl and a click, with X, or a whole column), or tick "
        "several in a list.",
    ),
    seen=lambda rows, by: {run.id: _title(run) for run in rows},
)
