"""The cases, quotations and assets of a chunk into the database, once their customers and deals are written."""

from itertools import count

from peewee import fn

from carmanana.cases.lifecycle import casework
from carmanana.core.db import Record, insert_all
from carmanana.core.workflow import Refused, Workflow
from carmanana.importing.entries import Entry
from carmanana.importing.fields import ASSETS, CASES, QUOTATIONS
from carmanana.importing.records.meeting import number_of, originals
from carmanana.importing.terms import Terms
from carmanana.records.imports import ImportBatch
from carmanana.records.people import User
from carmanana.records.quotations import Quotation
from carmanana.sales.assets.lifecycle import holding
from carmanana.sales.quotations.lifecycle import quoting


def write_records(entries: list[Entry], batch: ImportBatch, by: User | None, terms: Terms) -> int:
    """How many."""
    standing = [entry for entry in entries if entry.record]
    for entry in standing:
        entry.record.import_id, entry.record.customer = batch.id, entry.customer_id
    WRITERS[terms.kind](standing, by, terms)
    return len(standing)


def _load(machine: Workflow, records: list[Record], by: User | None) -> None:
    refused = machine.load(records, by, beside=[record.__data__ for record in records])
    if refused:
        raise Refused(refused[0][1], refused[0][0], "import")


def _write_assets(entries: list[Entry], by: User | None, terms: Terms) -> None:
    _load(holding, [entry.record for entry in entries], by)


def _write_cases(entries: list[Entry], by: User | None, terms: Terms) -> None:
    """First those that others repeat."""
    repeats = [entry for entry in entries if entry.original]
    _load(casework, [entry.record for entry in entries if not entry.original], by)
    found = originals(repeats) if repeats else {}
    for entry in repeats:
        entry.record.duplicate_of = found[entry.customer_id, entry.original]
    _load(casework, [entry.record for entry in repeats], by)


def _write_quotations(entries: list[Entry], by: User | None, terms: Terms) -> None:
    for entry in entries:
        deal = entry.record.deal
        entry.record.deal, entry.record.customer = deal, deal.customer_id
    _number(entries)
    _lead(entries, "quote_leads" in terms.columns)
    _load(quoting, [entry.record for entry in entries], by)
    for entry in entries:
        for line in entry.lines:
            line.quotation = entry.record.id
    insert_all([line for entry in entries for line in entry.lines])


def _number(entries: list[Entry]) -> None:
    """Ours keep their number, which is free; those of another system get the next one and keep theirs as a
    reference."""
    claimed = [number_of(entry.reference) for entry in entries]
    after = count(max([Quotation.select(fn.MAX(Quotation.number)).scalar() or 0, *claimed]) + 1)
    for entry, number in zip(entries, claimed, strict=True):
        entry.record.number = number or next(after)
        entry.record.external_id = "" if number else entry.reference


def _lead(entries: list[Entry], is_said: bool) -> None:
    """One of a deal leads: as the file says, else the first."""
    ids = {entry.record.deal_id for entry in entries}
    led = {
        deal_id
        for (deal_id,) in Quotation.select(Quotation.deal).where(Quotation.deal.in_(ids), Quotation.leading).tuples()
    }
    for entry in entries:
        quotation = entry.record
        quotation.leading = (quotation.leading or not is_said) and quotation.deal_id not in led
        led |= {quotation.deal_id} if quotation.leading else set()


WRITERS = {CASES: _write_cases, QUOTATIONS: _write_quotations, ASSETS: _write_assets}
