"""How a file is to be read: what its columns are, what its words stand for, and what to take where it says nothing."""

from dataclasses import asdict, dataclass, field, fields

from carmanana.deals.models import ACTIVE, LIVE, WON

from .choices import MAPPED, Choices, fold
from .columns import DEAL_FIELDS, DETAIL, FIELDS, detected, plain

USE, NEW, SKIP = "use", "new", "skip"
SOLD = {"closed_on", "delivered_on"}
IN_WORK = {"state", "stage", "eta_on", "hold_until"}


@dataclass
class Terms:
    """`columns` has a field, or DETAIL, or LEFT_OUT for each of `headings`. `values` maps, by field, the
    folded word of a cell to one of Choices; a word mapped to nothing refuses its row. `known` says what becomes
    of the rows of people who are here already, `rows` of a single one, which may name a client by id."""

    columns: list[str]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    deals: bool = True
    pipeline: int = 0
    usual_state: str = ACTIVE
    readiness: str = LIVE
    loss_reason: str = ""
    sub_status: str = "later_date"
    phone_region: str = "US"
    currency: str = "USD"
    date_order: str = ""
    orders: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    known: str = USE
    rows: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: dict) -> "Terms":
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in mapping.items() if name in known})

    def told(self) -> dict:
        return asdict(self)

    def order(self, column: int) -> str:
        """How the dates of a column are written: as chosen for the file, else as the column shows."""
        return self.date_order or self.orders[column]

    def chosen(self, name: str, word: str) -> str:
        """What a word of a mapped column stands for; empty where its rows are refused."""
        return self.values.get(name, {}).get(fold(word), "")

    def mapped(self) -> list[str]:
        """The fields whose words must be mapped, in the order to ask for them."""
        return [name for name in MAPPED if name in self.columns and self.deals]


def read_from(head: dict, choices: Choices) -> Terms:
    """The likeliest reading of a file."""
    columns = _by_content(head, detected(head["headings"]), choices)
    terms = Terms(columns, pipeline=choices.pipelines[0].id, orders=[column["order"] for column in head["columns"]], headings=head["headings"])
    terms.deals = not DEAL_FIELDS.isdisjoint(columns)
    terms.usual_state = WON if _is_of_sales(columns) else ACTIVE
    return with_values(terms, head, choices)


def _is_of_sales(columns: list[str]) -> bool:
    """A list of sales has a date of sale and a price, and knows of no other state."""
    return "value" in columns and not SOLD.isdisjoint(columns) and IN_WORK.isdisjoint(columns)


def _by_content(head: dict, columns: list[str], choices: Choices) -> list[str]:
    """A heading may name another thing than the cells hold: "State" is Texas as often as it is Won."""
    return [
        _doubted(name, heading, column, columns, choices)
        for name, heading, column in zip(columns, head["headings"], head["columns"])
    ]


def _doubted(name: str, heading: str, column: dict, columns: list[str], choices: Choices) -> str:
    if name not in ("state", "stage", "order_type", "readiness") or any(choices.recognised(name, text) for text, _ in column["values"] or ()):
        return name
    return "region" if plain(heading) == "state" and "region" not in columns else DETAIL


def with_values(terms: Terms, head: dict, choices: Choices) -> Terms:
    """Every word of the mapped columns has an entry; what was chosen before is kept."""
    for name in terms.mapped():
        before = terms.values.get(name, {})
        found = words_of(terms, head, name)
        terms.values[name] = {fold(text): before.get(fold(text), choices.recognised(name, text)) for text, _ in found}
    return terms


def words_of(terms: Terms, head: dict, name: str) -> list[tuple[str, int]]:
    """The different words of a mapped column with how often each stands there."""
    return [tuple(pair) for pair in head["columns"][terms.columns.index(name)]["values"] or ()]


def complaints(terms: Terms, head: dict) -> list[str]:
    """What must be mended before the rows can be read at all."""
    found = []
    if not {"name", "first_name", "last_name"} & set(terms.columns):
        found.append("Choose the column that holds the customer's name.")
    for name in terms.columns:
        if name in FIELDS and not FIELDS[name].many and terms.columns.count(name) > 1:
            found.append(f"“{FIELDS[name].label}” is chosen for more than one column.")
    for name in terms.mapped():
        column = terms.columns.index(name)
        if head["columns"][column]["values"] is None:
            found.append(f"“{head['headings'][column]}” holds more than 100 different words, too many for {FIELDS[name].label.lower()}.")
    return list(dict.fromkeys(found))
