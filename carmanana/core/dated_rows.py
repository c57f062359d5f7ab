"""Rows that count from one day to another, such as what a law says: a change closes the row that stands and opens a new
one, so that what counted before can be shown. They have `effective_from`, `effective_until` and a version."""

from datetime import date, timedelta

from peewee import Expression, Node

from carmanana.core import audit, clock, locales
from carmanana.core.db import Record, Stale, change, transaction
from carmanana.core.query import again
from carmanana.core.workflow import Refusal, Refused


def standing(model: type[Record], today: Node | None = None) -> Expression:
    """Those that count today, or will."""
    return model.effective_until.is_null() | (model.effective_until >= (today or clock.today()))


def must_stand(row: Record, version: int) -> None:
    """Within the transaction that changes it."""
    fresh = again(row)
    if fresh.version != version:
        raise Stale(fresh)
    if fresh.effective_until and fresh.effective_until < clock.today():
        raise Refused([Refusal("past", "That row is history. Change the one that counts now.")], fresh)


def against_change_from(row: Record, day: date | None, by, add_instead: str) -> list[Refusal]:
    """What stands against a new row from this day on. `add_instead` is what to do where this one has ended by then."""
    sentence = ""
    if day is None or day < clock.today(by.timezone):
        sentence = "Enter from when it counts: today or later. What counted until now stays on record."
    elif row.effective_from and day <= row.effective_from:
        sentence = (
            f"It is later than {locales.short_day(row.effective_from, by.locale, year=True)}, when the row begins."
        )
    elif row.effective_until and day > row.effective_until:
        sentence = f"By then the row has ended. {add_instead}"
    return [Refusal("effective_from", sentence, field="effective_from")] if sentence else []


def end(row: Record, by, version: int, last_day: date | None, verb: str) -> None:
    """It counts on that day and no longer. `verb` is what the audit calls this."""
    sentence = ""
    if last_day is None or last_day < clock.today(by.timezone) - timedelta(days=1):
        sentence = "Enter its last day: yesterday or later. What counted before stays so."
    elif row.effective_from and last_day < row.effective_from:
        sentence = "That is before it begins."
    if sentence:
        raise Refused([Refusal("last_day", sentence, field="last_day")])
    with transaction():
        must_stand(row, version)
        change(row, effective_until=last_day)
        audit.record(verb, row, by, until=last_day.isoformat())
