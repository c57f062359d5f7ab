"""What will happen to the rows, before anything does: read by the code that brings them in."""

from dataclasses import dataclass
from itertools import islice

from carmanana import money
from carmanana.deals.models import ACTIVE, STATES
from carmanana.people.models import User

from . import storing
from .choices import Choices
from .entries import Entry
from .meeting import Acquaintances
from .models import ImportBatch
from .reading import Reading
from .terms import Terms
from .writing import refuse_repeated

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
    refuse_repeated([entry for entry in entries if not entry.troubles])
    refused = [entry for entry in entries if entry.troubles]
    return Preview(len(entries), len(refused), _lines(entries[:SHOWN]), _lines([entry for entry in refused if entry not in entries[:SHOWN]][:SHOWN]))


def _lines(entries: list[Entry]) -> list[Line]:
    known, seen = Acquaintances(entries), {}
    return [_line(entry, known, seen) for entry in entries]


def _line(entry: Entry, known: Acquaintances, seen: dict[str, int]) -> Line:
    line = Line(entry.row.number, list(dict.fromkeys(trouble.sentence for trouble in entry.troubles)), entry.name)
    if line.refused:
        return line
    line.meets = _meeting(entry, known, seen)
    if deal := entry.deal:
        where = f", {deal.stage.name}" if deal.state == ACTIVE else ""
        line.deal = f"{STATES[deal.state]} in {deal.pipeline.name}{where}"
        line.vehicle, line.value = deal.vehicle, money.shown(deal.value_cents, deal.currency)
    return line


def _meeting(entry: Entry, known: Acquaintances, seen: dict[str, int]) -> str:
    """Who they are already: somebody here, or of an earlier row."""
    proofs = [address.lower() for address in entry.emails] + [e164 for _, e164 in entry.phones if e164]
    earlier = next((seen[proof] for proof in proofs if proof in seen), None)
    seen |= dict.fromkeys(proofs, earlier or entry.row.number)
    if customer := known.met(entry):
        return f"is here already, as {customer.name}"
    return f"is the same as in row {earlier}" if earlier else ""
