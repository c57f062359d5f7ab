"""What the house has set for everybody: the unit of distances."""

from peewee import CharField

from carmanana.core import audit
from carmanana.core.db import Record, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import User

MILE = 1.609344
UNITS = {"mi": "Miles", "km": "Kilometres"}
CHOICES = {"distance_unit": UNITS}
DEFAULTS = {"distance_unit": "mi"}


class HouseSetting(Record):
    name = CharField(primary_key=True)
    value = CharField()


def setting(name: str) -> str:
    found = _named.first(name)
    return found.value if found else DEFAULTS[name]


@prepared
def _named(name):
    return HouseSetting.select().where(HouseSetting.name == name)


def choose(by: User, name: str, value: str) -> None:
    if not by.sets_the_house:
        raise Forbidden("house_setting")
    if value not in CHOICES[name]:
        raise Refused([Refusal(name, "Choose one of these.", field=name)])
    with transaction():
        was = setting(name)
        HouseSetting.insert(name=name, value=value).on_conflict_replace().execute()
        audit.record("house_setting", by, by, setting=name, was=was, now=value)


def in_unit(distance: int, typed_in: str, unit: str) -> int:
    """As it was typed, or converted and rounded to hundreds."""
    if typed_in == unit:
        return distance
    return int(round(distance * MILE if unit == "km" else distance / MILE, -2))
