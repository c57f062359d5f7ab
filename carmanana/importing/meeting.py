"""Customers that are the same person: an exact email or a whole, valid phone number proves it.
A first name and seven digits prove nothing."""

from peewee import fn

from carmanana.customers.models import Customer, CustomerEmail, CustomerPhone

from .entries import Entry


class Acquaintances:
    """Whom we know already by the addresses and numbers of a chunk of entries."""

    def __init__(self, entries: list[Entry]):
        emails = {address.lower() for entry in entries for address in entry.emails}
        phones = {e164 for entry in entries for _, e164 in entry.phones if e164}
        self.by_email = _owners(CustomerEmail, fn.LOWER(CustomerEmail.address), emails)
        self.by_phone = _owners(CustomerPhone, CustomerPhone.e164, phones)
        ids = {*self.by_email.values(), *self.by_phone.values()}
        self.customers = {customer.id: customer for customer in Customer.select().where(Customer.id.in_(ids))} if ids else {}

    def met(self, entry: Entry) -> Customer | None:
        known = [self.by_email.get(address.lower()) for address in entry.emails]
        known += [self.by_phone.get(e164) for _, e164 in entry.phones if e164]
        return next((self.customers[key] for key in known if key), None)

    def introduce(self, customer: Customer, entry: Entry) -> None:
        """Remember them for the rows that follow."""
        self.customers[customer.id] = customer
        for address in entry.emails:
            self.by_email.setdefault(address.lower(), customer.id)
        for _, e164 in entry.phones:
            if e164:
                self.by_phone.setdefault(e164, customer.id)


def _owners(model, key, wanted: set[str]) -> dict[str, int]:
    """The first customer that has each address or number."""
    if not wanted:
        return {}
    found = model.select(key, model.customer).where(key.in_(wanted)).order_by(model.customer.desc())
    return dict(found.tuples())
