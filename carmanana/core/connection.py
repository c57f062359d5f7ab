"""How SQLite is opened, waited for and left tidy: one connection per thread that stays open, every write transaction
IMMEDIATE. What is its own in queries stands in `schema/sqlite.py`."""

import random
import threading
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from weakref import ref

from peewee import OperationalError, SqliteDatabase, __exception_wrapper__, _savepoint, sqlite3

from carmanana.config import Misconfigured

SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
SECONDS = 5
STATEMENTS = 300  # stay prepared for each connection, some 14 kB each
AT_ONCE = 80  # and as many more while one request is answered
PRAGMAS = [
    ("journal_mode", "wal"),
    ("synchronous", "full"),
    ("foreign_keys", 1),
    ("secure_delete", "fast"),  # what is deleted is overwritten wherever its page is written anyway
    ("journal_size_limit", 64 * 1024 * 1024),
    ("mmap_size", 0),
    ("cache_size", -1_500),  # kB of each connection, of which there are 9; the system keeps the file in memory anyway
]
BESIDE = ("-wal", "-shm")  # its log and its memory, beside the file
NULL = float(
    "nan"
)  # is stored as NULL; for None the driver first looks for an adapter, longer than the row takes to write
STEP = "step"  # every savepoint: SQLite goes back to the last one, and the same words are prepared once
REMEMBERED = 1_000  # cursors, from which on those that nobody holds any more are forgotten
LAST_ID = "(SELECT seq FROM sqlite_sequence WHERE name = '{table}')"


class _Cursors(threading.local):
    def __init__(self):
        self.given: list[ref] = []
        self.texts: set[str] = set()  # what has been asked of the connection
        self.turns = 0  # transactions that began, and what went back within them

    def add(self, cursor) -> None:
        if len(self.given) >= REMEMBERED:
            self.given = [one for one in self.given if one() is not None]
        self.given.append(ref(cursor))

    def held(self) -> list:
        return [cursor for one in self.given if (cursor := one()) is not None]


class _Step(_savepoint):
    def rollback(self, begin=True):
        """It is let go of, too: if it stayed, whoever goes back within the same transaction would come no further."""
        self.db.turn()
        if self.db.goes_on():
            super().rollback(begin=False)
            self.commit(begin)


class TidyDatabase(SqliteDatabase):
    """Knows the cursors that it gave out and that somebody still holds: a statement that still reads keeps its
    connection on an old snapshot, where nothing can be written and what others write is not seen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._cursors, self.renews = _Cursors(), False

    def execute_sql(self, sql, params=None):
        """As peewee does it, in a third of its steps: nothing listens to what is asked."""
        cursor = self.cursor()
        self._cursors.texts.add(sql)
        try:
            return cursor.execute(_with_hidden_limit(sql) if "LIMIT ?" in sql else sql, params or ())
        except sqlite3.Error:
            with __exception_wrapper__:
                raise

    def cursor(self, named_cursor=None):
        cursor = (self._state.conn or self.connection()).cursor()
        self._cursors.add(cursor)
        return cursor

    def savepoint(self):
        return _Step(self, STEP)

    def begin(self, lock_type=None):
        self.turn()
        super().begin(lock_type)

    def rollback(self):
        """What went wrong is told, not that there is nothing left to take back."""
        if self.goes_on():
            super().rollback()

    def goes_on(self) -> bool:
        """Is a transaction open still? SQLite itself takes one back that finds no room on the disk."""
        return self.connection().in_transaction

    def turn(self) -> None:
        self._cursors.turns += 1

    def changes(self) -> int | None:
        """How many rows this connection has written; None in a transaction."""
        return None if self._state.transactions else (self._state.conn or self.connection()).total_changes

    def standing(self) -> tuple[int, int]:
        """While it is the same, nothing has changed in the transaction that is under way."""
        return self._cursors.turns, self._state.conn.total_changes

    def begin_work(self) -> None:
        """What is open now belongs to whoever asks for the work."""
        self._cursors.given = []

    def end_work(self) -> list[str]:
        """Close the statements and roll back the transaction that were left, and say which they were."""
        left = self.close_statements()
        left += ["transaction"] if self._roll_back() else []
        if self.renews and len(self._cursors.texts) > STATEMENTS and not self._state.ctx:
            self._renew()
        return left

    def close_statements(self) -> list[str]:
        left = ["statement" for cursor in self._cursors.held() if _close(cursor)]
        self.begin_work()
        return left

    def _renew(self) -> None:
        """Of prepared statements the driver keeps those that are asked most, and once it is full it prepares whatever
        comes later anew each time. A new connection has room for those that are asked now; where none can be had, the
        old one stays."""
        old = self._state.conn
        with suppress(sqlite3.Error):
            self._state.set_connection(self._connect())
            self._cursors.texts.clear()
            old.close()

    def _roll_back(self) -> bool:
        connection = self._state.conn
        if connection is None or not connection.in_transaction:
            return False
        self._state.transactions.clear()
        connection.rollback()
        return True


@lru_cache(1024)
def _with_hidden_limit(sql: str) -> str:
    """SQLite looks at a limit that is a value itself, and plans anew for each one; at other values it may look."""
    return sql.replace("LIMIT ?", "LIMIT +?")


def _close(cursor) -> bool:
    """Was it still reading? The driver is one row ahead, so that a cursor at its end has no more to give."""
    with suppress(sqlite3.Error):
        reading = cursor.fetchone() is not None
        cursor.close()
        return reading
    return False


class PatientDatabase(TidyDatabase):
    """Asks for the write lock every few milliseconds. SQLite's own waiting pauses longer the longer
    it lasts, so that among busy writers whoever has waited longest gets it least, and gives up."""

    def begin(self, lock_type=None):
        if lock_type == "DEFERRED":  # asks for no lock
            return super().begin(lock_type)
        connection = self.connection()
        connection.set_busy_timeout(0)
        try:
            self._begin_patiently(lock_type, time.monotonic() + SECONDS)
        finally:
            connection.set_busy_timeout(SECONDS)

    def _begin_patiently(self, lock_type, until: float) -> None:
        while True:
            try:
                return super().begin(lock_type)
            except OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(0.0005, 0.004))


database = PatientDatabase(None, lock_type="IMMEDIATE")


def point_at(path: Path) -> None:
    """The database that every thread opens from now on."""
    refuse_old(linked())
    if not database.is_closed():
        database.close()
    database.init(str(path), timeout=SECONDS, pragmas=PRAGMAS, cached_statements=STATEMENTS + AT_ONCE)


def linked() -> tuple[int, ...]:
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))


def refuse_old(version: tuple[int, ...]) -> None:
    """Older versions can corrupt a WAL database when several connections write."""
    newest, *mended = SAFE
    if version >= newest or any(version[:2] == safe[:2] and version >= safe for safe in mended):
        return
    found = ".".join(map(str, version))
    raise Misconfigured(f"SQLite {found} can corrupt the database. Install pysqlite3 0.6.1 or SQLite 3.51.3 or newer.")


def next_id(table: str) -> int:
    """The id that the table gives next; call it inside the transaction that inserts."""
    return (database.execute_sql(f"SELECT {LAST_ID.format(table=table)}").fetchone()[0] or 0) + 1
