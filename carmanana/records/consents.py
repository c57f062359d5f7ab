"""What somebody agreed to, in which words, and which numbers and addresses are not to be contacted."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.records.attachments import Attachment
from carmanana.records.customers import Person
from carmanana.records.people import User

INQUIRY, OFFERS, RECORDED_VOICEMAIL = "inquiry", "offers", "recorded_voicemail"
PURPOSES = {
    INQUIRY: "To answer their inquiry",
    OFFERS: "To hear of vehicles and offers",
    RECORDED_VOICEMAIL: "To get recorded voicemails",
}
HOW = {
    "form": "Form on a website",
    "phone": "Phone",
    "email": "Email",
    "text": "Text",
    "in_person": "In person",
    "paper": "On paper",
    "import": "Import",
}


class Consent(Record):
    """`channels` are those that its words name; it opens what they say and no more. It holds until it is withdrawn."""

    id = AutoField()
    person = ForeignKeyField(Person, backref="consents", on_delete="CASCADE")
    channels = WordsField()
    purpose = CharField()
    words = TextField()
    how = CharField()
    given_at = UtcField(default=clock.now)
    taken_by = ForeignKeyField(User, null=True)
    proof = ForeignKeyField(Attachment, null=True, on_delete="SET NULL")
    withdrawn_at = UtcField(null=True)
    withdrawn_words = TextField(default="")
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    purpose_name = named("purpose", PURPOSES)
    how_name = named("how", HOW)

    @classmethod
    def of(cls, person: Person):
        """Theirs, the newest first."""
        return cls.select().where(cls.person == person).order_by(cls.given_at.desc(), cls.id.desc())


class DoNotContact(Record):
    """A number or an address that asked not to be contacted, whoever's record it stands in; written by the database
    (schema/derived/people.py). `channel` is the wish: no_calls, no_emails, no_texts."""

    id = AutoField()
    channel = CharField()
    value = CharField()
    since = UtcField()
    lifted_at = UtcField(null=True)
    lifted_by = ForeignKeyField(User, null=True)
    lift_reason = TextField(default="")

    @classmethod
    def closed(cls, values, channel: str):
        """Which of these (a list, or a query) are not to be contacted so."""
        return cls.select(cls.value).where(cls.value.in_(values), cls.channel == channel, cls.lifted_at.is_null())
