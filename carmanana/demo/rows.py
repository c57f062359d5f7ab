"""Whole rows, written many at a time."""

from datetime import datetime
from operator import itemgetter

from carmanana.db import Record, insert_rows

PLAIN = {int, str, bool, type(None)}
MOMENT = "%d-%02d-%02d %02d:%02d:%02d.000000"  # twice as quick as isoformat, which asks for the zone


def blank(model: type[Record]) -> dict:
    """A row of this table with every column at its default."""
    fields = model._meta.sorted_fields
    return {field.column_name: None if callable(field.default) else field.default for field in fields}


def write(model: type[Record], stored: list) -> None:
    """Insert rows with their ids; call it inside a transaction."""
    insert_rows(model._meta.table_name, _columns(model), stored)


def stored(model: type[Record], rows: list[dict]) -> list:
    """As the database keeps them: moments are UTC text, days are ISO text."""
    values_of = itemgetter(*_columns(model))
    return [[value if type(value) in PLAIN else text(value) for value in values_of(row)] for row in rows]


def _columns(model):
    return [field.column_name for field in model._meta.sorted_fields]


def text(moment):
    if type(moment) is datetime:
        return MOMENT % (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return moment.isoformat()
