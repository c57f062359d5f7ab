"""How many requests ended how; a save rate is what was retained of what was decided."""

from dataclasses import dataclass

from peewee import fn

from carmanana.records.cancellations import CANCELLED, RETAINED

FEW = 5


@dataclass(frozen=True)
class Tally:
    name: str
    requests: int = 0
    retained: int = 0
    cancelled: int = 0

    @property
    def decided(self) -> int:
        return self.retained + self.cancelled

    @property
    def percent(self) -> int | None:
        return percent(self.retained, self.decided)


def percent(part: int, whole: int) -> int | None:
    """None where there are too few to say. All or none is said of all or none alone."""
    if whole < FEW:
        return None
    near = round(100 * part / whole)
    return near if part in (0, whole) else min(max(near, 1), 99)


def counts(each, state) -> list:
    """The columns that make a tally."""
    number = fn.COUNT(each)
    return [number, number.filter(state == RETAINED), number.filter(state == CANCELLED)]


def tallies(found: dict, names: dict, otherwise: str = "") -> list[Tally]:
    """Of numbers by value, the most frequent first."""
    named = [Tally(names.get(value, otherwise), *numbers) for value, numbers in found.items()]
    return sorted(named, key=lambda tally: (-tally.requests, tally.name))
