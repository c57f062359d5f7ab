"""May somebody be called at this moment? By every rule of every region that binds them, in every zone they may be in.

A moment is permitted where each region has a window that is open on each clock; of no region nothing is known, so that
nobody of an unknown region is called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from carmanana.core import clock
from carmanana.records.calling import CALL, CALLED_PARTY, OTHER_STATES, CallingRule

MIDNIGHT = "24:00"
SEARCHED = 21  # days ahead for the next opening


@dataclass(frozen=True, eq=False)
class RuleBook:
    """All rows and holidays, read once: rules by region and kind, holidays by region."""

    rules: dict[tuple[str, str], list[CallingRule]]
    holidays: dict[str, set[date]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[CallingRule], holidays: Iterable[tuple[str, date]] = ()) -> "RuleBook":
        rules, days = {}, {}
        for row in rows:
            rules.setdefault((row.region, row.kind), []).append(row)
        for region, day in holidays:
            days.setdefault(region, set()).add(day)
        return cls(rules, days)

    @cached_property
    def known(self) -> set[str]:
        return {region for region, _ in self.rules}

    def regions_binding(self, region: str) -> list[str]:
        """A state and its country, the strictest of both; a US state without rows of its own follows US-other."""
        country, _, part = region.partition("-")
        if country not in self.known:
            return []
        if not part:
            return [country]
        own = region if region in self.known else OTHER_STATES if country == "US" else ""
        return [own, country] if own else [country]

    def rows(self, region: str, kind: str, day: date) -> list[CallingRule]:
        return [row for row in self.rules.get((region, kind), ()) if row.in_force(day)]

    def is_holiday(self, region: str, day: date) -> bool:
        country = region.partition("-")[0]
        return day in self.holidays.get(region, ()) or day in self.holidays.get(country, ())


@dataclass(frozen=True)
class Closed:
    """Why not now: the row that forbids it, or None where the region is unknown, and the local time by its clock."""

    rule: CallingRule | None
    local: datetime | None = None


def closed(
    book: RuleBook, regions: Sequence[str], zones: Sequence[str], at: datetime, kind: str = CALL
) -> Closed | None:
    """The first rule that forbids a contact of this kind at this moment. Calling hours bind texts too. Hours begin and
    end with a minute, so that what was looked up counts for all of it."""
    return _closed(book, tuple(regions), tuple(zones), at.replace(second=0, microsecond=0), kind)


@lru_cache(250)  # the places of a minute; each holds the book that it was looked up in
def _closed(book: RuleBook, regions: tuple[str, ...], zones: tuple[str, ...], at: datetime, kind: str) -> Closed | None:
    if not regions or not zones or not all(book.regions_binding(region) for region in regions):
        return Closed(None)
    for bound in dict.fromkeys(one for region in regions for one in book.regions_binding(region)):
        for bound_kind in (CALL, kind) if kind == "text" else (kind,):
            if found := _closed_in(book, bound, bound_kind, zones, at):
                return found
    return None


def _closed_in(book: RuleBook, region: str, kind: str, zones: Sequence[str], at: datetime) -> Closed | None:
    every = book.rules.get((region, kind), [])
    for zone in zones:
        rows = [row for row in every if row.in_force(_local(row, zone, at).date())]
        if rows and not any(_is_open(book, row, region, _local(row, zone, at)) for row in rows):
            return Closed(rows[0], _local(rows[0], zone, at))
    return None


def _local(row: CallingRule, zone: str, at: datetime) -> datetime:
    return _on_the_clock(at, zone if row.clock == CALLED_PARTY else row.clock)


_on_the_clock = lru_cache(maxsize=500)(clock.local)  # many rules, and many people, go by the same clock


def _is_open(book: RuleBook, row: CallingRule, region: str, local: datetime) -> bool:
    day = local.date()
    if not row.holidays_allowed and book.is_holiday(region, day):
        return False
    wall = f"{local.hour:02}:{local.minute:02}"
    eve = "E" in row.weekdays and book.is_holiday(region, day + timedelta(days=1))
    return (
        (str(day.isoweekday()) in row.weekdays or eve)
        and row.opens <= wall < row.closes
        and not _shortened(book, row, region, day)
    )


def _shortened(book: RuleBook, row: CallingRule, region: str, day: date) -> bool:
    """On the eve of a holiday the rows that name it stand in the place of the weekday's."""
    if "E" in row.weekdays or not book.is_holiday(region, day + timedelta(days=1)):
        return False
    return any("E" in other.weekdays for other in book.rows(region, row.kind, day))


def next_opening(
    book: RuleBook, regions: Sequence[str], zones: Sequence[str], at: datetime, kind: str = CALL
) -> datetime | None:
    """The first permitted moment from `at` on, within three weeks; None where there is none."""
    if closed(book, regions, zones, at, kind) is None:
        return at
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)  # in which no day begins, on any clock
    moments = (moment for moment in _openings(book, tuple(regions), tuple(zones), quarter, kind) if moment > at)
    return next((moment for moment in moments if closed(book, regions, zones, moment, kind) is None), None)


@lru_cache(100)
def _openings(book: RuleBook, regions: tuple, zones: tuple, at: datetime, kind: str) -> list[datetime]:
    """Every moment at which some window opens, in their order."""
    bound = {one for region in regions for one in book.regions_binding(region)}
    rows = [row for region in bound for of in {CALL, kind} for row in book.rules.get((region, of), ())]
    found = set()
    for zone in zones:
        for row in rows:
            by = zone if row.clock == CALLED_PARTY else row.clock
            first = clock.local(at, by).date()
            hour, minute = map(int, row.opens.split(":"))
            wall = datetime(first.year, first.month, first.day, hour, minute)
            found |= {clock.from_local(wall + timedelta(days=ahead), by) for ahead in range(SEARCHED)}
    return sorted(found)


def weekdays_of(text: str) -> str:
    """ "1-5" or "6,E" as the digits that they stand for."""
    found = ""
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        found += "".join(map(str, range(int(first), int(last) + 1))) if last else first
    return found
