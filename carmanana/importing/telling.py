"""What `flask import` says of a file, of what will happen, and of what came of it."""

import click

from carmanana.core.text import several
from carmanana.importing import report
from carmanana.importing.kinds import KINDS
from carmanana.importing.preview import Line, preview
from carmanana.importing.readings import readings
from carmanana.importing.terms import Terms
from carmanana.records.imports import ImportBatch

TOLD_EVERY = 1000
LISTED = 20


def tell_reading(batch: ImportBatch, terms: Terms, head: dict) -> None:
    click.echo(f"{batch.name}: {several(batch.total, 'row')}, {head['kind']}")
    click.echo(f"{KINDS[terms.kind]}, as {terms.why}. {terms.means}")
    for place, (heading, name) in enumerate(zip(head["headings"], terms.columns, strict=False)):
        reads = readings(terms, head, place)
        shown = (
            f"  ({', '.join(reads.examples)}{'' if reads.proven else '; nothing in the column proves it'})"
            if reads
            else ""
        )
        click.echo(f"  {heading:24} {name or 'left out'}{shown}")
    for notice in head["notices"]:
        click.echo(f"  {notice}")


def tell_preview(batch: ImportBatch) -> None:
    seen = preview(batch, None)
    click.echo(f"Of the first {several(seen.tried, 'row')} {seen.refused:,} will be refused.")
    for line in [*seen.first, *seen.troubled]:
        click.echo(f"  row {line.number}: {_outlook(line)}")
    for duplicate in seen.duplicates[:LISTED]:
        click.echo(f"  row {duplicate.number}: {duplicate.name} {duplicate.why}")


def _outlook(line: Line) -> str:
    if line.refused:
        return f"refused. {' '.join(line.refused)}"
    who = f"{line.customer}, {'met again' if line.meets else 'a new customer'}"
    return "; ".join(filter(None, [who, line.record, line.deal and f"deal {line.deal}", line.vehicle, line.value]))


class Progress:
    def __init__(self):
        self.next = TOLD_EVERY

    def __call__(self, batch: ImportBatch) -> None:
        if batch.settled >= self.next:
            self.next = batch.settled + TOLD_EVERY
            click.echo(f"  {batch.settled:>7,} of {batch.total:,}")


def tell(batch: ImportBatch) -> None:
    leads = f"{several(batch.leads_made, 'lead')}, " if batch.leads_made else ""
    records = "".join(f"{number:,} {kind}, " for number, kind in batch.records)
    click.echo(
        f"{records}{several(batch.deals_made, 'deal')}, {leads}{several(batch.customers_made, 'new customer')}, "
        f"{batch.customers_met:,} known, {several(batch.refused, 'row')} refused."
    )
    for row in report.refused_rows(batch, LISTED):
        click.echo(f"  row {row.number}: {row.reason}")
    if batch.refused > LISTED:
        click.echo(f"  ... and {batch.refused - LISTED:,} more. The whole list is on the page of import {batch.id}.")
