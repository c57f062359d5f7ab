"""How a file is to be read: what its columns are, what its words stand for, and what to take where it says nothing."""

from dataclasses import asdict, dataclass, field, fields

from carmanana.importing.choices import MAPPED, Choices, fold
from carmanana.importing.columns import ASK, DETAIL, FIELDS, detected, plain
from carmanana.importing.fields import QUOTATIONS, RECORDS
from carmanana.importing.kinds import CONTACTS, DEALS, MEANS, SALES, in_question, kind_of
from carmanana.importing.own_lists import OwnList, own_list
from carmanana.importing.records.columns import detected_of
from carmanana.records.deal_codes import ACTIVE, LIVE, WON

USE, NEW, SKIP = "use", "new", "skip"
MAKE = "make"
LEGACY = {True: DEALS, False: CONTACTS}


@dataclass
class Terms:
    """`columns` has a field, or DETAIL, or LEFT_OUT for each of `headings`. `values` maps, by field, the folded word of
    a cell to one of Choices; a word mapped to nothing refuses its row. `kind` is what the file is and `why` that was
    proposed; `usual_state` is of rows that name none, where it is another than the kind's. `same_name`: rows of one
    name are one customer. `names`: a row with neither number nor address is of whoever alone has its name. `no_deal` is what becomes of a quotation whose deal is not here: refused, or MAKE. `known`
    says what becomes of the rows of people who are here already, `rows` of a single one, which may name a client by
    id."""

    columns: list[str]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    kind: str = DEALS
    why: str = ""
    pipeline: int = 0
    usual_state: str = ""
    readiness: str = LIVE
    loss_reason: str = ""
    sub_status: str = "later_date"
    phone_region: str = "US"
    currency: str = "USD"
    date_order: str = ""
    orders: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    same_name: str = ""
    no_deal: str = ""
    headings: list[str] = field(default_factory=list)
    names: bool = False
    known: str = USE
    rows: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: dict) -> "Terms":
        known = {each.name for each in fields(cls)}
        if "kind" not in mapping and "deals" in mapping:
            mapping = {"kind": LEGACY[bool(mapping["deals"])]} | mapping
        return cls(**{name: value for name, value in mapping.items() if name in known})

    def told(self) -> dict:
        return asdict(self)

    @property
    def deals(self) -> bool:
        return self.kind in (SALES, DEALS)

    @property
    def records(self) -> bool:
        """Cases, quotations or assets, of customers who are found by their names too."""
        return self.kind in RECORDS

    @property
    def by_name(self) -> bool:
        """A customer is found by their name alone, where a row has neither number nor address."""
        return self.records or self.names

    @property
    def quotations(self) -> bool:
        return self.kind == QUOTATIONS

    @property
    def state_unsaid(self) -> str:
        """The state of a row that names none."""
        return self.usual_state or (WON if self.kind == SALES else ACTIVE)

    @property
    def means(self) -> str:
        return MEANS[self.kind]

    def number_style(self, column: int) -> str:
        return self.numbers[column] if column < len(self.numbers) else ""

    def order(self, column: int) -> str:
        """How the dates of a column are written: as chosen for the file, else as the column shows."""
        return self.date_order or self.orders[column]

    def chosen(self, name: str, word: str) -> str:
        """What a word of a mapped column stands for; empty where its rows are refused."""
        return self.values.get(name, {}).get(fold(word), "")

    def mapped(self) -> list[str]:
        """The fields whose words must be mapped, in the order to ask for them."""
        asked = (name for name in MAPPED if name in self.columns)
        return [name for name in asked if self.deals or self.records or name == "owner"]


def read_from(head: dict, choices: Choices, kind: str = "") -> Terms:
    """The likeliest reading of a file, which may be said to be a list of cases, quotations or assets."""
    if kind in RECORDS:
        return with_values(_of_records(head, choices, kind, "was chosen"), head, choices)
    if own := own_list(head):
        return with_values(_of_our_own(head, choices, own), head, choices)
    columns = in_question(head, _by_content(head, detected(head["headings"]), choices), choices)
    terms = _terms(head, columns, choices)
    terms.kind, terms.why = kind_of(head, columns, choices)
    return with_values(terms, head, choices)


def _of_records(head: dict, choices: Choices, kind: str, why: str) -> Terms:
    terms = _terms(head, detected_of(head["headings"], kind), choices)
    terms.kind, terms.why = kind, why
    return terms


def _of_our_own(head: dict, choices: Choices, own: OwnList) -> Terms:
    if own.kind in RECORDS:
        return _of_records(head, choices, own.kind, own.why)
    terms = _terms(head, own.columns_of(head), choices)
    terms.names = True
    terms.kind, terms.why, terms.values = own.kind, own.why, {name: dict(said) for name, said in own.words.items()}
    return terms


def _terms(head: dict, columns: list[str], choices: Choices) -> Terms:
    terms = Terms(columns, pipeline=choices.pipelines[0].id, headings=head["headings"])
    terms.orders = [column["order"] for column in head["columns"]]
    terms.numbers = [column.get("numbers", "") for column in head["columns"]]
    return terms


def _by_content(head: dict, columns: list[str], choices: Choices) -> list[str]:
    """A heading may name another thing than the cells hold: "State" is Texas as often as it is Won."""
    return [
        _doubted(name, heading, column, columns, choices)
        for name, heading, column in zip(columns, head["headings"], head["columns"], strict=False)
    ]


def _doubted(name: str, heading: str, column: dict, columns: list[str], choices: Choices) -> str:
    if (
        "stage" in plain(heading)
        or name not in ("state", "stage", "order_type", "readiness")
        or any(choices.recognised(name, text) for text, _ in column["values"] or ())
    ):
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
    for place, name in enumerate(terms.columns):
        if name == ASK:
            found.append(f"Say what “{head['headings'][place]}” is.")
    for name in terms.columns:
        if name in FIELDS and not FIELDS[name].many and terms.columns.count(name) > 1:
            found.append(f"“{FIELDS[name].label}” is chosen for more than one column.")
    for name in terms.mapped():
        column = terms.columns.index(name)
        if head["columns"][column]["values"] is None:
            found.append(
                f"“{head['headings'][column]}” holds more than 100 different words, too many for "
                f"{FIELDS[name].label.lower()}."
            )
    return list(dict.fromkeys(found))
