"""Customers who leave (customer cancellation help; domain 7): the cancellation of a customer, its reasons, who looks at
it, and what an admin has set for all of them."""

from peewee import AutoField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.core.query import by_id, prepared
from carmanana.records.customers import Customer
from carmanana.records.people import User

PENDING, PROCESSED, REMOVED, REACTIVATED = "pending", "processed", "removed", "reactivated"
STATES = {PENDING: "Pending", PROCESSED: "Processed", REMOVED: "Removed", REACTIVATED: "Reactivated"}


class Departure(Record):
    """The cancellation of a customer, done in stages; the customer's status follows it in the same transaction.
    `new_owner` is assigned when it is processed, if it was not before."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="departures", on_delete="CASCADE")
    state = CharField(default=PENDING)
    state_since = UtcField(default=clock.now)
    begun_by = ForeignKeyField(User)
    begun_at = UtcField(default=clock.now)
    new_owner = ForeignKeyField(User, null=True)
    ended_by = ForeignKeyField(User, null=True)
    ended_at = UtcField(null=True)
    words = TextField(default="")
    version = IntegerField(default=1)

    @property
    def pending(self) -> bool:
        return self.state == PENDING

    state_name = named("state", STATES)

    @property
    def given_reasons(self) -> list["DepartureReason"]:
        return reasons_given(self)

    @classmethod
    def newest(cls, customer: Customer | int) -> "Departure | None":
        """The one that says how the customer stands."""
        return newest.first(customer)


@prepared
def newest(customer):
    return (
        Departure.select()
        .where(Departure.customer == customer)
        .order_by(Departure.state != PENDING, Departure.id.desc())
        .limit(1)
    )


class DepartureReason(Record):
    id = AutoField()
    departure = ForeignKeyField(Departure, backref="reasons", on_delete="CASCADE")
    reason = TextField()
    extra = TextField(default="")
    written_by = ForeignKeyField(User)
    written_at = UtcField(default=clock.now)


@prepared
def reasons_given(departure):
    return DepartureReason.select().where(DepartureReason.departure == departure).order_by(DepartureReason.id)


class DeparturePresence(Record):
    departure = ForeignKeyField(Departure, on_delete="CASCADE")
    user = ForeignKeyField(User)
    seen_at = UtcField(default=clock.now)

    class Meta:
        primary_key = CompositeKey("departure", "user")


class DepartureSettings(Record):
    """One row: whom a processed cancellation notifies (roles, people by id, addresses), off until it is switched on;
    and whether an asset that ceases on a later day counts as ceased."""

    id = IntegerField(primary_key=True, default=1)
    notifies = BooleanField(default=False)
    roles = WordsField(default=frozenset)
    people = WordsField(default=frozenset)
    addresses = WordsField(default=frozenset)
    future_cease = BooleanField(default=False)
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "DepartureSettings":
        return by_id(cls, 1)
