"""Starts the web server and the worker, starts them again when they die, and stops them with itself. This
process loads nothing of the application, so that a restart is a matter of seconds. Where processes can split, the web
server splits the worker off, so that both share what they have loaded, and its watch starts it again."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from peewee import DatabaseError

from carmanana.config import Misconfigured, Settings, from_environment
from carmanana.core import db
from carmanana.schema.migrate import pending

from . import lifeline, listening, running, web_watch

HEAD_START = 5  # seconds that the web server has for itself before the worker begins to load
PATIENCE = 15
SPLITS = hasattr(os, "fork")


def main() -> int:
    settings, port = from_environment(), listening.port()
    _refuse_stale_schema(settings)
    with _alone_over(settings.data):
        return _serve(settings, port)


def _alone_over(data: Path) -> IO:
    """For as long as this process lives: two servers would each send the mail and do the duties of the other."""
    lock = running.hold(data)
    if lock is None:
        print(f"Another server runs over {data}. Waiting up to {running.PATIENCE} s for it to end ...", flush=True)
        lock = running.hold(data, running.PATIENCE)
    if lock is None:
        raise Misconfigured(f"Another server runs over {data}: stop it, or set CARMANANA_DATA to another folder.")
    return lock


def _serve(settings: Settings, port: int) -> int:
    sock = listening.listen(port)
    print(f"CarManana is at http://{listening.HOST}:{port}")
    if settings.demo:
        print(
            "Sign in as agent@, agent2@, manager@, manager2@, retention@, cancellations@, compliance@ or "
            "admin@carmanana.example"
        )
        print("with the password carmanana-demo. Ctrl-C stops it.", flush=True)
    return Processes(sock, port).serve()


def _refuse_stale_schema(settings: Settings) -> None:
    db.open_database(settings)
    try:
        waiting = pending()
    except DatabaseError as error:
        raise Misconfigured(db.trouble(error)) from None
    db.database.close()
    if waiting:
        raise Misconfigured(f"The database waits for {', '.join(waiting)}: run `flask --app app migrate` first.")


class Processes:
    """The two that run beside this one. They hold the end of a pipe that closes with this process, whatever ends it."""

    def __init__(self, sock: socket.socket, port: int):
        self.sock, self.port, self.stopping = sock, port, False
        self.answered = False
        self.lifeline = lifeline.throw()
        self.web: subprocess.Popen | None = None
        self.worker: subprocess.Popen | None = None

    def serve(self) -> int:
        """Until we are told to stop, or the web server does not come up."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        while not self.stopping and self._web_runs():
            self.answered = self.answered or self._answers()
            if not SPLITS:
                self._keep_the_worker()
            time.sleep(0.2)
        return self._end()

    def _stop(self, number, frame) -> None:
        self.stopping = True

    def _web_runs(self) -> bool:
        """One that ends by itself before it has answered anybody is broken, and is not started again."""
        ended = self.web is not None and self.web.poll() is not None
        if ended and not self.answered and self.web.returncode >= 0:
            return False
        if self.web is None or ended:
            self.web, self.began, self.answered = (
                self._start("carmanana.serving.web", "app:app"),
                time.monotonic(),
                False,
            )
        return True

    def _keep_the_worker(self) -> None:
        if self.worker is None and not (self.answered or time.monotonic() - self.began > HEAD_START):
            return
        if self.worker is None or self.worker.poll() is not None:
            self.worker = self._start("carmanana.serving.worker")

    def _start(self, *command: str) -> subprocess.Popen:
        told = {listening.GIVEN: str(self.sock.fileno()), lifeline.GIVEN: str(self.lifeline), web_watch.BESIDE: "1"}
        handed = (
            {}
            if sys.platform == "win32"
            else {"pass_fds": [self.sock.fileno(), self.lifeline], "env": os.environ | told}
        )
        return subprocess.Popen([sys.executable, "-m", *command], **handed)

    def _answers(self) -> bool:
        """Does the web server answer yet? Only then does a worker of its own begin to load."""
        try:
            with socket.create_connection((listening.HOST, self.port), 0.2) as asks:
                asks.settimeout(0.2)
                asks.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return bool(asks.recv(1))
        except OSError:
            return False

    def _end(self) -> int:
        running = [process for process in (self.web, self.worker) if process is not None]
        for process in running:
            process.send_signal(signal.SIGINT if process is self.worker else signal.SIGTERM)
        for process in running:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        return 0 if self.stopping or self.web is None else self.web.returncode or 1


if __name__ == "__main__":
    sys.exit(main())
