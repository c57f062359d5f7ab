"""Everybody who works or worked here, with what a manager wants to see at a glance."""

from dataclasses import dataclass

from peewee import fn

from carmanana.deals.models import LOSING, OPEN, Deal

from .absences import away_now
from .models import Absence, User

GROUPS = {"here": "Here", "away": "Away", "left": "Left"}


@dataclass(frozen=True)
class Listed:
    user: User
    away: Absence | None
    open_deals: int

    @property
    def group(self) -> str:
        return "left" if not self.user.active else "away" if self.away else "here"


def everybody() -> list[Listed]:
    Boss = User.alias()
    people = list(User.select(User, Boss).left_outer_join(Boss, on=(User.manager == Boss.id), attr="manager").where(~User.house).order_by(fn.LOWER(User.name)))
    away, deals = away_now(people), _open_deals()
    return [Listed(user, away.get(user.id), deals.get(user.id, 0)) for user in people]


def _open_deals() -> dict[int, int]:
    held = Deal.select(Deal.owner, fn.COUNT(Deal.id)).where(Deal.owner.is_null(False), Deal.state.in_((*OPEN, LOSING)))
    return dict(held.group_by(Deal.owner).tuples())


def counts(people: list[Listed]) -> dict[str, int]:
    return {group: sum(listed.group == group for listed in people) for group in GROUPS}


def reports_of(user: User) -> list[User]:
    """The active people whose manager this is."""
    return list(User.working().where(User.manager == user))
