"""Keeping the index (migration 0006): triggers do it for every row written, at once for many rows written together."""

from collections.abc import Iterator
from contextlib import contextmanager

from carmanana.core.db import database, transaction

INDEXED = {
    "search_name": "customer",
    "search_address": "customer_email",
    "search_number": "customer_phone",
    "search_order": "deal",
    "search_conversation": "activity",
}


@contextmanager
def in_bulk() -> Iterator[None]:
    """New rows are indexed together at the end, and told to the boards as one change, which is ten times as quick. It holds
    the write lock throughout, so that nobody else's rows are passed over."""
    with transaction():
        for index, table in INDEXED.items():
            database.execute_sql(f"INSERT INTO search_paused SELECT ?, coalesce(max(id), 0) FROM {table}", (index,))
        silent = _lift_silent()
        yield
        for trigger in silent:
            database.execute_sql(trigger)
        for index in INDEXED:
            new = f"id > (SELECT after_id FROM search_paused WHERE index_name = '{index}')"
            database.execute_sql(f"INSERT INTO {index} (rowid, told) SELECT id, told FROM {index}_told WHERE {new}")
        database.execute_sql("DELETE FROM search_paused")
        database.execute_sql("INSERT INTO board_change (event_id) SELECT COALESCE(MAX(id), 0) FROM event")


def _lift_silent() -> list[str]:
    """Takes off the triggers that do nothing while there is a pause: to ask them takes longer than to write the row.
    Gives the statements that make them again, in the order in which they were made."""
    lifted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%WHEN NOT EXISTS (SELECT 1 FROM search_paused)%' ORDER BY rowid"
    silent = database.execute_sql(lifted).fetchall()
    for name, _ in silent:
        database.execute_sql(f"DROP TRIGGER {name}")
    return [trigger for _, trigger in silent]
