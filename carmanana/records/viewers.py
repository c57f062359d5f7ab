"""Who has a record open just now, so that two people see each other."""

from datetime import timedelta
from functools import cache

from peewee import ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record
from carmanana.core.query import Prepared
from carmanana.records.people import User

LASTS = timedelta(seconds=45)
WRITTEN_EVERY = timedelta(seconds=15)


def look(seen: ForeignKeyField, record: Record, by: User) -> list[User]:
    """`by` has it open; who else has. `seen` is the field of a table of presences that names what is looked at."""
    here = list(_lately(seen, record))
    mine = next((one for one in here if one.user_id == by.id), None)
    if mine is None or mine.seen_at < clock.now() - WRITTEN_EVERY:
        seen.model.insert({seen: record, "user": by, "seen_at": clock.now()}).on_conflict_replace().execute()
    return [one.user for one in here if one is not mine]


def others(seen: ForeignKeyField, record: Record, by: User) -> list[User]:
    return [one.user for one in _lately(seen, record) if one.user_id != by.id]


def _lately(seen: ForeignKeyField, record: Record) -> list:
    return _seen_since(seen)(record, clock.now() - LASTS)


@cache
def _seen_since(seen: ForeignKeyField) -> Prepared:
    table = seen.model
    found = table.select(table, User).join(User, on=table.user).order_by(User.name)
    return Prepared(lambda record, since: found.where(seen == record, table.seen_at > since))
