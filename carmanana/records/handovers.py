"""Somebody can't go on with their work and asks their manager to give it to others (SOP 1, section E)."""

from peewee import AutoField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.people import User


class HandOverRequest(Record):
    """One a person at a time; `starts_on` is from when they can't, null: now."""

    id = AutoField()
    user = ForeignKeyField(User, backref="hand_over_requests")
    starts_on = DateField(null=True)
    reason = TextField()
    created_at = UtcField(default=clock.now)
    answered_at = UtcField(null=True)
    answered_by = ForeignKeyField(User, null=True)
    answer = TextField(default="")
    version = IntegerField(default=1)

    @classmethod
    def still_open(cls):
        return cls.select().where(cls.answered_at.is_null())
