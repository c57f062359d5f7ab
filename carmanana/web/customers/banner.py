"""How a customer who leaves, or has left, stands: said above every page of theirs, with the way to the cancellation."""

from flask import render_template
from jinja2 import pass_context
from markupsafe import Markup

from carmanana.core.db import Record
from carmanana.records.customers import Customer
from carmanana.records.departures import Departure

NAMES = ("customer", "deal", "lead", "case", "quotation", "order", "asset", "expiry", "record", "request")


@pass_context
def cancellation_banner(context) -> Markup:
    customer = next(filter(None, (_customer_of(context.get(name)) for name in NAMES)), None)
    if customer is None or not (customer.leaving or customer.cancelled):
        return Markup("")
    departure = Departure.newest(customer)
    if departure is None:
        return Markup("")
    return Markup(render_template("departures/_banner.html", customer=customer, departure=departure))


def _customer_of(record) -> Customer | None:
    """The one whom a page's record is about."""
    if isinstance(record, Customer):
        return record
    if not isinstance(record, Record):
        return None
    whose = type(record)._meta.fields
    if "customer" in whose:
        return record.customer
    return record.deal.customer if "deal" in whose else None
