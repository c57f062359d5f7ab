"""What the worker does beside the web server. The database is the queue: whatever a request owes is
written in its own transaction, and a nudge only makes it start sooner."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from huey import MemoryHuey, SqliteHuey, crontab
from huey.exceptions import HueyException

from carmanana import sweeps
from carmanana.bulk.running import BULK_RUNS
from carmanana.config import Misconfigured, Settings, from_environment
from carmanana.contacting.attachments import keep_in
from carmanana.contacting.mail.sending import send_waiting
from carmanana.core import clock, full_disk, uploads
from carmanana.core.connection import BESIDE
from carmanana.core.db import database
from carmanana.importing.running import IMPORTS
from carmanana.notifying import digest, emailing, push_keys, push_sending, pushing
from carmanana.notifying.stopping import addresses
from carmanana.reports import weekly
from carmanana.reports.audit_checking import AUDIT_CHECKS

JOBS = (BULK_RUNS, IMPORTS, AUDIT_CHECKS)
log = logging.getLogger("carmanana")


def _queue(settings: Settings):
    if settings.env == "test":
        return MemoryHuey("carmanana")
    make_anew_if_damaged(settings.queue)
    settings.queue.touch(mode=0o600)
    try:
        return SqliteHuey("carmanana", filename=str(settings.queue))
    except sqlite3.OperationalError as error:
        if full_disk.is_meant(error, settings.data):
            raise Misconfigured(full_disk.told(settings.data)) from None
        raise


def make_anew_if_damaged(queue: Path) -> None:
    """It holds nudges only."""
    if not queue.exists():
        return
    try:
        with closing(sqlite3.connect(queue)) as opened:
            sound = opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.OperationalError:  # in use
        return
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        log.warning("the queue is damaged and made anew")
        for end in ("", *BESIDE):
            Path(f"{queue}{end}").unlink(missing_ok=True)


settings = from_environment()
settings.data.mkdir(parents=True, exist_ok=True)
huey = _queue(settings)
huey.storage.close()  # no connection may cross into the processes that the server splits into


@huey.task()
def work():
    """Everything that waits: mail, steps for many deals, imports."""
    database.connect(reuse_if_open=True)
    keep_in(settings.uploads)
    uploads.allow(settings.upload_megabytes)
    sweeps.beat()
    write_notices()
    send_waiting(settings)
    for job in JOBS:
        job.run_waiting(lambda record: sweeps.beat())


def write_notices() -> None:
    """What people are told beside the app. Without a mail server or a contact for push services nothing is owed by that
    way."""
    now = clock.now()
    if settings.smtp_url:
        emailing.write_emails(now, settings.public_url)
    if settings.push_contact:
        pushing.write_messages(now)
        if pushing.some_wait():
            pushing.send_waiting(push_sending.sender(settings))


def write_regular() -> None:
    """The weekly report and the daily digest; and the keys of pushes, once."""
    address = addresses(settings.secret_key, settings.public_url)
    weekly.write_due(clock.now(), settings.public_url, address)
    if settings.smtp_url:
        digest.write_due(clock.now(), settings.public_url, address)
    if settings.push_contact:
        push_keys.made(settings.data)


@huey.post_execute()
def leave_nothing_open(task, value, error) -> None:
    if left := database.end_work():
        log.error("left open", extra={"told": {"task": task.name, "left": left}})


@huey.periodic_task(crontab(minute="*"))
def every_minute():
    work.call_local()
    sweeps.look_after(clock.now())
    write_regular()


@huey.periodic_task(crontab(minute="17"))
def every_hour():
    database.connect(reuse_if_open=True)
    sweeps.tidy(clock.now())
    sweeps.keep_compliance(clock.now())
    sweeps.nightly(clock.now())


def nudge() -> None:
    """Let the worker look now; without it, it looks within a minute."""
    try:
        work()
    except (HueyException, OSError, sqlite3.Error) as error:
        log.warning("no nudge", exc_info=error)
