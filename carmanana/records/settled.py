"""What each night proves: how every deal and every lead stands, and which are in none of the acceptable end states."""

from peewee import AutoField, CharField, CompositeKey, DateField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.records.people import User


class NightlyProof(Record):
    """`deals` and `leads` are how many stand in each way, by its code; one a day of the house."""

    id = AutoField()
    day = DateField(unique=True)
    at = UtcField(default=clock.now)
    deals = JsonField(default=dict)
    leads = JsonField(default=dict)
    stuck = IntegerField(default=0)


class StuckRecord(Record):
    """A deal or a lead that was stuck that night, whose it was, and how it stood."""

    proof = ForeignKeyField(NightlyProof, backref="records", on_delete="CASCADE")
    kind = CharField()
    record_id = IntegerField()
    owner = ForeignKeyField(User, null=True)
    standing = CharField()

    class Meta:
        primary_key = CompositeKey("proof", "kind", "record_id")
