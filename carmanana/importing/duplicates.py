"""Rows of people who are here already or stand in an earlier row, shown before the import with what becomes of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from carmanana.core.workflow import Refusal, Refused
from carmanana.customers.contact import named_by
from carmanana.customers.names import may_be_one, near
from carmanana.importing.customer_matches import Acquaintances, proofs
from carmanana.importing.entries import Entry
from carmanana.importing.terms import NEW, SKIP, USE
from carmanana.records.customers import Customer
from carmanana.records.people import User

CHOICES = {USE: "Use the customer who is here", NEW: "Make a new customer", SKIP: "Leave the row out"}
LISTED = 25
LOOKED = 40  # rows whose names are compared; more would take seconds


@dataclass
class Likely:
    """`sure`: by a number or an address; without it the row makes a new client unless one says otherwise."""

    number: int
    name: str
    why: str
    sure: bool
    customer: Customer | None = None

    @property
    def options(self) -> dict[str, str]:
        if self.sure:
            return {"": "As chosen for all"} | CHOICES
        named = {str(self.customer.id): f"Use {self.customer.name}"} if self.customer else {}
        return {"": CHOICES[NEW]} | named | {SKIP: CHOICES[SKIP]}


def likely(entries: list[Entry], known: Acquaintances, by: User | None) -> list[Likely]:
    """In the order of the file."""
    found = {one.number: one for one in _proven(entries, known)}
    for entry in entries[:LOOKED] if by else ():
        if entry.row.number not in found and len(entry.name.split()) > 1:
            found |= {one.number: one for one in _alike(entry, by)}
    return sorted(found.values(), key=lambda one: one.number)


def _proven(entries: list[Entry], known: Acquaintances) -> Iterator[Likely]:
    """By the rule that brings them in; who shares a line or an address under another name is shown too."""
    seen: dict[str, list[tuple[int, str]]] = {}
    for entry in entries:
        number, sharing = entry.row.number, [one for proof in proofs(entry) for one in seen.get(proof, ())]
        earlier = next((row for row, name in sharing if may_be_one(name, entry.name)), None)
        for proof in proofs(entry):
            seen.setdefault(proof, []).append((number, entry.name))
        if customer := known.met(entry):
            yield Likely(
                number,
                entry.name,
                f"is here already, as {customer.name}: {_shared(entry, known, customer)}",
                True,
                customer,
            )
        elif earlier:
            yield Likely(number, entry.name, f"is the same as in row {earlier}", True)
        elif other := known.shares(entry):
            yield Likely(
                number,
                entry.name,
                f"has the {_shared(entry, known, other)} as {other.name}, under another name",
                False,
                other,
            )
        elif sharing:
            yield Likely(
                number, entry.name, f"has the same number or address as row {sharing[0][0]}, under another name", False
            )


def _shared(entry: Entry, known: Acquaintances, customer: Customer) -> str:
    if not proofs(entry):
        return "same name"
    numbers = proofs(entry)[len(entry.emails) :]
    return "same number" if any(customer.id in known.known.get(number, ()) for number in numbers) else "same address"


def _alike(entry: Entry, by: User) -> list[Likely]:
    alike = sorted(near(by, entry.name), key=lambda found: (-found[1], -found[0].id))[:1]
    return [
        Likely(entry.row.number, entry.name, f"is like {customer.name}, {much} %", False, customer)
        for customer, much in alike
    ]


def chosen(known: str, rows: Iterable[tuple[str, str]], by: User | None) -> dict:
    """What a person chose for all and for single rows, as the terms keep it."""
    rows = {number: choice for number, choice in rows if choice}
    named = {choice for choice in rows.values() if choice not in CHOICES}
    if known not in CHOICES or len(rows) > LISTED or not all(_is_of_a_client(choice, by) for choice in named):
        raise Refused([Refusal("twins", "Choose from the list what becomes of people who are here already.")])
    return {"known": known, "rows": rows}


def _is_of_a_client(choice: str, by: User | None) -> bool:
    return by is not None and named_by(choice, by) is not None
