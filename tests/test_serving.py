"""The server as it is run: killed without warning it comes back with everything it acknowledged."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from benchmarks.server import free_port
from carmanana.config import Misconfigured
from carmanana.core.audit import broken_event
from carmanana.core.db import database, open_database
from carmanana.records.activities import Activity
from carmanana.schema.migrate import migrate
from carmanana.serving import __main__ as serving
from carmanana.serving import listening, running
from carmanana.serving.web import PROCESSES
from tests.cast import Cast
from tests.conftest import settings_in
from tests.soaking import SOAK, examples

ROOT = Path(__file__).resolve().parent.parent


WHOLE = 1 + 1 + PROCESSES  # what watches, the worker, and the web servers


class Server:
    def __init__(self, data: Path):
        self.port = free_port()
        self.environment = os.environ | {
            "CARMANANA_ENV": "development",
            "CARMANANA_DATA": str(data),
            "PORT": str(self.port),
        }
        self.cookie = ""

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "carmanana.serving"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_the_first(self) -> None:
        """Only the process that was started, not those that it started."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> float:
        """Killed without warning and started anew; seconds until it answers."""
        self.kill()
        self.start()
        return self.wait()

    def ask(self, method: str, path: str, form: dict | None = None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers |= {"Cookie": self.cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if form else {})
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer.status, text

    def wait(self, seconds: float = 180) -> float:
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                if self.ask("GET", "/healthz")[0] == 200:
                    return time.monotonic() - began
            except (OSError, http.client.HTTPException):  # who was killed may still be half through an answer
                time.sleep(0.05)
        raise AssertionError("the server did not come up")

    def sign_in(self, who: str) -> None:
        form = {"email": f"{who}@carmanana.example", "password": Cast.PASSWORD}
        status, _ = self.ask("POST", "/sign-in", form | {"csrf_token": token(self.ask("GET", "/sign-in")[1])})
        assert status == 303


def bare_start() -> float:
    """Seconds that Python takes here and now to load Flask alone: what a busy machine is measured by."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import flask, peewee, waitress"], check=True)
    return time.monotonic() - began


def living(group: int) -> list[str]:
    """The processes of a group, by their id and what they run in full, however narrow the terminal is (`-ww`)."""
    command = ["ps", "-wweo", "pgid=,stat=,pid=,args="]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.split(None, 3) for line in told.splitlines()]
    return [f"{pid} {args}" for pgid, stat, pid, args in lines if pgid == str(group) and stat[0] != "Z"]


def until(holds, seconds: float = 180) -> bool:
    end = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(found)


def token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)


@pytest.fixture
def server(tmp_path):
    settings = settings_in(tmp_path)
    open_database(settings)
    migrate(settings)
    Cast.hire()
    server = Server(tmp_path)
    server.start()
    server.wait()
    yield server
    server.kill()
    database.close()


def test_killed_without_warning_it_comes_back_with_every_acknowledged_entry(server):
    cast = Cast()
    deal = cast.deal(cast.agent)
    server.sign_in("agent")
    csrf = token(server.ask("GET", f"/deals/{deal.id}")[1])
    kept = 0
    for number in range(12):
        form = {"kind": "note", "summary": f"note {number}", "csrf_token": csrf}
        status, _ = server.ask("POST", f"/deals/{deal.id}/activities/new", form)
        kept += status == 303
    bare, took = min((bare_start(), server.restart()) for _ in range(examples(1, 3)))
    assert not SOAK or took < max(5, 12 * bare), f"a restart took {took:.1f} s where an empty Flask takes {bare:.1f} s"
    status, page = server.ask("GET", f"/deals/{deal.id}")
    assert status == 200 and all(f"note {number}" in page for number in range(12))
    assert kept == 12 == Activity.select().where(Activity.kind == "note").count()
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert broken_event() is None


def test_killed_alone_it_leaves_nothing_behind_and_starts_again_at_once(server):
    group = server.process.pid
    assert until(lambda: len(splits(server)) == WHOLE)
    server.kill_the_first()
    server.start()
    assert until(lambda: not living(group))
    server.wait()  # only now: who was left behind may have answered a moment longer, on the same port


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_process_that_dies_alone_is_started_again(server, which):
    """What watches, the worker, and a web server."""
    assert until(lambda: len(splits(server)) == WHOLE)
    killed = splits(server)[which]
    os.kill(killed, signal.SIGKILL)
    server.wait()
    assert until(lambda: killed not in (now := splits(server)) and len(now) == WHOLE)


def splits(server) -> list[int]:
    """What watches, once it does, with what it splits into: the worker and the web servers; what they are is seen of
    those alone that took a place."""
    lines = [line for line in living(server.process.pid) if "carmanana.serving." in line]
    watches = any("web_watch" in line for line in lines)
    return sorted(int(line.split()[0]) for line in lines) if watches else []


def test_a_port_that_another_program_has_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(listening, "PATIENCE", 0)
    with listening.listen(0) as taken, pytest.raises(Misconfigured, match="taken by another program"):
        listening.listen(taken.getsockname()[1])


def test_a_second_server_over_the_same_data_waits_for_the_first_and_is_refused(server, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "PATIENCE", 0)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PORT", str(free_port()))
    with pytest.raises(Misconfigured, match=f"Another server runs over {re.escape(str(tmp_path))}"):
        serving.main()
    server.kill()
    with running.hold(tmp_path) as former:
        server.start()
        assert server.process.stdout.readline().startswith("Another server runs over")
        former.close()
        server.wait()


def test_a_stranger_host_is_refused(server):
    assert server.ask("GET", "/sign-in", Host="evil.example")[0] == 400


def test_it_does_not_start_over_a_database_that_waits_for_a_migration(tmp_path):
    late = Server(tmp_path)
    for command in (["carmanana.serving"], ["carmanana.serving.web", "app:app"]):
        told = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=late.environment, capture_output=True, text=True
        )
        assert told.returncode != 0 and "migrate" in told.stderr + told.stdout, command


def test_it_does_not_start_over_a_damaged_database_and_says_so(tmp_path):
    (tmp_path / "carmanana.sqlite3").write_bytes(b"no database at all " * 400)
    late = Server(tmp_path)
    for command in (["carmanana.serving"], ["flask", "--app", "app", "audit", "verify"]):
        told = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=late.environment, capture_output=True, text=True
        )
        assert told.returncode != 0 and "The database is damaged" in told.stderr, command
        assert "Traceback" not in told.stderr
