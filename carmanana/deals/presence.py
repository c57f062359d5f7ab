"""Who has a deal open."""

from peewee import CompositeKey, ForeignKeyField

from carmanana import clock
from carmanana.db import Record, UtcField
from carmanana.people.models import User

from .models import Deal


class DealPresence(Record):
    deal = ForeignKeyField(Deal, on_delete="CASCADE")
    user = ForeignKeyField(User)
    seen_at = UtcField(default=clock.now)

    class Meta:
        primary_key = CompositeKey("deal", "user")
