"""Killed, crashed, and in the way of others: a chunk is whole or not at all, and short."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from carmanana.core import audit, clock
from carmanana.importing import running, stored_sheets
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.running import run, run_waiting
from carmanana.importing.uploading import forget_abandoned, start, upload
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch, ImportRow

from ..soaking import SOAK
from .importing_files import SALES, csv_of, fresh, lookalike, sale, waiting

ROOT = Path(__file__).resolve().parents[2]


def crash_at(monkeypatch, place: str, when: int):
    """Let a step fail, in the second chunk."""
    calls, whole = [], getattr(running.Chunk, place)

    def fails(self, *args):
        calls.append(1)
        if len(calls) == when:
            raise RuntimeError("the power went")
        return whole(self, *args)

    monkeypatch.setattr(running.Chunk, place, fails)


@pytest.mark.parametrize(
    ("place", "when"), [("_seat", 30), ("_write_deals", 2), ("_write_beside", 2), ("_write_refused", 2)]
)
def test_a_chunk_comes_in_whole_or_not_at_all(cast, monkeypatch, place, when):
    rows = [sale(f"Client {n}" if n % 7 else "", order_id=str(n)) for n in range(90)]
    with monkeypatch.context() as patched:
        crash_at(patched, place, when)
        batch = waiting(cast.manager, *rows)
        assert run(batch) is False
    stopped = fresh(batch)
    assert stopped.state == "failed" and "Nothing is half done" in stopped.trouble
    assert Deal.select().count() == Customer.select().count() == stopped.deals_made
    assert ImportRow.select().count() == stopped.refused and stopped.settled == stopped.at_row - 1
    assert run(import_steps.fire(stopped, "go_on", cast.manager))
    assert (Deal.select().count(), ImportRow.select().count(), audit.broken_event()) == (77, 13, None)
    assert fresh(batch).settled == 90


IMPORT = ["--app", "app", "import"]
KILLED = """
import os, signal, sys
from flask.cli import cli
from carmanana.importing import running
from carmanana.records.deals import Deal

place, enough = sys.argv[1], int(sys.argv[2])
whole = getattr(running.Chunk, place)

def killed(self, *given):
    written = whole(self, *given)
    if Deal.select().count() >= enough:
        os.kill(os.getpid(), signal.SIGKILL)
    return written

setattr(running.Chunk, place, killed)
cli.main(sys.argv[3:])
"""


def test_killed_at_any_moment_it_goes_on_without_a_row_lost_or_twice(cast, db, settings, tmp_path):
    """Behind a chunk's deals, and before its cursor; then it has been silent for long."""
    rows = 1500
    given = [*IMPORT, str(lookalike(tmp_path, rows))]
    db.close()
    environment = os.environ | {"CARMANANA_DATA": str(settings.data), "CARMANANA_ENV": "test"}

    def ran(*command):
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400
        )

    for place, enough in (("_write_deals", 40), ("_write_beside", 700)):
        killed = ran("-c", KILLED, place, str(enough), *given)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        with sqlite3.connect(settings.database) as file:
            file.execute("UPDATE import_batch SET beat_at = '2000-01-01 00:00:00.000000'")
        file.close()
    ended = ran("-m", "flask", *given)
    assert ended.returncode == 0, ended.stderr
    assert "Going on behind row" in ended.stdout
    db.connect(reuse_if_open=True)
    assert db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert (
        Deal.select(Deal.external_id).distinct().count() == Deal.select().count() == Customer.select().count() == rows
    )
    batch = ImportBatch.get()
    assert (batch.state, batch.deals_made, batch.customers_made, batch.refused) == ("done", rows, rows, 0)
    assert audit.broken_event() is None


def test_killed_between_the_last_row_and_the_end_it_ends(cast, monkeypatch):
    batch = waiting(cast.manager, sale("Gia"))
    batch = import_steps.fire(batch, "take", None)
    list(running._chunks(batch))
    assert (fresh(batch).state, Deal.select().count()) == ("running", 1)
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run_waiting() == 1
    assert (fresh(batch).state, Deal.select().count(), fresh(batch).brought) == ("done", 1, 1)


def test_a_full_disk_keeps_nothing(cast, monkeypatch):
    def full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored_sheets, "copy", full)
    with pytest.raises(OSError):
        upload(csv_of(sale("Gia"), headings=SALES), "x.csv", cast.manager)
    assert not list(stored_sheets.folder().iterdir())


def test_abandoned_uploads_are_forgotten(cast):
    upload(csv_of(sale("Gia"), headings=SALES), "old.csv", cast.manager)
    with clock.set_to(clock.now() + timedelta(days=6)):
        started = start(upload(csv_of(sale("Ada"), headings=SALES), "b.csv", cast.manager), cast.manager)
        upload(csv_of(sale("Zoe"), headings=SALES), "new.csv", cast.manager)
    forget_abandoned(clock.now() + timedelta(days=8))
    assert [batch.name for batch in ImportBatch.select().order_by(ImportBatch.id)] == [started.name, "new.csv"]
    assert len(list(stored_sheets.folder().iterdir())) == 5


def test_the_lock_is_held_for_a_chunk_at_a_time_and_others_get_through(cast, settings, tmp_path, monkeypatch):
    held, let_in, write = [], [], running._write
    other = sqlite3.connect(settings.database, timeout=0, isolation_level=None)

    def timed(*given):
        """By the time on the CPU: a busy machine says nothing of the chunk."""
        began = time.thread_time()
        lasted = write(*given)
        held.append(time.thread_time() - began)
        return lasted

    def somebody_else(batch):
        """They need not wait."""
        for step in ("BEGIN IMMEDIATE", "UPDATE heartbeat SET at = at", "COMMIT"):
            other.execute(step)
        let_in.append(batch.at_row)

    monkeypatch.setattr(running, "_write", timed)
    batch = start(upload(lookalike(tmp_path, 2000).open("rb"), "x.csv", cast.manager), cast.manager)
    assert run(batch, somebody_else)
    other.close()
    assert len(let_in) == len(held) >= 2000 / running.MOST
    assert not SOAK or sorted(held)[int(len(held) * 0.9)] < 0.050, sorted(held)[-10:]
