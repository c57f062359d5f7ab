"""The buyers whom a vehicle suits, best first (domain 10). Each thing that anybody wants is compared once for all who
want the same; who misses a must, and how well the others fit, is told of all of them together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice

from peewee import SQL, Expression

from carmanana.buyers import kept_wants
from carmanana.buyers.fitting import colour_fits, mileage_fits, model_fits, price_fits, region_fits, years_fit
from carmanana.buyers.kept_wants import Part
from carmanana.buyers.wants import Wants, lanes, read_where
from carmanana.core import vehicles
from carmanana.core.limits import COUNTED
from carmanana.records.house import MILE
from carmanana.records.people import User
from carmanana.records.wanted import ASKED_NOT, CANCELLED, UNDER_REVIEW, Wanted
from carmanana.schema.derived.wanted import BITS

SHOWN = 25
MOST_ALIKE = 3_000  # buyers of the same kind of vehicle, of whichever make
WEIGHTS = {"model": 30, "years": 20, "price": 20, "mileage": 15, "colours": 10, "region": 5}
CRITERIA = {"make": "Make", "model": "Model", "years": "Year", "mileage": "Mileage", "colours": "Color"}
CRITERIA |= {"price": "Price", "region": "Region"}
LEFT_OUT = {
    "asked": (ASKED_NOT, "asked not to be contacted"),
    "review": (UNDER_REVIEW, "under cancellation review"),
    "cancelled": (CANCELLED, "cancelled"),
}
# how a buyer stands, in a byte: a bit for each must that is missed, and these
BARRED, HIDDEN = 64, 128
SCORES = bytes(sum(WEIGHTS[name] for name, bit in BITS.items() if met & bit) for met in range(64))
BEST_FIRST = sorted(set(SCORES), reverse=True)
IS_BARRED = b"\0".ljust(256, bytes([BARRED]))
ARE_NOT_SHOWN = b"\0".ljust(256, bytes([HIDDEN]))


@dataclass(frozen=True)
class Vehicle:
    """What is offered; what is not known is None or ""."""

    make: str
    model: str = ""
    year: int | None = None
    distance: int | None = None
    distance_unit: str = "mi"
    colour: str = ""
    price_cents: int | None = None
    currency: str = "USD"
    region: str = ""

    @property
    def metres(self) -> int | None:
        per_unit = 1000 if self.distance_unit == "km" else MILE * 1000
        return None if self.distance is None else round(self.distance * per_unit)

    @property
    def name(self) -> str:
        return " ".join(str(part) for part in (self.year, self.make, self.model) if part)

    def tests(self) -> dict[str, Callable]:
        """Does it meet what is wanted, by what is compared?"""
        return {
            "model": lambda wanted: model_fits(self.make, wanted, self.model),
            "years": lambda wanted: years_fit(wanted, self.year),
            "mileage": lambda wanted, there=self.metres: mileage_fits(wanted, there),
            "colours": lambda wanted: colour_fits(wanted, self.colour),
            "price": lambda wanted: price_fits(wanted, self.price_cents, self.currency),
            "region": lambda wanted: region_fits(wanted, self.region),
        }


@dataclass
class Buyer:
    """A row of the answer: `met` is True, False or None (unknown) for each criterion."""

    id: int
    score: int
    met: dict[str, bool | None]


@dataclass
class Found:
    """`away` is how many more there would be with one criterion less; `left_out` why some are offered nothing; of more
    than `cut` buyers only so many are compared."""

    buyers: list[Buyer] = field(default_factory=list)
    number: int = 0
    away: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    cut: int = 0


def match(
    vehicle: Vehicle,
    by: User | None,
    ticked: Iterable[str] = tuple(CRITERIA),
    most: int = SHOWN,
    widths: bool = True,
) -> Found:
    """`ticked` are the criteria whose musts count; without one of them who misses it is shown as well; without `by` all
    buyers are compared, whoever's they are; `widths` counts what the make takes away, too."""
    ticked, tests = frozenset(CRITERIA.keys() & set(ticked)), vehicle.tests()
    judged = [Judged(part, tests, ticked, by) for part in _candidates(vehicle, ticked, by)]
    number = sum(one.number for one in judged)
    away = {name: sum(one.away(bit) for one in judged) for name, bit in BITS.items() if name in ticked}
    if widths and "make" in ticked:
        away["make"] = _of_other_makes(vehicle, by, ticked, tests, number)
    left = sum((one.left_out() for one in judged), Counter())
    best = islice(merge(*(one.best() for one in judged), key=lambda buyer: (-buyer.score, buyer.id)), most)
    return Found(list(best), number, away, dict(left), max((one.cut for one in judged), default=0))


