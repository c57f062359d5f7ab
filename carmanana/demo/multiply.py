"""A large world: a small one that was played by the verbs, copied in SQL with other people, cars, sums and days.

Tables and columns are read from the schema: all that hangs on a customer is copied, ids and references are moved by
the highest id of their table for each copy."""

import os
import re
from datetime import datetime
from itertools import islice

from carmanana.contacting import attachments
from carmanana.core.db import insert_rows, transaction
from carmanana.demo import copied_events
from carmanana.demo.copies import COLUMNS, SCALE, Copies, pattern, stand_ins
from carmanana.demo.tables import Table, hanging_on_customers, run
from carmanana.schema import at_once, derived, sqlite

AT_ONCE = 20_000  # copies in one transaction
# an undo names what it takes back inside its text; a sequence stays short; a finding is raised once from its source
LEFT_OUT = {"undo_step", "sequence_call", "finding"}
UNSCALED = {"offer"}  # its terms name the sum
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BLANKS = 0xE000  # private characters, which no text holds
PRIVATE = re.compile("[\ue000-\uf8ff]")
SHIFTED_DAY = sqlite.day_moved("{0}", "c.days")
WISHES = ("no_calls", "no_texts", "no_emails")
NOT_ASKED = (  # what these triggers make is copied too; an event's number is new
    "event_no_replace",
    "customer_person",
    "sales_order_imported",
    *(f"person_{wish}_of_another" for wish in WISHES),
)
OF_COPY = {
    ("customer", "region"): "c.region",
    ("customer", "timezone"): "c.timezone",
    ("lead", "region"): "c.called",
    ("lead", "timezone"): "c.timezone",
    ("deal", "position"): "t.position - c.n * {span}",
    ("quotation", "number"): "t.number + c.n * {most}",
    ("sales_order", "number"): "t.number + c.n * {most}",
}


def multiply(world, deals: int) -> None:
    tables = hanging_on_customers(LEFT_OUT)
    with at_once.without_checks(), derived.made_afterwards(), at_once.without_indexes(*tables, "event"):
        copies = Copies(world, deals)
        statements = _prepare(world, copies, tables)
        events = copied_events.Events(tables)
        rows = copies.rows()
        while some := list(islice(rows, AT_ONCE)):
            with transaction(), at_once.without_triggers(*NOT_ASKED):
                _enter(some)
                for statement in statements:
                    run(statement)
                events.write()
    _link_files()


def _prepare(world, copies: Copies, tables: dict[str, Table]) -> list[str]:
    """What was played, with blanks for the words of each customer, stands in temporary tables; gives the INSERTs from
    them."""
    patterns = {root.id: pattern(root) for root in copies.roots}
    words = max(len(root.words()) for root in copies.roots)
    run(f"CREATE TEMP TABLE copy ({', '.join(COLUMNS)}, {', '.join(f'w{n}' for n in range(words))})")
    run("CREATE TEMP TABLE stand_in (turn, old_id, new_id, PRIMARY KEY (turn, old_id)) WITHOUT ROWID")
    insert_rows("stand_in", ("turn", "old_id", "new_id"), stand_ins(world.dealership))
    return [_original(table, tables, patterns) for table in tables.values()]


def _original(table: Table, tables: dict[str, Table], patterns: dict) -> str:
    name = f"original_{table.name}"
    references = [column for column in table.references if table.references[column] in tables]
    moments = [column for column in table.columns if table.holds(column, MOMENT)]
    kinds = {column: {(): 0} for column in table.columns if table.texts[column] and column not in moments}
    columns = ["root", *table.columns, *(f"moves_{column}" for column in references)]
    columns += [f"second_{column}" for column in moments] + [f"blanks_{column}" for column in kinds]
    run(f"CREATE TEMP TABLE {name} ({', '.join(map(_quoted, columns))})")
    rows = []
    for row in table.rows:
        root = table.roots.get(row[table.key])
        if root in patterns:
            moves = [tables[table.references[column]].roots.get(row[column]) == root for column in references]
            seconds = [_second(row[column]) for column in moments]
            told = {column: _with_blanks(row[column], patterns[root]) for column in table.columns}
            blanks = [found.setdefault(_blanks_in(told[column]), len(found)) for column, found in kinds.items()]
            rows.append([root, *told.values(), *moves, *seconds, *blanks])
    insert_rows(name, columns, rows)
    run(f"CREATE INDEX temp.{name}_root ON {name} (root)")
    values = ", ".join(_value(table, column, tables, kinds.get(column, {})) for column in table.columns)
    into = ", ".join(map(_quoted, table.columns))
    return (
        f"INSERT INTO {_quoted(table.name)} ({into}) SELECT {values} FROM temp.copy c CROSS JOIN temp.{name} t ON "
        f"t.root = c.root"
    )


def _with_blanks(value, found):
    """Each word of the customer's becomes a private character, which SQL puts the copy's word for."""
    if not isinstance(value, str):
        return value
    words, places = found
    return words.sub(lambda word: chr(BLANKS + places[word[0]]), value)


def _blanks_in(value) -> tuple[int, ...]:
    return tuple(sorted({ord(blank) - BLANKS for blank in PRIVATE.findall(value)})) if isinstance(value, str) else ()


def _second(value: str | None) -> int | None:
    return int(datetime.fromisoformat(value + "+00:00").timestamp()) if value else None


def _value(table: Table, column: str, tables: dict[str, Table], kinds: dict) -> str:
    """The expression for a column of a copy: `t` is the original, `c` the copy. `kinds` are the sets of blanks that a
    text of the column has; most have none, and to look for each in each would take longer than to write the row."""
    own, target = f't."{column}"', table.references.get(column)
    if (table.name, column) in OF_COPY:
        return OF_COPY[table.name, column].format(span=table.span_of(column), most=table.most_of(column))
    if target in tables:
        return f't."{column}" + c.n * {tables[target].highest} * t."moves_{column}"'
    if column == table.key:
        return f"{own} + c.n * {table.highest}"
    if target == "user":
        return copied_events.STAND_IN.format(own)
    if table.holds(column, MOMENT):
        return sqlite.moment_after(f't."second_{column}" + c.seconds', own)
    if table.holds(column, DAY):
        return SHIFTED_DAY.format(own)
    if column.endswith("_cents") and table.name not in UNSCALED:
        return f"{own} * c.scale / {SCALE}"
    filled = "".join(f" WHEN {kind} THEN {_filled(own, blanks)}" for blanks, kind in kinds.items() if blanks)
    told = f'CASE t."blanks_{column}"{filled} ELSE {own} END' if filled else own
    return f"{told} || '-' || c.n" if column in table.unique else told


def _filled(text: str, blanks: tuple[int, ...]) -> str:
    for blank in blanks:
        text = f"replace({text}, char({BLANKS + blank}), c.w{blank})"
    return text


def _enter(rows: list[tuple]) -> None:
    """The rows of the copies to be made; a customer with fewer addresses has fewer words."""
    run("DELETE FROM temp.copy")
    columns = [name for name, *_ in sqlite.columns("copy", "temp")]
    insert_rows("copy", columns, (row + ("",) * (len(columns) - len(row)) for row in rows))


def _link_files() -> None:
    """A copied attachment is the same file under a name of its own."""
    for (stored,) in run("SELECT stored FROM attachment WHERE stored LIKE '%-%'").fetchall():
        original = attachments.folder / stored.rpartition("-")[0]
        if original.exists():
            os.link(original, attachments.folder / stored)


def _quoted(name: str) -> str:
    return f'"{name}"'
