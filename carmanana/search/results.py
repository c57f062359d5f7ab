"""What is found by a few words: customers, deals and activities, the newest first, none that the person may not see."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from peewee import JOIN, Value, fn

from carmanana.core.db import database
from carmanana.customers.contact import visible
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, CUSTOMER_CANCELLATION, HOUSE_ID, User
from carmanana.records.search import SearchAddress, SearchConversation, SearchName, SearchNumber, SearchOrder
from carmanana.schema.search_words import Words

CLIENT, DEAL, ACTIVITY = "client", "deal", "activity"
SHOWN = {CLIENT: 6, DEAL: 6, ACTIVITY: 4}
READ = 1500  # letters of a summary among which the found ones are shown


class Hit(NamedTuple):
    """A customer, a deal, or an activity, whose `id` is then its deal's. `state` is a customer's status or an
    activity's kind."""

    kind: str
    id: int
    name: str
    told: str
    state: str
    owner: str | None


class Wanted(str):
    """In a compiled query, the place of what the `Words` have under this name."""


def find(user: User, words: Words) -> dict[str, list[Hit]]:
    """By kind, in one query. Rights are part of it: no limit cuts before they have chosen."""
    found = {kind: {} for kind in SHOWN}
    asked = tuple(name for name in ("beginnings", "part_of_number", "long_beginnings") if getattr(words, name))
    for row in _rows(user, words, asked) if asked else ():
        hit = Hit(*row[:-1])
        found[hit.kind].setdefault(row[-1], hit)
    return {kind: list(hits.values())[: SHOWN[kind]] for kind, hits in found.items()}


def _rows(user: User, words: Words, asked: tuple[str, ...]) -> list[tuple]:
    sql, values = _compiled(user, user.roles, asked)
    return database.execute_sql(
        sql, [getattr(words, value) if isinstance(value, Wanted) else value for value in values]
    ).fetchall()


@lru_cache(maxsize=500)
def _compiled(user: User, roles: frozenset[str], asked: tuple[str, ...]) -> tuple[str, list]:
    """Writing the query takes longer than running it; it is the same for a person until their roles change."""
    told = [query.sql() for query in _queries(user, asked)]
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _ in told)
    return sql, [value for _, values in told for value in values]


def _queries(user: User, asked: tuple[str, ...]) -> Iterator:
    if "beginnings" in asked:
        yield _newest(_named(user), SearchName, "beginnings")
        yield _newest(_reached(user, SearchAddress, CustomerEmail, CustomerEmail.address), SearchAddress, "beginnings")
    if "part_of_number" in asked:
        yield _newest(_reached(user, SearchNumber, CustomerPhone, CustomerPhone.typed), SearchNumber, "part_of_number")
    if "beginnings" in asked:
        yield _newest(_orders(user), SearchOrder, "beginnings")
    if "long_beginnings" in asked:
        yield _newest(_conversations(user), SearchConversation, "long_beginnings")


def _newest(query, index, wanted: str):
    """The index goes first, backwards, and stops when enough are found."""
    return query.where(index.tells(Wanted(wanted))).order_by(index.id.desc()).limit(max(SHOWN.values()))


def _columns(kind: str, opens, told, state, key):
    return Value(kind), opens, Customer.name, told, state, User.name, key


def _with_owner(query, owner):
    return query.join_from(owner.model, User, JOIN.LEFT_OUTER, on=(owner == User.id) & (User.id != HOUSE_ID))


def _named(user: User):
    columns = _columns(CLIENT, Customer.id, Value(""), Customer.status, Customer.id)
    found = SearchName.select(*columns).join(Customer, on=Customer.id == SearchName.id)
    return _with_owner(found, Customer.owner).where(visible(user), *_among_few(SearchName.id, user, _own_clients))


def _reached(user: User, index, reach, told):
    columns = _columns(CLIENT, Customer.id, told, Customer.status, Customer.id)
    found = index.select(*columns).join(reach, on=reach.id == index.id).join(Customer)
    return _with_owner(found, Customer.owner).where(visible(user), *_among_few(reach.customer, user, _own_clients))


def _orders(user: User):
    vehicle = fn.TRIM(
        fn.COALESCE(Deal.vehicle_year, "").concat(" ").concat(Deal.vehicle_make).concat(" ").concat(Deal.vehicle_model)
    )
    told = vehicle.concat(" ").concat(Deal.external_id)
    found = (
        SearchOrder.select(*_columns(DEAL, Deal.id, told, Deal.state, Deal.id))
        .join(Deal, on=Deal.id == SearchOrder.id)
        .join(Customer)
    )
    return _with_owner(found, Deal.owner).where(Deal.visible(user), *_among_few(SearchOrder.id, user, _own_deals))


def _conversations(user: User):
    told = Activity.subject.concat(" ").concat(fn.SUBSTR(Activity.summary, 1, READ))
    columns = _columns(ACTIVITY, Deal.id, told, Activity.kind, Activity.id)
    found = SearchConversation.select(*columns).join(Activity, on=Activity.id == SearchConversation.id).join(Deal)
    return _with_owner(found.join(Customer), Activity.author).where(
        Deal.visible(user), *_among_few(Activity.deal, user, _own_deals)
    )


def _among_few(key, user: User, own) -> list:
    """Who sees a few customers and deals only would walk past everybody else's: theirs are listed first. `+ 0` keeps
    the index from being asked for each of them."""
    sees_many = user.sees_all or user.has(AGENT, CUSTOMER_CANCELLATION)
    return [] if sees_many else [(key + 0).in_(own(user))]


def _own_deals(user: User):
    return Deal.select(Deal.id).where(Deal.visible(user))


def _own_clients(user: User):
    return Customer.select(Customer.id).where(Customer.owner == user) | Deal.select(Deal.customer).where(
        Deal.visible(user)
    )
