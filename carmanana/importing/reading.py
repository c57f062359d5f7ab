"""Rows of one file, read by its terms."""

from carmanana.core import clock
from carmanana.core.phones import country_of
from carmanana.customers.contact import zone_of
from carmanana.importing.cells import values
from carmanana.importing.cells.words import Unclear
from carmanana.importing.choices import NOBODY, Choices, fold
from carmanana.importing.columns import DEAL_FIELDS, DETAIL, OPT_OUTS
from carmanana.importing.entries import Cells, Columns, Entry, opted_out
from carmanana.importing.expiries import read_expiry
from carmanana.importing.fields import ASSETS, CASES, QUOTATIONS
from carmanana.importing.files.sheets import Row
from carmanana.importing.inquiries import read_lead
from carmanana.importing.kinds import LEADS
from carmanana.importing.orders import OrderReading
from carmanana.importing.records.assets import AssetReading
from carmanana.importing.records.cases import CaseReading
from carmanana.importing.records.quotations import QuotationReading
from carmanana.importing.terms import Terms
from carmanana.records.people import User

LONGEST_NAME = 200
KEPT_IN_WORDS = ("deal_name", "lead_status", "colour", "body", "engine", "transmission", "notes")
PARTS_OF_NAME = ("first_name", "middle_name", "last_name", "name_suffix")
HERE = "America/New_York"
TOTALS = frozenset(
    ["total", "totals", "grand total", "subtotal", "sub-total", "sub total", "summe", "gesamt", "gesamtsumme",
     "zwischensumme", "total general", "total général", "totale", "totaal", "suma"]
)  # fmt: skip
OF_RECORDS = {CASES: CaseReading, QUOTATIONS: QuotationReading, ASSETS: AssetReading}


class Reading:
    def __init__(self, terms: Terms, choices: Choices, by: User | None = None):
        self.terms = terms
        self.columns = Columns(terms)
        self.people = choices.people
        self.zone = by.timezone if by else HERE
        self.order = OrderReading(terms, choices, by, clock.today(self.zone), self.zone) if terms.deals else None
        self.records = OF_RECORDS[terms.kind](terms, choices, by, self.zone) if terms.records else None

    def entry(self, row: Row) -> Entry:
        entry = Entry(row)
        if row.fault:
            entry.refuse("row", row.fault)
            return entry
        cells = Cells(self.columns, entry)
        self._read_customer(entry, cells)
        if self.records:
            self.records.read(entry, cells)
            return entry
        self._read_owner(entry, cells)
        read_expiry(entry, cells, clock.today(self.zone))
        if self.order:
            entry.details += cells.as_details(DETAIL, *KEPT_IN_WORDS)
            self.order.read(entry, cells)
        else:
            entry.facts["details"] = "\n".join(entry.details + cells.as_details(DETAIL, *sorted(DEAL_FIELDS)))
            if self.terms.kind == LEADS:
                read_lead(entry, cells, clock.today(self.zone))
        return entry

    def _read_owner(self, entry: Entry, cells: Cells) -> None:
        """Whose it is, deal or customer; a name that is matched to nobody stays in words."""
        chosen = cells.choice("owner")
        owner = self.people.get(chosen)
        entry.owner = owner.id if owner else None
        if chosen == NOBODY:
            entry.details += cells.as_details("owner")

    def _read_customer(self, entry: Entry, cells: Cells) -> None:
        entry.name = _name(cells)
        region, country = cells.words("region"), cells.words("country")
        entry.phones = self._phones(cells, country_of(country) or country_of(region) or self.terms.phone_region)
        entry.emails = _emails(cells)
        zones = [zone_of(e164) for _, e164 in entry.phones[:1]]
        entry.facts = {"region": region or country, "language": cells.words("language"), "timezone": "".join(zones)}
        every = cells.read("no_contact", opted_out)
        entry.facts |= {key: True for key in OPT_OUTS if cells.read(key, opted_out) or every}
        entry.details = _not_told(cells)
        if not entry.name and not any(trouble.code == "words" for trouble in entry.troubles):
            entry.refuse("name", "The row has no customer's name.")
        if fold(entry.name).rstrip(" :") in TOTALS and not (entry.phones or entry.emails):
            entry.refuse("name", f"“{entry.name}” is the line of sums beneath a list, not a customer.")

    def _phones(self, cells: Cells, country: str) -> list[tuple[str, str | None]]:
        found = {}
        for heading, text, _ in cells.all("phone"):
            try:
                found |= {typed: values.phone(typed, country) for typed in values.phones(text, country)}
            except Unclear as unclear:
                cells.entry.refuse("phone", f"{heading}: {unclear.sentence}")
        return list(found.items())


def _name(cells: Cells) -> str:
    whole = cells.words("name", LONGEST_NAME)
    return whole or " ".join(filter(None, (cells.words(part) for part in PARTS_OF_NAME)))


def _not_told(cells: Cells) -> list[str]:
    """What stands beside a whole name, or a country beside a region."""
    spare = [
        key
        for key in PARTS_OF_NAME
        if cells.all("name") and cells.words(key).casefold() not in cells.words("name", LONGEST_NAME).casefold()
    ]
    return cells.as_details(*spare, *(["country"] if cells.all("region") else []))


def _emails(cells: Cells) -> list[str]:
    found = {}
    for heading, text, _ in cells.all("email"):
        try:
            found |= {address.lower(): address for address in values.emails(text)}
        except Unclear as unclear:
            cells.entry.refuse("email", f"{heading}: {unclear.sentence}")
    return list(found.values())
