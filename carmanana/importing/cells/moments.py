"""The moment in a cell: with a time as our own files write it, else noon of its day."""

from datetime import UTC, date, datetime, time

from carmanana.core import clock
from carmanana.importing.cells import dates

NOON = time(12)


def moment(text: str, order: str, zone: str) -> datetime:
    """A time that names no zone is of `zone`."""
    try:
        found = datetime.fromisoformat(text.strip()) if ":" in text else None
    except ValueError:
        found = None
    if found is None or not dates.FIRST_YEAR <= found.year <= dates.LAST_YEAR:
        return noon(dates.day(text, order), zone)
    return found.astimezone(UTC) if found.tzinfo else clock.from_local(found, zone)


def noon(day: date, zone: str) -> datetime:
    return clock.from_local(datetime.combine(day, NOON), zone)
