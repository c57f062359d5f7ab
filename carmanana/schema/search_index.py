"""Writing many rows together: they are indexed at the end, at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from carmanana.core.db import database, transaction
from carmanana.schema import derived, sqlite
from carmanana.schema.derived.board_changes import ALL_BOARDS
from carmanana.schema.derived.declared import rests_in_bulk
from carmanana.schema.derived.search import INDEXES

INDEXED = {index.name: index.table for index in INDEXES}
# they do nothing while there is a pause: to ask them takes longer than to write the row
SILENT = {name: sql for part in derived.PARTS for name, sql in part.of_kind("TRIGGER").items() if rests_in_bulk(sql)}


@contextmanager
def in_bulk() -> Iterator[None]:
    """New rows are indexed together at the end, and told to the boards as one change, which is ten times as quick. It
    holds the write lock throughout, so that nobody else's rows are passed over."""
    with transaction():
        for index, table in INDEXED.items():
            database.execute_sql(f"INSERT INTO search_paused SELECT ?, coalesce(max(id), 0) FROM {table}", (index,))
        for name in SILENT:
            database.execute_sql(f"DROP TRIGGER {name}")
        yield
        for trigger in SILENT.values():
            database.execute_sql(trigger)
        for index in INDEXED:
            new = f"id > (SELECT after_id FROM search_paused WHERE index_name = '{index}')"
            database.execute_sql(sqlite.index_rows(index, new))
        database.execute_sql("DELETE FROM search_paused")
        database.execute_sql(ALL_BOARDS)
