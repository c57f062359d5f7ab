"""One row of a file as a customer and a deal, or as the reasons why it cannot be one."""

from dataclasses import dataclass, field
from datetime import date

from carmanana.importing.cells import dates, values
from carmanana.importing.cells.words import Unclear, blank, missing, paragraph, words
from carmanana.importing.choices import fold
from carmanana.importing.columns import ASK, DETAIL, FIELDS
from carmanana.importing.files.sheets import Row
from carmanana.importing.terms import Terms
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.deals import Deal, Hold
from carmanana.records.expiries import Expiry
from carmanana.records.leads import Lead
from carmanana.records.quotations import Quotation, QuotationLine

YES = {
    "yes",
    "y",
    "true",
    "t",
    "1",
    "x",
    "on",
    "checked",
    "✓",
    "✔",
    "☑",
    "ja",
    "oui",
    "sí",
    "si",
    "sim",
    "wahr",
    "vrai",
    "verdadero",
}
NO = {"no", "n", "false", "f", "0", "off", "unchecked", "☐", "nein", "non", "não", "falsch", "faux", "falso"}
OUT = YES | {
    "opted out",
    "opt out",
    "unsubscribed",
    "unsubscribe",
    "do not call",
    "do not email",
    "do not text",
    "do not contact",
    "dnc",
    "no consent",
    "blocked",
    "declined",
}
IN = NO | {"opted in", "opt in", "subscribed", "allowed", "ok", "consented", "consent given", "may contact"}


@dataclass
class Trouble:
    code: str
    sentence: str


@dataclass
class Entry:
    """`hold` and `deposit_cents` are to stand beside the deal, `lines` beneath the quotation. `reference` and
    `deal_named` are how the file names the quotation and its deal, `original` the case that this one repeats. Any
    trouble refuses the row."""

    row: Row
    name: str = ""
    phones: list[tuple[str, str | None]] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    facts: dict = field(default_factory=dict)
    details: list[str] = field(default_factory=list)
    deal: Deal | None = None
    lead: Lead | None = None
    expiry: Expiry | None = None
    record: CustomerCase | Quotation | Asset | None = None
    lines: list[QuotationLine] = field(default_factory=list)
    reference: str = ""
    deal_named: str = ""
    original: str = ""
    hold: Hold | None = None
    deposit_cents: int | None = None
    deposit_on: date | None = None
    owner: int | None = None
    customer_id: int = 0
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def beside(self) -> dict:
        return {"deposit_cents": self.deposit_cents} | ({"hold": self.hold} if self.hold else {})

    def refuse(self, code: str, sentence: str) -> None:
        self.troubles.append(Trouble(code, sentence))


class Cells:
    """The cells of a row by field. What cannot be read becomes a trouble of its entry."""

    def __init__(self, columns: "Columns", entry: Entry):
        self.columns, self.entry = columns, entry
        self.said: dict[str, list[tuple[str, str, int]]] = {}
        for key, heading, place, says_nothing in columns.used:
            text = entry.row.cells[place].strip()
            if not says_nothing(text):
                self.said.setdefault(key, []).append((heading, text, place))

    def all(self, key: str) -> list[tuple[str, str, int]]:
        """Heading, text and place of each cell of a field that says something."""
        return self.said.get(key, [])

    def read(self, key: str, reader, *more):
        for heading, text, _ in self.all(key):
            try:
                return reader(words(text), *more)
            except Unclear as unclear:
                self.entry.refuse(FIELDS[key].reads, f"{heading}: {unclear.sentence}")
        return None

    def words(self, key: str, most: int = 120) -> str:
        return self.read(key, _short, most) or ""

    def date(self, key: str, latest: date | None = None) -> date | None:
        """A date; where `latest` is given it has happened already."""
        for _, _, place in self.all(key)[:1]:
            found = self.read(key, dates.day, self.columns.terms.order(place))
            if found and latest and found > latest:
                self.entry.refuse("date", f"{FIELDS[key].label}: {found:%-d %b %Y} is in the future.")
            return found
        return None

    def cents(self, key: str) -> int | None:
        """An amount, read as its column is."""
        for _, _, place in self.all(key)[:1]:
            return self.read(key, values.cents, self.columns.terms.number_style(place))
        return None

    def choice(self, key: str) -> str:
        """What the word in a cell was mapped to; empty where there is none."""
        text = self.words(key, 10_000)
        if not text:
            return ""
        chosen = self.columns.terms.values.get(key, {}).get(fold(text[:200]), "")
        if not chosen:
            self.entry.refuse("word", f"{FIELDS[key].label}: “{text[:60]}” is matched to nothing here.")
        return chosen

    def as_details(self, *keys: str) -> list[str]:
        """Lines of text for what has no field of its own."""
        return [f"{_called(key, heading)}: {_full(text)}" for key in keys for heading, text, _ in self.all(key)]


def _called(key: str, heading: str) -> str:
    return heading if key == DETAIL else FIELDS[key].label.removeprefix("Vehicle: ").capitalize()


def _full(text: str) -> str:
    """Every word that a cell holds, its lines kept."""
    return paragraph(text) if len(text.splitlines()) > 1 else words(text)


def _short(text: str, most: int) -> str:
    if "E+" in text:
        values.refuse_rounded(text)
    if len(text) > most:
        raise Unclear(f"“{text[:40]}…” is longer than {most} characters.")
    return text


def yes_or_no(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise Unclear(f"“{text[:40]}” is neither yes nor no.")
    return text.casefold() in YES


def opted_out(text: str) -> bool:
    """A wish not to be contacted, as a yes or in words; the day it was said is one too."""
    bare = fold(text)
    if bare not in OUT | IN:
        try:
            dates.day(text)
        except Unclear:
            raise Unclear(f"“{text[:40]}” says neither that they may be contacted nor that they may not.") from None
        return True
    return bare in OUT


class Columns:
    """Where each field stands in the file."""

    def __init__(self, terms: Terms):
        self.terms = terms
        named = enumerate(zip((DETAIL if key == ASK else key for key in terms.columns), terms.headings, strict=False))
        self.used = [
            (key, heading, place, blank if _is_prose(key) else missing) for place, (key, heading) in named if key
        ]


def _is_prose(key: str) -> bool:
    return key == DETAIL or FIELDS[key].reads in ("words", "paragraph")
