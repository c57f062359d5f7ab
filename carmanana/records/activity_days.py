"""What people did by the day of UTC, as `schema/derived/activity_days` keeps it; the author 0 is nobody, the outcome ''
none."""

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from carmanana.core.db import Record, UtcField
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.people import User


class ContactDay(Record):
    """How many contacts were alike on a day."""

    day = CharField()
    author = ForeignKeyField(User)
    kind = CharField()
    direction = CharField()
    outcome = CharField()
    contacts = IntegerField()

    class Meta:
        primary_key = CompositeKey("day", "author", "kind", "direction", "outcome")


class StepDay(Record):
    """How many next steps ended alike on a day."""

    day = CharField()
    done_by = ForeignKeyField(User)
    dropped = IntegerField()
    in_time = IntegerField()
    steps = IntegerField()

    class Meta:
        primary_key = CompositeKey("day", "done_by", "dropped", "in_time")


class UnfollowedContact(Record):
    """A contact of ours after which no next step was set."""

    activity = ForeignKeyField(Activity, primary_key=True)
    at = UtcField()
    author = ForeignKeyField(User, null=True)
    deal = ForeignKeyField(Deal, null=True)
