"""What will happen to the rows, before anything does: read by the code that brings them in."""

from dataclasses import dataclass
from itertools import islice

from carmanana import money
from carmanana.deals.models import STATES
from carmanana.people.models import User

from . import storing
from .choices import Choices
from .entries import Entry
from .meeting import Acquaintances
from .models import ImportBatch
from .reading import Reading
from .terms import Terms

TRIED, SHOWN = 2_000, 12


@dataclass
class Line:
    """A row, and what will become of it in words."""

    number: int
    refused: list[str]
    customer: str = ""
    meets: str = ""
    deal: str = ""
    vehicle: str = ""
    value: str = ""


@dataclass
class Preview:
    """The first rows and the first refused among those that were tried."""

    tried: int
    refused: int
    first: list[Line]
    troubled: list[Line]


def preview(batch: ImportBatch, by: User | None) -> Preview:
    reading = Reading(Terms.of(batch.mapping), Choices(), by)
    entries = [reading.entry(row) for row in islice(storing.rows(batch.stored), TRIED)]
    refused = [entry for entry in entries if entry.troubles]
    return Preview(len(entries), len(refused), _lines(entries[:SHOWN]), _lines([entry for entry in refused if entry not in entries[:SHOWN]][:SHOWN]))


def _lines(entries: list[Entry]) -> list[Line]:
    known = Acquaintances(entries)
    places = dict.fromkeys(known.customers)
    return [_line(entry, known, places) for entry in entries]


def _line(entry: Entry, known: Acquaintances, places: dict) -> Line:
    line = Line(entry.row.number, list(dict.fromkeys(trouble.sentence for trouble in entry.troubles)), entry.name)
    if line.refused:
        return line
    line.meets = _meeting(entry, known)
    if deal := entry.deal:
        where = f", {deal.stage.name}" if deal.state == "active" else ""
        line.deal = f"{STATES[deal.state]} in {deal.pipeline.name}{where}"
        line.vehicle, line.value = deal.vehicle, money.shown(deal.value_cents, deal.currency)
    return line


def _meeting(entry: Entry, known: Acquaintances) -> str:
    customer = known.met(entry)
    if customer:
        return f"is here already, as {customer.name}"
    return ""
