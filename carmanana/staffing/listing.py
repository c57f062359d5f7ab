"""Everybody who works or worked here, with what a manager wants to see at a glance."""

from dataclasses import dataclass

from peewee import fn

from carmanana.core.query import prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import ROLES, Absence, User
from carmanana.records.retention import RetentionPlan
from carmanana.schema.sqlite import of_ids
from carmanana.staffing.absences import absent_now, away_now
from carmanana.staffing.loads import open_deals, open_leads

GROUPS = {"here": "Active", "away": "Away", "left": "Former"}
NAME = fn.LOWER(User.name)


@dataclass(frozen=True)
class Listed:
    user: User
    away: Absence | None
    open_deals: int
    open_leads: int
    open_reviews: int
    open_cases: int

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def role_names(self) -> list[str]:
        return [ROLES[role] for role in sorted(self.user.roles)]

    @property
    def group(self) -> str:
        return "left" if not self.user.active else "away" if self.away else "here"


def people():
    return User.select().where(~User.house)


@of_ids
def _with_managers(ids):
    Boss = User.alias()
    found = User.select(User, Boss).left_outer_join(Boss, on=(User.manager == Boss.id), attr="manager")
    return found.where(User.id.in_(ids))


def listed(ids: list[int]) -> list[Listed]:
    """Those people with their managers and what they have open."""
    users = _with_managers(ids)
    away, counts = away_now(users), (open_deals(), open_leads(), dict(_open_reviews()), dict(_open_cases()))
    return [Listed(user, away.get(user.id), *(count.get(user.id, 0) for count in counts)) for user in users]


def working():
    return User.deactivated_at.is_null()


def away():
    """The condition of those who are away today."""
    return working() & User.id.in_(list(absent_now()))


def present():
    return working() & User.id.not_in(list(absent_now()))


def matches(text: str):
    return User.name.contains(text) | User.email.contains(text)


@prepared
def _open_reviews():
    held = CancellationRequest.select(CancellationRequest.reviewer, fn.COUNT(CancellationRequest.id))
    return held.where(CancellationRequest.ended_at.is_null()).group_by(CancellationRequest.reviewer).tuples()


@prepared
def _open_cases():
    held = RetentionPlan.select(RetentionPlan.assignee, fn.COUNT(RetentionPlan.id))
    return held.where(RetentionPlan.ended_at.is_null()).group_by(RetentionPlan.assignee).tuples()


def reports_of(user: User) -> list[User]:
    """The active people whose manager this is."""
    return list(User.working().where(User.manager == user))
