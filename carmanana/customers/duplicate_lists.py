"""Customers who share a number or an address, as a list to go through."""

from dataclasses import dataclass

from peewee import SQL, Select, Table, fn

from carmanana.core.db import database
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone

MOST = 8
SHARING = {
    "number": (CustomerPhone, CustomerPhone.e164),
    "address": (CustomerEmail, fn.LOWER(CustomerEmail.address)),
}

WAYS = Table("shared_way", ("kind", "told"))
OF_KIND = "SELECT told FROM shared_way WHERE kind = ? AND told > ? ORDER BY told LIMIT ?"


@dataclass
class Shared:
    """`told` is the number or the address; of many customers the oldest are shown."""

    kind: str
    told: str
    customers: list[Customer]

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.told}"


def shared() -> Select:
    """Numbers and addresses of more than one customer, as they are kept (schema/derived/shared_ways.py)."""
    return WAYS.select(SQL("kind"), SQL("told")).bind(database)


def page(after: str, most: int) -> list[str]:
    """The ids of the first groups, or of those behind the one that was the last: numbers, then addresses."""
    last, _, told = after.partition(":")
    found: list[str] = []
    for kind in list(SHARING)[list(SHARING).index(last) if last in SHARING else 0 :]:
        rows = database.execute_sql(OF_KIND, (kind, told if kind == last else "", most - len(found))).fetchall()
        found += [f"{kind}:{told}" for (told,) in rows]
    return found


def with_customers(ids: list[str]) -> list[Shared]:
    """The groups of a page with who is in them."""
    groups = [(kind, told) for kind, _, told in (id.partition(":") for id in ids)]
    whose = {kind: _whose(*SHARING[kind], [told for of, told in groups if of == kind]) for kind in SHARING}
    known = {key for found in whose.values() for keys in found.values() for key in keys}
    customers = {customer.id: customer for customer in Customer.select().where(Customer.id.in_(known))} if known else {}
    return [Shared(kind, told, [customers[key] for key in whose[kind][told]]) for kind, told in groups]


def _whose(model, told, wanted: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, customer_id in (
        model.select(told, model.customer).where(told.in_(wanted)).order_by(model.customer).tuples() if wanted else ()
    ):
        if customer_id not in found.setdefault(key, []) and len(found[key]) < MOST:
            found[key].append(customer_id)
    return found
