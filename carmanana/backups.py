"""Backups of the database and the files, made while people work, and putting one back.

A backup is a folder. The database is copied first: a file is kept before the row that names it, so that every file
that the copy names is there when the files are copied. It has its name only when all of it is written and checked."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from carmanana.core import clock
from carmanana.core.db import database, private_folder
from carmanana.customers.privacy import ledger
from carmanana.notifying import push_keys
from carmanana.schema import sqlite, suppressed

from .config import Settings

DATABASE, FILES = "carmanana.sqlite3", "uploads"
BESIDE = ("-wal", "-shm", "-journal")
ALONG = (ledger.NAME, suppressed.KEYS, push_keys.NAME)


class Unusable(Exception):
    """What can't be put back, or was not written well; the message says why."""


@dataclass(frozen=True)
class Restored:
    path: Path
    before: Path | None  # where what stood before was put
    waiting_mail: int
    held_letters: int


def back_up(settings: Settings, to: Path | None = None) -> Path:
    """Made beside what people do; the folder that it lies in."""
    to = to or settings.data / "backups"
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _free(to / f"backup-{clock.now():%Y%m%dT%H%M%S}")
    part = path.with_name(path.name + ".part")
    private_folder(part)
    try:
        _copy_database(part / DATABASE)
        check(part / DATABASE)
        _copy_files(settings.uploads, part / FILES)
        _take_along(settings.data, part)
        part.rename(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _to_disk(to)
    return path


def restore(settings: Settings, path: Path) -> Restored:
    """Put a backup, or a copy of the database alone, in place. No server may run over it. What stood there is moved
    aside with its log, so that no stale -wal or -shm is left for the new one; everybody signs in anew."""
    source = path / DATABASE if path.is_dir() else path
    check(source)
    database.close()
    private_folder(settings.data)
    new = settings.database.with_name(DATABASE + ".restoring")
    _copy_with_log(source, new)
    waiting, held = _prepare(new)
    before = _move_aside(settings)
    os.replace(new, settings.database)
    _to_disk(settings.data)
    if (path / FILES).is_dir():
        _copy_files(path / FILES, settings.uploads)
        _take_along(path, settings.data)
    return Restored(settings.database, before, waiting, held)


def check(path: Path) -> None:
    """Whole, with every reference leading somewhere, and a database of ours."""
    if not path.is_file():
        raise Unusable(f"There is no database at {path}.")
    try:
        with sqlite.reading_file(path) as connection:
            _check(connection, path)
    except sqlite.DamagedFile as error:
        raise Unusable(f"{path} is damaged or no database: {error}.") from None


def _check(connection, path: Path) -> None:
    if not sqlite.is_whole(connection):
        raise Unusable(f"{path} is damaged.")
    if sqlite.leads_nowhere(connection):
        raise Unusable(f"{path} has rows that lead nowhere.")
    if not {"deal", "event", "user", "session"} <= sqlite.tables_in(connection):
        raise Unusable(f"{path} is no database of CarManana.")


def _copy_database(path: Path) -> None:
    sqlite.copy_into(path)
    _to_disk(path)


def _copy_with_log(source: Path, to: Path) -> None:
    for end in ("", *BESIDE):
        Path(f"{to}{end}").unlink(missing_ok=True)
    to.touch(mode=0o600)
    sqlite.copy_file(source, to)


HELD = "Restored from a backup: it may have gone out after that was made. Send it again only if it did not arrive."
HOLD = """
UPDATE letter SET given_up_at = :now, trouble = :why, version = version + 1
WHERE activity_id IS NOT NULL AND sent_at IS NULL AND given_up_at IS NULL
"""
TELL = """
INSERT INTO notification (user_id, text, deal_id, created_at)
SELECT letter.author_id, 'Your email to ' || customer.name || ' waits for you: a backup was restored',
  letter.deal_id, :now
FROM letter JOIN deal ON deal.id = letter.deal_id JOIN customer ON customer.id = deal.customer_id
WHERE letter.given_up_at = :now AND letter.trouble = :why
"""


def _prepare(path: Path) -> tuple[int, int]:
    """Sessions that had ended would live again. Emails to customers that wait may have gone out since: a person
    decides. How many of our own mail wait, and how many letters are held."""
    with sqlite.writing_file(path) as connection:
        connection.execute("DELETE FROM session")
        (waiting,) = connection.execute("SELECT COUNT(*) FROM outgoing_mail WHERE sent_at IS NULL").fetchone()
        given = {"now": f"{clock.now():%Y-%m-%d %H:%M:%S.%f}", "why": HELD}
        held = connection.execute(HOLD, given).rowcount
        connection.execute(TELL, given)
    return waiting, held


def _move_aside(settings: Settings) -> Path | None:
    if not settings.database.exists():
        _forget_logs(settings)
        return None
    before = _free(settings.data / "backups" / f"before-restore-{clock.now():%Y%m%dT%H%M%S}")
    private_folder(before)
    for end in ("", *BESIDE):
        there = Path(f"{settings.database}{end}")
        if there.exists():
            os.replace(there, before / f"{DATABASE}{end}")
    return before


def _forget_logs(settings: Settings) -> None:
    for end in BESIDE:
        Path(f"{settings.database}{end}").unlink(missing_ok=True)


def _copy_files(source: Path, to: Path) -> None:
    """Files never change once they are kept, so that those that are there already stay."""
    private_folder(to)
    for file in source.iterdir() if source.is_dir() else ():
        if file.is_file() and not (to / file.name).exists():
            _copy_private(file, to / file.name)


def _take_along(source: Path, to: Path) -> None:
    """The ledger of erasures and the keys of what is suppressed: lines, of which none is lost and none is there
    twice."""
    for name in ALONG:
        if not (source / name).exists():
            continue
        known = (to / name).read_text().splitlines() if (to / name).exists() else []
        new = [line for line in (source / name).read_text().splitlines() if line not in known]
        with open(os.open(to / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in new)
            file.flush()
            os.fsync(file.fileno())


def _copy_private(source: Path, to: Path) -> None:
    to.unlink(missing_ok=True)
    with source.open("rb") as read, open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as write:
        shutil.copyfileobj(read, write)
        write.flush()
        os.fsync(write.fileno())


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _free(path: Path) -> Path:
    """Two in one second are two."""
    number, free = 1, path
    while free.exists() or free.with_name(free.name + ".part").exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
