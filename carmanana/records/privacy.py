"""Keeping no more of people than is needed: what was erased, what is proposed, and for how long each kind is kept."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.core.query import prepared
from carmanana.records.customers import WISHES, Customer
from carmanana.records.people import User

REASONS = {
    "asked": "They asked for it",
    "period": "Kept as long as it is needed",
    "no_basis": "Nothing allows us to keep it",
}
LEADS, CANCELLED, RECORDINGS = "leads", "cancelled", "recordings"
KINDS = {
    LEADS: "Closed leads, and nothing else",
    CANCELLED: "Cancelled customer",
    RECORDINGS: "Recordings",
}
OPEN, ERASED, KEPT = "open", "erased", "kept"


class SuppressedContact(Record):
    """A number or an address that is not to be contacted, as a keyed hash of channel and value
    (schema/suppressed.py)."""

    id = AutoField()
    digest = CharField(unique=True)
    since = UtcField(default=clock.now)


class Erasure(Record):
    """`customer_number` with the moment at which the customer was made tells whose it was, in any backup. The same
    stands in a ledger beside the database (customers/privacy/ledger.py)."""

    id = AutoField()
    customer_number = IntegerField()
    customer_made = CharField()
    reason = CharField()
    by = ForeignKeyField(User, null=True)
    at = UtcField(default=clock.now)
    rows_erased = IntegerField(default=0)
    files_erased = IntegerField(default=0)
    digests = WordsField(default=frozenset)

    reason_name = named("reason", REASONS)

    @classmethod
    def of(cls, customer: Customer) -> "Erasure | None":
        """Who was erased asks for no contact at all, so that of most nothing is asked."""
        made = Customer.created_at.db_value(customer.created_at)
        return _erasure_of.first(customer.id, made) if all(getattr(customer, wish) for wish in WISHES) else None


@prepared
def _erasure_of(number, made):
    return Erasure.select().where(Erasure.customer_number == number, Erasure.customer_made == made).limit(1)


class ErasureProposal(Record):
    """What the sweep found to have been kept long enough; an admin decides. What is kept is not proposed again before
    `keep_until`."""

    id = AutoField()
    kind = CharField()
    customer = ForeignKeyField(Customer, on_delete="CASCADE")
    since = UtcField()
    proposed_at = UtcField(default=clock.now)
    decision = CharField(default=OPEN)
    decided_by = ForeignKeyField(User, null=True)
    decided_at = UtcField(null=True)
    keep_until = UtcField(null=True)
    version = IntegerField(default=1)

    kind_name = named("kind", KINDS)


class PrivacySettings(Record):
    """One row: months after which each kind is proposed to be erased; 0 is never."""

    id = IntegerField(primary_key=True, default=1)
    leads_months = IntegerField(default=0)
    cancelled_months = IntegerField(default=0)
    recordings_months = IntegerField(default=0)
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "PrivacySettings":
        return cls.get_by_id(1)
