"""What many buyers want, side by side in memory: a byte for each of them and for each thing that they want, so that all
of them are compared with a vehicle by a few operations on all bytes at once."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from peewee import SQL, Expression

from carmanana.core.db import database
from carmanana.records.wanted import Wanted

READ = (
    "id, model, year_from, year_to, most_metres, colours, budget_from_cents, budget_to_cents, currency, region, "
    "owner_id, retention_id, musts, barred"
)
MOST = 50_000  # buyers that are compared; beyond, it says so
WIDTH = 256  # values that a byte tells apart


def lanes(told: bytes) -> int:
    """One number of all bytes, which are compared and joined with those of others in one operation."""
    return int.from_bytes(told, "little")


@dataclass(frozen=True)
class Column:
    """`values` are those that there are. A row has the one at its byte of `places`, and where they are more than a byte
    tells apart, at that of `blocks` so many times further on."""

    values: list
    places: bytes
    blocks: bytes

    @classmethod
    def of(cls, told: Sequence) -> "Column":
        values = list(dict.fromkeys(told))
        place = {value: number for number, value in enumerate(values)}
        low = {value: number % WIDTH for value, number in place.items()}
        high = {value: number // WIDTH for value, number in place.items()}
        blocks = bytes(map(high.__getitem__, told)) if len(values) > WIDTH else b""
        return cls(values, bytes(map(low.__getitem__, told)), blocks)

    def of_row(self, row: int):
        return self.values[self.places[row] + WIDTH * (self.blocks[row] if self.blocks else 0)]

    def marked(self, mark: int, fits: Callable[[object], bool | None]) -> int:
        """The mark for each row whose value fits; each value is looked at once."""
        found = 0
        for first in range(0, len(self.values), WIDTH):
            marks = bytes(mark if fits(value) else 0 for value in self.values[first : first + WIDTH])
            rows = lanes(self.places.translate(marks.ljust(WIDTH, b"\0")))
            found |= rows & self._of_block(first // WIDTH) if self.blocks else rows
        return found

    def _of_block(self, number: int) -> int:
        return lanes(self.blocks.translate(bytes(number) + b"\xff" + bytes(WIDTH - 1 - number)))

    @property
    def size(self) -> int:
        return len(self.places) + len(self.blocks) + 120 * len(self.values)


@dataclass(frozen=True)
class Wants:
    """By their ids, in order; `columns` by what is compared, `musts` and `barred` as bits. `cut` says that there are
    more."""

    ids: array
    columns: dict[str, Column]
    musts: bytes
    barred: bytes
    cut: bool = False

    @classmethod
    def of(cls, rows: list[tuple], most: int = MOST) -> "Wants":
        cut, rows = len(rows) > most, sorted(rows[:most])
        told = zip(*rows, strict=True) if rows else [()] * len(READ.split(", "))
        (
            ids,
            model,
            year_from,
            year_to,
            metres,
            colours,
            low,
            high,
            currency,
            region,
            owner,
            retention,
            musts,
            barred,
        ) = told
        columns = {
            "model": model,
            "years": tuple(zip(year_from, year_to, strict=True)),
            "mileage": metres,
            "colours": colours,
            "price": tuple(zip(low, high, currency, strict=True)),
            "region": region,
            "owner": owner,
            "retention": retention,
        }
        columns = {name: Column.of(told) for name, told in columns.items()}
        return cls(array("q", ids), columns, bytes(musts), bytes(barred), cut)

    def rows_of(self, ids: Iterable[int]) -> list[int]:
        """Where they stand, as far as they are among them."""
        places = ((one, bisect_left(self.ids, one)) for one in ids)
        return [place for one, place in places if place < len(self.ids) and self.ids[place] == one]

    @property
    def size(self) -> int:
        return 10 * len(self.ids) + sum(column.size for column in self.columns.values())


def read(where: str, given: Mapping = MappingProxyType({}), most: int = MOST) -> Wants:
    found = database.execute_sql(f"SELECT {READ} FROM wanted WHERE {where} LIMIT {most + 1:d}", given).fetchall()
    return Wants.of(found, most)


def read_where(where: Expression, most: int = MOST) -> Wants:
    found = Wanted.select(SQL(READ)).where(where).limit(most + 1)
    return Wants.of(database.execute(found).fetchall(), most)
