"""What the house decides once for all deals: its own currency, in which boards add up."""

from peewee import CharField, IntegerField

from carmanana.core import audit, money
from carmanana.core.db import Record, Stale, change, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import User


class House(Record):
    """One row."""

    id = IntegerField(primary_key=True, default=1)
    currency = CharField(default="USD")
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "House":
        return cls.get_by_id(1)


def house_currency() -> str:
    return _currency.first()[0]


@prepared
def _currency():
    return House.select(House.currency).tuples()


def set_currency(code: str, by: User, version: int) -> House:
    """New deals begin with it, and sums are of it; what has an amount keeps its own."""
    if not by.sets_the_house:
        raise Forbidden("house")
    with transaction():
        house = House.now()
        if house.version != version:
            raise Stale(house)
        if code not in money.CURRENCIES:
            raise Refused([Refusal("currency", "Choose a currency of the list.", field="currency")], house)
        if code != house.currency:
            was = house.currency
            change(house, currency=code)
            audit.record("house_currency", house, by, was, code)
    return house
