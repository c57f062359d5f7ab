"""What is held of one customer, read from the database itself, so that no table can be forgotten: every table that
refers to the customer, or to something that does. All text in it is theirs and is erased, but for what is named here,
with why."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from peewee import DateField

from carmanana.core.db import Record, UtcField, database
from carmanana.schema import sqlite

# columns that hold codes, numbers of ours or settings, wherever they stand
CODES = frozenset(
    "kind state status standing channel channels purpose how came_by direction outcome closed_as sort "
    "timezone "
    "currency distance_unit order_type readiness source asked_by answer_by sub_status held_from hold_status "
    "close_reason "
    "loss_reason agreed_how return_state main_reason diagnosis ground because ended_because "
    "withdrawn_because step code "
    "priority waiting_on media_type digest left_as runs_since spot verb was number unit at since until held_until "
    "keep_until flags sent_how tells".split()
)

# text that stays, by table and column, and why
KEPT_TEXT = {
    ("deal", "vehicle_make"): "what was sold belongs to the accounts",
    ("deal", "vehicle_model"): "what was sold belongs to the accounts",
    ("customer", "region"): "which law applies to what is kept, by its code",
    ("lead", "region"): "which law applies to what is kept",
    ("vehicle_option", "brand"): "what was asked for, without who asked",
    ("vehicle_option", "model"): "what was asked for, without who asked",
    ("vehicle_option", "musts"): "what was asked for, without who asked",
    ("vehicle_option", "colours"): "what was asked for, without who asked",
    ("quotation_line", "what"): "what was offered at which price belongs to the accounts",
    ("finding", "answer"): "the words of somebody who works here",
    ("finding", "dispute"): "the words of somebody who works here",
    ("finding", "decision"): "the words of somebody who works here",
    ("finding", "place"): "where in an entry it stood",
    ("cancellation_request", "files_read"): "which kinds of files were read",
    ("presentation", "answer"): "accepted, thinking or declined",
    ("counter_offer", "answer"): "granted or not",
    ("review_case", "why"): "why it was chosen for review",
    ("sequence_call", "why"): "why a call was skipped",
    ("score", "takeaway"): "the words of somebody who works here",
    ("score_answer", "answer"): "yes, partly, no",
}

# tables that stay as they are, though they refer to a customer, and why
KEPT_TABLES = {
    "consequence": "about somebody who works here",
    "offered_vehicle": "about a vehicle that was on offer",
    "stage_visit": "when an order was in which stage, for the figures",
    "erasure_proposal": "what was proposed and decided",
}

# tables whose rows go
GONE = (
    "customer_phone", "customer_email", "attachment", "transcript", "push_message", "notification", "known_mail",
    "arrival",
    "import_addition", "locked_key", "locked_customer", "departure_presence", "deal_presence", "review_presence",
)  # fmt: skip

# tables that refer to nobody, and why nothing of a customer's is to be erased there
IMPERSONAL = {
    "event": "the audit trail holds ids, codes, amounts and dates; its chain stays whole",
    "do_not_contact": "who asked not to be contacted: numbers and addresses of theirs are kept as a keyed hash",
    "suppressed_contact": "keyed hashes",
    "erasure": "what was erased, by number",
    "import_batch": "the file stays until the import is thrown away",
    "import_row": "rows that became nobody’s record",
    "lead_file": "files of inquiries go when they are taken or thrown away",
    "outgoing_mail": "mail of the house; what went to an address of theirs is deleted with it",
    "ended_tally": "sums of deals by the day on which they ended",
    "held_deal": "follow the deals and the customers that they are of",
    "open_step": "follow the steps and the customers that they are of",
    "wanted_change": "tell of whom something is wanted anew; read once and let go",
    "shared_way": "go with the numbers and addresses that they are of",
    "registered_number": "a public register",
    "do_not_call_register": "a public register",
}
OURS = frozenset(
    "absence audit_check bulk_line bulk_run business_hours calendar_feed call_sequence calling_rule "
    "cancellation_right contact_day "
    "check_in departure_settings derived_part first_visit hand_over_request holiday house inquiry_settings "
    "letter_template "
    "escalation_step nightly_proof notification_choice notification_settings one_time_key password_reset phrase "
    "pipeline push_device "
    "recovery_code region_holiday saved_view scorecard scorecard_question script script_recording "
    "second_factor "
    "second_factor_role session signin_attempt stage step_day user wanted word_list".split()
)  # of the house and of those who work here
LOOSE = ("undo_step", "wants_change")  # hold what stood before a step: their rows go


@dataclass(frozen=True)
class Part:
    """A table with rows of the customer's: `where` finds them, `erased` and `kept` are its columns of text."""

    table: str
    where: str
    erased: tuple[str, ...]
    kept: tuple[str, ...]
    level: int

    def of(self, customer_id: int) -> str:
        return self.where.replace(":id", f"{customer_id:d}")

    @property
    def goes(self) -> bool:
        return self.table in GONE

    @property
    def why_kept(self) -> str:
        return KEPT_TABLES.get(self.table, "")


