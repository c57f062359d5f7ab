"""Who has a deal open."""

from peewee import CompositeKey, ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.deals import Deal
from carmanana.records.people import User


class DealPresence(Record):
    deal = ForeignKeyField(Deal, on_delete="CASCADE")
    user = ForeignKeyField(User)
    seen_at = UtcField(default=clock.now)

    class Meta:
        primary_key = CompositeKey("deal", "user")
