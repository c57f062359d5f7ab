"""From a file to an import that waits: kept, read once, its columns guessed and corrected, started."""

from datetime import datetime, timedelta
from typing import IO

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.importing import stored_sheets
from carmanana.importing.cells.words import words
from carmanana.importing.choices import Choices
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.terms import Terms, complaints, read_from
from carmanana.records.imports import UPLOADED, ImportBatch
from carmanana.records.people import CRM_ADMIN, MANAGER, User

ABANDONED = timedelta(days=7)


def upload(stream: IO[bytes], name: str, by: User | None, key: str = "", kind: str = "") -> ImportBatch:
    """Take a file in, once for each `key`. `kind` says that it lists cases, quotations or assets. Raises Unreadable,
    and keeps nothing of it, where it is no spreadsheet."""
    _refuse_others(by)
    stored, sha256, size = stored_sheets.keep(stream)
    try:
        head = stored_sheets.copy(stored)
    except BaseException:
        stored_sheets.discard(stored)
        raise
    facts = {
        "stored": stored,
        "sha256": sha256,
        "size": size,
        "total": head["total"],
        "mapping": read_from(head, Choices(), kind).told(),
    }
    return _entered_once(words(name)[:200] or "Spreadsheet", by, key, facts)


def _entered_once(name: str, by: User | None, key: str, facts: dict) -> ImportBatch:
    """Where an earlier arrival of the same form has made one already, this file goes again."""
    if by is None:
        return _enter(name, by, facts)
    try:
        batch = once(key, by, lambda: _enter(name, by, facts))
    except Refused:
        stored_sheets.discard(facts["stored"])
        raise
    if batch.stored != facts["stored"]:
        stored_sheets.discard(facts["stored"])
    return batch


def _enter(name: str, by: User | None, facts: dict) -> ImportBatch:
    with transaction():
        batch = ImportBatch.create(user=by, name=name, **facts)
        audit.record("upload", batch, by)
    return batch


def _refuse_others(by: User | None) -> None:
    if by is not None and not by.has(MANAGER, CRM_ADMIN):
        raise Forbidden("import")


def read_again(batch: ImportBatch, by: User | None, kind: str | None = None, **look) -> None:
    """Read it another way, from its columns on: another sheet, encoding or row of headings, without what is hidden, as
    a list of another `kind`."""
    _refuse_started(batch, by)
    head = stored_sheets.copy(batch.stored, **look)
    with transaction():
        kind = Terms.of(batch.mapping).kind if kind is None else kind
        change(batch, total=head["total"], mapping=read_from(head, Choices(), kind).told())


def set_terms(batch: ImportBatch, terms: Terms, by: User | None, version: int | None = None) -> None:
    """Raises Stale where somebody has changed them since the form was drawn."""
    _refuse_started(batch, by)
    if version not in (None, batch.version):
        raise Stale(batch)
    refuse_incomplete(terms, stored_sheets.head(batch.stored))
    with transaction():
        change(batch, mapping=terms.told())


def refuse_incomplete(terms: Terms, head: dict) -> None:
    if missing := complaints(terms, head):
        raise Refused([Refusal("columns", sentence) for sentence in missing])


def start(
    batch: ImportBatch, by: User | None, again: bool = False, version: int | None = None, duplicates: dict | None = None
) -> ImportBatch:
    """Put it in the queue; from here on the file itself is not needed, only our copy of its rows."""
    refuse_incomplete(Terms.of(batch.mapping), stored_sheets.head(batch.stored))
    batch = import_steps.fire(
        batch, "start", by, version=version or batch.version, again=again, duplicates=duplicates or {}
    )
    stored_sheets.discard_file(batch.stored)
    return batch


def throw_away(batch: ImportBatch, by: User | None) -> None:
    """Forget an upload that was not started, and the file."""
    _refuse_started(batch, by)
    with transaction():
        audit.record("throw_away", batch, by)
        gone = ImportBatch.delete().where(ImportBatch.id == batch.id, ImportBatch.state == UPLOADED).execute()
    if gone:
        stored_sheets.discard(batch.stored)


def _refuse_started(batch: ImportBatch, by: User | None) -> None:
    _refuse_others(by)
    if batch.state != UPLOADED:
        raise Refused([Refusal("started", "This import has been started; its columns stand as they are.")])


def forget_abandoned(as_of: datetime) -> None:
    """Uploads that nobody has started for a week go, with the files of people in them."""
    old = (ImportBatch.state == UPLOADED) & (ImportBatch.created_at < as_of - ABANDONED)
    for batch in ImportBatch.select().where(old):
        throw_away(batch, None)
