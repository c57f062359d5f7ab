"""What was backed up while people worked comes back whole, also after a server that was killed at work."""

import http.client
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from carmanana import backups, worker
from carmanana.contacting.attachments import keep_in
from carmanana.core import clock
from carmanana.core.audit import broken_event
from carmanana.core.db import database
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.mail import Letter
from carmanana.records.notifications import Notification
from carmanana.records.people import Session
from tests.cast import Cast

from .test_serving import ROOT, server, token

__all__ = ["server"]


def flask(server, *command: str):
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *command],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
    )


class Writer(Thread):
    """Somebody who writes one note after the other, twenty a second, for as long as they are let."""

    PAUSE = 0.05

    def __init__(self, server, deal):
        super().__init__()
        self.server, self.path, self.kept, self.stopping = server, f"/deals/{deal.id}/activities/new", [], Event()
        self.csrf = token(server.ask("GET", f"/deals/{deal.id}")[1])

    def run(self):
        number = 0
        while not self.stopping.wait(self.PAUSE):
            number += 1
            form = {"kind": "note", "summary": f"note {number}", "csrf_token": self.csrf}
            try:
                status, _ = self.server.ask("POST", self.path, form)
            except (OSError, http.client.HTTPException):  # killed, maybe half through an answer
                return
            if status == 303:
                self.kept.append(f"note {number}")


def test_the_drill(server):
    """Backed up under load, killed under load, restored, and serving again."""
    cast = Cast()
    deal = cast.deal(cast.agent)
    server.sign_in("agent")
    writer = Writer(server, deal)
    writer.start()
    while len(writer.kept) < 5:
        assert writer.is_alive()
    before = list(writer.kept)
    made = flask(server, "backup")
    assert made.returncode == 0, made.stderr
    path = Path(made.stdout.partition(":")[0])
    running = flask(server, "restore", str(path), "--yes")
    assert running.returncode != 0 and "Stop it" in running.stderr
    while len(writer.kept) == len(before):
        assert writer.is_alive()
    server.kill()
    writer.stopping.set()
    writer.join()
    database.close()
    restored = flask(server, "restore", str(path), "--yes")
    assert restored.returncode == 0, restored.stderr
    server.start()
    server.wait()
    server.sign_in("agent")
    page = server.ask("GET", f"/deals/{deal.id}?entries=all")[1]
    assert all(note in page for note in before[-3:])
    database.connect(reuse_if_open=True)
    there = {activity.summary for activity in Activity.select().where(Activity.kind == "note")}
    assert set(before) <= there < set(writer.kept) | {f"note {len(writer.kept) + 1}"}
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",) and broken_event() is None


@pytest.fixture
def house(cast, settings):
    keep_in(settings.uploads)
    (settings.uploads / "abc").write_text("a file")
    cast.deal(cast.agent)
    return settings


def modes(folder: Path) -> set[str]:
    return {f"{stat.S_IMODE(path.stat().st_mode):o}" for path in folder.rglob("*") if path.is_file()}


def test_everything_is_its_owners_alone(house):
    path = backups.back_up(house)
    assert modes(path) == {"600"}
    assert {
        f"{stat.S_IMODE(folder.stat().st_mode):o}"
        for folder in (house.data, house.uploads, path.parent, path, path / "uploads")
    } == {"700"}
    assert {f"{stat.S_IMODE(file.stat().st_mode):o}" for file in house.data.glob("carmanana.sqlite3*")} == {"600"}


def test_a_database_that_everybody_could_read_is_closed_at_the_next_start(house):
    database.close()
    os.chmod(house.database, 0o644)
    os.chmod(house.data, 0o755)
    backups.restore(house, backups_made_elsewhere(house))
    assert stat.S_IMODE(house.database.stat().st_mode) == 0o600 and stat.S_IMODE(house.data.stat().st_mode) == 0o700


def backups_made_elsewhere(house) -> Path:
    database.connect(reuse_if_open=True)
    return backups.back_up(house, house.data.parent / "elsewhere")


def test_what_was_there_comes_back_with_its_files_and_everybody_signs_in_anew(house, cast):
    Session.create(id="x", user=cast.agent, data={})
    path, names = backups.back_up(house), sorted(customer.name for customer in Customer.select())
    Customer.update(name="Written later").execute()
    (house.uploads / "abc").unlink()
    done = backups.restore(house, path)
    database.connect()
    assert sorted(customer.name for customer in Customer.select()) == names
    assert (house.uploads / "abc").read_text() == "a file"
    assert Session.select().count() == 0
    database.close()
    backups.restore(house, done.before)
    database.connect()
    assert {customer.name for customer in Customer.select()} == {"Written later"}, (
        "what stood there comes back too, with its log"
    )


def test_two_in_one_second_are_two(house):
    assert backups.back_up(house) != backups.back_up(house)


@pytest.mark.parametrize("damage", ["cut", "overwritten", "no database", "another's", "empty"])
def test_what_is_damaged_replaces_nothing(house, damage):
    path = backups.back_up(house) / "carmanana.sqlite3"
    content = path.read_bytes()
    middle = len(content) // 2
    changed = {
        "cut": content[:middle],
        "overwritten": content[:8192] + os.urandom(60_000) + content[68_192:],
        "no database": b"x" * 5000,
        "another's": None,
        "empty": b"",
    }
    path.write_bytes(changed[damage] or b"")
    if damage == "another's":
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE deal (id)")
        other.close()
    with pytest.raises(backups.Unusable):
        backups.restore(house, path.parent)
    database.connect(reuse_if_open=True)
    assert Customer.select().count() == 1


def test_what_can_not_be_written_leaves_no_half_of_a_backup(house, monkeypatch):
    def full(*paths):
        raise OSError("no room")

    monkeypatch.setattr(backups, "_copy_files", full)
    with pytest.raises(OSError):
        backups.back_up(house)
    assert not list((house.data / "backups").iterdir())


def test_who_may_call_what_is_told(app):
    told = app.test_cli_runner().invoke(args=["permissions"]).output
    assert "/board/<slug>" in told and "NOBODY" not in told
    assert [line.split()[-1] for line in told.splitlines() if " /sign-in " in line] == ["public"]


def test_an_email_that_waits_in_a_backup_is_held_for_a_person(house, cast):
    deal = cast.deal(cast.agent)
    entry = cast.called(deal, cast.agent, kind="email", outcome="sent", ago=timedelta())
    letter = Letter.create(deal=deal, author=cast.agent, activity=entry, to="a@b.de", body="Hello", stored="abc")
    gone = Letter.create(deal=deal, author=cast.agent, to="a@b.de", body="A draft")
    done = backups.restore(house, backups.back_up(house))
    database.connect()
    fresh = Letter.get_by_id(letter.id)
    assert (done.held_letters, fresh.failed, Letter.get_by_id(gone.id).draft) == (1, True, True)
    assert "restored" in fresh.trouble.lower() and not list(Letter.to_send(clock.now() + timedelta(days=1)))
    told = Notification.select().where(Notification.user == cast.agent).order_by(Notification.id.desc()).first()
    assert told.deal_id == deal.id and "waits for you" in told.text


@pytest.mark.parametrize("content, stays", [(b"no queue at all " * 400, False), (b"", True)])
def test_a_damaged_queue_is_made_anew_as_it_holds_nudges_only(tmp_path, content, stays):
    queue = tmp_path / "queue.sqlite3"
    queue.write_bytes(content)
    worker.make_anew_if_damaged(queue)
    assert queue.exists() == stays
