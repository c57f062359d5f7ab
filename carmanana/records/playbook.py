"""Getting a sale back on track (SOP 2): six steps, and true stories to tell."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.core.query import prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User

STEPS = {
    "empathise": "Empathise",
    "diagnose": "Diagnose the why",
    "mission": "Revisit their mission",
    "social_proof": "A true story",
    "future": "Back to the future",
    "agreement": "Gain agreement",
}


class Story(Record):
    """Another customer who was going to cancel and stayed: only of an order really retained, with their consent."""

    id = AutoField()
    request = ForeignKeyField(CancellationRequest, unique=True, backref="stories", on_delete="CASCADE")
    title = CharField()
    words = TextField()
    consent = TextField()
    consented_on = DateField()
    made_by = ForeignKeyField(User)
    made_at = UtcField(default=clock.now)
    retired_at = UtcField(null=True)
    version = IntegerField(default=1)

    @classmethod
    def told(cls):
        """Those that may be told, the newest first."""
        return cls.select().where(cls.retired_at.is_null()).order_by(cls.id.desc())


class PlaybookAnswer(Record):
    """What the customer said at a step, or how it went."""

    id = AutoField()
    request = ForeignKeyField(CancellationRequest, backref="playbook", on_delete="CASCADE")
    step = CharField()
    words = TextField(default="")
    story = ForeignKeyField(Story, null=True)
    answered_by = ForeignKeyField(User)
    answered_at = UtcField(default=clock.now)
    version = IntegerField(default=1)


answers_of = prepared(lambda request_id: PlaybookAnswer.select().where(PlaybookAnswer.request == request_id))
