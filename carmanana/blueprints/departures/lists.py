"""The list of customers' cancellations: those that are pending, and what became of the others."""

from peewee import JOIN

from carmanana.customers.contact import visible
from carmanana.records.customers import Customer
from carmanana.records.departures import PENDING, PROCESSED, Departure
from carmanana.records.people import User
from carmanana.schema.search_words import plain
from carmanana.schema.sqlite import of_ids
from carmanana.web.lists import Chip, Column, List

BEGAN = User.alias()


@of_ids
def with_people(ids):
    found = (
        Departure.select(Departure, Customer, BEGAN).join(Customer).join_from(Departure, BEGAN, on=Departure.begun_by)
    )
    return found.where(Departure.id.in_(ids))


DEPARTURES = List(
    name="customer-cancellations",
    title="Customer cancellations",
    endpoint="departures.index",
    one="cancellation",
    many="cancellations",
    columns=(
        Column("customer", "Customer", lambda departure: departure.customer.name, always=True),
        Column("state", "State", lambda departure: departure.state_name),
        Column("begun", "Begun", lambda departure: departure.begun_at, Departure.begun_at),
        Column("by", "By", lambda departure: departure.begun_by.name, wide=True),
        Column("since", "Since", lambda departure: departure.state_since, Departure.state_since),
    ),
    scope=lambda by: Departure.select().join(Customer, JOIN.INNER).where(visible(by)),
    load=with_people,
    cells="departures/_cells.html",
    id=Departure.id,
    sort="since",
    descending=True,
    chips=(
        Chip("pending", "Pending", lambda by: Departure.state == PENDING, empty="No customer is pending cancellation"),
        Chip("processed", "Cancelled", lambda by: Departure.state == PROCESSED),
        Chip("all", "All"),
    ),
    one_chip=True,
    text=lambda text: Customer.folded.contains(plain(text)),
    placeholder="Customer",
    empty=(
        "circle-check",
        "No customer is being cancelled",
        "A cancellation begins on the customer’s page: Actions, Begin cancellation.",
    ),
)
