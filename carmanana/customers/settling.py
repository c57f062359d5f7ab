"""Whom a form means: a customer who is here already, or a new one."""

from collections.abc import Iterable

from peewee import fn

from carmanana.core import audit
from carmanana.core.db import change, transaction
from carmanana.core.phones import HOME, country_of, e164
from carmanana.core.text import digits
from carmanana.core.workflow import Refusal, Refused
from carmanana.customers.duplicates import proofs
from carmanana.records.customers import WISHES, Customer, CustomerEmail, CustomerPhone
from carmanana.records.people import User
from carmanana.schema import locked_people

from .contact import enter, named_by, refuse_unclear

NEW = "new"


def settle(by: User, choice: str, name: str, phones: Iterable[str], emails: Iterable[str], **facts) -> Customer:
    """Where a number or an address is known already, one must say who it is. `choice`: a customer's id, or NEW.
    `facts` (region, language) are of a new customer; of one who is here they fill what was not known."""
    with transaction():
        if choice and choice != NEW:
            return met_again(_chosen(by, choice), by, phones, emails, **facts)
        known = list(proofs(phones, emails))
        if known and not choice:
            raise Refused(
                [Refusal("twin", "Somebody has this number or address already. Say who it is.", field="duplicate")]
            )
        return enter(by, name, phones, emails, **facts, **wishes_of(known))


def _chosen(by: User, choice: str) -> Customer:
    customer = named_by(choice, by)
    if customer is None:
        raise Refused([Refusal("twin", "Choose the customer that it is, or “a new customer”.", field="duplicate")])
    return customer


def wishes_of(known: Iterable[int]) -> dict[str, bool]:
    """Who asked not to be contacted is not contacted under another record either."""
    wishes = [fn.MAX(getattr(Customer, wish)) for wish in WISHES]
    found = Customer.select(*wishes).where(Customer.id.in_(list(known))).tuples().get() if known else ()
    return {wish: True for wish, asked in zip(WISHES, found, strict=False) if asked}


def met_again(customer: Customer, by: User, phones: Iterable[str], emails: Iterable[str], **facts) -> Customer:
    """A number, an address or a fact that was not known of them is written down."""
    refuse_unclear(customer.name, phones, emails)
    phones = [typed for typed in phones if not has_number(customer, typed)]
    emails = [address for address in emails if not customer.emails.where(CustomerEmail.same(address)).exists()]
    for typed in phones:
        CustomerPhone.create(
            customer=customer,
            typed=typed,
            e164=e164(typed, country_of(customer.region) or HOME),
            position=customer.phones.count(),
        )
    for address in emails:
        CustomerEmail.create(customer=customer, address=address, position=customer.emails.count())
    facts = {name: value for name, value in facts.items() if value and not getattr(customer, name)}
    if phones or emails or facts:
        locked_people.refresh(customer.id)
        change(customer, **facts)
        fields = ["emails"] * bool(emails) + ["phones"] * bool(phones) + sorted(facts)
        audit.record("correct", customer, by, fields=fields)
    return customer


def has_number(customer: Customer, typed: str) -> bool:
    whole = e164(typed, country_of(customer.region) or HOME)
    return any(phone.e164 == whole if whole else digits(phone.typed) == digits(typed) for phone in customer.phones)
