"""The vehicles and subscriptions that customers hold."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User

VEHICLE, SUBSCRIPTION = "vehicle", "subscription"
KINDS = {VEHICLE: "Vehicle", SUBSCRIPTION: "Subscription"}

LIVE, CEASED = "live", "ceased"
STATES = {LIVE: "Live", CEASED: "Ceased"}


class Asset(Record):
    """`identifier` is its VIN or contract number. Live with a `cease_on` to come, it ceases on that day by itself. A
    delivered order makes one."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="assets", on_delete="CASCADE")
    deal = ForeignKeyField(Deal, null=True, on_delete="SET NULL")
    kind = CharField(default=VEHICLE)
    name = CharField()
    identifier = CharField(default="")
    held_since = DateField(null=True)
    state = CharField(default=LIVE)
    state_since = UtcField(default=clock.now)
    cease_on = DateField(null=True)
    reason = TextField(default="")
    import_id = IntegerField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def live(self) -> bool:
        return self.state == LIVE

    state_name = named("state", STATES)
    kind_name = named("kind", KINDS)

    @classmethod
    def is_open(cls):
        return cls.state == LIVE

    def worked_by(self, by: User) -> bool:
        return works_for(self.customer, by)
