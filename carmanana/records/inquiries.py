"""How inquiries come in: what is set for them, how often an address has sent one, and files whose preview is looked
at."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.leads import Lead
from carmanana.records.people import User


class InquirySettings(Record):
    """One row. `origins` are the sites that may show the public form in a frame, one a line; `owner` gets what comes
    in, nobody where there is none; after `answer_minutes` of business a lead that nobody answered goes up
    the steps of escalation."""

    id = IntegerField(primary_key=True, default=1)
    origins = TextField(default="")
    owner = ForeignKeyField(User, null=True)
    answer_minutes = IntegerField(default=60)
    privacy_url = CharField(default="")
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "InquirySettings":
        return cls.get_by_id(1)

    @property
    def owner_now(self) -> User | None:
        """Who has left or is away gets nothing."""
        owner = self.owner if self.owner_id else None
        return owner if owner and owner.active and owner.works_deals and not owner.absent else None


class Arrival(Record):
    """Something that was sent by a way, form or posted, from an address; `nonce` is the form's, which counts once."""

    id = AutoField()
    way = CharField()
    address = CharField()
    nonce = CharField(null=True)
    lead = ForeignKeyField(Lead, null=True)
    at = UtcField(default=clock.now)


class LeadFile(Record):
    """A file of leads that lies in the uploads folder until somebody has said who is who in it."""

    id = AutoField()
    user = ForeignKeyField(User)
    name = CharField()
    stored = CharField()
    created_at = UtcField(default=clock.now)
    taken_at = UtcField(null=True)
