"""Buyers, and how they may be reached."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, fn

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.core.phones import national_digits, shown
from carmanana.core.query import prepared
from carmanana.core.text import fold
from carmanana.records.people import CRM_ADMIN, CUSTOMER_CANCELLATION, HOUSE_ID, User

STATUSES = {"live": "Live", "pending_cancellation": "Live (PC)", "cancelled": "Cancelled"}
WISHES = ("no_calls", "no_emails", "no_texts")
MOODS = {
    "": "Not noted",
    "happy": "Happy",
    "calm": "Calm",
    "worried": "Worried",
    "disappointed": "Disappointed",
    "angry": "Angry",
}


class Customer(Record):
    """`folded` follows the name, however that is written; lists are sorted and searched by it."""

    id = AutoField()
    name = CharField()
    folded = CharField(default="")
    region = CharField(default="")
    timezone = CharField(default="")
    language = CharField(default="")
    details = CharField(default="")
    owner = ForeignKeyField(User, null=True)
    mood = CharField(default="")
    status = CharField(default="live")
    no_calls = BooleanField(default=False)
    no_emails = BooleanField(default=False)
    no_texts = BooleanField(default=False)
    import_id = IntegerField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "name" in kwargs and "folded" not in kwargs:
            self.folded = fold(kwargs["name"])

    @classmethod
    def with_what_follows(cls, fields: dict) -> dict:
        return fields | {"folded": fold(fields["name"])} if "name" in fields else fields

    def __str__(self):
        return self.name

    @property
    def phone(self) -> "CustomerPhone | None":
        """The first that is not known to be wrong, else the first."""
        return _best_phone.first(self)

    @property
    def email(self) -> "CustomerEmail | None":
        return _best_email.first(self)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name

    status_name = named("status", STATUSES)

    @property
    def leaving(self) -> bool:
        """Their cancellation is pending."""
        return self.status == "pending_cancellation"

    @property
    def cancelled(self) -> bool:
        """Neither dialled, nor mailed, nor offered anything, but for what an expiry of theirs brings (domain 7)."""
        return self.status == "cancelled"

    def tidied_by(self, by: User) -> bool:
        """While it is pending, who cancels the customer works their assets, cases, quotations, expiries and the
        completion of their sales orders, and nothing on deals."""
        return self.leaving and by.has(CUSTOMER_CANCELLATION, CRM_ADMIN)

    @property
    def initials(self) -> str:
        parts = [part for part in self.name.split() if part[0].isalpha()] or ["?"]
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

    @property
    def colour(self) -> int:
        return sum(self.name.encode()) % 8 + 1

    @classmethod
    def unowned(cls):
        return cls.owner.is_null() | (cls.owner == HOUSE_ID)


class Person(Record):
    """One of the people of a customer: numbers, addresses, language, consents and wishes are theirs. Of a customer with
    one person no page shows the difference. `name` and `language` are empty where they are the customer's own. The
    customer's wishes are those of every person of theirs; the database keeps the two in step
    (schema/derived/people.py)."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="people", on_delete="CASCADE")
    name = CharField(default="")
    language = CharField(default="")
    position = IntegerField(default=0)
    no_calls = BooleanField(default=False)
    no_emails = BooleanField(default=False)
    no_texts = BooleanField(default=False)
    version = IntegerField(default=1)

    def __str__(self):
        return self.called

    @property
    def called(self) -> str:
        return self.name or self.customer.name

    @property
    def speaks(self) -> str:
        return self.language or self.customer.language

    @classmethod
    def first_of(cls, customer: "Customer | int") -> "Person":
        """The person whom the customer's record is about."""
        return first_person.first(customer)


@prepared
def first_person(customer):
    return (
        Person.select(Person, Customer)
        .join(Customer)
        .where(Person.customer == customer)
        .order_by(Person.position, Person.id)
        .limit(1)
    )


class CustomerPhone(Record):
    """`e164` is null where the number as typed is not a whole, valid one; `wrong_at` is when it turned out not to be
    theirs. `national` are the digits dialled within the country, where the international form does not hold them; the
    search finds by them."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="phones", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, backref="phones", on_delete="CASCADE")
    typed = CharField()
    e164 = CharField(null=True, index=True)
    national = CharField(default="")
    position = IntegerField(default=0)
    wrong_at = UtcField(null=True)

    def __init__(self, *args, **kwargs):
        if kwargs.get("e164") and "__no_default__" not in kwargs:
            kwargs.setdefault("national", national_digits(kwargs["e164"]))
        super().__init__(*args, **kwargs)

    @property
    def shown(self) -> str:
        return shown(self.typed, self.e164)

    @property
    def link(self) -> str:
        return self.e164 or "".join(c for c in self.typed if c.isdigit() or c == "+")


class CustomerEmail(Record):
    id = AutoField()
    customer = ForeignKeyField(Customer, backref="emails", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, backref="emails", on_delete="CASCADE")
    address = CharField()
    position = IntegerField(default=0)
    wrong_at = UtcField(null=True)

    @classmethod
    def same(cls, address: str):
        return fn.LOWER(cls.address) == address.lower()


@prepared
def _best_phone(customer):
    found = CustomerPhone.select().where(CustomerPhone.customer == customer)
    return found.order_by(CustomerPhone.wrong_at.is_null(False), CustomerPhone.position).limit(1)


@prepared
def _best_email(customer):
    found = CustomerEmail.select().where(CustomerEmail.customer == customer)
    return found.order_by(CustomerEmail.wrong_at.is_null(False), CustomerEmail.position).limit(1)


class MergedCustomer(Record):
    """A record that is gone, under the id it had: the same person stands on as `into`. For a day `undo` holds what it
    takes to part them again (customers/unmerging.py)."""

    id = IntegerField(primary_key=True)
    into = ForeignKeyField(Customer, on_delete="CASCADE")
    by = ForeignKeyField(User)
    at = UtcField(default=clock.now)
    undo = JsonField(null=True)
