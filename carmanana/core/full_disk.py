"""A disk that is full: how the system and the database tell of it, and how we do."""

import errno
import shutil
from pathlib import Path

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
LEAST = 64 * 1024  # bytes; SQLite wants as many for its log and its memory, and without them knows only of trouble


def is_meant(error: Exception, folder: Path) -> bool:
    """`folder` is where it wanted to write."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return "disk is full" in str(error) or ("disk I/O" in str(error) and shutil.disk_usage(folder).free < LEAST)


def told(folder: Path) -> str:
    return f"The disk is full: nothing more can be written in {folder}. Make room there, and do it again."


def folder_of(error: Exception, usual: Path) -> Path:
    """The file that could not be written lies in it, where the error names one."""
    named = getattr(error, "filename", None)
    return Path(named).parent if named else usual
