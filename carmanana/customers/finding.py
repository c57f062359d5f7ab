"""The list of customers: by name, part of a phone number, or email."""

import json
from functools import cache, reduce
from operator import add

from peewee import JOIN, SQL, fn

from carmanana.contacting.lock import losing_of
from carmanana.contacting.wishes import ways_closed
from carmanana.core.db import as_json
from carmanana.core.query import Numbered, Prepared, numbered, prepared
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.records.search import SearchAddress, SearchName, SearchNumber
from carmanana.schema.search_words import Words
from carmanana.schema.sqlite import members, unindexed

from .contact import visible_to
from .people import everybody

SHOWN_AT_ONCE = 5


def found(user: User, text: str = "", mine: bool = False, unowned: bool = False):
    """Customers that this person may see and that match, by name."""
    customers = visible_to(user)
    if text:
        customers = customers.where(matches(text))
    if mine:
        customers = customers.where(Customer.owner == user)
    if unowned:
        customers = customers.where(Customer.unowned())
    return customers.order_by(Customer.folded, Customer.id)


def matches(text: str):
    """By the beginnings of words, as in the search; a number by any part."""
    return Customer.id.in_(ids(text))


def ids(text: str):
    """The ids of the customers that match."""
    words, found = Words.read(text), []
    if words.beginnings:
        written_to = SearchAddress.select(SearchAddress.id).where(SearchAddress.tells(words.beginnings))
        found += [SearchName.select(SearchName.id.alias("customer_id")).where(SearchName.tells(words.beginnings))]
        found += [_whose(CustomerEmail, written_to)]
    if words.part_of_number:
        reached_at = SearchNumber.select(SearchNumber.id).where(SearchNumber.tells(words.part_of_number))
        found.append(_whose(CustomerPhone, reached_at))
    return reduce(add, found) if found else Customer.select(Customer.id.alias("customer_id")).where(SQL("0"))


def _whose(reach, ids):
    return reach.select(reach.customer).where(reach.id.in_(ids))


def first_by_name(user: User, most: int) -> list[int]:
    """The ids of the first of all that this person sees."""
    return [number for (number,) in _by_name(user.roles)(user.id, most)]


@cache
def _by_name(roles: frozenset[str]) -> Numbered:
    @numbered
    def first(by, most):
        seen = visible_to(User(id=by, roles=roles)).select(Customer.id)
        return seen.order_by(Customer.folded, Customer.id).limit(most).tuples()

    return first


def deal_counts(customers: list[Customer], user: User) -> dict[int, int]:
    """How many deals of each customer this person may see."""
    return dict(_deal_counts(user.deal_sight)(as_json([customer.id for customer in customers]), user.id))


@cache
def _deal_counts(sight: str) -> Prepared:
    @prepared
    def counts(customers, user):
        seen = Deal.select(Deal.customer, fn.COUNT(Deal.id)).where(
            Deal.customer.in_(members(customers)), unindexed(Deal.within(sight, user))
        )
        return seen.group_by(Deal.customer).tuples()

    return counts


def deals_of(customer: Customer, user: User):
    """The customer's deals that this person may see, the newest first."""
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
    """What happened across those deals and with the customer apart from any, the newest first."""
    return (
        Activity.select()
        .where(Activity.customer == customer, _tells_what_they_see(customer, user))
        .order_by(Activity.at.desc(), Activity.id.desc())
    )


def _tells_what_they_see(customer: Customer, user: User):
    """Of a deal or a lead of the customer that this person sees, or of neither."""
    if user.sees_all:
        return SQL("1")
    deals = Deal.select(Deal.id).where(Deal.customer == customer, Deal.visible(user))
    leads = Lead.select(Lead.id).where(Lead.customer == customer, Lead.visible(user))
    of_neither = Activity.deal.is_null() & Activity.lead.is_null()
    return of_neither | Activity.deal.in_(deals) | (Activity.deal.is_null() & Activity.lead.in_(leads))


def files_of(customer: Customer, user: User):
    """What came with that."""
    theirs = Activity.customer == customer
    return Attachment.select().join(Activity).where(theirs, _tells_what_they_see(customer, user))


def with_deals(ids: list[int]) -> list[Activity]:
    """With the name of who wrote them and the vehicle of the deal that they are on."""
    return _with_deals(json.dumps(ids))


@prepared
def _with_deals(ids):
    shown = (User.id, User.name, Deal.id, Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model)
    rows = Activity.select(Activity, *shown).join(User, JOIN.LEFT_OUTER, on=Activity.author).switch(Activity)
    return rows.join(Deal, JOIN.LEFT_OUTER).where(Activity.id.in_(members(ids)))


def newest_deals(customer: Customer, user: User) -> list[Deal]:
    """A few of the customer's deals that this person may see, for the first look."""
    return _newest_deals(user.deal_sight)(customer.id, user.id)


@cache
def _newest_deals(sight: str) -> Prepared:
    @prepared
    def deals(customer, user):
        found = Deal.select(Deal, Stage, Pipeline, User).join(Stage).switch(Deal).join(Pipeline).switch(Deal)
        found = found.join(User, JOIN.LEFT_OUTER, on=Deal.owner)
        theirs = found.where(Deal.customer == customer, Deal.within(sight, user))
        return theirs.order_by(Deal.created_at.desc(), Deal.id.desc()).limit(SHOWN_AT_ONCE)

    return deals


def asked_of_overview(customer: Customer, user: User) -> dict[str, tuple]:
    """What the first look at a customer is read from, for `ask_together`."""
    return {
        "people": (everybody, customer.id),
        "phones": (_phones, customer.id),
        "emails": (_emails, customer.id),
        "deals": (_newest_deals(user.deal_sight), customer.id, user.id),
        "losing": (losing_of, customer.id),
        "ways_closed": (ways_closed, customer.id, 0),
    }


def reach_of(customer: Customer) -> tuple[list[CustomerPhone], list[CustomerEmail]]:
    return _phones(customer.id), _emails(customer.id)


_phones = prepared(
    lambda customer: CustomerPhone.select().where(CustomerPhone.customer == customer).order_by(CustomerPhone.position)
)
_emails = prepared(
    lambda customer: CustomerEmail.select().where(CustomerEmail.customer == customer).order_by(CustomerEmail.position)
)
