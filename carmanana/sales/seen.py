"""Which quotations, sales orders and assets a person sees."""

from collections.abc import Iterable
from functools import cache

from peewee import SQL, fn

from carmanana.core.db import database
from carmanana.core.limits import counted
from carmanana.core.query import Numbered, numbered
from carmanana.customers import contact
from carmanana.records.assets import Asset
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder
from carmanana.schema.search_words import plain
from carmanana.schema.sqlite import unindexed_condition

OWN = ("owner_id = :by", "retention_id = :by AND owner_id IS NOT :by")
SEEN_BY = {
    "own": OWN,
    "unowned": (OWN[0], f"{OWN[1]} AND owner_id <> {HOUSE_ID}", "owner_id IS NULL", f"owner_id = {HOUSE_ID}"),
}  # nothing twice


def of_deals(model: type[Quotation] | type[SalesOrder], by: User):
    """Those of the deals that they see."""
    if by.sees_every_deal:
        return SQL("1")
    return fn.EXISTS(Deal.select(SQL("1")).where(Deal.id == model.deal, Deal.visible(by)))


def quotations(by: User):
    return Quotation.select().where(of_deals(Quotation, by))


def newest_open(by: User, most: int) -> list[int]:
    """The ids of the newest open quotations that they see."""
    return [number for (number,) in _newest_open(by.roles)(by.id, most)]


@cache
def _newest_open(roles: frozenset[str]) -> Numbered:
    @numbered
    def newest(by, most):
        seen = quotations(User(id=by, roles=roles)).where(unindexed_condition(Quotation.is_open()))
        return seen.select(Quotation.id).order_by(Quotation.number.desc(), Quotation.id.desc()).limit(most).tuples()

    return newest


def orders(by: User):
    return SalesOrder.select().where(of_deals(SalesOrder, by))


def counts(model: type[Quotation] | type[SalesOrder], states: Iterable[str], by: User) -> dict[str, int]:
    """How many they see in each state; of all deals, counted no further than is said."""
    table = model._meta.table_name
    if by.sees_every_deal:
        each = [counted(f"SELECT 1 FROM {table} WHERE state = '{state}'") for state in states]
        return dict(zip(states, database.execute_sql(f"SELECT {', '.join(each)}").fetchone(), strict=True))
    deals = " UNION ALL ".join(f"SELECT id FROM deal WHERE {whose}" for whose in SEEN_BY[by.sight])
    sql = f"SELECT state, COUNT(*) FROM ({deals}) AS seen CROSS JOIN {table} ON deal_id = seen.id GROUP BY state"
    return dict.fromkeys(states, 0) | dict(database.execute_sql(sql, {"by": by.id}).fetchall())


def of_customers(by: User):
    return contact.of_visible(Asset.customer, by)


def assets(by: User):
    return Asset.select().where(of_customers(by))


def named(model, column, text: str):
    """By the customer, or by what the record says of itself."""
    customers = Customer.select(Customer.id).where(Customer.folded.contains(plain(text)))
    return column.contains(text) | model.customer.in_(customers)
