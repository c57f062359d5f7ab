"""Views that people keep: a way of looking at a pipeline's deals or at a list, under a name."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline


class SavedView(Record):
    """`ending` is which view it is, as its address ends; `query` its filter and order, and never a deal. One without
    a pipeline is of the list that `ending` names.
    A shared one is everybody's to open and its owner's to change. The one that opens first is where the board leads."""

    id = AutoField()
    user = ForeignKeyField(User, backref="saved_views")
    pipeline = ForeignKeyField(Pipeline, null=True)
    name = CharField()
    ending = CharField()
    query = CharField()
    shared = BooleanField(default=False)
    opens_first = BooleanField(default=False)
    created_at = UtcField(default=clock.now)

    @classmethod
    def own(cls, user: User):
        return cls.select(cls, Pipeline).join(Pipeline).where(cls.user == user)

    @classmethod
    def for_menu(cls, user: User, pipeline: Pipeline) -> "list[SavedView]":
        """One's own of a pipeline and those that others share, by name."""
        found = cls.select(cls, User).join(User).where(cls.pipeline == pipeline, (cls.user == user) | cls.shared)
        return list(found.order_by(cls.name, cls.id))

    @classmethod
    def of_list(cls, user: User, listed: str) -> "list[SavedView]":
        """One's own of a list and those that others share, by name."""
        found = cls.select(cls, User).join(User).where(cls.pipeline.is_null(), cls.ending == listed)
        return list(found.where((cls.user == user) | cls.shared).order_by(cls.name, cls.id))

    @classmethod
    def first_of(cls, user: User) -> "SavedView | None":
        return cls.own(user).where(cls.opens_first).first()
