"""How deals went through their stages, as `schema/derived/stage_visits` keeps it of the audit trail."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from carmanana.core.db import Record, UtcField
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

TAKEN_BACK = "undo"


class StageVisit(Record):
    """From entering a stage to leaving it; `stood` are the seconds in which the deal was active there."""

    id = AutoField()
    deal = ForeignKeyField(Deal, backref="visits")
    stage = ForeignKeyField(Stage)
    entered_at = UtcField()
    entered_by = ForeignKeyField(User, null=True)
    stood = IntegerField(default=0)
    runs_since = UtcField(null=True)
    left_at = UtcField(null=True)
    left_as = CharField(null=True)
    left_by = ForeignKeyField(User, null=True)

    @classmethod
    def counts(cls):
        """A step that was taken back led nowhere."""
        return cls.left_as.is_null() | (cls.left_as != TAKEN_BACK)


class LeadReach(Record):
    """What was tried on a lead: contacts of ours, and those in which they answered; and whether it was ever
    assessed."""

    lead = ForeignKeyField(Lead, primary_key=True)
    attempts = IntegerField(default=0)
    conversations = IntegerField(default=0)
    assessed = IntegerField(default=0)
