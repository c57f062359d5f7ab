"""What the house has set for everybody: its own currency, in which boards add up, the unit of distances, and to whom
new leads go by themselves."""

from peewee import CharField, IntegerField

from carmanana.core import audit, money
from carmanana.core.db import Record, Stale, change, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import User

MILE = 1.609344
UNITS = {"mi": "Miles", "km": "Kilometres"}
NOBODY, IN_TURN, FEWEST = "nobody", "in_turn", "fewest"
ASSIGNMENTS = {
    NOBODY: "Nobody: they wait to be claimed",
    IN_TURN: "Each agent who is here, in turn",
    FEWEST: "Whoever is here with the fewest open leads",
}
CHOICES = {"currency": money.CURRENCIES, "distance_unit": UNITS, "lead_assignment": ASSIGNMENTS}
LACKS = {
    "currency": "Choose a currency of the list.",
    "distance_unit": "Choose miles or kilometres.",
    "lead_assignment": "Choose who gets new leads: whoever claims them, each agent in turn, or whoever has the fewest.",
}


class House(Record):
    """One row."""

    id = IntegerField(primary_key=True, default=1)
    currency = CharField(default="USD")
    distance_unit = CharField(default="mi")
    lead_assignment = CharField(default=NOBODY)
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "House":
        return cls.get_by_id(1)


def house_currency() -> str:
    return house_settings.first()[0]


def house_unit() -> str:
    return house_settings.first()[1]


def lead_assignment() -> str:
    return house_settings.first()[2]


@prepared
def house_settings():
    return House.select(House.currency, House.distance_unit, House.lead_assignment).tuples()


def settle(by: User, version: int, **chosen: str) -> House:
    """New deals begin with the currency, and sums are of it; what has an amount or a distance keeps its own."""
    if not by.sets_the_house:
        raise Forbidden("house")
    with transaction():
        house = House.now()
        if house.version != version:
            raise Stale(house)
        if refusals := [_lacks(name) for name, value in chosen.items() if value not in CHOICES[name]]:
            raise Refused(refusals, house)
        new = {name: value for name, value in chosen.items() if getattr(house, name) != value}
        if new:
            was = {name: getattr(house, name) for name in new}
            change(house, **new)
            audit.record("house_settings", house, by, **{"from": was, "to": new})
    return house


def _lacks(name: str) -> Refusal:
    return Refusal(name, LACKS[name], field=name)


def in_unit(distance: int, typed_in: str, unit: str) -> int:
    """As it was typed, or converted and rounded to hundreds."""
    if typed_in == unit:
        return distance
    return int(round(distance * MILE if unit == "km" else distance / MILE, -2))
