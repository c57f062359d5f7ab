"""The disk fills up under a running server: reads go on, writes are refused with what was typed kept, and when there is
room again it goes on without a restart (quality 7). The disk is a small one in memory, in a namespace of its own."""

import http.client
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from carmanana.core.db import database, open_database
from carmanana.schema.migrate import migrate
from tests.cast import Cast
from tests.conftest import settings_in

from .test_serving import ROOT, Server, token

IN_A_NAMESPACE = ["unshare", "-rm", "sh", "-c"]


def small_disks_can_be_made() -> bool:
    made = (
        shutil.which("unshare")
        and subprocess.run([*IN_A_NAMESPACE, "mount -t tmpfs none /mnt"], check=False, capture_output=True).returncode
    )
    return made == 0


class SmallDisk(Server):
    """A server whose data is on a disk of 8 MB; /proc leads to that disk from outside."""

    def start(self) -> None:
        data, python = shlex.quote(self.environment["CARMANANA_DATA"]), shlex.quote(sys.executable)
        mounted = (
            f"cp -a {data} {data}.kept && mount -t tmpfs -o size=8m none {data} && cp -a {data}.kept/. {data} && exec "
            f"{python} -m carmanana.serving"
        )
        self.process = subprocess.Popen(
            [*IN_A_NAMESPACE, mounted],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    @property
    def disk(self) -> Path:
        return Path(f"/proc/{self.process.pid}/root{self.environment['CARMANANA_DATA']}")

    def fill(self) -> None:
        for size in (1 << 20, 4096, 1):
            with (self.disk / "filling").open("ab", buffering=0) as file:
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue

    def add_file(self, path: str, csrf: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
        body = (
            part.format("csrf_token", "", csrf)
            + part.format("files", '; filename="call.mp3"', "ID3" + "x" * 90_000)
            + "--x--\r\n"
        )
        connection.request(
            "POST", path, body, {"Cookie": self.cookie, "Content-Type": "multipart/form-data; boundary=x"}
        )
        return connection.getresponse().status

    def free(self) -> None:
        (self.disk / "filling").unlink()


@pytest.fixture
def server(tmp_path):
    settings = settings_in(tmp_path / "data")
    open_database(settings)
    migrate(settings)
    Cast.hire()
    deal = Cast().deal(Cast().agent)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    server = SmallDisk(tmp_path / "data")
    server.deal = f"/deals/{deal.id}"
    server.start()
    server.wait()
    yield server
    server.kill()


@pytest.mark.skipif(not small_disks_can_be_made(), reason="this machine makes no disk for a test")
def test_a_full_disk_stops_writing_and_nothing_else(server):
    server.sign_in("agent")
    page = server.ask("GET", server.deal)[1]

    def log(words: str):
        return server.ask(
            "POST", f"{server.deal}/activities/new", {"kind": "note", "summary": words, "csrf_token": token(page)}
        )

    assert log("before")[0] == 303
    server.fill()
    refused = [log(f"while full {number} " + "x" * 6000) for number in range(8)]
    assert refused[-1][0] == 503 and "can’t write just now" in refused[-1][1].replace("&#39;", "’").replace("'", "’")
    assert server.ask("GET", "/healthz")[0] == 503
    assert server.add_file(f"{server.deal}/files", token(page)) == 503
    assert not list((server.disk / "uploads").glob("*")), "what was begun is left, and keeps the disk full"
    for path in (
        server.deal,
        "/board/used-vehicle-orders",
        "/customers/",
        "/search?text=305",
        "/notifications/",
        "/me",
    ):
        status, text = server.ask("GET", path)
        assert status == 200, f"{path}: {status} {text[:200]}"
    assert "before" in server.ask("GET", server.deal)[1]
    assert (
        server.ask(
            "POST",
            "/sign-in",
            {"email": "agent@carmanana.example", "password": Cast.PASSWORD, "csrf_token": token(page)},
        )[0]
        == 503
    )
    cookie = server.cookie
    assert server.ask("POST", "/sign-out", {"csrf_token": token(page)})[0] == 303
    for each in (server.cookie, cookie):
        server.cookie = each
        assert server.ask("GET", "/me")[0] == 303, "who signed out on a full disk is in with no cookie of theirs"
    server.free()
    assert server.ask("GET", "/me")[0] == 303
    server.sign_in("agent")
    page = server.ask("GET", server.deal)[1]
    status, answer = log("after")
    assert status == 303, answer[:500]
    assert server.ask("GET", "/healthz")[0] == 200
    assert server.add_file(f"{server.deal}/files", token(page)) == 303
    kept = server.ask("GET", server.deal)[1]
    acknowledged = [f"while full {number} " for number, (status, _) in enumerate(refused) if status == 303]
    assert all(words in kept for words in ("before", "after", *acknowledged))


@pytest.mark.skipif(not small_disks_can_be_made(), reason="this machine makes no disk for a test")
@pytest.mark.parametrize(
    ("size", "command", "where"),
    [("16k", "migrate", ""), ("1m", "migrate", ""), ("2m", "demo --deals 9", ""), ("", "backup", "/backups")],
)
def test_a_command_says_that_the_disk_is_full_and_where(tmp_path, size, command, where):
    """It fills up when the application loads, in the middle of a migration, and with a copy of what stands there."""
    data, kept = tmp_path / "data", tmp_path / "kept"
    data.mkdir()
    settings = settings_in(kept)
    if command == "backup":
        open_database(settings)
        migrate(settings)
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        size = settings.database.stat().st_size * 3 // 2  # it has no room for a second
    quoted = [shlex.quote(str(each)) for each in (data, kept, sys.executable)]
    mounted = "mount -t tmpfs -o size={size} none {0} && if [ -e {1} ]; then cp -a {1}/. {0}; fi && exec {2}"
    mounted = mounted.format(*quoted, size=size) + f" -m flask --app app {command}"
    told = subprocess.run(
        [*IN_A_NAMESPACE, mounted],
        cwd=ROOT,
        env=os.environ | {"CARMANANA_ENV": "development", "CARMANANA_DATA": str(data)},
        capture_output=True,
        text=True,
    )
    assert told.returncode != 0 and f"The disk is full: nothing more can be written in {data}{where}. " in told.stderr
    assert "Traceback" not in told.stderr
