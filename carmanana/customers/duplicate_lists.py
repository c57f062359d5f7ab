"""Customers who share a number or an address, as a list to go through."""

from dataclasses import dataclass

from peewee import SQL, Value, fn

from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone

MOST = 8


@dataclass
class Shared:
    """`told` is the number or the address; of many customers the oldest are shown."""

    kind: str
    told: str
    customers: list[Customer]


def shared():
    """Numbers and addresses of more than one customer: one walk along each index."""
    numbers, addresses = (
        _shared(CustomerPhone, "number", CustomerPhone.e164),
        _shared(CustomerEmail, "address", fn.LOWER(CustomerEmail.address)),
    )
    return (numbers + addresses).order_by(SQL("kind").desc(), SQL("told"))


def _shared(model, kind: str, told):
    several = fn.MIN(model.customer) != fn.MAX(model.customer)
    return (
        model.select(Value(kind).alias("kind"), told.alias("told"))
        .where(told.is_null(False))
        .group_by(told)
        .having(several)
    )


def with_customers(rows) -> list[Shared]:
    """The groups of a page with who is in them."""
    groups = list(rows.tuples())
    phones = _whose(CustomerPhone, CustomerPhone.e164, [told for kind, told in groups if kind == "number"])
    emails = _whose(
        CustomerEmail, fn.LOWER(CustomerEmail.address), [told for kind, told in groups if kind == "address"]
    )
    ids = {key for found in (phones, emails) for keys in found.values() for key in keys}
    customers = {customer.id: customer for customer in Customer.select().where(Customer.id.in_(ids))} if ids else {}
    return [
        Shared(kind, told, [customers[key] for key in (phones if kind == "number" else emails)[told]])
        for kind, told in groups
    ]


def _whose(model, told, wanted: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, customer_id in (
        model.select(told, model.customer).where(told.in_(wanted)).order_by(model.customer).tuples() if wanted else ()
    ):
        if customer_id not in found.setdefault(key, []) and len(found[key]) < MOST:
            found[key].append(customer_id)
    return found
