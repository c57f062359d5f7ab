"""Who hears of what nobody does, how long after it was due, and what was told already."""

from peewee import AutoField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.activities import Activity
from carmanana.records.leads import Lead

FOLLOW_UP, LEAD = "follow_up", "lead"
OWNER, TEAM, ADMIN = "owner", "manager", "admin"
SUBJECTS = {FOLLOW_UP: "A follow-up is overdue", LEAD: "A lead was not answered in time"}
TOLD = {OWNER: "Whose it is", TEAM: "Their manager", ADMIN: "The CRM admins"}
HOURS, DAYS = "hours", "days"
UNITS = {HOURS: "business hours", DAYS: "business days"}


class EscalationStep(Record):
    """`tells` hears of it `after` so many business hours or days since it was due."""

    id = AutoField()
    subject = CharField()
    tells = CharField()
    active = BooleanField(default=True)
    after = IntegerField()
    unit = CharField()
    version = IntegerField(default=1)

    @classmethod
    def of(cls, subject: str) -> list["EscalationStep"]:
        """Those that are on."""
        return list(cls.select().where(cls.subject == subject, cls.active).order_by(cls.id))


class EscalatedFollowUp(Record):
    """Told once, for the moment at which it was due: one that is moved can be late again."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    due_at = UtcField()
    tells = CharField()
    at = UtcField(default=clock.now)

    class Meta:
        primary_key = CompositeKey("activity", "due_at", "tells")


class EscalatedLead(Record):
    lead = ForeignKeyField(Lead, on_delete="CASCADE")
    tells = CharField()
    at = UtcField(default=clock.now)

    class Meta:
        primary_key = CompositeKey("lead", "tells")
