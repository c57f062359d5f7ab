"""What is erased is to be gone from the file as well: from the pages on which it stood, and from the indexes of words,
which keep those of deleted rows until their parts are put together."""

from collections.abc import Iterator
from contextlib import contextmanager

from carmanana.core.connection import database

PAGES = 500  # put together at once, so that nobody waits for it


@contextmanager
def overwriting() -> Iterator[None]:
    """What is deleted within is overwritten, pages that fall free included."""
    usual = database.pragma("secure_delete")
    database.pragma("secure_delete", 1)
    try:
        yield
    finally:
        database.pragma("secure_delete", "fast" if usual == 2 else usual)


def put_together(index: str) -> None:
    """The parts of an index of words, without those that are of no row any more; asked for all the parts first, then
    for more of it while something was done."""
    pages, connection = -PAGES, database.connection()
    done = 2
    while done > 1:
        before = connection.total_changes
        database.execute_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (pages,))
        pages, done = PAGES, connection.total_changes - before
