"""The section of whoever cancels customers: those whose cancellation is pending."""

from typing import Any

from carmanana.records.customers import Customer
from carmanana.records.departures import PENDING, Departure
from carmanana.records.people import CUSTOMER_CANCELLATION, User
from carmanana.today.rows import Found, Page, page_of
from carmanana.web.addresses import address
from carmanana.web.today import Act, Duty, Section, register
from carmanana.web.today_rows import LINK


def pending(by: User, limit: int, offset: int = 0) -> Found:
    """The longest begun first."""
    return _pending.found(limit=limit, offset=offset)


@Page
def _pending(limit, offset, most):
    begun = (Departure.begun_at, Departure.id)
    page = page_of(
        Departure, Departure.select().where(Departure.state == PENDING).order_by(*begun), limit, offset, most
    )
    told = Departure.select(Departure.id, Departure.begun_at, Customer.name.alias("customer_name"), page.c.many)
    joined = told.join(page, on=page.c.id == Departure.id).join_from(Departure, Customer)
    return joined.order_by(*begun).namedtuples()


def draw(row: Any, by: User) -> Duty:
    url = address("departures.show", departure_id=row.id)
    go_on = Act("View cancellation", url, way=LINK, primary=True)
    return Duty(row.begun_at, row.customer_name, url, "Live (PC)", "Cancellation under way", (go_on,), since=True)


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
        all_url=lambda by: address("departures.index"),
    )
)
