"""Which cases a report is about: days and a pipeline. It lives in the address."""

from dataclasses import dataclass
from datetime import date, timedelta

from carmanana.core import clock
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline

PERIODS = {"30": ("30 days", 30), "90": ("90 days", 90), "365": ("12 months", 365), "all": ("All", None)}
USUAL = "90"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Scope:
    """From the first day to the last one, both included, in the zone of whoever looks; None is without end.
    `period` is one of PERIODS, or empty where the days were chosen by hand."""

    zone: str
    first: date | None = None
    last: date | None = None
    period: str = ""
    pipeline: Pipeline | None = None

    @classmethod
    def read(cls, args, zone: str) -> "Scope":
        """From a query string; what makes no sense is refused by its field."""
        scope, refusals = cls.understood(args, zone)
        if refusals:
            raise Refused(refusals)
        return scope

    @classmethod
    def understood(cls, args, zone: str) -> tuple["Scope", list[Refusal]]:
        """From a query string; beside what makes no sense, the usual one."""
        refusals = []
        days = _days_of(args, zone, refusals)
        pipeline = _pipeline_of(args, refusals)
        return (cls.usual(zone) if refusals else cls(zone, *days, pipeline)), refusals

    @classmethod
    def usual(cls, zone: str) -> "Scope":
        return cls(zone, *_last_days(USUAL, zone))

    @property
    def query(self) -> dict:
        """The same scope as a query string."""
        if self.period:
            days = {"period": self.period}
        else:
            days = {name: day.isoformat() for name, day in (("from", self.first), ("to", self.last)) if day}
        return days | ({"pipeline": self.pipeline.slug} if self.pipeline else {})

    @property
    def words(self) -> str:
        """21 Aug 2026 – 18 Nov 2026."""
        first, last = (f"{day:%-d %b %Y}" if day else "" for day in (self.first, self.last))
        if first and last:
            return f"{first} – {last}"
        return f"Since {first}" if first else f"Until {last}" if last else "Since the beginning"

    @property
    def name(self) -> str:
        """For a file."""
        return "-to-".join(day.isoformat() for day in (self.first, self.last) if day) or "all"

    def with_period(self, period: str) -> dict:
        kept = {name: value for name, value in self.query.items() if name == "pipeline"}
        return kept | {"period": period}

    def with_pipeline(self, slug: str = "") -> dict:
        kept = {name: value for name, value in self.query.items() if name != "pipeline"}
        return kept | ({"pipeline": slug} if slug else {})

    def within(self, moment):
        """The condition that a moment lies in these days."""
        condition = moment.is_null(False)
        if self.first:
            condition &= moment >= clock.start_of_day(self.first, self.zone)
        if self.last:
            condition &= moment < clock.start_of_day(self.last + timedelta(days=1), self.zone)
        return condition

    def requests(self, *conditions):
        """Cancellation requests of the pipeline, with their orders joined."""
        chosen = [Deal.pipeline == self.pipeline] if self.pipeline else []
        return CancellationRequest.select().join(Deal).where(*conditions, *chosen)

    def ended(self):
        return self.requests(self.within(CancellationRequest.ended_at))

    def ended_or_came_in(self):
        """Ended within these days; or still open and came in within them."""
        still_open = CancellationRequest.ended_at.is_null() & self.within(CancellationRequest.requested_at)
        return self.requests(self.within(CancellationRequest.ended_at) | still_open)


def _days_of(args, zone: str, refusals: list) -> tuple:
    typed = {name: (args.get(name) or "").strip() for name in ("from", "to")}
    if not any(typed.values()):
        return _period_of(args, zone, refusals)
    first, last = (_day_of(typed[name], name, refusals) for name in ("from", "to"))
    if first and last and first > last:
        refusals.append(Refusal("from", "The first day is after the last one.", field="from"))
    return first, last, ""


def _period_of(args, zone: str, refusals: list) -> tuple:
    period = args.get("period") or USUAL
    if period not in PERIODS:
        refusals.append(Refusal("period", "Choose 30 days, 90 days, 12 months or all.", field="period"))
        return None, None, ""
    return _last_days(period, zone)


def _last_days(period: str, zone: str) -> tuple:
    days, today = PERIODS[period][1], clock.today(zone)
    return (today - timedelta(days=days - 1), today, period) if days else (None, None, period)


def _day_of(text: str, name: str, refusals: list) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        refusals.append(Refusal(name, "Enter a day such as 2026-11-18.", field=name))
        return None
    return day


def _pipeline_of(args, refusals: list) -> Pipeline | None:
    slug = args.get("pipeline") or ""
    pipeline = Pipeline.get_or_none(Pipeline.slug == slug) if slug else None
    if slug and pipeline is None:
        refusals.append(Refusal("pipeline", "Choose a pipeline from the list.", field="pipeline"))
    return pipeline
