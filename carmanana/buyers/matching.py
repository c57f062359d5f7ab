"""The buyers whom a vehicle suits, best first (domain 10). What is compared in words is looked up once for each
spelling that there is; the database does the rest, over the buyers of the make."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import nsmallest

from peewee import SQL, Case, Expression, Select, fn

from carmanana.buyers.fitting import colour_fits, model_fits, region_fits
from carmanana.core import vehicles
from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.records.house import MILE
from carmanana.records.people import User
from carmanana.records.wanted import ASKED_NOT, CANCELLED, UNDER_REVIEW, Wanted
from carmanana.schema.derived.wanted import BITS
from carmanana.schema.sqlite import distinct

SHOWN = 30
MOST = 3_000  # buyers that are compared; beyond, it says so
WEIGHTS = {"model": 30, "years": 20, "price": 20, "mileage": 15, "colours": 10, "region": 5}
CRITERIA = {"make": "Make", "model": "Model", "years": "Year", "mileage": "Mileage", "colours": "Color"}
CRITERIA |= {"price": "Price", "region": "Region"}
LEFT_OUT = {
    "asked": (ASKED_NOT, "asked not to be contacted"),
    "review": (UNDER_REVIEW, "under cancellation review"),
    "cancelled": (CANCELLED, "cancelled"),
}


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


@dataclass
class Buyer:
    """A row of the answer: `met` is True, False or None (unknown) for each criterion."""

    id: int
    score: int
    met: dict[str, bool | None]


@dataclass
class Found:
    """`away` is how many more there would be with one criterion less; `left_out` why some are offered nothing."""

    buyers: list[Buyer] = field(default_factory=list)
    number: int = 0
    away: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    cut: bool = False


def _written(ticked: frozenset[str]) -> SQL:
    """The bits of the musts that count and are not met."""
    missed = [f"(COALESCE(1 - {name}, 1) * (musts & {bit}))" for name, bit in BITS.items() if name in ticked]
    return SQL(" + ".join(missed) or "0")


class _Missed(dict):
    """Written once for each choice of criteria."""

    def __missing__(self, ticked: frozenset[str]) -> SQL:
        self[ticked] = _written(ticked)
        return self[ticked]


MISSED = _Missed()
SCORE = SQL(" + ".join(f"(COALESCE({name}, 0) * {weight})" for name, weight in WEIGHTS.items()))


def match(
    vehicle: Vehicle,
    by: User | None,
    ticked: Iterable[str] = tuple(CRITERIA),
    most: int = SHOWN,
    widths: bool = True,
) -> Found:
    """`ticked` are the criteria whose musts count; without one of them who misses it is shown as well; without `by` all
    buyers are compared, whoever's they are; `widths` counts what the make and the model take away, too."""
    ticked = frozenset(CRITERIA.keys() & set(ticked))
    of_make = _met(vehicle, vehicle.make) if "make" in ticked else None
    found, passing = Found(), []
    _count(found, passing, database.execute(_compared(vehicle, by, ticked, of_make)).fetchall(), ticked)
    for name in ("make", "model") if widths else ():
        if name in ticked:
            found.away[name] = _other(found, vehicle, by, ticked - {name}, of_make if name == "model" else None)
    names = list(BITS)
    found.buyers = [
        Buyer(number, score, {name: None if one is None else bool(one) for name, one in zip(names, met, strict=True)})
        for number, _, _, score, *met in nsmallest(most, passing, key=lambda row: (-row[3], row[0]))
    ]
    return found


def _compared(
    vehicle: Vehicle, by: User | None, ticked: frozenset[str], met: dict | None = None, where: Expression | None = None
) -> Select:
    """The candidates: why they are barred, the musts that they miss, their score, and what each criterion comes to."""
    where = _candidates(vehicle, ticked) if where is None else where
    met = met or _met(vehicle, where)
    each = Wanted.select(Wanted.id, Wanted.barred, Wanted.musts, *(one.alias(name) for name, one in met.items()))
    inner = each.where(where & (Wanted.visible(by, by_owner=False) if by else SQL("1"))).limit(MOST).alias("seen")
    columns = [inner.c.id, inner.c.barred, MISSED[ticked].alias("missed"), SCORE.alias("score")]
    return Select([inner], columns + [getattr(inner.c, name) for name in BITS])


def _candidates(vehicle: Vehicle, ticked: frozenset[str]) -> Expression:
    if "make" not in ticked:
        return _same_kind(vehicle, ticked)
    of_make = Wanted.make == vehicle.make
    if "model" not in ticked or not vehicle.model:
        return of_make
    return of_make & Wanted.model_asked.in_(_asked(vehicle))


def _asked(vehicle: Vehicle) -> list[str]:
    """The spellings of the model, among those that are a must, that it meets; and none."""
    spelled = _spelled(vehicle.make, ASKED)
    return ["", *(one for one in spelled if one and model_fits(vehicle.make, one, vehicle.model))]


