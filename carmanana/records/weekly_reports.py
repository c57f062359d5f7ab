"""Who wants the weekly report by email."""

from peewee import DateField, ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.people import User


class WeeklyReport(Record):
    """`last_on` is the Monday, in their zone, for which it was written last."""

    user = ForeignKeyField(User, primary_key=True)
    since = UtcField(default=clock.now)
    last_on = DateField(null=True)

    @classmethod
    def wanted_by(cls, user: User) -> bool:
        return cls.select().where(cls.user == user).exists()
