"""What somebody should know, because a step concerns them."""

from peewee import AutoField, CharField, ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.core.query import by_id, prepared
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import MANAGER, User


class Notification(Record):
    id = AutoField()
    user = ForeignKeyField(User, backref="notifications")
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

    @classmethod
    def tell(cls, user: User | None, text: str, actor: User | None = None, **about) -> None:
        """Notify an active person; nobody is told of what they did themselves."""
        if user and user.active and user != actor:
            cls.create(user=user, text=text, actor=actor, **about)

    @classmethod
    def tell_manager_of(cls, user: User, text: str, actor: User | None = None, **about) -> None:
        """The person's manager, or every manager where they have none."""
        own = user.manager_id and by_id(User, user.manager_id)
        for manager in [own] if own and own.active else _managers():
            cls.tell(manager, text, actor, **about)

    @classmethod
    def tell_managers(cls, text: str, actor: User | None = None, **about) -> None:
        for manager in _managers():
            cls.tell(manager, text, actor, **about)

    @classmethod
    def of(cls, user: User):
        """Theirs, the newest first."""
        return cls.select().where(cls.user == user).order_by(cls.id.desc())

    def mark_read(self) -> None:
        Notification.update(read_at=clock.now()).where(
            Notification.id == self.id, Notification.read_at.is_null()
        ).execute()

    @classmethod
    def mark_all_read(cls, user: User) -> None:
        cls.update(read_at=clock.now()).where(cls.user == user, cls.read_at.is_null()).execute()


@prepared
def _managers():
    return User.working(MANAGER)
