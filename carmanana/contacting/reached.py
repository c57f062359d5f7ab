"""What a contact tells of the number or address that it went by: that it is wrong, or that it is theirs after all."""

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.activities import CONNECTED, WRONG, Activity
from carmanana.records.customers import CustomerEmail, CustomerPhone

BY_PHONE = ("call", "voicemail", "text")


def learn(contact: Activity, reached_at: str | None = None) -> None:
    """`reached_at` names it, as phone-12 or email-3; else it is the first that is not known to be wrong."""
    if contact.direction != "out" or contact.outcome not in (WRONG, *CONNECTED):
        return
    found = _named(contact, reached_at) or _only(contact)
    if found:
        model = type(found)
        model.update(wrong_at=clock.now() if contact.outcome == WRONG else None).where(model.id == found.id).execute()


def ways(customer) -> list[CustomerPhone | CustomerEmail]:
    """Every number and address, as they are listed."""
    return [*phones_of(customer), *emails_of(customer)]


def key(way: CustomerPhone | CustomerEmail) -> str:
    return f"{'phone' if isinstance(way, CustomerPhone) else 'email'}-{way.id}"


def _named(contact: Activity, reached_at: str | None):
    return next((way for way in of_kind(contact.customer_id, contact.kind) if key(way) == reached_at), None)


def _only(contact: Activity):
    """Whom a wrong number was the first of is plain; that one of several works is not."""
    found = of_kind(contact.customer_id, contact.kind)
    if contact.outcome == WRONG:
        return next((way for way in found if way.wrong_at is None), None)
    return found[0] if len(found) == 1 and found[0].wrong_at else None


def of_kind(customer, kind: str) -> list[CustomerPhone | CustomerEmail]:
    """The numbers or addresses by which a contact of a kind goes."""
    return (emails_of if kind == "email" else phones_of)(customer)


@prepared
def phones_of(customer):
    return CustomerPhone.select().where(CustomerPhone.customer == customer).order_by(CustomerPhone.position)


@prepared
def emails_of(customer):
    return CustomerEmail.select().where(CustomerEmail.customer == customer).order_by(CustomerEmail.position)
