"""The section of whoever cancels customers: those whose cancellation is pending."""

from typing import Any

from flask import url_for
from peewee import SQL, fn

from carmanana.records.customers import Customer
from carmanana.records.departures import PENDING, Departure
from carmanana.records.people import CUSTOMER_CANCELLATION, User
from carmanana.today.rows import Found
from carmanana.web.today import LINK, Act, Duty, Section, register


def pending(by: User, limit: int, offset: int = 0) -> Found:
    """The longest begun first."""
    many = fn.COUNT(SQL("*")).over().alias("many")
    told = Departure.select(Departure.id, Departure.begun_at, Customer.name.alias("customer_name"), many)
    begun = told.join(Customer).where(Departure.state == PENDING).order_by(Departure.begun_at, Departure.id)
    rows = list(begun.limit(limit).offset(offset).objects())
    return Found(rows, rows[0].many if rows else 0)


def draw(row: Any, by: User) -> Duty:
    url = url_for("departures.show", departure_id=row.id)
    go_on = Act("View cancellation", url, way=LINK, primary=True)
    return Duty(row.begun_at, row.customer_name, url, "Live (PC)", "Its cancellation goes on", (go_on,), since=True)


register(
    Section(
        "departures",
        "Customers to cancel",
        "log-out",
        4,
        lambda by: by.has(CUSTOMER_CANCELLATION),
        pending,
        draw,
        "No cancellation of a customer is pending",
        all_url=lambda by: url_for("departures.index"),
    )
)
