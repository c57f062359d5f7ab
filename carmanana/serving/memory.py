"""What a process holds of the system's memory, and gives back to it."""

import ctypes
import gc
from contextlib import suppress

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
LARGE = 1024 * 1024  # bytes, several times a page as it is written: from there on memory is given back at once
FREE = 4 * LARGE  # what may stay free for the next page: each page of memory given back and wanted again is a fault


def _libc():
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt, libc.malloc_trim  # noqa: B018 - glibc alone has both
        return libc
    return None


LIBC = _libc()


def leave_alone_what_stays() -> None:
    """The application's own objects stay until the end: the garbage collector need not look through them again and
    again, and their memory stays shared by the processes. A page makes thousands of objects that go with it; those that
    refer to each other are collected before there are many megabytes of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def keep_to_few_heaps() -> None:
    """glibc gives each thread a heap of its own, none of which gives back what another could use, and keeps what was
    large once."""
    if LIBC:
        for setting, value in ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, FREE)):
            LIBC.mallopt(setting, value)


def give_back() -> None:
    """glibc gives back by itself what is free at the end of its heap; this gives back what is free within it, such as
    the rows of a report that were read before something small that stayed."""
    if LIBC:
        LIBC.malloc_trim(0)
