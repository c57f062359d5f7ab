"""How large a file may be: UPLOAD_MEGABYTES, set once at start; and how it is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

MEGABYTE = 1024 * 1024

megabytes = 20


def allow(most: int) -> None:
    global megabytes
    megabytes = most


def most_bytes() -> int:
    return megabytes * MEGABYTE


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """For us alone, and on the disk by the end; one that can't be written whole, as on a full disk, leaves nothing."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
