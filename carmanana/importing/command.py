"""`flask import FILE`: the same import as by the page, run at once and told as it goes."""

import time
from pathlib import Path

import click

from carmanana.workflow import Refused

from . import report, storing
from .choices import LOADABLE, Choices
from .lifecycle import import_steps
from .models import DONE, FAILED, QUEUED, RUNNING, ImportBatch
from .running import run
from .sheets import Unreadable
from .terms import Terms
from .uploading import set_terms, start, throw_away, upload

TOLD_EVERY = 1000
LISTED = 20
PATIENCE = 13


def import_from(file: str, pipeline: str | None, state: str | None) -> None:
    """Bring a file in and say what came of it; ClickException where it cannot be read."""
    try:
        batch = _begun(file, pipeline, state)
        batch = _run(batch)
    except Unreadable as unreadable:
        raise click.ClickException(unreadable.sentence) from None
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _tell(batch)


def _begun(file: str, pipeline: str | None, state: str | None) -> ImportBatch:
    """A new import, or the one of this very file that was cut off."""
    with open(file, "rb") as stream:
        batch = upload(stream, Path(file).name, None)
    if unfinished := _unfinished(batch):
        throw_away(batch, None)
        click.echo(f"Going on behind row {unfinished.at_row}, where this import was cut off.")
        return unfinished
    try:
        _choose(batch, pipeline, state)
        return start(batch, None)
    except (Refused, click.ClickException):
        throw_away(batch, None)
        raise


def _unfinished(batch: ImportBatch) -> ImportBatch | None:
    cut_off = ImportBatch.state.in_((QUEUED, RUNNING, FAILED)) & (ImportBatch.sha256 == batch.sha256)
    return ImportBatch.select().where(cut_off, ImportBatch.id != batch.id).order_by(ImportBatch.id.desc()).first()


def _choose(batch: ImportBatch, pipeline: str | None, state: str | None) -> None:
    terms = Terms.of(batch.mapping)
    slugs = {each.slug: each.id for each in Choices().pipelines}
    if pipeline is not None:
        terms.pipeline = slugs.get(pipeline) or _no_such("pipeline", pipeline, slugs)
    if state is not None:
        terms.usual_state = state if state in LOADABLE else _no_such("state", state, LOADABLE)
    set_terms(batch, terms, None)
    _tell_reading(batch, terms)


def _no_such(what: str, given: str, known) -> None:
    raise click.ClickException(f"There is no {what} “{given}”. Choose one of {', '.join(known)}.")


def _tell_reading(batch: ImportBatch, terms: Terms) -> None:
    head = storing.head(batch.stored)
    click.echo(f"{batch.name}: {batch.total:,} rows, {head['kind']}")
    for heading, name in zip(head["headings"], terms.columns):
        click.echo(f"  {heading:24} {name or 'left out'}")
    for notice in head["notices"]:
        click.echo(f"  {notice}")


def _run(batch: ImportBatch) -> ImportBatch:
    """A run that was killed is silent for some seconds before another may take over."""
    if batch.state == FAILED:
        batch = import_steps.fire(batch, "go_on", None)
    progress = _Progress()
    for _ in range(PATIENCE):
        done = run(batch, progress)
        batch = ImportBatch.get_by_id(batch.id)
        if done or not batch.working:
            break
        time.sleep(1)
    if batch.state != DONE:
        raise click.ClickException(batch.trouble or "This very file is coming in just now. Wait for it to end.")
    return batch


class _Progress:
    def __init__(self):
        self.next = TOLD_EVERY

    def __call__(self, batch: ImportBatch) -> None:
        if batch.settled >= self.next:
            self.next = batch.settled + TOLD_EVERY
            click.echo(f"  {batch.settled:>7,} of {batch.total:,}")


def _tell(batch: ImportBatch) -> None:
    click.echo(f"{batch.deals_made:,} deals, {batch.customers_made:,} new customers, {batch.customers_met:,} known, {batch.refused:,} rows refused.")
    for row in report.refused_rows(batch, LISTED):
        click.echo(f"  row {row.number}: {row.reason}")
    if batch.refused > LISTED:
        click.echo(f"  ... and {batch.refused - LISTED:,} more. The whole list is on the page of import {batch.id}.")
