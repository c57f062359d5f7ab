"""The next steps of deals and leads that are not done, and the deals on hold, as `schema/derived/open_steps` and
`held_deals` keep them."""

from peewee import CharField, ForeignKeyField, IntegerField

from carmanana.core.db import Record, UtcField
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.owned import Owned
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline

STEP, PROMISE, REVIEW, CALL = "step", "promise", "review", "call"


class OpenStep(Owned, Record):
    """Its id is that of the activity; `record_id` is that of the deal or the lead that it is of, by its `kind`. Of a
    deal's, each sees those of the deals that they may see."""

    SIGHT = Deal.SIGHT

    due_at = UtcField()
    assignee = ForeignKeyField(User, null=True)
    asks = CharField()
    kind = CharField()
    record_id = IntegerField()
    held_until = CharField()
    pipeline = ForeignKeyField(Pipeline, null=True)
    owner = ForeignKeyField(User, null=True)
    retention = ForeignKeyField(User, null=True)
    customer = ForeignKeyField(Customer)
    client = CharField()
    subject = CharField()

    theirs = classmethod(Deal.theirs.__func__)


class HeldDeal(Owned, Record):
    """Its id is that of the deal."""

    SIGHT = Deal.SIGHT
    pipeline = ForeignKeyField(Pipeline)
    held_until = CharField()
    sub_status = CharField()
    owner = ForeignKeyField(User, null=True)
    retention = ForeignKeyField(User, null=True)
    customer = ForeignKeyField(Customer)
    client = CharField()

    theirs = classmethod(Deal.theirs.__func__)
