"""By its mark, what was read of some tables is known to be as they stand: no two states of them have the same
(schema/derived/marks.py)."""

from peewee import Table

from carmanana.core.db import database
from carmanana.core.query import Prepared


def mark_of(name: str) -> Prepared:
    """Asks for the mark; none has come where nothing was ever written."""

    def mark():
        table = Table(name, ("mark",)).bind(database)
        return table.select(table.mark).tuples()

    return Prepared(mark)