def _same_kind(vehicle: Vehicle, ticked: frozenset[str]) -> Expression:
    """Of any make: the same kind of car, as far as the catalogue knows it, and whoever leaves the model open."""
    if "model" in ticked:
        return ANY_MODEL | ((Wanted.make == vehicle.make) & Wanted.model_asked.in_(_asked(vehicle)))
    body = vehicles.body_of(vehicle.make, vehicle.model)
    alike = [
        model for make in vehicles.makes() for model in vehicles.models(make) if vehicles.body_of(make, model) == body
    ]
    return (Wanted.make == vehicle.make) | (Wanted.model.in_(alike) if body else SQL("1"))


ASKED = "model_asked"
SPELLED = (ASKED, "model", "colours")  # as their index has them
ANY_MODEL = SQL("model_asked = ''")  # as its index is written


def _spellings(column, where: Expression | str, most: int = COUNTED) -> list[str]:
    """In these rows, or of the buyers of a make."""
    if isinstance(where, str):
        return _spelled(where, column.column_name)
    return [one for (one,) in database.execute(Wanted.select(column).distinct().where(where).limit(most)).fetchall()]


def _spelled(make: str, column: str) -> list[str]:
    """The spellings in a column among the buyers of a make, along the index that holds them."""
    columns = SPELLED[: SPELLED.index(column) + 1]
    return list(
        dict.fromkeys(row[-1] for row in distinct("wanted", columns, "make = :make", "wanted_model", make=make))
    )


def _met(vehicle: Vehicle, where: Expression | str) -> dict[str, Expression]:
    """1, 0 or NULL: met, missed, unknown."""
    return {
        "model": _by_words(Wanted.model, where, lambda one: model_fits(vehicle.make, one, vehicle.model))
        if vehicle.model
        else SQL("NULL"),
        "years": _years(vehicle.year),
        "mileage": _within(vehicle.metres, Wanted.most_metres),
        "colours": _by_words(Wanted.colours, where, lambda one: colour_fits(one, vehicle.colour)),
        "price": _price(vehicle),
        "region": _by_words(Wanted.region, None, lambda one: region_fits(one, vehicle.region))
        if vehicle.region
        else SQL("NULL"),
    }


def _by_words(column, where: Expression | str | None, fits: Callable[[str], bool | None]) -> Expression:
    fitting: dict[bool, list[str]] = {True: [], False: []}
    for one in Wanted.regions() if where is None else _spellings(column, where):
        if (met := fits(one)) is not None:
            fitting[met].append(one)
    return Case(None, [(column.in_(fitting[met] or [None]), int(met)) for met in (True, False)], None)


def _years(year: int | None) -> Expression:
    if year is None:
        return SQL("NULL")
    told = (Wanted.year_from > 0) | (Wanted.year_to > 0)
    within = (Wanted.year_from <= year) & ((Wanted.year_to == 0) | (Wanted.year_to >= year))
    return Case(None, [(~told, None), (within, 1)], 0)


def _within(metres: int | None, most) -> Expression:
    """Ten in a hundred more will do."""
    if metres is None:
        return SQL("NULL")
    return Case(None, [(most < 0, None), (most * 11 >= metres * 10, 1)], 0)


def _price(vehicle: Vehicle) -> Expression:
    """Within ten in a hundred of either end; in another currency nobody knows."""
    price, low, high = vehicle.price_cents, Wanted.budget_from_cents, Wanted.budget_to_cents
    if price is None:
        return SQL("NULL")
    unknown = ((low == 0) & (high == 0)) | (Wanted.currency != vehicle.currency)
    within = (low * 9 <= price * 10) & ((high == 0) | (high * 11 >= price * 10))
    return Case(None, [(unknown, None), (within, 1)], 0)


def _count(found: Found, passing: list, rows: list[tuple], ticked: frozenset[str]) -> None:
    """All the numbers in one pass; `passing` are the rows that are shown."""
    found.cut, found.away = len(rows) >= MOST, {name: 0 for name in BITS if name in ticked}
    alone = {bit: name for name, bit in BITS.items() if name in ticked}
    left = Counter()
    for row in rows:
        _, barred, missed, *_ = row
        if missed == 0 and barred:
            left.update(name for name, (bit, _) in LEFT_OUT.items() if barred & bit)
        elif missed == 0:
            passing.append(row)
        elif not barred and missed in alone:
            found.away[alone[missed]] += 1
    found.number, found.left_out = len(passing), dict(left)


def _other(found: Found, vehicle: Vehicle, by: User | None, ticked: frozenset[str], met: dict | None) -> int:
    """Whom the make or the model takes away, of whom the candidates hold none; counted up to a limit."""
    elsewhere = "make" not in ticked and "model" in ticked
    others = ANY_MODEL & (Wanted.make != vehicle.make) if elsewhere else None
    before = 0 if elsewhere else found.number
    wider = _compared(vehicle, by, ticked, met, others).alias("compared")
    passing = Select([wider], [wider.c.id]).where((wider.c.barred == 0) & (wider.c.missed == 0))
    counted = Select([passing.limit(before + COUNTED + 1)], [fn.COUNT(SQL("*"))])
    return max(0, database.execute(counted).fetchone()[0] - before)
