"""Customers: finding, making and correcting them; their numbers and addresses."""

import re
from functools import cache

import phonenumbers
from peewee import SQL, fn
from phonenumbers import timezone

from carmanana.contacting import lock
from carmanana.contacting.reached import key, ways
from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.phones import parted
from carmanana.core.query import Numbered, numbered
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.customers import WISHES, Customer, CustomerPhone, Person
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import CUSTOMER_CANCELLATION, User
from carmanana.records.sops import SOP_CONDUCT, SOP_LOCK

from . import reach

FACTS = ("name", "region", "timezone", "language", "mood", *WISHES)


def looks_like_email(address: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", address)) and len(address) <= 254


def looks_like_phone(typed: str) -> bool:
    """Numbers are kept as they are typed, without an area code too; words alone are none."""
    return len(typed) <= 60 and sum(c.isdigit() for c in typed) >= 3


def zone_of(e164_number: str | None) -> str:
    """The one time zone a number can be in; empty where there are several."""
    if not e164_number:
        return ""
    zones = timezone.time_zones_for_number(phonenumbers.parse(e164_number))
    return zones[0] if len(zones) == 1 and zones[0] != "Etc/Unknown" else ""


def enter(by: User, name: str, phones: list[str] = (), emails: list[str] = (), **facts) -> Customer:
    if not by.works_deals:
        raise Forbidden("enter")
    return begin(name, phones, emails, by, owner=by, **facts)


def begin(name: str, phones: list[str], emails: list[str], by: User | None, **facts) -> Customer:
    """A new customer; nobody made them where they came by themselves."""
    phones = one_by_one(phones)
    refuse_unclear(name, phones, emails)
    with transaction():
        customer = Customer.create(name=name.strip(), **facts)
        reach.write(customer, phones, emails)
        if not customer.timezone and customer.phone:
            change(customer, timezone=zone_of(customer.phone.e164))
        audit.record("enter", customer, by)
    return customer


def one_by_one(phones) -> list[str]:
    """Two numbers in a line are two numbers."""
    return [number for typed in phones for number in parted(typed)]


def refuse_unclear(name: str, phones, emails) -> None:
    refusals = []
    if not name.strip():
        refusals.append(Refusal("name", "Enter the customer's name.", field="name"))
    for typed in phones:
        if not looks_like_phone(typed):
            refusals.append(Refusal("phone", f"“{typed}” is not a phone number.", field="phones"))
    for address in emails:
        if not looks_like_email(address):
            refusals.append(Refusal("email", f"“{address}” is not an email address.", field="emails"))
    if refusals:
        raise Refused(refusals)


def correct(customer: Customer, by: User, version: int, phones: list[str], emails: list[str], **facts) -> Customer:
    """Change what is known of a customer. Their wish not to be contacted is taken back by an admin only, and
    elsewhere."""
    if not may_change(customer, by):
        raise Forbidden("correct")
    phones = one_by_one(phones)
    refuse_unclear(facts.get("name", customer.name), phones, emails)
    with transaction():
        fresh = Customer.get_by_id(customer.id)
        if fresh.version != version:
            raise Stale(fresh)
        refuse_while_locked(fresh, by)
        _refuse_lifting(fresh, facts)
        changed = sorted(name for name in FACTS if name in facts and getattr(fresh, name) != facts[name])
        change(fresh, **{name: facts[name] for name in changed})
        reach.write(fresh, phones, emails, Person.first_of(fresh))
        audit.record("correct", fresh, by, fields=changed)
    return fresh


def is_theirs(customer: Customer, by: User, way: str) -> Customer:
    """A number or an address that was found to be wrong is theirs after all."""
    if not may_clear(customer, by):
        raise Forbidden("is_theirs")
    with transaction():
        fresh = Customer.get_by_id(customer.id)
        refuse_while_locked(fresh, by)
        found = next((one for one in ways(fresh) if key(one) == way), None)
        if found is None:
            raise Refused([Refusal("reach", "This number or address is not theirs any more.")], fresh)
        if found.wrong_at:
            type(found).update(wrong_at=None).where(type(found).id == found.id).execute()
            change(fresh)
            audit.record("correct", fresh, by, fields=["phones" if isinstance(found, CustomerPhone) else "emails"])
    return fresh


def may_clear(customer: Customer, by: User) -> bool:
    """Whose customer it is, whoever works a deal of theirs, and managers."""
    if by.is_manager or not by.works_deals:
        return by.is_manager
    return customer.owner_id == by.id or Deal.select().where(Deal.customer == customer, Deal.owner == by).exists()


def refuse_while_locked(customer: Customer, by: User) -> None:
    """While a cancellation of theirs is under review their record is the reviewer's."""
    orders = lock.orders_under_review(customer)
    reviewers = [request.reviewer for request in lock.open_requests(customer)] if orders else []
    if orders and (by not in reviewers if reviewers else not by.is_manager):
        names = " or ".join(dict.fromkeys(reviewer.name for reviewer in reviewers)) or "a manager"
        sentence = f"A cancellation is under review: until it ends only {names} changes this record."
        raise Refused([Refusal("locked", sentence, SOP_LOCK)], customer)


def _refuse_lifting(customer: Customer, facts: dict) -> None:
    lifted = [name for name in WISHES if getattr(customer, name) and not facts.get(name, True)]
    if lifted:
        sentence = (
            "They asked not to be contacted so. Only an admin takes that back, with the reason, on the customer’s page."
        )
        raise Refused([Refusal("do_not_contact", sentence, SOP_CONDUCT, field=lifted[0])], customer)


def may_change(customer: Customer, by: User) -> bool:
    return by.is_manager or (by.works_deals and visible_to(by).where(Customer.id == customer.id).exists())


def may_change_seen(customer: Customer, by: User) -> bool:
    """As `may_change`, of a customer who was found among those that they see."""
    return by.works_deals


def visible_to(user: User):
    return Customer.select().where(visible(user))


def seen_by(user: User, customer_id: int) -> Customer | None:
    """The customer, where this person sees them."""
    return _one_seen(user.roles).first(customer_id, user.id)


@cache
def _one_seen(roles: frozenset[str]) -> Numbered:
    return numbered(lambda customer, by: visible_to(User(id=by, roles=roles)).where(Customer.id == customer))


def named_by(choice: str, by: User) -> Customer | None:
    """The customer whose number a form sent; none whom this person may not see."""
    number = int(choice) if choice.isascii() and choice.isdigit() and len(choice) < 12 else 0
    return seen_by(by, number)


def of_visible(column, user: User):
    """The condition on a record: the customer whom this column of it names is one whom the person may see."""
    if sees_everybody(user):
        return SQL("1")
    return fn.EXISTS(Customer.select(SQL("1")).where(Customer.id == column, visible(user)))


def sees_everybody(user: User) -> bool:
    return user.sees_all or user.has(CUSTOMER_CANCELLATION)


def visible(user: User):
    """The condition for customers this person may see: all, or one's own, the unowned, and those of the deals and leads
    one sees."""
    if sees_everybody(user):
        return SQL("1")
    deals = Deal.select(SQL("1")).where(Deal.customer == Customer.id)
    leads = Lead.select(SQL("1")).where(Lead.customer == Customer.id)
    seen = (
        (Customer.owner == user)
        | fn.EXISTS(deals.where(Deal.visible(user)))
        | fn.EXISTS(leads.where(Lead.visible(user)))
    )
    if user.has("agent"):
        seen |= (
            Customer.unowned()
            & ~fn.EXISTS(deals.where(~Deal.is_unowned()))
            & ~fn.EXISTS(leads.where(~Lead.is_unowned()))
        )
    return seen
