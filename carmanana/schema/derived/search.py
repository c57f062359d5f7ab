"""What is searched: names, addresses, numbers, orders and conversations, kept by triggers whoever writes.

The index holds words only to be found by; what is shown is read from the tables."""

from dataclasses import dataclass

from carmanana.schema.sqlite import (
    DIGITS,
    LONG_WORDS,
    WORDS,
    after_filling,
    before_filling,
    index_rows,
    search_table,
)

from .declared import Fill, Part, trigger

FOLDED = {"е": "ёЁ", "l": "łŁ", "o": "øØ", "d": "đĐ", "i": "ı", "ae": "æÆ", "ss": "ßẞ"} | dict(
    zip("αεηιουω", ("άΆ", "έΈ", "ήΉ", "ίΊ", "όΌ", "ύΎ", "ώΏ"), strict=True)
)
LETTERS = [(letter, plain) for plain, letters in FOLDED.items() for letter in letters]
AT_ONCE = 10  # letters folded in one view: older readers of the file give up on a deeper nest
BETWEEN_DIGITS = " +-()./–·\u00a0"


def digits(number: str) -> str:
    for mark in BETWEEN_DIGITS:
        number = f"replace({number}, '{mark}', '')"
    return number


NUMBER = f"coalesce(substr(e164, 2), '') || ' ' || {digits('typed')} || CASE national WHEN '' THEN '' ELSE ' ' || national END"
ORDER = (
    "(SELECT name FROM customer WHERE customer.id = customer_id) || ' ' || coalesce(vehicle_year, '') || ' ' || "
    "vehicle_make || ' ' || vehicle_model || ' ' || external_id"
)


@dataclass(frozen=True)
class Index:
    """How it finds, the table whose rows it finds, what they are found by, and the columns that this is made of; where
    it finds only some of the rows, those in which the column `of` is filled."""

    name: str
    kind: str
    table: str
    told: str
    columns: tuple[str, ...]
    of: str = ""

    @property
    def rows(self) -> str:
        return f"{self.table} WHERE {self.of} IS NOT NULL" if self.of else self.table

    def part(self) -> Part:
        objects = (search_table(self.name, self.kind), *self.views(), *self.triggers())
        fill = Fill(self.table, index_rows(self.name, "id > :after AND id <= :until"))
        return Part(self.name, objects, (fill,), before=before_filling(self.name), after=after_filling(self.name))

    def views(self) -> list[str]:
        """What the rows of a table are found by. Words are folded where the tokenizer does not; plain English is left
        as it is, which is quicker."""
        if self.kind == DIGITS:
            return [f"CREATE VIEW {self.name}_told AS SELECT id, {self.told} AS told FROM {self.table}"]
        before = f"{self.name}_words"
        views = [f"CREATE VIEW {before} AS SELECT id, {self.told} AS words, {self.told} AS step_0 FROM {self.rows}"]
        for number, start in enumerate(range(0, len(LETTERS), AT_ONCE)):
            folded = f"step_{number}"
            for letter, plain in LETTERS[start : start + AT_ONCE]:
                folded = f"replace({folded}, '{letter}', '{plain}')"
            view = f"{self.name}_step_{number + 1}"
            views.append(f"CREATE VIEW {view} AS SELECT id, words, {folded} AS step_{number + 1} FROM {before}")
            before = view
        told = f"CASE WHEN words GLOB '*[^ -~]*' THEN step_{len(views) - 1} ELSE words END"
        return [*views, f"CREATE VIEW {self.name}_told AS SELECT id, {told} AS told FROM {before}"]

    def triggers(self) -> list[str]:
        name, table = self.name, self.table
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in self.columns)
        put_in, take_out = f"{index_rows(name, 'id = NEW.id')};", f"DELETE FROM {name} WHERE rowid = OLD.id;"
        comes = f"AFTER UPDATE OF {self.of} ON {table} WHEN (OLD.{self.of} IS NULL) IS NOT (NEW.{self.of} IS NULL)"
        return [
            *([trigger(f"{name}_of", comes, take_out, put_in)] if self.of else []),
            trigger(f"{name}_insert", f"AFTER INSERT ON {table}", put_in),
            trigger(f"{name}_delete", f"AFTER DELETE ON {table}", take_out),
            trigger(
                f"{name}_update",
                f"AFTER UPDATE OF {', '.join(self.columns)} ON {table} WHEN {changed}",
                f"UPDATE {name} SET told = (SELECT told FROM {name}_told WHERE id = NEW.id) WHERE rowid = OLD.id;",
            ),
        ]


INDEXES = (
    Index("search_name", WORDS, "customer", "name", ("name",)),
    Index("search_address", WORDS, "customer_email", "address", ("address",)),
    Index("search_number", DIGITS, "customer_phone", NUMBER, ("typed", "e164", "national")),
    Index(
        "search_order",
        WORDS,
        "deal",
        ORDER,
        ("customer_id", "vehicle_year", "vehicle_make", "vehicle_model", "external_id"),
    ),
    # what was said about an order: so many others are newer that to walk past them took longer than to find it
    Index(
        "search_conversation", LONG_WORDS, "activity", "subject || ' ' || summary", ("subject", "summary"), "deal_id"
    ),
)
INDEXED = {index.name: index.rows for index in INDEXES}
RENAMED = Part(
    "search_order_renamed",
    (
        trigger(
            "search_order_renamed",
            "AFTER UPDATE OF name ON customer WHEN OLD.name IS NOT NEW.name",
            "UPDATE search_order SET told = (SELECT told FROM search_order_told WHERE id = search_order.rowid)",
            "WHERE rowid IN (SELECT id FROM deal WHERE customer_id = NEW.id);",
        ),
    ),
)

PARTS = (*(index.part() for index in INDEXES), RENAMED)
