"""Bringing a file in, chunk by chunk: a chunk and the cursor behind it are one transaction."""

import logging
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from carmanana.core import clock, full_disk
from carmanana.core.db import change, database, transaction
from carmanana.core.jobs import Job, paced
from carmanana.core.text import several
from carmanana.importing import stored_sheets
from carmanana.importing.choices import Choices
from carmanana.importing.entries import Entry
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.reading import Reading
from carmanana.importing.terms import Terms
from carmanana.importing.undoing import undo_chunks
from carmanana.importing.writing import Chunk
from carmanana.records.imports import DONE, RUNNING, UNDOING, ImportBatch
from carmanana.records.notifications import Notification
from carmanana.records.people import User

FEWEST, MOST = 20, 200
log = logging.getLogger("carmanana")


def _chunks(batch: ImportBatch) -> Iterator[None]:
    return undo_chunks(batch) if batch.state == UNDOING else _bring_in(batch)


def _finish(batch: ImportBatch) -> bool:
    batch = import_steps.fire(batch, "finish", batch.user)
    stored_sheets.discard(batch.stored)
    refused = several(batch.refused, "was", "were")
    words = f"{several(batch.brought, 'row')} came in, {refused} refused" if batch.state == DONE else "taken back"
    Notification.tell(batch.user, "finished", f"{batch.name}: {words}")
    return True


def _stop(batch: ImportBatch, error: Exception) -> None:
    """What has come in stays; it can go on from there, or be undone. An undoing is tried again."""
    log.error("import stopped", exc_info=error, extra={"told": {"import": batch.id, "row": batch.at_row}})
    if batch.state == RUNNING:
        why = "The disk is full. " if full_disk.is_meant(error, Path(database.database).parent) else ""
        trouble = f"{why}It stopped behind row {batch.at_row}. Nothing is half done: let it go on, or undo it."
        import_steps.fire(batch, "stop", batch.user, trouble=trouble)


def _bring_in(batch: ImportBatch) -> Iterator[None]:
    reading = Reading(Terms.of(batch.mapping), Choices(), batch.user)
    entries = read_entries(batch, reading)

    def write(size: int) -> float:
        chunk = list(islice(entries, size))
        return _write(batch, chunk, batch.user, reading.records) if chunk else 0

    return paced(write, FEWEST, MOST)


def read_entries(batch: ImportBatch, reading: Reading) -> Iterator[Entry]:
    """The rows behind the cursor, read by the batch's terms."""
    return (reading.entry(row) for row in stored_sheets.rows(batch.stored, batch.at_row))


def _write(batch: ImportBatch, entries: list[Entry], by: User | None, records=None) -> float:
    """Write a chunk and move the cursor behind it; returns how long the lock was held, in seconds."""
    with transaction():
        began = time.perf_counter()
        added = Chunk(batch, entries, by, records).write()
        counts = {name: getattr(batch, name) + number for name, number in added.items()}
        change(batch, at_row=entries[-1].row.number, beat_at=clock.now(), **counts)
    return time.perf_counter() - began


IMPORTS = Job(ImportBatch, _chunks, _finish, lambda batch: import_steps.fire(batch, "take", batch.user), _stop)
run, run_waiting = IMPORTS.run, IMPORTS.run_waiting
