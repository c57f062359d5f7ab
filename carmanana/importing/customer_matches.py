"""Customers that are the same person: an exact email or a whole, valid phone number, and a name that may be theirs.
People share an exchange, a landline and a family's address, so another name is another person; a first name and seven
digits prove nothing."""

from collections import defaultdict

from peewee import fn

from carmanana.core.phones import line
from carmanana.core.text import fold
from carmanana.customers.names import may_be_one
from carmanana.importing.entries import Entry
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone


class Acquaintances:
    """Whom we know already by the addresses and lines of a chunk of entries; by name too, within the `batch` of an
    import whose rows of one name are one customer. `named`: a row with neither number nor address is of whoever alone
    has its name."""

    def __init__(self, entries: list[Entry], batch_id: int | None = None, named: bool = False):
        self.known: dict[str, list[int]] = defaultdict(list)
        self._find(
            CustomerEmail,
            fn.LOWER(CustomerEmail.address),
            {address.lower() for entry in entries for address in entry.emails},
        )
        self._find(CustomerPhone, CustomerPhone.e164, {e164 for entry in entries for _, e164 in entry.phones if e164})
        ids = {key for keys in self.known.values() for key in keys}
        self.customers = (
            {customer.id: customer for customer in Customer.select().where(Customer.id.in_(ids))} if ids else {}
        )
        self.by_name = self._of_batch(entries, batch_id) if batch_id else None
        self.namesakes = self._namesakes(entries) if named else None

    def _find(self, model, key, wanted: set[str]) -> None:
        typed = CustomerPhone.typed if model is CustomerPhone else key
        if wanted:
            for proof, customer_id, written in (
                model.select(key, model.customer, typed).where(key.in_(wanted)).order_by(model.customer).tuples()
            ):
                self.known[line(written, proof) if model is CustomerPhone else proof].append(customer_id)

    def _of_batch(self, entries: list[Entry], batch_id: int) -> dict[str, int]:
        names = {fold(entry.name) for entry in entries}
        found = (
            Customer.select()
            .where(Customer.import_id == batch_id, Customer.folded.in_(names))
            .order_by(Customer.id.desc())
        )
        self.customers |= {customer.id: customer for customer in found}
        return {customer.folded: customer.id for customer in found}

    def _namesakes(self, entries: list[Entry]) -> dict[str, list[int]]:
        names = {fold(entry.name) for entry in entries if not proofs(entry)}
        found: dict[str, list[int]] = defaultdict(list)
        for customer in Customer.select().where(Customer.folded.in_(names)) if names else ():
            self.customers[customer.id] = customer
            found[customer.folded].append(customer.id)
        return found

    def namesakes_of(self, entry: Entry) -> int:
        """How many may be meant, where it is more than one."""
        many = 0 if self.namesakes is None or proofs(entry) else len(self.namesakes[fold(entry.name)])
        return many if many > 1 else 0

    def met(self, entry: Entry) -> Customer | None:
        """Who is the same person."""
        if self.by_name is not None and (key := self.by_name.get(fold(entry.name))):
            return self.customers[key]
        if self.namesakes is not None and not proofs(entry):
            alone = self.namesakes[fold(entry.name)]
            return self.customers[alone[0]] if len(alone) == 1 else None
        return next((customer for customer in self._sharing(entry) if may_be_one(customer.name, entry.name)), None)

    def shares(self, entry: Entry) -> Customer | None:
        """Who has the same line or address, whatever their name."""
        return next(self._sharing(entry), None)

    def _sharing(self, entry: Entry):
        return (self.customers[key] for proof in proofs(entry) for key in self.known.get(proof, ()))

    def introduce(self, customer: Customer, entry: Entry) -> None:
        """Remember them for the rows that follow."""
        self.customers[customer.id] = customer
        for proof in proofs(entry):
            if customer.id not in self.known[proof]:
                self.known[proof].append(customer.id)
        if self.namesakes is not None and customer.id not in self.namesakes[customer.folded]:
            self.namesakes[customer.folded].append(customer.id)
        if self.by_name is not None:
            self.by_name.setdefault(fold(entry.name), customer.id)


def proofs(entry: Entry) -> list[str]:
    """The addresses and whole lines of a row; another extension is another line."""
    return [address.lower() for address in entry.emails] + [line(typed, e164) for typed, e164 in entry.phones if e164]
