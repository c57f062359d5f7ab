"""Checks of the whole audit trail, each with its result."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.core.query import prepared
from carmanana.records.people import User

WAITING, WHOLE, BROKEN = "waiting", "whole", "broken"
STATES = {WAITING: "Being checked", WHOLE: "Unbroken", BROKEN: "Broken"}


class AuditCheck(Record):
    """`total` is how many events there were when it was begun, `settled` how many are checked; `last_event_id` and
    `last_hash` are of the last of them. `broken_id` is the first event that does not follow from the one before."""

    id = AutoField()
    user = ForeignKeyField(User)
    state = CharField(default=WAITING)
    total = IntegerField()
    settled = IntegerField(default=0)
    last_event_id = IntegerField(default=0)
    last_hash = CharField(default="0" * 64)
    broken_id = IntegerField(null=True)
    created_at = UtcField(default=clock.now)
    finished_at = UtcField(null=True)

    @property
    def working(self) -> bool:
        return self.state == WAITING

    state_name = named("state", STATES)

    @classmethod
    def waiting(cls):
        return cls.select().where(cls.state == WAITING).order_by(cls.id)

    @classmethod
    def newest(cls, number: int = 5) -> "list[AuditCheck]":
        return _newest(number)


@prepared
def _newest(number):
    return AuditCheck.select(AuditCheck, User).join(User).order_by(AuditCheck.id.desc()).limit(number)
