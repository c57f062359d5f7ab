"""What many buyers want, side by side in memory: a byte for each of them and for each thing that they want, so that all
of them are compared with a vehicle by a few operations on all bytes at once."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
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
FEW = 500  # rows that are read at a time
COLUMNS = {name: name for name in ("model", "years", "colours", "price", "region")}
COLUMNS |= {"mileage": "most_metres", "owner": "owner_id", "retention": "retention_id"}


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

    def rows_of(self, ids: Iterable[int]) -> list[int]:
        """Where they stand, as far as they are among them."""
        places = ((one, bisect_left(self.ids, one)) for one in ids)
        return [place for one, place in places if place < len(self.ids) and self.ids[place] == one]

    @property
    def size(self) -> int:
        return 10 * len(self.ids) + sum(column.size for column in self.columns.values())


class Told:
    """A column while its rows are read."""

    def __init__(self):
        self.numbers, self.places, self.blocks = {}, bytearray(), bytearray()

    def add(self, told: Iterable) -> None:
        for value in told:
            number = self.numbers.setdefault(value, len(self.numbers))
            self.places.append(number % WIDTH)
            self.blocks.append(number // WIDTH)

    def column(self) -> Column:
        return Column(list(self.numbers), bytes(self.places), bytes(self.blocks) if any(self.blocks) else b"")


def read(where: str, given: Mapping = MappingProxyType({}), most: int = MOST) -> Wants:
    asked = f"SELECT {READ} FROM wanted WHERE {where} ORDER BY id LIMIT {most + 1:d}"
    return _read(database.execute_sql(asked, given), most)


def read_where(where: Expression, most: int = MOST) -> Wants:
    return _read(database.execute(Wanted.select(SQL(READ)).where(where).order_by(Wanted.id).limit(most + 1)), most)


def _read(cursor, most: int) -> Wants:
    """A few rows at a time, since all of them as objects would take a hundred times the memory of what is kept."""
    ids, musts, barred = array("q"), bytearray(), bytearray()
    columns = {name: Told() for name in COLUMNS}
    while len(ids) < most and (rows := cursor.fetchmany(min(FEW, most - len(ids)))):
        told = _by_column(rows)
        ids.extend(told["id"])
        musts += bytes(told["musts"])
        barred += bytes(told["barred"])
        for name, column in columns.items():
            column.add(told[COLUMNS[name]])
    wants = {name: column.column() for name, column in columns.items()}
    return Wants(ids, wants, bytes(musts), bytes(barred), cut=cursor.fetchone() is not None)


def _by_column(rows: list[tuple]) -> dict[str, Iterable]:
    told = dict(zip(READ.split(", "), zip(*rows, strict=True), strict=True))
    years = zip(told["year_from"], told["year_to"], strict=True)
    price = zip(told["budget_from_cents"], told["budget_to_cents"], told["currency"], strict=True)
    return told | {"years": years, "price": price}
