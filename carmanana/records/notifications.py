"""What somebody should know, because a step concerns them."""

from datetime import datetime

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.core.query import by_id, prepared
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.notification_kinds import OTHER, Kind, kind_of
from carmanana.records.notification_settings import ways_of
from carmanana.records.people import CRM_ADMIN, MANAGER, User


class Notification(Record):
    """Alike ones of a day that nobody has read stand `under` the newest, which says of how many (`size`) it tells. One
    that is not `shown` is not wanted in the app. `to_push`, `to_email` and `in_digest` are what the worker owes of it
    still."""

    id = AutoField()
    user = ForeignKeyField(User, backref="notifications")
    kind = CharField(default=OTHER)
    text = CharField()
    deal = ForeignKeyField(Deal, null=True, on_delete="CASCADE")
    customer = ForeignKeyField(Customer, null=True, on_delete="CASCADE")
    lead = ForeignKeyField(Lead, null=True, on_delete="CASCADE")
    case = ForeignKeyField(CustomerCase, null=True, on_delete="CASCADE")
    finding = ForeignKeyField(Finding, null=True, on_delete="CASCADE")
    consequence = ForeignKeyField(Consequence, null=True, on_delete="CASCADE")
    about = ForeignKeyField(User, null=True)
    actor = ForeignKeyField(User, null=True)
    created_at = UtcField(default=clock.now)
    read_at = UtcField(null=True)
    shown = BooleanField(default=True)
    under = ForeignKeyField("self", null=True, on_delete="SET NULL")
    size = IntegerField(default=1)
    to_push = BooleanField(default=False)
    to_email = BooleanField(default=False)
    in_digest = BooleanField(default=False)

    @property
    def told(self) -> str:
        """One in its own words, several in those of their kind."""
        return kind_of(self.kind).told(self.size) if self.size > 1 else self.text

    @classmethod
    def tell(cls, user: User | None, kind: str, text: str, actor: User | None = None, **about) -> None:
        """Notify an active person, where they want to hear of it; nobody is told of what they did themselves."""
        if user and user.active and user != actor:
            _write(user, kind_of(kind), {"text": text, "actor": actor} | about)

    @classmethod
    def tell_manager_of(cls, user: User, kind: str, text: str, actor: User | None = None, **about) -> None:
        """The person's manager, or every manager where they have none."""
        own = user.manager_id and by_id(User, user.manager_id)
        for manager in [own] if own and own.active else _managers():
            cls.tell(manager, kind, text, actor, **about)

    @classmethod
    def tell_managers(cls, kind: str, text: str, actor: User | None = None, **about) -> None:
        for manager in _managers():
            cls.tell(manager, kind, text, actor, **about)

    @classmethod
    def tell_admins(cls, kind: str, text: str, **about) -> None:
        for admin in User.working(CRM_ADMIN):
            cls.tell(admin, kind, text, **about)

    @classmethod
    def of(cls, user: User):
        """Theirs, the newest first; those that stand under another are not in the list."""
        return cls.select().where(cls.user == user, cls.listed()).order_by(cls.id.desc())

    @classmethod
    def listed(cls):
        return cls.shown & cls.under.is_null()

    def mark_read(self) -> None:
        """With all that stand under it."""
        mine, waiting = Notification.user == self.user_id, Notification.read_at.is_null()
        told = (Notification.id == self.id) | self._under_it() if self.size > 1 else Notification.id == self.id
        Notification.update(read_at=clock.now()).where(mine, waiting, told).execute()

    def _under_it(self):
        """Each stands under the next one of its kind and day."""
        alike = (Notification.kind == self.kind) & Notification.under.is_null(False) & (Notification.id < self.id)
        return alike & (Notification.created_at >= _day_of(self.user, self.created_at))

    @classmethod
    def mark_all_read(cls, user: User) -> None:
        cls.update(read_at=clock.now()).where(cls.user == user, cls.read_at.is_null()).execute()


def _write(user: User, kind: Kind, fields: dict) -> None:
    ways = ways_of(user, kind)
    shown = ways.app or bool(kind.fixed)
    if not (shown or ways.push or ways.email or ways.digest):
        return
    before = (
        _alike.first(user, kind.code, _day_of(user, clock.now())) if shown and kind.many and not kind.urgent else None
    )
    sent = {"to_push": ways.push, "to_email": ways.email, "in_digest": ways.digest}
    size = before.size + 1 if before else 1
    made = Notification.create(user=user, kind=kind.code, shown=shown, size=size, **sent, **fields)
    if before:
        _put_under.rows(before, made)


@prepared
def _put_under(before, head):
    return Notification.update(under=head.to(Notification.under)).where(Notification.id == before)


def _day_of(user: User, at: datetime) -> datetime:
    return clock.start_of_day(clock.local(at, user.timezone).date(), user.timezone)


@prepared
def _alike(user, kind, since):
    """The one that heads those of today which nobody has read."""
    mine = (Notification.user == user) & (Notification.kind == kind) & (Notification.created_at >= since)
    found = Notification.select().where(mine, Notification.read_at.is_null(), Notification.listed())
    return found.order_by(Notification.id.desc()).limit(1)


@prepared
def _managers():
    return User.working(MANAGER)
