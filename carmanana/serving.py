"""The web server and its worker, started and stopped together."""

import signal
import subprocess
import sys
import time

WEB = ["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket", "--graceful-timeout", "10", "--log-level", "warning"]


def web_command(host: str, port: int) -> list[str]:
    """gunicorn, or waitress where it can't run."""
    if sys.platform == "win32":
        return [sys.executable, "-m", "waitress", f"--host={host}", f"--port={port}", "app:app"]
    return [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", *WEB, "app:app"]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", "worker"]


def serve(host: str, port: int) -> int:
    """Until the web server ends or we are told to stop; a worker that dies is started again."""
    web = subprocess.Popen(web_command(host, port))
    worker = subprocess.Popen(worker_command())
    stopping = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: stopping.append(number))
    while web.poll() is None and not stopping:
        time.sleep(0.5)
        if worker.poll() is not None and not stopping:
            worker = subprocess.Popen(worker_command())
    return _stop(web, worker)


def _stop(web: subprocess.Popen, worker: subprocess.Popen) -> int:
    web.terminate()
    worker.send_signal(signal.SIGINT)
    for process in (web, worker):
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
    return web.returncode or 0
