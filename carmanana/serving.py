"""`python -m carmanana.serving`: the web server and its worker, started and stopped together. This
process loads nothing of the application, so that a restart is a matter of seconds."""

import os
import signal
import socket
import subprocess
import sys
import time

from . import db
from .config import Misconfigured, Settings, from_environment

HOST = "127.0.0.1"
WEB = ["--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket", "--graceful-timeout", "10", "--log-level", "warning"]
HEAD_START = 5


def main() -> int:
    settings, port = from_environment(), _port()
    _refuse_stale_schema(settings)
    print(f"CarManana is at http://{HOST}:{port}")
    if settings.demo:
        print("Sign in as agent@, agent2@, manager@, manager2@, retention@, cancellations@, compliance@ or admin@carmanana.example")
        print("with the password carmanana-demo. Ctrl-C stops it.", flush=True)
    return serve(port)


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise Misconfigured(f"PORT is {given!r}: use a number from 1 to 65535.")
    return int(given)


def _refuse_stale_schema(settings: Settings) -> None:
    db.open_database(settings)
    waiting = db.pending()
    db.database.close()
    if waiting:
        raise Misconfigured(f"The database waits for {', '.join(waiting)}: run `flask --app app migrate` first.")


def serve(port: int) -> int:
    """Until the web server ends or we are told to stop; a worker that dies is started again."""
    stopping = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: stopping.append(number))
    web, worker, began = subprocess.Popen(_web_command(port)), None, time.monotonic()
    while web.poll() is None and not stopping:
        time.sleep(0.2)
        if worker is None and not (_answers(port) or time.monotonic() - began > HEAD_START):
            continue
        if (worker is None or worker.poll() is not None) and not stopping:
            worker = subprocess.Popen(_worker_command())
    return _stop(web, worker)


def _web_command(port: int) -> list[str]:
    """gunicorn, or waitress where it can't run."""
    if sys.platform == "win32":
        return [sys.executable, "-m", "waitress", f"--host={HOST}", f"--port={port}", "app:app"]
    return [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", *WEB, "app:app"]


def _worker_command() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", "worker"]


def _answers(port: int) -> bool:
    """Does the web server answer yet? Only then does its worker begin to load."""
    try:
        with socket.create_connection((HOST, port), 0.2) as asks:
            asks.settimeout(0.2)
            asks.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return bool(asks.recv(1))
    except OSError:
        return False


def _stop(web: subprocess.Popen, worker: subprocess.Popen | None) -> int:
    web.terminate()
    if worker is not None:
        worker.send_signal(signal.SIGINT)
    for process in filter(None, (web, worker)):
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
    return web.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
