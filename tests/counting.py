"""Counting the queries of a request."""

from contextlib import contextmanager

from carmanana.core.db import database

BESIDE = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def queries():
    """The statements that a block runs, without the transaction's own."""
    told: list[str] = []
    run = database.execute_sql

    def listen(sql, params=None, *args, **kwargs):
        if not sql.upper().startswith(BESIDE):
            told.append(sql)
        return run(sql, params, *args, **kwargs)

    database.execute_sql = listen
    try:
        yield told
    finally:
        database.execute_sql = run
