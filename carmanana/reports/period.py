"""The days that a report is about, and how it is chosen in the address; each report adds what else one chooses."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from carmanana.core import clock, locales
from carmanana.core.workflow import Refusal, Refused
from carmanana.schema.sqlite import unindexed_condition

PERIODS = {"30": ("30 days", 30), "90": ("90 days", 90), "365": ("12 months", 365), "all": ("All", None)}
USUAL = "90"
LONG = timedelta(days=60)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Period:
    """From the first day to the last one, both included, in the zone of whoever looks; None is without end.
    `period` is one of PERIODS, or empty where the days were chosen by hand."""

    zone: str
    first: date | None = None
    last: date | None = None
    period: str = ""
    moments: tuple[datetime, datetime] | None = None  # no days, but from the one to before the other

    @classmethod
    def read(cls, args, zone: str, **known) -> "Period":
        """From a query string; what makes no sense is refused by its field."""
        scope, refusals = cls.understood(args, zone, **known)
        if refusals:
            raise Refused(refusals)
        return scope

    @classmethod
    def understood(cls, args, zone: str, **known) -> tuple["Period", list[Refusal]]:
        """From a query string; beside what makes no sense, the usual one."""
        refusals = []
        days = days_of(args, zone, refusals)
        more = cls.choose(args, refusals, **known)
        return (cls.usual(zone, **known) if refusals else cls(zone, *days, **known, **more)), refusals

    @classmethod
    def choose(cls, args, refusals: list, **known) -> dict:
        """What else than days, by field; what makes no sense is added to the refusals."""
        return {}

    @classmethod
    def usual(cls, zone: str, **more) -> "Period":
        return cls(zone, *_last_days(USUAL, zone), **more)

    @property
    def chosen(self) -> dict:
        """What else than days is chosen, as in a query string."""
        return {}

    @property
    def query(self) -> dict:
        """The same report as a query string."""
        if self.period:
            return {"period": self.period} | self.chosen
        days = (("from", self.first), ("to", self.last))
        return {name: day.isoformat() for name, day in days if day} | self.chosen

    def changed(self, **values: str) -> dict:
        """The query string with another choice, and the others as they are."""
        kept = self.chosen if "period" in values else self.query
        kept = {name: value for name, value in kept.items() if name not in values}
        return kept | {name: value for name, value in values.items() if value}

    def words_in(self, locale: str) -> str:
        """21 Aug 2026 – 18 Nov 2026, as the person writes days."""
        first, last = (locales.short_day(day, locale, year=True) if day else "" for day in (self.first, self.last))
        if first and last:
            return f"{first} – {last}"
        return f"Since {first}" if first else f"Until {last}" if last else "Since the beginning"

    @property
    def name(self) -> str:
        """For a file."""
        return "-to-".join(day.isoformat() for day in (self.first, self.last) if day) or "all"

    def within(self, moment):
        """The condition that a moment lies in these days."""
        since, until = self.moments or (self._since, self._until)
        condition = moment.is_null(False)
        if since:
            condition &= moment >= since
        if until:
            condition &= moment < until
        return condition

    def through(self, moment):
        """The same; many days are looked through in the order of the records' numbers, as what belongs to them lies,
        and not along an index, from which each would be looked up by itself."""
        condition = self.within(moment)
        return unindexed_condition(condition) if self.is_long else condition

    @property
    def is_long(self) -> bool:
        return self.first is None or (self.last or clock.today(self.zone)) - self.first > LONG

    def of_whole_days(self, day):
        """The condition for days of UTC that lie in these days as a whole; `ends` are the rest."""
        since, until = self._whole
        condition = day.is_null(False)
        if since:
            condition &= day >= since.date().isoformat()
        if until:
            condition &= day < until.date().isoformat()
        return condition

    @property
    def ends(self) -> list["Period"]:
        """What lies before and after the whole days of UTC."""
        since, until = self._whole
        if since and until and since >= until:
            return [replace(self, moments=(self._since, self._until))]
        parts = (self._since, since), (until, self._until)
        return [replace(self, moments=part) for part in parts if part[0] != part[1]]

    @property
    def _since(self) -> datetime | None:
        return self.first and clock.start_of_day(self.first, self.zone).astimezone(UTC)

    @property
    def _until(self) -> datetime | None:
        return self.last and clock.start_of_day(self.last + timedelta(days=1), self.zone).astimezone(UTC)

    @property
    def _whole(self) -> tuple:
        """The midnights of UTC between which the whole days lie."""
        since, until = self._since, self._until
        return since and _midnight(since + timedelta(days=1, microseconds=-1)), until and _midnight(until)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def days_of(args, zone: str, refusals: list) -> tuple:
    """First day, last day and period from a query string; what makes no sense is added to the refusals."""
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
