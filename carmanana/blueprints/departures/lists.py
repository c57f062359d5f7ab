"""The list of customers' cancellations: those that are pending, and what became of the others."""

from peewee import JOIN, SQL

from carmanana.core.query import prepared
from carmanana.customers.contact import sees_everybody, visible
from carmanana.records.customers import Customer
from carmanana.records.departures import PENDING, PROCESSED, Departure
from carmanana.records.people import User
from carmanana.schema.search_words import plain
from carmanana.schema.sqlite import of_ids
from carmanana.web.lists import Chip, Column, List, Shown
from carmanana.web.lists.counting import all_up_to

BEGAN = User.alias()


@of_ids
def with_people(ids):
    found = (
        Departure.select(Departure, Customer, BEGAN).join(Customer).join_from(Departure, BEGAN, on=Departure.begun_by)
    )
    return found.where(Departure.id.in_(ids))


CONDITIONS = {
    "pending": lambda by: Departure.state == PENDING,
    "processed": lambda by: Departure.state == PROCESSED,
    "all": lambda by: SQL("1"),
}


@prepared
def _of_all():
    return all_up_to([Departure.select().where(where(None)) for where in CONDITIONS.values()], Departure.id)


def _counts(shown: Shown) -> dict[str, int]:
    return dict(zip(CONDITIONS, _of_all.first(), strict=True)) if sees_everybody(shown.by) else {}


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
        Chip("pending", "Pending", CONDITIONS["pending"], empty="No customer is pending cancellation"),
        Chip("processed", "Cancelled", CONDITIONS["processed"]),
        Chip("all", "All"),
    ),
    known_counts=_counts,
    one_chip=True,
    text=lambda text: Customer.folded.contains(plain(text)),
    placeholder="Customer",
    empty=(
        "circle-check",
        "No customer is being cancelled",
        "A cancellation begins on the customer’s page: Actions, Begin cancellation.",
    ),
    views=True,
)
