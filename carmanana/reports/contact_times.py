"""How long customers waited for their first contact, in minutes of business (SOP 0, step 5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from zoneinfo import ZoneInfo

from peewee import fn

from carmanana.contacting.business_hours import days_off, open_hours
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.business_hours import ReviewTerms
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User

from .scope import Scope
from .tally import percent

SPANS = {
    "quarter": "Under 15 min",
    "hour": "15 to 60 min",
    "half_day": "1 to 4 h",
    "same_day": "Later the same day",
    "later": "Another day",
}
ONE_DAY = timedelta(days=1)
LONGEST = (("quarter", 14), ("hour", 60), ("half_day", 240))


class BusinessTime:
    """The counterpart of `hours.due_after`: how many minutes of business lie between two moments, which are
    whole seconds since 1970. The hours are read once, and each day is worked out once a zone."""

    def __init__(self):
        self.hours, self.holidays = open_hours(), days_off()
        self.days: dict[tuple[date, str], tuple[int, int, int]] = {}

    def minutes(self, start: int, end: int, zone: str) -> int:
        """Whole minutes; where no day is ever open, simply those that passed."""
        if not self.hours:
            return max(0, (end - start) // 60)
        passed, day = 0, _local_day(start, zone)
        while True:
            opens, closes, over = self.days.get((day, zone)) or self._open(day, zone)
            passed += max(0, min(closes, end) - max(opens, start))
            if end <= over:
                return passed // 60
            day += ONE_DAY

    def _open(self, day: date, zone: str) -> tuple[int, int, int]:
        """When it opens, closes and is over; a closed day opens and closes long before."""
        walls = () if day in self.holidays else self.hours.get(day.weekday(), ())
        opens, closes = [seconds(clock.from_local(datetime.combine(day, wall), zone)) for wall in walls] or (0, 0)
        self.days[day, zone] = opens, closes, seconds(clock.start_of_day(day + ONE_DAY, zone))
        return self.days[day, zone]


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def _local_day(at: int, zone: str) -> date:
    return datetime.fromtimestamp(at, ZoneInfo(zone)).date()


@dataclass(frozen=True)
class ContactTimes:
    """`waits` are sorted; `tried` had a first try, `in_time` of them within `promised` minutes."""

    waits: list[int]
    spread: dict[str, int]
    tried: int
    in_time: int
    promised: int
    unreached: int

    @property
    def contacts(self) -> int:
        return len(self.waits)

    @property
    def middle(self) -> str:
        return in_words(round(median(self.waits))) if self.waits else ""

    @property
    def nine_in_ten(self) -> str:
        """The wait that nine in ten did not exceed; empty where there are too few to say."""
        few = percent(0, self.contacts) is None
        return "" if few else in_words(self.waits[ceil(0.9 * self.contacts) - 1])

    @property
    def percent_in_time(self) -> int | None:
        return percent(self.in_time, self.tried)


def in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{rest} min" if not hours else f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def contact_times(scope: Scope) -> ContactTimes:
    business, promised = BusinessTime(), ReviewTerms.now().first_contact_minutes
    waits, tries, spread, unreached = [], [], dict.fromkeys(SPANS, 0), 0
    for asked, reached, tried, gave_up, zone in _moments(scope):
        first = tried or reached
        tries.append(business.minutes(asked, first, zone))
        unreached += gave_up
        if reached and not gave_up:
            waits.append(tries[-1] if first == reached else business.minutes(asked, reached, zone))
            spread[_span(waits[-1], asked, reached, zone)] += 1
    in_time = sum(minutes <= promised for minutes in tries)
    return ContactTimes(sorted(waits), spread, len(tries), in_time, promised, unreached)


def _moments(scope: Scope):
    """As seconds, which are read and reckoned with much faster than dates where there are thousands."""
    R = CancellationRequest
    moments = [fn.unixepoch(moment) for moment in (R.requested_at, R.contacted_at, R.attempted_at)]
    tried = R.contacted_at.is_null(False) | R.attempted_at.is_null(False)
    cases = scope.ended_or_came_in().where(tried).join_from(R, User, on=R.reviewer)
    return database.execute(cases.select(*moments, R.unreachable, User.timezone))


def _span(minutes: int, asked: int, reached: int, zone: str) -> str:
    for span, most in LONGEST:
        if minutes <= most:
            return span
    return "same_day" if _local_day(asked, zone) == _local_day(reached, zone) else "later"
