"""What will happen to the rows, before anything does: read by the code that brings them in."""

from dataclasses import dataclass
from itertools import islice

from carmanana.core import money
from carmanana.importing import stored_sheets
from carmanana.importing.choices import Choices
from carmanana.importing.customer_matches import Acquaintances
from carmanana.importing.duplicates import Likely, likely
from carmanana.importing.entries import Entry
from carmanana.importing.reading import Reading
from carmanana.importing.records.lines import outlook
from carmanana.importing.records.meeting import refuse_namesakes, settle
from carmanana.importing.terms import Terms
from carmanana.importing.writing import refuse_cancelled, refuse_repeated
from carmanana.records.deal_codes import ACTIVE, STATES
from carmanana.records.imports import ImportBatch
from carmanana.records.people import User

TRIED, SHOWN = 2_000, 12


@dataclass
class Line:
    """A row, and what will become of it in words."""

    number: int
    refused: list[str]
    customer: str = ""
    meets: str = ""
    deal: str = ""
    lead: bool = False
    record: str = ""
    vehicle: str = ""
    value: str = ""


@dataclass
class Preview:
    """The first rows, the first refused, and all who may be here already among those that were tried."""

    tried: int
    refused: int
    first: list[Line]
    troubled: list[Line]
    duplicates: list[Likely]


def preview(batch: ImportBatch, by: User | None) -> Preview:
    reading = Reading(Terms.of(batch.mapping), Choices(), by)
    entries = [reading.entry(row) for row in islice(stored_sheets.rows(batch.stored), TRIED)]
    refuse_repeated([entry for entry in entries if not entry.troubles])
    standing = [entry for entry in entries if not entry.troubles]
    known = Acquaintances(standing, named=reading.terms.by_name)
    refuse_namesakes(standing, known)
    if reading.records:
        settle(reading.terms.kind, standing, known, reading.records, batch.id)
    refuse_cancelled(standing, known, reading.terms)
    refused = [entry for entry in entries if entry.troubles]
    duplicates = likely([entry for entry in standing if not entry.troubles], known, by)
    sure = {duplicate.number: duplicate.why for duplicate in duplicates if duplicate.sure}
    first = [_line(entry, sure) for entry in entries[:SHOWN]]
    troubled = [_line(entry, sure) for entry in refused if entry not in entries[:SHOWN]][:SHOWN]
    return Preview(len(entries), len(refused), first, troubled, duplicates)


def _line(entry: Entry, sure: dict[int, str]) -> Line:
    line = Line(entry.row.number, list(dict.fromkeys(trouble.sentence for trouble in entry.troubles)), entry.name)
    if line.refused:
        return line
    line.meets = sure.get(line.number, "")
    if entry.record:
        line.record, line.vehicle, line.value = outlook(entry)
    elif deal := entry.deal:
        where = f", {deal.stage.name}" if deal.state == ACTIVE else ""
        line.deal = f"{STATES[deal.state]} in {deal.pipeline.name}{where}"
        line.vehicle, line.value = deal.vehicle, money.shown(deal.value_cents, deal.currency)
    if entry.lead:
        line.lead, line.vehicle = True, entry.lead.vehicle
    return line