def parts() -> list[Part]:
    """The customer first, what hangs on it after."""
    return list(_parts(_schema()))


def _schema() -> tuple:
    """As it stands in this file; what is derived of it is remembered by it."""
    return tuple(
        (table, tuple(sqlite.references(table).items()), tuple(sqlite.typed_columns(table)))
        for table in sorted(sqlite.tables())
    )


@lru_cache(maxsize=4)
def _parts(schema: tuple) -> tuple[Part, ...]:
    levels = _levels({table: dict(keys) for table, keys, _ in schema})
    keys = {table: dict(told) for table, told, _ in schema}
    columns = {table: told for table, _, told in schema}
    found = [
        Part(table, _where(table, keys, columns, levels), *_text(table, columns[table]), level)
        for table, level in levels.items()
    ]
    return tuple(sorted(found, key=lambda part: (part.level, part.table)))


def _levels(keys: dict[str, dict[str, str]]) -> dict[str, int]:
    """How far each table is from the customer."""
    levels, level = {"customer": 0}, 0
    while True:
        level += 1
        new = [table for table in keys if table not in levels and set(keys[table].values()) & levels.keys()]
        if not new:
            return levels
        levels |= dict.fromkeys(new, level)


def _where(table: str, keys: dict, columns: dict, levels: dict[str, int], above: tuple[str, ...] = ()) -> str:
    """Whose a row is says the nearest of what it refers to; where that is empty, the next one."""
    if table == "customer":
        return "id = :id"
    required = {name: needed for name, needed, _ in columns[table]}
    targets = [
        (levels[target], column, target)
        for column, target in keys[table].items()
        if target in levels and target != table and target not in above
    ]
    told, before = [], []
    for _, column, target in sorted(targets):
        inner = _where(target, keys, columns, levels, (*above, table))
        owner = f"{column} = :id" if target == "customer" else f"{column} IN (SELECT id FROM {target} WHERE {inner})"
        told.append(" AND ".join([*(f"{name} IS NULL" for name in before), owner]))
        before.append(column)
        if required[column]:
            break
    return " OR ".join(f"({one})" for one in told) or "0"


def _text(table: str, columns: tuple) -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = [name for name, _, kind in columns if kind == "TEXT" and not _is_code(table, name)]
    kept = tuple(name for name in text if (table, name) in KEPT_TEXT or table in KEPT_TABLES)
    return tuple(name for name in text if name not in kept), kept


def _is_code(table: str, name: str) -> bool:
    return name in CODES or name in _days(table) or name.endswith(("_at", "_on"))


@lru_cache(maxsize=256)
def _days(table: str) -> frozenset[str]:
    model = models().get(table)
    fields = model._meta.sorted_fields if model else ()
    return frozenset(field.column_name for field in fields if isinstance(field, UtcField | DateField))


def models() -> dict[str, type[Record]]:
    return {model._meta.table_name: model for model in _all(Record)}


def _all(model: type[Record]) -> Iterator[type[Record]]:
    for one in model.__subclasses__():
        yield one
        yield from _all(one)


def count(part: Part, customer_id: int) -> int:
    return database.execute_sql(f'SELECT COUNT(*) FROM "{part.table}" WHERE {part.of(customer_id)}').fetchone()[0]
