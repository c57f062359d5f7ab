"""The list of clients: by name, part of a phone number, or email."""

from functools import reduce
from operator import and_

from peewee import JOIN, fn, prefetch

from carmanana.activities.models import Activity
from carmanana.db import database
from carmanana.deals.models import Deal, Pipeline, Stage
from carmanana.people.models import User

from .contact import visible_to
from .models import Customer, CustomerEmail, CustomerPhone, fold

FEWEST_DIGITS = 3


@database.func("digits")
def digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def found(user: User, text: str = "", mine: bool = False, unowned: bool = False):
    """Clients that this person may see and that match, by name."""
    customers = visible_to(user)
    if text:
        customers = customers.where(_tells(text))
    if mine:
        customers = customers.where(Customer.owner == user)
    if unowned:
        customers = customers.where(Customer.unowned())
    return customers.order_by(Customer.folded, Customer.id)


def _tells(text: str):
    told = _named(text) | Customer.id.in_(_written_to(text))
    if len(digits(text)) >= FEWEST_DIGITS and not any(c.isalpha() for c in text):
        told |= Customer.id.in_(_reached_at(digits(text)))
    return told


def _named(text: str):
    return reduce(and_, [fn.INSTR(Customer.folded, fold(word)) > 0 for word in text.split()])


def _written_to(text: str):
    return CustomerEmail.select(CustomerEmail.customer).where(fn.INSTR(fn.fold(CustomerEmail.address), fold(text)) > 0)


def _reached_at(number: str):
    typed, whole = fn.INSTR(fn.digits(CustomerPhone.typed), number), fn.INSTR(CustomerPhone.e164, number)
    return CustomerPhone.select(CustomerPhone.customer).where((typed > 0) | (whole > 0))


def with_reach(customers) -> list[Customer]:
    """The rows with their owner, numbers and addresses, in four queries however many."""
    ids = [row for (row,) in customers.select(Customer.id).tuples()]
    rows = Customer.select(Customer, User).join(User, JOIN.LEFT_OUTER, on=Customer.owner).where(Customer.id.in_(ids))
    phones = CustomerPhone.select().order_by(CustomerPhone.position)
    return prefetch(rows.order_by(Customer.folded, Customer.id), phones, CustomerEmail.select().order_by(CustomerEmail.position))


def deal_counts(customers: list[Customer], user: User) -> dict[int, int]:
    """How many deals of each client this person may see."""
    count = fn.COUNT(Deal.id)
    seen = Deal.select(Deal.customer, count).where(Deal.customer.in_(customers), Deal.visible(user)).group_by(Deal.customer)
    return dict(seen.tuples())


def deals_of(customer: Customer, user: User):
    """The client's deals that this person may see, the newest first."""
    return (
        Deal.select(Deal, Stage, Pipeline, User)
        .join(Stage)
        .switch(Deal)
        .join(Pipeline)
        .switch(Deal)
        .join(User, JOIN.LEFT_OUTER, on=Deal.owner)
        .where(Deal.customer == customer, Deal.visible(user))
        .order_by(Deal.created_at.desc(), Deal.id.desc())
    )


def activities_of(customer: Customer, user: User):
    """What happened across those deals and with the client apart from any, the newest first."""
    seen = Activity.deal.is_null() | Activity.deal.in_(Deal.select(Deal.id).where(Deal.customer == customer, Deal.visible(user)))
    return (
        Activity.select(Activity, User, Deal)
        .join(User, JOIN.LEFT_OUTER, on=Activity.author)
        .switch(Activity)
        .join(Deal, JOIN.LEFT_OUTER)
        .where(Activity.customer == customer, seen)
        .order_by(Activity.at.desc(), Activity.id.desc())
    )
