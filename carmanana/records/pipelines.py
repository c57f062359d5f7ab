"""Pipelines, their stages, and who may not work in which."""

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.core.query import prepared
from carmanana.records.people import User


class Pipeline(Record):
    id = AutoField()
    name = CharField()
    slug = CharField(unique=True)
    order_type = CharField()
    position = IntegerField()

    def open_stages(self):
        return self.stages.where(~Stage.archived).order_by(Stage.position)

    @classmethod
    def in_order(cls):
        return cls.select().order_by(cls.position)


class Stage(Record):
    """A column of a pipeline's board. `requires` are the entry requirements of rules.ENTRY; `ageing_days` is how long a
    card may stay before it shows its age, `most_deals` how many may stand here before the head warns, `probability`
    of how many in a hundred such deals are won."""

    id = AutoField()
    pipeline = ForeignKeyField(Pipeline, backref="stages")
    name = CharField()
    position = IntegerField()
    accent = IntegerField()
    requires = WordsField(default="")
    ageing_days = IntegerField(default=14)
    probability = IntegerField(default=50)
    most_deals = IntegerField(null=True)
    archived = BooleanField(default=False)
    version = IntegerField(default=1)


class StageRestriction(Record):
    """A person has lost access to a stage for a time (SOP 0, non-compliance)."""

    id = AutoField()
    user = ForeignKeyField(User, backref="restrictions")
    stage = ForeignKeyField(Stage)
    starts_on = DateField()
    ends_on = DateField(null=True)
    reason = CharField()
    created_by = ForeignKeyField(User)
    created_at = UtcField(default=clock.now)

    @classmethod
    def holding(cls, user: User, stage, day):
        """The condition for those that keep a person out of a stage, or of the stage of a query, on a day."""
        ending = cls.ends_on.is_null() | (cls.ends_on >= day)
        return (cls.user == user) & (cls.stage == stage) & (cls.starts_on <= day) & ending


@prepared
def all_stages():
    """Every open stage with its pipeline, in the order of the boards."""
    stages = Stage.select(Stage, Pipeline).join(Pipeline).where(~Stage.archived)
    return stages.order_by(Pipeline.position, Stage.position)
