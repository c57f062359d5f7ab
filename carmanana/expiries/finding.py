"""Which expiries a person sees, and the conditions of their lists."""

from datetime import date, timedelta
from typing import NamedTuple

from peewee import SQL

from carmanana.core import clock
from carmanana.customers import contact, finding
from carmanana.records.expiries import DROPPED, LEAD_MADE, SET, Expiry
from carmanana.records.people import User


def visible(by: User):
    """Those of the customers that they see, and their own."""
    if contact.sees_everybody(by):
        return SQL("1")
    return (Expiry.owner == by) | contact.of_visible(Expiry.customer, by)


def visible_to(by: User):
    return Expiry.select().where(visible(by))


class Days(NamedTuple):
    """Today, the first day of its month and that of the following one."""

    today: date
    first: date
    following: date

    @classmethod
    def of(cls, by: User) -> "Days":
        today = clock.today(by.timezone)
        first = today.replace(day=1)
        return cls(today, first, (first + timedelta(days=32)).replace(day=1))


CONDITIONS = {
    "set": lambda by, days: Expiry.state == SET,
    "month": lambda by, days: (Expiry.on >= days.first) & (Expiry.on < days.following),
    "overdue": lambda by, days: (Expiry.state == SET) & (Expiry.on < days.today),
    "mine": lambda by, days: (Expiry.state == SET) & (Expiry.owner == by),
    "made": lambda by, days: Expiry.state == LEAD_MADE,
    "dropped": lambda by, days: Expiry.state == DROPPED,
    "all": lambda by, days: SQL("1"),
}


def matches(text: str):
    """By what runs out, the supplier, or the customer."""
    return Expiry.about.contains(text) | Expiry.supplier.contains(text) | Expiry.customer.in_(finding.ids(text))
