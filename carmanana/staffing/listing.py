"""Everybody who works or worked here, with what a manager wants to see at a glance."""

from dataclasses import dataclass

from peewee import fn

from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import LOSING, OPEN
from carmanana.records.deals import Deal
from carmanana.records.people import Absence, User
from carmanana.records.retention import RetentionPlan
from carmanana.staffing.absences import away_now

GROUPS = {"here": "Here", "away": "Away", "left": "Left"}


@dataclass(frozen=True)
class Listed:
    user: User
    away: Absence | None
    open_deals: int
    open_reviews: int
    open_cases: int

    @property
    def group(self) -> str:
        return "left" if not self.user.active else "away" if self.away else "here"


def everybody() -> list[Listed]:
    Boss = User.alias()
    people = list(
        User.select(User, Boss)
        .left_outer_join(Boss, on=(User.manager == Boss.id), attr="manager")
        .where(~User.house)
        .order_by(fn.LOWER(User.name))
    )
    away, counts = away_now(people), (_open_deals(), _open_reviews(), _open_cases())
    return [Listed(user, away.get(user.id), *(count.get(user.id, 0) for count in counts)) for user in people]


def _open_deals() -> dict[int, int]:
    held = Deal.select(Deal.owner, fn.COUNT(Deal.id)).where(Deal.owner.is_null(False), Deal.state.in_((*OPEN, LOSING)))
    return dict(held.group_by(Deal.owner).tuples())


def _open_reviews() -> dict[int, int]:
    held = CancellationRequest.select(CancellationRequest.reviewer, fn.COUNT(CancellationRequest.id)).where(
        CancellationRequest.ended_at.is_null()
    )
    return dict(held.group_by(CancellationRequest.reviewer).tuples())


def _open_cases() -> dict[int, int]:
    held = RetentionPlan.select(RetentionPlan.assignee, fn.COUNT(RetentionPlan.id)).where(
        RetentionPlan.ended_at.is_null()
    )
    return dict(held.group_by(RetentionPlan.assignee).tuples())


def counts(people: list[Listed]) -> dict[str, int]:
    return {group: sum(listed.group == group for listed in people) for group in GROUPS}


def reports_of(user: User) -> list[User]:
    """The active people whose manager this is."""
    return list(User.working().where(User.manager == user))