class Judged:
    """Some of the buyers, compared with a vehicle."""

    def __init__(self, part: Part, tests: dict[str, Callable], ticked: frozenset[str], by: User | None):
        self.wants: Wants = part.wants
        self.tests = tests
        rows = len(part.wants.ids)
        met = 0
        for name, bit in BITS.items():
            met |= part.wants.columns[name].marked(bit, tests[name])
        counting = lanes(bytes([sum(BITS[name] for name in ticked & BITS.keys())]) * rows)
        missed = lanes(part.wants.musts) & counting & ~met
        standing = missed | lanes(part.wants.barred.translate(IS_BARRED)) | _hidden(part, by)
        self.standing, self.met = standing.to_bytes(rows, "little"), met.to_bytes(rows, "little")

    @property
    def number(self) -> int:
        return self.standing.count(0)

    @property
    def cut(self) -> int:
        return len(self.wants.ids) if self.wants.cut else 0

    def away(self, bit: int) -> int:
        """Who misses this must alone."""
        return self.standing.count(bit)

    def left_out(self) -> Counter:
        barred = (self.wants.barred[row] for row in _places(self.standing, BARRED))
        return Counter(name for why in barred for name, (bit, _) in LEFT_OUT.items() if why & bit)

    def best(self) -> Iterator[Buyer]:
        """Of those who fit as well as others, who came first."""
        scores = lanes(self.met.translate(SCORES.ljust(256, b"\0"))) | lanes(self.standing.translate(ARE_NOT_SHOWN))
        scores = scores.to_bytes(len(self.met), "little")
        for score in BEST_FIRST:
            for row in _places(scores, score):
                yield Buyer(self.wants.ids[row], score, self._met_by(row))

    def _met_by(self, row: int) -> dict[str, bool | None]:
        return {name: self.tests[name](self.wants.columns[name].of_row(row)) for name in BITS}


def _places(told: bytes, byte: int) -> Iterator[int]:
    place = told.find(byte)
    while place >= 0:
        yield place
        place = told.find(byte, place + 1)


def _hidden(part: Part, by: User | None) -> int:
    """What has changed since, and whom this person does not see."""
    hidden = bytearray(len(part.wants.ids))
    for row in part.without:
        hidden[row] = HIDDEN
    if by is None or Wanted.sees_all(by):
        return lanes(hidden)
    owners, columns = Wanted.owners_seen(by), part.wants.columns
    seen = columns["owner"].marked(HIDDEN, lambda one: one in owners)
    seen |= columns["retention"].marked(HIDDEN, lambda one: one == by.id)
    return lanes(hidden) | (lanes(bytes([HIDDEN]) * len(hidden)) & ~seen)


def _candidates(vehicle: Vehicle, ticked: frozenset[str], by: User | None) -> list[Part]:
    if "make" not in ticked and "model" not in ticked:
        return [Part(read_where(_same_kind(vehicle) & _seen(by), MOST_ALIKE))]
    of_make = kept_wants.of_make(vehicle.make)
    if any(part.wants.cut for part in of_make) and by and not Wanted.sees_all(by):
        of_make = [Part(read_where((Wanted.make == vehicle.make) & _seen(by)))]  # all theirs, of too many to keep
    return of_make if "make" in ticked else of_make + kept_wants.elsewhere(vehicle.make)


def _seen(by: User | None) -> Expression | SQL:
    return Wanted.visible(by) if by else SQL("1")


def _same_kind(vehicle: Vehicle) -> Expression:
    """Of any make: the same kind of car, as far as the catalogue knows it."""
    body = vehicles.body_of(vehicle.make, vehicle.model)
    alike = [
        model for make in vehicles.makes() for model in vehicles.models(make) if vehicles.body_of(make, model) == body
    ]
    return (Wanted.make == vehicle.make) | (Wanted.model.in_(alike) if body else SQL("1"))


def _of_other_makes(vehicle: Vehicle, by: User | None, ticked: frozenset[str], tests: dict, number: int) -> int:
    """Whom the make takes away; counted up to a limit."""
    if "model" in ticked:
        parts, before = kept_wants.elsewhere(vehicle.make), 0
    else:
        parts, before = _candidates(vehicle, ticked - {"make"}, by), number
    found = sum(Judged(part, tests, ticked, by).number for part in parts)
    return min(max(0, found - before), COUNTED + 1)
