"""Whole rows, written many at a time."""

from datetime import datetime
from operator import itemgetter

from carmanana.db import Record, insert_rows

PLAIN = {int, str, bool, type(None)}


def blank(model: type[Record]) -> dict:
    """A row of this table with every column at its default."""
    fields = model._meta.sorted_fields
    return {field.column_name: None if callable(field.default) else field.default for field in fields}


def write(model: type[Record], rows: list[dict]) -> None:
    """Insert rows with their ids; call it inside a transaction."""
    columns = [field.column_name for field in model._meta.sorted_fields]
    insert_rows(model._meta.table_name, columns, map(_stored, map(itemgetter(*columns), rows)))


def _stored(values):
    """As the database keeps them: moments are UTC text, days are ISO text."""
    return [value if type(value) in PLAIN else text(value) for value in values]


def text(moment):
    if type(moment) is datetime:
        return f"{moment.isoformat(' ', 'seconds')[:19]}.000000"
    return moment.isoformat()
