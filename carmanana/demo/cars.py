"""Vehicles as they are really sold: make, model, trim, a year they were built in, and a believable price."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NEW, USED, SPECIAL = "new_vehicle", "used_vehicle", "special_sourcing"
YEARLY_LOSS = 0.87  # what a used car keeps of its price each year
MILES_A_YEAR = (7_000, 15_500)
COLOURS = (
    "black", "white", "pearl white", "silver", "graphite", "dark grey", "navy blue", "deep red", "forest green", "sand",
    "burnt orange", "glacier blue",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    make: str
    name: str
    body: str
    first: int
    last: int  # 0 while it is still built
    low: int  # dollars new, or what a special one fetches
    high: int
    trims: tuple  # (name, first year), cheapest first


@dataclass(frozen=True, slots=True)
class Car:
    make: str
    model: str  # with its trim
    short: str  # as people call it
    body: str
    year: int
    miles: int  # 0 for a new one
    price: int  # whole dollars, rounded as a dealer does

    @property
    def spoken(self):
        """Its name in a sentence; a bare number takes its make with it: "Ram 1500"."""
        return (
            f"{self.make} {self.short}" if self.short[0].isdigit() and self.short.split()[0].isdigit() else self.short
        )


def wanted(order_type, year, rng):
    """A car that somebody would order in this year."""
    models, drawn = _offered(order_type)
    return drawn(rng.choice(models), year, rng)


def of_kind(body, order_type, year, rng):
    """As `wanted`, with this body; None where no such car is offered."""
    drawn = _offered(order_type)[1]
    models = _of_body(order_type, body)
    return drawn(rng.choice(models), year, rng) if models else None


def _offered(order_type):
    """The models, and how one of them is drawn."""
    return {SPECIAL: (_SPECIALS, _special), NEW: (_BUILT, _new)}.get(order_type, (_EVERYDAY, _used))


@cache
def _of_body(order_type, body):
    return [model for model in _offered(order_type)[0] if model.body == body]


def like(car, order_type, year, rng):
    """Another car that the same person would also look at: another badge, the same body, about the same money."""
    model = rng.choice(_rivals(car.make, car.short, order_type))
    if order_type == NEW:
        return _new(model, year, rng)
    if order_type == SPECIAL:
        return _special(model, year, rng)
    return _built(model, max(model.first, min(car.year + rng.choice((-1, 0, 1)), model.last or year)), year, rng)


@cache
def _rivals(make, short, order_type):
    mine = next(model for model in MODELS if (model.make, model.name) == (make, short))
    offered = {NEW: _BUILT, USED: _EVERYDAY, SPECIAL: _SPECIALS}[order_type]
    others = [model for model in offered if model is not mine]
    return sorted(others, key=lambda model: (model.body != mine.body, abs(model.low - mine.low)))[:4]


def _new(model, year, rng):
    trim = rng.randrange(len(model.trims))
    return _car(model, trim, year + (rng.random() < 0.3), 0, _between(model, trim))


def _used(model, year, rng):
    age = min(rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 10)), year - model.first)
    return _built(model, min(year - age, model.last or year), year, rng)


def _built(model, built, year, rng):
    trim = _trim(model, built, rng)
    miles = max(1, year - built) * rng.randint(*MILES_A_YEAR)
    return _car(model, trim, built, miles, _between(model, trim) * YEARLY_LOSS ** (year - built))


def _special(model, year, rng):
    built = rng.randint(model.first, model.last)
    trim = _trim(model, built, rng)
    price = _between(model, trim) * rng.uniform(0.85, 1.1)
    return _car(model, trim, built, rng.randint(18_000, 160_000), price)


def _trim(model, built, rng):
    return rng.choice([number for number, (_, since) in enumerate(model.trims) if since <= built] or [0])


def _between(model, trim):
    steps = max(1, len(model.trims) - 1)
    return model.low + (model.high - model.low) * trim / steps


def _car(model, trim, built, miles, price):
    named = f"{model.name} {model.trims[trim][0]}"
    return Car(model.make, named, model.name, model.body, built, round(miles, -2), _dealer_price(price))


def _dealer_price(dollars):
    """Ends in 00 or 50 under ten thousand, in 900 or 500 above, as on a windscreen."""
    if dollars < 10_000:
        return round(dollars / 50) * 50
    return round(dollars / 500) * 500 - (100 if round(dollars / 500) % 2 == 0 else 0)


def _model(row):
    numbers = (int(row[key] or 0) for key in ("first", "last", "low", "high"))
    return Model(row["make"], row["model"], row["body"], *numbers, _trims(row["trims"]))


def _trims(text):
    pairs = (trim.partition("@") for trim in text.split("|"))
    return tuple((name, int(since or 0)) for name, _, since in pairs)


def _range():
    with Path(__file__).with_name("cars.csv").open(encoding="utf-8", newline="") as file:
        return [_model(row) for row in csv.DictReader(file)]


MODELS = _range()
_SPECIALS = [model for model in MODELS if model.body == "special"]
_EVERYDAY = [model for model in MODELS if model.body != "special"]
_BUILT = [model for model in _EVERYDAY if not model.last]
