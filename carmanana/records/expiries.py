"""Days on which a customer becomes worth a call again: a contract of ours ends (a renewal), or one with another
supplier."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.customers import Customer, Person
from carmanana.records.leads import Lead
from carmanana.records.people import User

OURS, THEIRS = "ours", "theirs"
KINDS = {OURS: "Ours (renewal)", THEIRS: "With another supplier"}

SET, LEAD_MADE, DROPPED = "set", "lead_made", "dropped"
STATES = {SET: "Set", LEAD_MADE: "Lead made", DROPPED: "Dropped"}


class Expiry(Record):
    """`about` is what runs out, in a few words; `on` its day, from which it is its owner's `lead`. `reason` is why it
    was dropped."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="expiries", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    kind = CharField(default=OURS)
    supplier = CharField(default="")
    about = CharField(default="")
    on = DateField(column_name="expires_on")
    owner = ForeignKeyField(User, null=True, backref="expiries")
    state = CharField(default=SET)
    state_since = UtcField(default=clock.now)
    lead = ForeignKeyField(Lead, null=True)
    reason = TextField(default="")
    set_by = ForeignKeyField(User, null=True)
    import_id = IntegerField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def open(self) -> bool:
        return self.state == SET

    state_name = named("state", STATES)
    kind_name = named("kind", KINDS)

    @property
    def of_another(self) -> bool:
        return self.kind == THEIRS

    @classmethod
    def ahead_of(cls, customer: Customer | int, today):
        """Those of a customer that are still to come."""
        return cls.select().where(cls.customer == customer, cls.state == SET, cls.on > today)
