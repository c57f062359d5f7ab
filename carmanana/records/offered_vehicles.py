"""Vehicles that are on offer, and to whom they were offered (domain 10)."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField

from carmanana.core import clock, money
from carmanana.core.code_names import named
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User

EMAIL, SEQUENCE = "email", "sequence"
HOW = {EMAIL: "Emailed", SEQUENCE: "Put in a call sequence"}


class OfferedVehicle(Record):
    """`source` is where it was found, `region` where it stands, `until` the last day on which it can be had; `deal` is
    the one it was entered from. It is no customer's: whoever sees customers sees it. Gone, it stays with its offers."""

    id = AutoField()
    make = CharField()
    model = CharField(default="")
    year = IntegerField(null=True)
    distance, distance_unit = IntegerField(null=True), CharField(default="mi")
    colour = CharField(default="")
    price_cents, currency = IntegerField(null=True), CharField(default="USD")
    region = CharField(default="")
    source = CharField(default="")
    until = DateField(null=True)
    deal = ForeignKeyField(Deal, null=True, on_delete="SET NULL")
    entered_by = ForeignKeyField(User)
    gone_at = UtcField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return " ".join(str(part) for part in (self.year, self.make, self.model) if part)

    @property
    def price(self) -> str:
        return money.shown(self.price_cents, self.currency)

    @classmethod
    def on_offer(cls, day):
        """Neither gone nor past its day."""
        return cls.gone_at.is_null() & (cls.until.is_null() | (cls.until >= day))


class VehicleOffer(Record):
    """That a vehicle was offered to a buyer, as `lead` or as `deal`, and how."""

    id = AutoField()
    vehicle = ForeignKeyField(OfferedVehicle, backref="offers", on_delete="CASCADE")
    customer = ForeignKeyField(Customer, on_delete="CASCADE")
    lead = ForeignKeyField(Lead, null=True, on_delete="SET NULL")
    deal = ForeignKeyField(Deal, null=True, on_delete="SET NULL")
    how = CharField()
    by = ForeignKeyField(User)
    at = UtcField(default=clock.now)

    how_name = named("how", HOW)


class WantsChange(Record):
    """A change made in the buyers list, with the assessments as they stood before, so that whoever made it can take it
    back within a day. Words are in here, which may not be in the audit trail."""

    id = AutoField()
    user = ForeignKeyField(User)
    how = CharField()
    cells = IntegerField()
    before = JsonField()
    at = UtcField(default=clock.now)
    undone_at = UtcField(null=True)
