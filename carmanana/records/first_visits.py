"""Whom the first steps of a role have been shown to, and who has put them away."""

from peewee import AutoField, CharField, ForeignKeyField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.core.query import prepared
from carmanana.records.people import ROLES, User


class FirstVisit(Record):
    """The first steps of this role are put away by this person, and are not shown again."""

    id = AutoField()
    user = ForeignKeyField(User)
    role = CharField()
    at = UtcField(default=clock.now)

    @classmethod
    def roles_left(cls, user: User) -> list[str]:
        """Their roles whose first steps they have not put away, in the house's order."""
        put_away = {role for (role,) in roles_put_away(user.id)}
        return [role for role in ROLES if role in user.roles and role not in put_away]

    @classmethod
    def put_away(cls, user: User) -> None:
        rows = [{"user": user, "role": role, "at": clock.now()} for role in cls.roles_left(user)]
        if rows:
            cls.insert_many(rows).on_conflict_ignore().execute()


@prepared
def roles_put_away(user):
    return FirstVisit.select(FirstVisit.role).where(FirstVisit.user == user).tuples()
