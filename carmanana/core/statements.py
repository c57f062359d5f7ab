"""What one piece of work may leave open on its thread's connection: a statement that still reads keeps the
connection on an old snapshot, where nothing can be written and what others write is not seen."""

import threading
from contextlib import suppress
from weakref import WeakSet

from peewee import SqliteDatabase, sqlite3


class _Cursors(threading.local):
    def __init__(self):
        self.given = WeakSet()


class TidyDatabase(SqliteDatabase):
    """Knows the cursors that it gave out and that somebody still holds."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._cursors = _Cursors()

    def cursor(self, named_cursor=None):
        cursor = super().cursor(named_cursor)
        self._cursors.given.add(cursor)
        return cursor

    def begin_work(self) -> None:
        """What is open now belongs to whoever asks for the work."""
        self._cursors.given = WeakSet()

    def end_work(self) -> list[str]:
        """Close the statements and roll back the transaction that were left, and say which they were."""
        left = ["statement" for cursor in list(self._cursors.given) if _close(cursor)]
        self.begin_work()
        return left + (["transaction"] if self._roll_back() else [])

    def _roll_back(self) -> bool:
        connection = self._state.conn
        if connection is None or not connection.in_transaction:
            return False
        self._state.transactions.clear()
        connection.rollback()
        return True


def _close(cursor) -> bool:
    """Was it still reading? The driver is one row ahead, so that a cursor at its end has no more to give."""
    with suppress(sqlite3.Error):
        reading = cursor.fetchone() is not None
        cursor.close()
        return reading
    return False
