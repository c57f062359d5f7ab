"""Does a server run over this data? It holds a lock that the system takes from it, whatever ends it."""

from pathlib import Path

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None

_held = []


def hold(data: Path) -> None:
    """For as long as this process lives."""
    if fcntl:
        _held.append((data / "server.lock").open("w"))
        fcntl.flock(_held[-1], fcntl.LOCK_SH)


def is_running(data: Path) -> bool:
    if not fcntl or not (data / "server.lock").exists():
        return False
    with (data / "server.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
