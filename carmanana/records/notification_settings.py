"""Where each person hears of what; who has chosen nothing hears of it as is usual."""

from peewee import BooleanField, CharField, CompositeKey, DateField, ForeignKeyField

from carmanana.core.db import Record
from carmanana.core.query import prepared
from carmanana.records.notification_kinds import Kind, Ways
from carmanana.records.people import User


class NotificationChoice(Record):
    """Kept for what a person wants otherwise than is usual."""

    user = ForeignKeyField(User)
    kind = CharField()
    app = BooleanField()
    push = BooleanField()
    email = BooleanField()
    digest = BooleanField()

    class Meta:
        primary_key = CompositeKey("user", "kind")

    @property
    def ways(self) -> Ways:
        return Ways(self.app, self.push, self.email, self.digest)


class NotificationSettings(Record):
    """`digest_on` is the last day, in their zone, on which the digest was looked at; `push_names` whether a push may
    name customers."""

    user = ForeignKeyField(User, primary_key=True)
    digest = BooleanField(default=True)
    digest_at = CharField(default="08:00")
    digest_on = DateField(null=True)
    push_names = BooleanField(default=False)

    @classmethod
    def of(cls, user: User) -> "NotificationSettings":
        """As they are, written or not."""
        return cls.get_or_none(cls.user == user) or cls(user=user)


def ways_of(user: User, kind: Kind) -> Ways:
    chosen = _chosen.first(user, kind.code)
    return chosen.ways if chosen else kind.usual


@prepared
def _chosen(user, kind):
    return NotificationChoice.select().where(NotificationChoice.user == user, NotificationChoice.kind == kind)


def choices_of(user: User) -> dict[str, Ways]:
    return {choice.kind: choice.ways for choice in NotificationChoice.select().where(NotificationChoice.user == user)}
