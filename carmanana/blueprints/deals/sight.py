"""Who looks at cards, and when: what their words and their buttons depend on beside their rows.

A board asks it of hundreds of cards, so moments are compared as they are stored, and days are counted by their
numbers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache

from flask import request
from markupsafe import Markup

from carmanana.blueprints.deals.card_parts import Parts
from carmanana.boards.card_rows import CardRow
from carmanana.core import clock, locales, money
from carmanana.core.db import UtcField
from carmanana.records.people import HOUSE_ID, User
from carmanana.web.current_user import me
from carmanana.web.filters import TOLD_IN_HOURS, due_words, locale, overdue_minutes, time_tag, zone
from carmanana.web.http.requests import once_a_request

stored, moment = UtcField().db_value, lru_cache(4_000)(UtcField().python_value)
DAY = len("2026-01-31")


@dataclass(frozen=True)
class Sight:
    by: User
    now: datetime
    day: date
    zone: str
    prefix: str
    locale: str

    @classmethod
    def ours(cls) -> "Sight":
        return once_a_request("sight", cls._ours)

    @classmethod
    def _ours(cls) -> "Sight":
        return cls(me(), clock.now(), clock.today(zone()), zone(), request.script_root, locale())

    @cached_property
    def parts(self) -> Parts:
        return Parts.at(self.prefix)

    @cached_property
    def scope(self) -> tuple:
        """People of one scope see the same cards of the same deals."""
        everything = self.by.is_manager and self.by.sees_all
        return (None if everything else self.by.id), self.by.roles, self.zone, self.prefix, self.locale

    # what they may do

    @cached_property
    def works_deals(self) -> bool:
        return self.by.works_deals

    @cached_property
    def works_all(self) -> bool:
        return self.by.works_deals and self.by.is_manager

    def works(self, row: CardRow) -> bool:
        return self.works_all or self.works_deals and row.owner_id in (None, HOUSE_ID, self.by.id)

    # moments, as they are stored

    @cached_property
    def written(self) -> str:
        return stored(self.now)

    @cached_property
    def midnight(self) -> str:
        return stored(clock.start_of_day(self.day + timedelta(days=1), self.zone))

    @cached_property
    def next_minute(self) -> str:
        return stored(self.now.replace(second=0, microsecond=0) + timedelta(minutes=1))

    @cached_property
    def _today(self) -> str:
        return self.day.isoformat()

    @cached_property
    def _long_ago(self) -> str:
        return stored(self.now - timedelta(minutes=TOLD_IN_HOURS))

    @cached_property
    def _utc_days(self) -> tuple[str, str, int]:
        """Today's date and tomorrow's, as moments are stored, and the number of today's."""
        today = self.now.astimezone(UTC).date()
        return today.isoformat(), (today + timedelta(days=1)).isoformat(), today.toordinal()

    def days(self, since: str) -> int:
        """Whole days."""
        return self._utc_days[2] - _number_of(since[:DAY]) - (since[DAY:] > self.written[DAY:])

    def look(self, at: str | None) -> str:
        """late, today or ahead, of a moment or a day (web/filters.due_state)."""
        if at is None:
            return "none"
        timed = len(at) > DAY
        if at < (self.written if timed else self._today):
            return "late"
        return "today" if (at < self.midnight if timed else at == self._today) else "ahead"

    def overdue(self, at: str | None) -> int:
        """Minutes, as exactly as words tell them."""
        if at is None or at >= self.written:
            return 0
        return TOLD_IN_HOURS if at < self._long_ago else overdue_minutes(moment(at), self.now)

    def until(self, rows: list[CardRow]) -> str:
        """When one of some cards next looks otherwise though nobody changes anything: another day in its stage, late,
        or later still; "" for none."""
        today, tomorrow, _ = self._utc_days
        hours = [row.in_stage_since[DAY:] for row in rows]
        still = [hour for hour in hours if hour > self.written[DAY:]]
        coming = [today + min(still) if still else tomorrow + min(hours)] if hours else []
        dues = [at for row in rows for at in (row.step_due_at, row.request_due_at) if at and at >= self._long_ago]
        overdue = [_told_anew(at, self.overdue(at)) for at in dues if at < self.written]
        return min([*coming, *[at for at in dues if at >= self.written], *filter(None, overdue)], default="")

    # words

    def due_tag(self, at: str) -> Markup:
        return _due_tag(at, self.overdue(at), self.day, self.zone, self.locale)

    def money(self, cents: int | None, currency: str) -> str:
        return _money(cents, currency, self.marks)

    @cached_property
    def marks(self) -> tuple[str, str]:
        return locales.marks(self.locale)


_money = lru_cache(2_000)(money.shown)


@lru_cache(4_000)
def _told_anew(at: str, minutes: int) -> str:
    """When words tell otherwise of how long it is overdue, which is so many minutes; "" where only days are told."""
    if minutes == TOLD_IN_HOURS:
        return ""
    coming = minutes + 1 if minutes < 60 else minutes + 60
    return stored(moment(at) + timedelta(minutes=coming, seconds=-30))


@lru_cache(5_000)
def _number_of(day: str) -> int:
    return date.fromisoformat(day).toordinal()


@lru_cache(4_000)
def _due_tag(at: str, overdue: int, *seen) -> Markup:
    """Kept by all that its words depend on."""
    return time_tag(moment(at), due_words)
