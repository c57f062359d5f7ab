"""Pipelines and their stages."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField

from carmanana.core.db import Record, WordsField
from carmanana.core.query import prepared


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


@prepared
def all_stages():
    """Every open stage with its pipeline, in the order of the boards."""
    stages = Stage.select(Stage, Pipeline).join(Pipeline).where(~Stage.archived)
    return stages.order_by(Pipeline.position, Stage.position)
