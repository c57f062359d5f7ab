"""The web server as in production, on a free port, over a working copy; gone when the block ends."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

from carmanana.serving import web_watch

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
PORTS = range(11_000, 32_000)


class NotServing(Exception):
    pass


@dataclass
class Served:
    port: int
    processes: list[subprocess.Popen]


@contextmanager
def serving(data: Path, worker: bool = False):
    """A server that answers, and its worker. Production in all but that cookies go over plain http."""
    port, log = free_port(), data / "server.log"
    environment = os.environ | {
        "CARMANANA_ENV": "production",
        "CARMANANA_DATA": str(data),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SECURE_COOKIES": "0",
        "TRUSTED_HOSTS": "127.0.0.1",
        "PORT": str(port),
    }
    with log.open("wb") as told:
        processes = [start(["carmanana.serving.web", "benchmarks.wsgi:app"], environment | asked(worker), told)]
        try:
            wait_for(port, processes[0], log)
            yield Served(port, processes)
        finally:
            stop(processes)


def asked(worker: bool) -> dict[str, str]:
    return {web_watch.BESIDE: "1"} if worker else {}


def free_port() -> int:
    """Whoever calls somebody is given one above these, and would have taken it before the server is up."""
    for port in SystemRandom().sample(PORTS, 100):
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port
    raise NotServing("no port is free")


def start(command: list[str], environment: dict, told) -> subprocess.Popen:
    """In a group of its own, so that Ctrl-C reaches us first and nothing of it is left."""
    return subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=told, stderr=told, start_new_session=True
    )


def wait_for(port: int, web: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as asks:
            asks.sendall(b"GET /hello/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            if b" 200 " in asks.recv(64):
                return
        time.sleep(0.1)
    raise NotServing(f"the server did not come up:\n{log.read_text(encoding='utf-8')[-2000:]}")


def stop(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
