"""Sessions that were ended while nothing could be written, as on a full disk. Their ids stand in a file whose room was
taken beforehand, which every process sees, until their rows are deleted."""

import mmap
import os
from pathlib import Path

NAME = "ended-sessions"
SLOT, SLOTS = 32, 1024


class EndedSessions:
    """The first byte says whether there are any; an id is 32 bytes, written as 64 letters in the database."""

    def __init__(self, folder: Path):
        self.map = _mapped(folder / NAME)

    def add(self, session_id: str) -> bool:
        """False where there is no room for it."""
        if self.map is None:
            return False
        told = bytes.fromhex(session_id)
        for step in range(SLOTS - 1):
            at = SLOT * (1 + (int.from_bytes(told[:4]) + step) % (SLOTS - 1))
            if not any(self.map[at : at + SLOT]):
                self.map[at : at + SLOT] = told
                self.map[0] = 1
                return True
        return False

    def __contains__(self, session_id: str) -> bool:
        return bool(self.map and self.map[0]) and self.map.find(bytes.fromhex(session_id), SLOT) >= 0

    def settle(self, delete) -> None:
        """Have their rows deleted, by `delete(ids)`, and forget them. One that comes in between stays."""
        if not (self.map and self.map[0]):
            return
        used = [at for at in range(SLOT, SLOT * SLOTS, SLOT) if any(self.map[at : at + SLOT])]
        delete([self.map[at : at + SLOT].hex() for at in used])
        self.map[0] = 0
        for at in used:
            self.map[at : at + SLOT] = bytes(SLOT)
        self.map[0] = int(any(self.map[SLOT:]))


def _mapped(path: Path) -> mmap.mmap | None:
    """None where the folder is read-only or full from the beginning; a session then ends in its browser alone."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            size = os.fstat(file).st_size
            if size < SLOT * SLOTS:
                os.pwrite(file, bytes(SLOT * SLOTS - size), size)
            return mmap.mmap(file, SLOT * SLOTS)
        finally:
            os.close(file)
    except (OSError, ValueError):
        return None
