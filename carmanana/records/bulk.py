"""One step for many records: the run itself is the queue, and its lines are the report."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.records.people import User


class BulkRun(Record):
    """`subject` is the table of the records, `given` what the step is taken with, `back` the page that it was begun
    from. `done` and `refused` are counted in the transaction that settles a line."""

    id = AutoField()
    user = ForeignKeyField(User)
    subject = CharField(default="deal")
    kind = CharField()
    given = JsonField()
    back = CharField(default="")
    total = IntegerField()
    done = IntegerField(default=0)
    refused = IntegerField(default=0)
    created_at = UtcField(default=clock.now)
    finished_at = UtcField(null=True)

    @property
    def working(self) -> bool:
        return self.finished_at is None

    @property
    def settled(self) -> int:
        return self.done + self.refused

    @classmethod
    def visible_to(cls, user: User):
        """One's own; a manager's are everybody's."""
        runs = cls.select(cls, User).join(User)
        return runs if user.is_manager else runs.where(cls.user == user)

    @classmethod
    def with_people(cls, ids: list[int]) -> list["BulkRun"]:
        return list(cls.select(cls, User).join(User).where(cls.id.in_(ids)))

    @classmethod
    def waiting(cls):
        return cls.select().where(cls.finished_at.is_null()).order_by(cls.id)


class BulkLine(Record):
    """What became of one record, by its number: the record itself may be gone by now. `version` is the one that it was
    seen in; `code` and `reason` are empty where the step was taken."""

    id = AutoField()
    run = ForeignKeyField(BulkRun, backref="lines", on_delete="CASCADE")
    subject_id = IntegerField()
    version = IntegerField(null=True)
    settled_at = UtcField(null=True)
    code = CharField(default="")
    reason = TextField(default="")
    sop = CharField(default="")
