"""What the rows of cases, quotations and assets stand on: their customer, the deal of a quotation, the case that a
duplicate repeats; and what is here already. Everything that is missing refuses its row before anything is written."""

from collections.abc import Callable

from carmanana.core.text import fold
from carmanana.importing.customer_matches import Acquaintances
from carmanana.importing.entries import Entry
from carmanana.importing.fields import ASSETS, CASES, QUOTATIONS
from carmanana.importing.records.deals import find_deals
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import DUPLICATE, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.quotations import Quotation


def refuse_namesakes(entries: list[Entry], known: Acquaintances) -> None:
    """Those that are found by name alone, where several have it."""
    for entry in entries:
        if many := known.namesakes_of(entry):
            sentence = f"{many} customers are called {entry.name}. Add a number or an address that tells which one."
            entry.refuse("namesakes", sentence)


def settle(kind: str, entries: list[Entry], known: Acquaintances, reading, batch_id: int) -> None:
    """`reading` makes the deals that are not here, where that was chosen."""
    if kind == CASES:
        _refuse(entries, cases_here(entries), lambda entry: entry.record.external_id)
        _refuse_without_original(entries, known)
    elif kind == ASSETS:
        _refuse(entries, assets_here(entries, known), lambda entry: mark_of_asset(entry, known))
    elif kind == QUOTATIONS:
        _refuse(entries, quotations_here(entries), lambda entry: entry.reference)
        find_deals([entry for entry in entries if not entry.troubles], known, reading, batch_id)


def _refuse(entries: list[Entry], here: set, mark: Callable[[Entry], object]) -> None:
    """What is here already, or stands in an earlier row."""
    seen = set(here)
    for entry in entries:
        said = mark(entry)
        if said and said in seen:
            entry.refuse("here_already", f"{_called(said)} is here already.")
        elif said and not entry.troubles:
            seen.add(said)


def _called(said) -> str:
    return f"“{said}”" if isinstance(said, str) else f"“{said[1]}” of this customer"


# cases


def cases_here(entries: list[Entry]) -> set[str]:
    """References that are taken; "#12" is our own case 12 where it is of that customer with that subject."""
    wanted = {entry.record.external_id for entry in entries} - {""}
    taken = CustomerCase.select(CustomerCase.external_id).where(CustomerCase.external_id.in_(wanted))
    return {said for (said,) in taken.tuples()} | _our_own(entries)


def _our_own(entries: list[Entry]) -> set[str]:
    numbers = {n: entry for entry in entries if (n := _our_number(entry.record.external_id))}
    found = CustomerCase.select(CustomerCase, Customer).join(Customer).where(CustomerCase.id.in_(list(numbers)))
    return {
        numbers[case.id].record.external_id
        for case in (found if numbers else ())
        if (case.subject, case.customer.folded) == (numbers[case.id].record.subject, fold(numbers[case.id].name))
    }


def _our_number(reference: str) -> int:
    digits = reference.removeprefix("#")
    return int(digits) if reference[:1] == "#" and digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _refuse_without_original(entries: list[Entry], known: Acquaintances) -> None:
    repeats = [entry for entry in entries if entry.original]
    found = set(originals(repeats)) if repeats else set()
    found |= {
        (whose(entry, known), entry.record.external_id)
        for entry in entries
        if entry.record.state != DUPLICATE and entry.record.external_id and not entry.troubles
    }
    for entry in repeats:
        if (whose(entry, known), entry.original) not in found:
            sentence = (
                f"The case “{entry.original}” that it repeats is not here yet. Import that one first, then this row."
            )
            entry.refuse("original", sentence)


def originals(repeats: list[Entry]) -> dict[tuple[int, str], int]:
    """The ids of the cases that these repeat, by customer and reference."""
    found = CustomerCase.select(CustomerCase.customer, CustomerCase.external_id, CustomerCase.id)
    wanted = CustomerCase.external_id.in_({entry.original for entry in repeats})
    return {(owner, said): n for owner, said, n in found.where(wanted, CustomerCase.state != DUPLICATE).tuples()}


def whose(entry: Entry, known: Acquaintances) -> int | str:
    """The id of a customer who is here, or the name of a new one."""
    customer = known.met(entry)
    return customer.id if customer else fold(entry.name)


# assets and quotations


def mark_of_asset(entry: Entry, known: Acquaintances) -> tuple | None:
    """By its VIN or number; else by what it is and since when, where both are said."""
    asset = entry.record
    if asset.identifier:
        return whose(entry, known), asset.identifier
    return (whose(entry, known), asset.name, asset.held_since) if asset.held_since else None


def assets_here(entries: list[Entry], known: Acquaintances) -> set[tuple]:
    ids = [one.id for entry in entries if (one := known.met(entry))]
    found = Asset.select(Asset.customer, Asset.identifier, Asset.name, Asset.held_since).where(Asset.customer.in_(ids))
    return {
        (owner, identifier) if identifier else (owner, name, since)
        for owner, identifier, name, since in (found.tuples() if ids else ())
    }


def quotations_here(entries: list[Entry]) -> set[str]:
    wanted = {entry.reference for entry in entries} - {""}
    numbers = [n for said in wanted if (n := number_of(said))]
    ours = Quotation.select(Quotation.number).where(Quotation.number.in_(numbers)).tuples() if numbers else ()
    theirs = Quotation.select(Quotation.external_id).where(Quotation.external_id.in_(wanted)).tuples() if wanted else ()
    return {f"Q-{number}" for (number,) in ours} | {said for (said,) in theirs}


def number_of(reference: str) -> int:
    """7 of "Q-7", as our own quotations are numbered; 0 of any other."""
    digits = reference.removeprefix("Q-")
    return int(digits) if reference[:2] == "Q-" and digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
