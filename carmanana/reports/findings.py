"""Findings by rule, by team and by person: what was found in these days, what stood, what was disputed and how it
ended."""

from dataclasses import dataclass

from peewee import Case, fn

from carmanana.records.compliance import COUNTS, DISMISSED, FOUND, OPEN, OVERTURNED, Finding
from carmanana.records.people import MANAGER, User
from carmanana.reports.period import Period
from carmanana.reports.pivot import pivot

BY = ("everything", "sort", "team", "person", "month")


@dataclass(frozen=True)
class FindingScope(Period):
    """`team` is the manager whose people's findings they are."""

    team: User | None = None

    @classmethod
    def choose(cls, args, refusals: list) -> dict:
        typed = args.get("team") or ""
        return {"team": next((user for user in managers() if str(user.id) == typed), None)}

    @property
    def chosen(self) -> dict:
        return {"team": str(self.team.id)} if self.team else {}


@dataclass(frozen=True)
class FindingTally:
    name: str
    found: int = 0
    open: int = 0
    stood: int = 0
    dropped: int = 0
    disputed: int = 0
    key: str = ""


def managers() -> list[User]:
    return list(User.working(MANAGER))


def finding_numbers(scope: FindingScope) -> dict[str, list[FindingTally]]:
    """By each key, the most first; months in their order."""
    found = pivot(_rows(scope), BY, _measures)
    people = dict(User.select(User.id, User.name).tuples())
    names = {"everything": {}, "sort": FOUND, "team": people, "person": people, "month": {}}
    return {name: _tallies(found[name], names[name], name == "month") for name in BY}


def _rows(scope: FindingScope):
    rows = Finding.select(
        fn.COALESCE("All", "").alias("everything"),
        Finding.sort,
        fn.COALESCE(User.manager, 0).alias("team"),
        Finding.user.alias("person"),
        fn.SUBSTR(Finding.at, 1, 7).alias("month"),
        (Finding.state == OPEN).alias("is_open"),
        Finding.state.in_(COUNTS).alias("stands"),
        Finding.state.in_((DISMISSED, OVERTURNED)).alias("fell"),
        Case(None, [(Finding.disputed_at.is_null(False), 1)], 0).alias("was_disputed"),
    ).join(User, on=Finding.user)
    rows = rows.where(scope.within(Finding.at))
    return rows.where(User.manager == scope.team) if scope.team else rows


def _measures(row) -> list:
    return [fn.COUNT(1), *map(fn.SUM, (row.is_open, row.stands, row.fell, row.was_disputed))]


def _tallies(found: dict, names: dict, in_order: bool) -> list[FindingTally]:
    told = [FindingTally(names.get(key, key or "No team"), *numbers, key=str(key)) for key, numbers in found.items()]
    return sorted(told, key=lambda tally: tally.key if in_order else (-tally.found, tally.name))
