"""The list of imports."""

from peewee import JOIN

from carmanana.records.imports import DONE, FAILED, STATES, UNDONE, UPLOADED, WORKING, ImportBatch
from carmanana.records.people import User
from carmanana.web.lists import Chip, Choice, Column, List


def with_people(ids: list[int]) -> list[ImportBatch]:
    return list(ImportBatch.select(ImportBatch, User).join(User, JOIN.LEFT_OUTER).where(ImportBatch.id.in_(ids)))


IMPORTS = List(
    name="imports",
    title="Imports",
    endpoint="importing.index",
    one="import",
    many="imports",
    columns=(
        Column("file", "File", lambda batch: batch.name, ImportBatch.name, always=True),
        Column("state", "State", lambda batch: batch.state_name),
        Column("by", "By", lambda batch: batch.user.name if batch.user_id else "Command line", wide=True),
        Column("when", "When", lambda batch: batch.created_at, ImportBatch.created_at),
        Column("rows", "Rows", lambda batch: batch.total, ImportBatch.total, number=True),
        Column("records", "Cases, quotations, assets", lambda batch: batch.records_made, number=True, wide=True),
        Column("deals", "Deals", lambda batch: batch.deals_made, ImportBatch.deals_made, number=True),
        Column(
            "customers",
            "New customers",
            lambda batch: batch.customers_made,
            ImportBatch.customers_made,
            number=True,
            wide=True,
        ),
        Column("refused", "Refused", lambda batch: batch.refused, ImportBatch.refused, number=True),
    ),
    scope=lambda by: ImportBatch.select(),
    load=with_people,
    cells="importing/_cells.html",
    id=ImportBatch.id,
    sort="when",
    descending=True,
    chips=(
        Chip("unfinished", "Not finished", lambda by: ImportBatch.state.in_((UPLOADED, *WORKING, FAILED))),
        Chip("refusing", "With refused rows", lambda by: ImportBatch.refused > 0),
    ),
    choices=(
        Choice(
            "state",
            "State",
            lambda by: {state: STATES[state] for state in (UPLOADED, DONE, FAILED, UNDONE)},
            lambda state, by: ImportBatch.state == state,
        ),
    ),
    text=lambda text: ImportBatch.name.contains(text),
    placeholder="Name of the file",
    empty=(
        "upload",
        "No imports yet",
        "Start with the list you have: from another CRM, from accounting, or kept by hand.",
    ),
    template="importing/index.html",
)
