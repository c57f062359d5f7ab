"""Which expiries a person sees, and the conditions of their lists."""

from datetime import timedelta

from peewee import SQL

from carmanana.core import clock
from carmanana.customers import contact, finding
from carmanana.records.expiries import SET, Expiry
from carmanana.records.people import User


def visible(by: User):
    """Those of the customers that they see, and their own."""
    if contact.sees_everybody(by):
        return SQL("1")
    return (Expiry.owner == by) | contact.of_visible(Expiry.customer, by)


def visible_to(by: User):
    return Expiry.select().where(visible(by))


def this_month(by: User):
    first = clock.today(by.timezone).replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return (Expiry.on >= first) & (Expiry.on < following)


def overdue(by: User):
    return (Expiry.state == SET) & (Expiry.on < clock.today(by.timezone))


def matches(text: str):
    """By what runs out, the supplier, or the customer."""
    return Expiry.about.contains(text) | Expiry.supplier.contains(text) | Expiry.customer.in_(finding.ids(text))
