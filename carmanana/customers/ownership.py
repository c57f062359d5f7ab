"""Whose customer it is."""

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sops import SOP_OWNER


def assign(customer: Customer, owner: User | None, reason: str, by: User, version: int) -> Customer:
    """A manager gives a customer to somebody else and says why; the customer's deals stay whose they are."""
    if not by.is_manager:
        raise Forbidden("assign")
    with transaction():
        fresh = Customer.get_by_id(customer.id)
        if fresh.version != version:
            raise Stale(fresh)
        _refuse(fresh, owner, reason)
        entrust(fresh, owner, by)
        Activity.create(
            customer=fresh, kind="note", subject=f"Customer given to {owner.name}", summary=reason.strip(), author=by
        )
        Notification.tell(owner, "customer_mine", f"{fresh.name} is your customer now", by, customer=fresh)
    return fresh


def _refuse(customer: Customer, owner: User | None, reason: str) -> None:
    refusals = [refusal for refusal in (_is_not_here(owner), _is_the_same(customer, owner)) if refusal]
    if not reason.strip():
        refusals.append(Refusal("reason", "Say why, in words.", SOP_OWNER, field="reason"))
    if refusals:
        raise Refused(refusals, customer)


def _is_not_here(owner: User | None):
    if owner is None or not (owner.active and owner.works_deals):
        return Refusal("owner", "Choose somebody who is here and works deals.", SOP_OWNER, field="owner")


def _is_the_same(customer: Customer, owner: User | None):
    if owner and owner.id == customer.owner_id:
        return Refusal("same_owner", f"{owner.name} has this customer already.", SOP_OWNER, field="owner")


def entrust(customer: Customer, owner: User, by: User) -> None:
    """The customer changes hands along with something else; call it inside that transaction."""
    if refusal := _is_not_here(owner):
        raise Refused([refusal], customer)
    was = customer.owner_id
    change(customer, owner=owner)
    audit.record("entrust", customer, by, was_owner=was, owner=owner.id)
