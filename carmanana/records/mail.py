"""Mail that the worker owes somebody, written in the transaction that promised it; emails to customers, what
they begin with, and which ones are known already."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField, fn

from carmanana.core import clock
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.people import User


class OutgoingMail(Record):
    """Mail of the house itself, such as a link for a new password. Mail to many carries where one unsubscribes."""

    id = AutoField()
    to = CharField()
    subject = CharField()
    body = TextField()
    unsubscribe = CharField(default="")
    created_at = UtcField(default=clock.now)
    sent_at = UtcField(null=True)
    tries = IntegerField(default=0)
    try_after = UtcField(null=True)
    trouble = TextField(default="")

    @classmethod
    def to_send(cls, at, tries: int):
        due = cls.try_after.is_null() | (cls.try_after <= at)
        return cls.select().where(cls.sent_at.is_null(), cls.tries < tries, due).order_by(cls.id)

    @classmethod
    def is_to(cls, addresses):
        """However they are written, but none of somebody who works here."""
        return fn.LOWER(cls.to).in_([address.lower() for address in addresses]) & cls.to.not_in(User.select(User.email))


class LetterTemplate(Record):
    """What an email begins with; `may_use` are the roles that are offered it."""

    id = AutoField()
    code = CharField(unique=True)
    name = CharField()
    used_when = CharField(default="")
    may_use = WordsField()
    subject = CharField()
    body = TextField()
    position = IntegerField(default=0)
    archived = BooleanField(default=False)
    changed_by = ForeignKeyField(User, null=True)
    changed_at = UtcField(null=True)
    version = IntegerField(default=1)

    @classmethod
    def in_order(cls):
        return cls.select().order_by(cls.archived, cls.position, cls.id)

    @classmethod
    def offered_to(cls, user: User) -> list["LetterTemplate"]:
        return [template for template in cls.in_order().where(~cls.archived) if user.has(*template.may_use)]


class Letter(Record):
    """An email to a customer. A draft has no activity yet: it waits to be sent by hand. With one it is logged, and
    `stored` holds exactly what the worker sends: `tries` counts before each try, `handed_at` is set when the
    mail server begins to take it, `sent_at` when it has taken it, `given_up_at` when we stop trying.
    What nobody could check waits since `asked_at` until a manager has approved it or `sent_back` says why not.
    One that the law owes the customer (`owed`) goes out whatever else would keep it back."""

    id = AutoField()
    deal = ForeignKeyField(Deal, backref="letters", on_delete="CASCADE")
    author = ForeignKeyField(User)
    activity = ForeignKeyField(Activity, null=True, unique=True, on_delete="CASCADE")
    message_id = CharField(default="")
    to = CharField()
    subject = CharField(default="")
    body = TextField()
    next_step = CharField(default="")
    due_at = UtcField(null=True)
    stored = CharField(default="")
    went_at = UtcField(null=True)
    by_hand = BooleanField(default=False)
    tries = IntegerField(default=0)
    try_after = UtcField(null=True)
    handed_at = UtcField(null=True)
    sent_at = UtcField(null=True)
    given_up_at = UtcField(null=True)
    trouble = TextField(default="")
    asked_at = UtcField(null=True)
    approved_at = UtcField(null=True)
    approved_by = ForeignKeyField(User, null=True)
    sent_back = TextField(default="")
    created_at = UtcField(default=clock.now)
    owed = BooleanField(default=False)
    version = IntegerField(default=1)

    @property
    def unapproved(self) -> bool:
        """It needs a manager's approval and has none, whether it was sent back or not."""
        return self.draft and self.asked_at is not None and self.approved_at is None

    @property
    def awaits_approval(self) -> bool:
        return self.unapproved and not self.sent_back

    @property
    def draft(self) -> bool:
        return self.activity_id is None

    @property
    def failed(self) -> bool:
        return self.given_up_at is not None

    @property
    def waiting(self) -> bool:
        return not self.draft and self.sent_at is None and not self.failed

    @property
    def sent_elsewhere(self) -> bool:
        """Sent from a mail program of ours; its .eml was dropped on the deal."""
        return self.draft and bool(self.stored)

    @classmethod
    def to_send(cls, at):
        waits = cls.activity.is_null(False) & cls.sent_at.is_null() & cls.given_up_at.is_null()
        return cls.select().where(waits, cls.try_after.is_null() | (cls.try_after <= at)).order_by(cls.id)


class KnownMail(Record):
    """An email that a deal has already, by its Message-ID."""

    id = AutoField()
    deal = ForeignKeyField(Deal, on_delete="CASCADE")
    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    message_id = CharField()


def letters_of(deal: Deal) -> dict[int, Letter]:
    """The deal's letters by the activity that logs them."""
    return {letter.activity_id: letter for letter in every_letter(deal.id) if not letter.draft}


@prepared
def every_letter(deal_id):
    """Of a deal, drafts among them."""
    return Letter.select().where(Letter.deal == deal_id).order_by(Letter.id)
