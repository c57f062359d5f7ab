"""One server over a folder of data: whoever serves holds a lock that the system takes from it, whatever ends it."""

import time
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None

PATIENCE = 15  # seconds for a server that ends to let go of its data
PAUSE = 0.05


def hold(data: Path, seconds: float = 0) -> IO | None:
    """The lock, which is held until it is closed; None where another has it for longer than this."""
    lock, until = (data / "server.lock").open("w"), time.monotonic() + seconds
    while not _taken(lock):
        if time.monotonic() >= until:
            lock.close()
            return None
        time.sleep(PAUSE)
    return lock


def _taken(lock: IO) -> bool:
    if fcntl:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
