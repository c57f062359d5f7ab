"""How long customers waited for their first contact, in minutes of business (SOP 0, step 5)."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from peewee import Select, fn

from carmanana.contacting.business_hours import days_off, open_hours
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User
from carmanana.reports.measures import MIDDLE, MINUTES, Measure, count, middle
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.requests import ended_or_came_in
from carmanana.reports.tables import EVERY, Row, Table
from carmanana.schema.sqlite import members

R = CancellationRequest
REACHED = R.contacted_at.is_null(False) & ~R.unreachable
SPANS = {
    "quarter": ("Under 15 min", "Fewer than 15 minutes of business."),
    "hour": ("15 to 60 min", "15 to 60 minutes of business."),
    "half_day": ("1 to 4 h", "More than one and up to four hours of business."),
    "same_day": ("Later that day", "More than four hours of business, on the day of the request."),
    "later": ("Another day", "More than four hours of business, on a later day."),
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


class Wait(NamedTuple):
    request: int
    reviewer: int
    minutes: int
    span: str


def waits(scope: ReportScope) -> Iterator[Wait]:
    """As seconds, which are read and reckoned with much faster than dates where there are thousands."""
    business = BusinessTime()
    columns = R.id, R.reviewer, fn.unixepoch(R.requested_at), fn.unixepoch(R.contacted_at), User.timezone
    reached = ended_or_came_in(scope).where(REACHED).join_from(R, User, on=R.reviewer)
    for request, reviewer, asked, at, zone in database.execute(reached.select(*columns)).fetchall():
        minutes = business.minutes(asked, at, zone)
        yield Wait(request, reviewer, minutes, _span(minutes, asked, at, zone))


def _span(minutes: int, asked: int, reached: int, zone: str) -> str:
    for span, most in LONGEST:
        if minutes <= most:
            return span
    return "same_day" if _local_day(asked, zone) == _local_day(reached, zone) else "later"


MEASURES = (
    count("reached", "Reached", "Customers who were reached; of requests that ended in these days, or came in in these "
        "days and are open."),
    middle("median", "Median wait", "Minutes of business to the first contact that half of them did not exceed.", None,
        unit=MINUTES),
    middle("nine", "Nine in ten", "Minutes of business that nine in ten of them did not exceed.", None, at=0.9,
        unit=MINUTES),
    *(count(span, name, told) for span, (name, told) in SPANS.items()),
)  # fmt: skip


@dataclass(frozen=True)
class Waits(Table):
    """By the reviewer; minutes of business are none that SQLite could reckon."""

    def _by_value(self, scope: ReportScope) -> list[Row]:
        found, names, rows = defaultdict(list), self.names(scope), {}
        for wait in waits(scope):
            found[wait.reviewer].append(wait)
        for reviewer, theirs in found.items():
            spans, spread = Counter(wait.span for wait in theirs), Counter(wait.minutes for wait in theirs)
            row = Row(str(reviewer), names.get(reviewer, self.otherwise))
            row.cells = {"reached": len(theirs)} | {span: spans[span] for span in SPANS}
            row.spread = {measure.key: spread for measure in self._of(MIDDLE)}
            self._settle(row)
            rows[reviewer] = row
        return self._ordered(rows, list(names))

    def behind(self, scope: ReportScope, key: str, measure: Measure) -> Select | None:
        ids = [
            wait.request
            for wait in waits(scope)
            if key in (EVERY, str(wait.reviewer)) and measure.key in ("reached", "median", "nine", wait.span)
        ]
        return self.rows(scope).where(R.id.in_(members(json.dumps(ids)))).select(self.id)
