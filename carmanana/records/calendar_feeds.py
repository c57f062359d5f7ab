"""Where a calendar program reads a person's due dates."""

from peewee import AutoField, CharField, ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.people import User


class CalendarFeed(Record):
    """One a person at most. The address is signed over `nonce`: another one makes it another address."""

    id = AutoField()
    user = ForeignKeyField(User, unique=True)
    nonce = CharField()
    made_at = UtcField(default=clock.now)

    @classmethod
    def of(cls, user: User) -> "CalendarFeed | None":
        return cls.get_or_none(cls.user == user)
