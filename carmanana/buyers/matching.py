"""The buyers whom a vehicle suits, best first (domain 10). What is compared in words is looked up once for each spelling that
there is; the database does the rest, over the buyers of the make."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from peewee import SQL, Case, Expression, Select, Value, fn

from carmanana.buyers.fitting import colour_fits, model_fits, region_fits
from carmanana.core import vehicles
from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.records.house import MILE
from carmanana.records.people import User
from carmanana.records.wanted import ASKED_NOT, CANCELLED, UNDER_REVIEW, Wanted
from carmanana.schema.derived.wanted import BITS

SHOWN = 50
MOST = 5_000  # buyers that are compared; beyond, it says so
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


def match(
    vehicle: Vehicle, by: User, ticked: Iterable[str] = tuple(CRITERIA), most: int = SHOWN, widths: bool = True
) -> Found:
    """`ticked` are the criteria whose musts count; without one of them who misses it is shown as well;
    without `by` all buyers are
    compared, whoever's they are; `widths` counts what the make and the model take away, too."""
    ticked = frozenset(ticked) & CRITERIA.keys()
    compared = _compared(vehicle, by, ticked)
    found = Found()
    _count(found, compared, ticked)
    if widths:
        found.away |= {
            name: _other(found, vehicle, by, ticked - {name}) for name in ("make", "model") if name in ticked
        }
    rows = _passing(compared).order_by(compared.c.score.desc(), compared.c.id).limit(most)
    names = list(BITS)
    found.buyers = [
        Buyer(number, score, {name: None if one is None else bool(one) for name, one in zip(names, met, strict=True)})
        for number, score, *met in database.execute(rows).fetchall()
    ]
    return found


def _compared(vehicle: Vehicle, by: User | None, ticked: frozenset[str]) -> Select:
    """The candidates with what each criterion comes to, the musts that they miss, and their score."""
    where = _candidates(vehicle, ticked) & (Wanted.visible(by) if by else SQL("1"))
    met = _met(vehicle, where)
    each = Wanted.select(
        Wanted.id,
        Wanted.barred,
        Wanted.musts,
        *(expression.alias(name) for name, expression in met.items()),
    )
    inner = each.where(where).limit(MOST).alias("seen")
    points = sum((fn.COALESCE(getattr(inner.c, name), 0) * WEIGHTS[name] for name in BITS), Value(0))
    missed = sum(
        (
            fn.COALESCE(1 - getattr(inner.c, name), 1) * inner.c.musts.bin_and(bit)
            for name, bit in BITS.items()
            if name in ticked
        ),
        Value(0),
    )
    columns = [inner.c.id, inner.c.barred, missed.alias("missed"), points.alias("score")]
    columns += [getattr(inner.c, name) for name in BITS]
    return Select([inner], columns).alias("compared")


def _candidates(vehicle: Vehicle, ticked: frozenset[str]) -> Expression:
    if "make" not in ticked:
        return _same_kind(vehicle, ticked)
    of_make = Wanted.make == vehicle.make
    if "model" not in ticked or not vehicle.model:
        return of_make
    return of_make & Wanted.model_asked.in_(_asked(vehicle))


def _asked(vehicle: Vehicle) -> list[str]:
    """The spellings of the model, among those that are a must, that it meets; and none."""
    spelled = _spellings(Wanted.model_asked, Wanted.make == vehicle.make)
    return ["", *(one for one in spelled if one and model_fits(vehicle.make, one, vehicle.model))]


def _same_kind(vehicle: Vehicle, ticked: frozenset[str]) -> Expression:
    """Of any make: the same kind of car, as far as the catalogue knows it, and whoever leaves the model open."""
    if "model" in ticked:
        return (Wanted.model_asked == "") | ((Wanted.make == vehicle.make) & Wanted.model_asked.in_(_asked(vehicle)))
    body = vehicles.body_of(vehicle.make, vehicle.model)
    alike = [
        model for make in vehicles.makes() for model in vehicles.models(make) if vehicles.body_of(make, model) == body
    ]
    return (Wanted.make == vehicle.make) | (Wanted.model.in_(alike) if body else SQL("1"))


def _spellings(column, where: Expression, most: int = COUNTED) -> list[str]:
    return [one for (one,) in database.execute(Wanted.select(column).distinct().where(where).limit(most)).fetchall()]


def _met(vehicle: Vehicle, where: Expression) -> dict[str, Expression]:
    """1, 0 or NULL: met, missed, unknown."""
    return {
        "model": _by_words(Wanted.model, where, lambda one: model_fits(vehicle.make, one, vehicle.model))
        if vehicle.model
        else SQL("NULL"),
        "years": _years(vehicle.year),
        "mileage": _within(vehicle.metres, Wanted.most_metres),
        "colours": _by_words(Wanted.colours, where, lambda one: colour_fits(one, vehicle.colour)),
        "price": _price(vehicle),
        "region": _by_words(Wanted.region, SQL("1"), lambda one: region_fits(one, vehicle.region))
        if vehicle.region
        else SQL("NULL"),
    }


def _by_words(column, where: Expression, fits: Callable[[str], bool | None]) -> Expression:
    fitting: dict[bool, list[str]] = {True: [], False: []}
    for one in _spellings(column, where):
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


def _passing(compared: Select) -> Select:
    columns = [compared.c.id, compared.c.score, *(getattr(compared.c, name) for name in BITS)]
    return Select([compared], columns).where((compared.c.barred == 0) & (compared.c.missed == 0))


def _count(found: Found, compared: Select, ticked: frozenset[str]) -> None:
    """All the numbers in one pass."""
    free = compared.c.barred == 0
    passing = free & (compared.c.missed == 0)
    alone = {name: free & (compared.c.missed == bit) for name, bit in BITS.items() if name in ticked}
    barred = {
        name: (compared.c.missed == 0) & (compared.c.barred.bin_and(bit) > 0) for name, (bit, _) in LEFT_OUT.items()
    }
    sums = [fn.COUNT(SQL("*")), *(fn.COALESCE(fn.SUM(one), 0) for one in (passing, *alone.values(), *barred.values()))]
    seen, number, *others = database.execute(Select([compared], sums)).fetchone()
    found.cut, found.number = seen >= MOST, int(number)
    found.away = dict(zip(alone, map(int, others), strict=False))
    found.left_out = {name: int(one) for name, one in zip(barred, others[len(alone) :], strict=True) if one}


def _other(found: Found, vehicle: Vehicle, by: User | None, ticked: frozenset[str]) -> int:
    """Whom the make or the model takes away, of whom the candidates hold none; counted up to a limit."""
    wider = _compared(vehicle, by, ticked)
    passing = Select([wider], [wider.c.id]).where((wider.c.barred == 0) & (wider.c.missed == 0))
    counted = Select([passing.limit(found.number + COUNTED)], [fn.COUNT(SQL("*"))])
    return max(0, database.execute(counted).fetchone()[0] - found.number)
