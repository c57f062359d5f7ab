"""The deal of each quotation in a file: by its reference, else the only one that its customer can mean."""

from carmanana.core.text import fold
from carmanana.importing.customer_matches import Acquaintances
from carmanana.importing.entries import Entry
from carmanana.importing.terms import MAKE
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import CANCELLED, LOST, OPEN
from carmanana.records.deals import Deal

NOT_HERE = "No deal of {} is here. Import the deals first, or choose that one is made of the quotation."


def find_deals(entries: list[Entry], known: Acquaintances, reading, batch_id: int) -> None:
    """Gives each quotation its deal, one that is made of it among them; refuses those that have none."""
    deals = Deals(entries, known, batch_id)
    for entry in entries:
        deal = deals.of(entry)
        if deal is None and not entry.troubles:
            deal = deals.made.get(entry.deal_named) or _make(entry, reading)
        if entry.troubles:
            continue
        if entry.record.open and deal.state in (LOST, CANCELLED):
            entry.refuse("deal_ended", "Its deal has ended, and the quotation is open still. Say how it ended.")
        elif entry.deal_named and not deal.id:
            deals.keep(entry, deal)
        entry.record.deal = deal


def _make(entry: Entry, reading) -> Deal | None:
    if reading.terms.no_deal != MAKE:
        entry.refuse("no_deal", NOT_HERE.format(entry.name))
        return None
    entry.deal = reading.make_deal(entry)
    return entry.deal


class Deals:
    """`made` are those that rows of this chunk make, by reference: several quotations may be of one."""

    def __init__(self, entries: list[Entry], known: Acquaintances, batch_id: int):
        self.met = {id(entry): known.met(entry) for entry in entries}
        self.by_reference = self._named({entry.deal_named for entry in entries} - {""})
        self.by_customer = self._of_customers({one.id for one in self.met.values() if one}, batch_id)
        self.made: dict[str, Deal] = {}
        self.makers: dict[str, str] = {}

    def _named(self, wanted: set[str]) -> dict[str, list[Deal]]:
        """By the other system's reference, and by our own number (D-7)."""
        ours = {number: said for said in wanted if (number := own_number(said))}
        named = Deal.external_id.in_(wanted) | Deal.id.in_(list(ours))
        found: dict[str, list[Deal]] = {}
        for deal in Deal.select(Deal, Customer).join(Customer).where(named) if wanted else ():
            for said in {deal.external_id, ours.get(deal.id, "")} & wanted:
                found.setdefault(said, []).append(deal)
        return found

    def _of_customers(self, ids: set[int], batch_id: int) -> dict[int, list[Deal]]:
        """Without those that this very import has made of earlier rows."""
        others = Deal.import_id.is_null() | (Deal.import_id != batch_id)
        found: dict[int, list[Deal]] = {}
        for deal in Deal.select(Deal, Customer).join(Customer).where(Deal.customer.in_(ids), others) if ids else ():
            found.setdefault(deal.customer_id, []).append(deal)
        return found

    def of(self, entry: Entry) -> Deal | None:
        return self._by_its_reference(entry) if entry.deal_named else self._only_one(entry)

    def _by_its_reference(self, entry: Entry) -> Deal | None:
        found, maker = self.by_reference.get(entry.deal_named, []), self.makers.get(entry.deal_named)
        theirs = next((deal for deal in found if self._is_theirs(deal, entry)), None)
        other = next((deal for deal in found if deal.external_id == entry.deal_named), None)
        whose = other.customer.name if other else maker
        if theirs is None and whose and fold(whose) != fold(entry.name):
            entry.refuse("another", f"“{entry.deal_named}” is a deal of {whose}.")
        return theirs

    def _is_theirs(self, deal: Deal, entry: Entry) -> bool:
        customer = self.met[id(entry)]
        return deal.customer_id == customer.id if customer else deal.customer.folded == fold(entry.name)

    def _only_one(self, entry: Entry) -> Deal | None:
        customer = self.met[id(entry)]
        deals = self.by_customer.get(customer.id, []) if customer else []
        open_ones = [deal for deal in deals if deal.state in OPEN]
        likely = open_ones or deals
        if len(likely) > 1:
            sentence = f"{customer.name} has {len(likely)} deals. Name one by its reference, in a column of its own."
            entry.refuse("which_deal", sentence)
        return likely[0] if likely else None

    def keep(self, entry: Entry, deal: Deal) -> None:
        self.made.setdefault(entry.deal_named, deal)
        self.makers.setdefault(entry.deal_named, entry.name)


def own_number(reference: str) -> int:
    digits = reference.removeprefix("D-")
    return int(digits) if reference[:2] == "D-" and digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
