"""A new expiry of a customer."""

from datetime import date

from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Attempt, Forbidden, Refused
from carmanana.expiries import rules
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer, Person
from carmanana.records.expiries import OURS, SET, Expiry
from carmanana.records.notifications import Notification
from carmanana.records.people import User


def enter(
    customer: Customer,
    by: User,
    on: date | None,
    kind: str = OURS,
    supplier: str = "",
    about: str = "",
    owner: User | None = None,
    person: Person | None = None,
) -> Expiry:
    """The customer's owner has it, where nobody else is named."""
    if not works_for(customer, by):
        raise Forbidden("set_expiry")
    expiry = Expiry(customer=customer, kind=kind, person=person, set_by=by)
    attempt = Attempt(expiry, by, "set", {"on": on, "kind": kind, "supplier": supplier, "owner": owner})
    asked = (rules.kind_chosen, rules.supplier_named, rules.day_is_ahead, *((rules.owner_is_here,) if owner else ()))
    if refused := [refusal for rule in asked if (refusal := rule(attempt))]:
        raise Refused(refused)
    owner = owner or _owner(customer)
    words = {"supplier": (supplier or "").strip(), "about": (about or "").strip()}
    with transaction():
        made = Expiry.create(**expiry.__data__ | words, on=on, owner=owner)
        audit.record("set_expiry", made, by, None, SET, owner=owner and owner.id, on=on.isoformat())
        Notification.tell(owner, "expiry", f"{customer.name}: an expiry is yours now", by, customer=customer)
    return made


def _owner(customer: Customer) -> User | None:
    owner = customer.owner
    return owner if owner and owner.active else None
