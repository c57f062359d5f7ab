"""Findings by rule, by team and by person: what was found in these days, what stood, what was disputed and how it
ended."""

from dataclasses import dataclass
from datetime import date

from peewee import Case, fn

from carmanana.core import clock, locales
from carmanana.records.compliance import COUNTS, DISMISSED, FOUND, OPEN, OVERTURNED, Finding
from carmanana.records.people import MANAGER, User
from carmanana.reports.period import Period
from carmanana.reports.pivot import pivot
from carmanana.reports.report_scope import person_of

BY = ("everything", "sort", "team", "person", "month")


@dataclass(frozen=True)
class FindingScope(Period):
    """`team` is the manager whose people's findings they are."""

    team: User | None = None

    @classmethod
    def choose(cls, args, refusals: list) -> dict:
        return {"team": person_of(args, "team", managers(), refusals)}

    @property
    def chosen(self) -> dict:
        return {"team": str(self.team.id)} if self.team else {}

    def of_team(self) -> list:
        return [Finding.user.in_(User.select(User.id).where(User.manager == self.team))] if self.team else []


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


def finding_numbers(scope: FindingScope, locale: str = locales.DEFAULT) -> dict[str, list[FindingTally]]:
    """By each key, the most first; months in their order."""
    found = pivot(_rows(scope), BY, _measures)
    people = dict(User.select(User.id, User.name).tuples())
    months = {f"{month:%Y-%m}": locales.month(month, locale) for month in _months(scope)}
    names = {"everything": {}, "sort": FOUND, "team": people, "person": people, "month": months}
    return {name: _tallies(found[name], names[name], name == "month") for name in BY}


def _rows(scope: FindingScope):
    rows = Finding.select(
        fn.COALESCE("All", "").alias("everything"),
        Finding.sort,
        fn.COALESCE(User.manager, 0).alias("team"),
        Finding.user.alias("person"),
        _month(scope).alias("month"),
        (Finding.state == OPEN).alias("is_open"),
        Finding.state.in_(COUNTS).alias("stands"),
        Finding.state.in_((DISMISSED, OVERTURNED)).alias("fell"),
        Case(None, [(Finding.disputed_at.is_null(False), 1)], 0).alias("was_disputed"),
    ).join(User, on=Finding.user)
    return rows.where(scope.within(Finding.at), *scope.of_team())


def _month(scope: FindingScope):
    """In the zone of whoever looks."""
    starts = [(clock.start_of_day(month, scope.zone), f"{month:%Y-%m}") for month in reversed(_months(scope))]
    return Case(None, [(Finding.at >= start, month) for start, month in starts])


def _months(scope: FindingScope) -> list[date]:
    """The first day of each, from that of the oldest finding on."""
    last = clock.today(scope.zone)
    oldest = Finding.select(fn.MIN(Finding.at)).scalar(as_tuple=True)[0]
    first = clock.local(oldest, scope.zone).date() if oldest else last
    number = (last.year - first.year) * 12 + last.month - first.month
    place = first.year * 12 + first.month - 1
    return [date((place + ahead) // 12, (place + ahead) % 12 + 1, 1) for ahead in range(number + 1)]


def _measures(row) -> list:
    return [fn.COUNT(1), *map(fn.SUM, (row.is_open, row.stands, row.fell, row.was_disputed))]


def _tallies(found: dict, names: dict, in_order: bool) -> list[FindingTally]:
    told = [FindingTally(names.get(key, key or "No team"), *numbers, key=str(key)) for key, numbers in found.items()]
    return sorted(told, key=lambda tally: tally.key if in_order else (-tally.found, tally.name))
