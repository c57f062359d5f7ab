"""Files that belong to an activity: recordings, emails, documents, pictures."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.activities import Activity
from carmanana.records.people import User

KINDS = {"recording": "Call recording", "email": "Email", "document": "Document", "picture": "Picture"}


class Attachment(Record):
    """`stored` is a random name in the uploads folder; `name` is what the person called it."""

    id = AutoField()
    activity = ForeignKeyField(Activity, backref="attachments", on_delete="CASCADE")
    kind = CharField()
    name = CharField()
    stored = CharField(unique=True)
    media_type = CharField()
    size = IntegerField()
    uploaded_by = ForeignKeyField(User, null=True)
    created_at = UtcField(default=clock.now)

    kind_name = named("kind", KINDS)
