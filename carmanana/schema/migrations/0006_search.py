"""What is searched: names, addresses, numbers, orders and conversations, kept by triggers whoever writes.

The index holds words only to be found by; what is shown is read from the tables."""

FOLDED = {"е": "ёЁ", "l": "łŁ", "o": "øØ", "d": "đĐ", "i": "ı", "ae": "æÆ", "ss": "ßẞ"} | dict(
    zip("αεηιουω", ("άΆ", "έΈ", "ήΉ", "ίΊ", "όΌ", "ύΎ", "ώΏ"), strict=True)
)
BETWEEN_DIGITS = " +-()./–·\u00a0"

WORDS = """CREATE VIRTUAL TABLE {index} USING fts5 (
  told, content='', contentless_delete=1, prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 2"
)"""
LONG_WORDS = WORDS.replace("1 2 3", "3")
DIGITS = """CREATE VIRTUAL TABLE {index} USING fts5 (told, content='', contentless_delete=1, tokenize='trigram')"""


def digits(number: str) -> str:
    for mark in BETWEEN_DIGITS:
        number = f"replace({number}, '{mark}', '')"
    return number


NUMBER = f"coalesce(substr(e164, 2), '') || ' ' || {digits('typed')}"
ORDER = (
    "(SELECT name FROM customer WHERE customer.id = customer_id) || ' ' || coalesce(vehicle_year, '') || ' ' || "
    "vehicle_make || ' ' || vehicle_model || ' ' || external_id"
)

# an index, how it finds, the table whose rows it finds, what they are found by, and the columns that this is made of
INDEXES = [
    ("search_name", WORDS, "customer", "name", ("name",)),
    ("search_address", WORDS, "customer_email", "address", ("address",)),
    ("search_number", DIGITS, "customer_phone", NUMBER, ("typed", "e164")),
    (
        "search_order",
        WORDS,
        "deal",
        ORDER,
        ("customer_id", "vehicle_year", "vehicle_make", "vehicle_model", "external_id"),
    ),
    ("search_conversation", LONG_WORDS, "activity", "subject || ' ' || summary", ("subject", "summary")),
]

PAUSED = "CREATE TABLE search_paused (index_name TEXT PRIMARY KEY, after_id INTEGER NOT NULL)"
TOLD = "CREATE VIEW {index}_told AS SELECT id, {told} AS told FROM {table}"
WORDS_OF = "CREATE VIEW {index}_words AS SELECT id, {told} AS words, {told} AS step_0 FROM {table}"
STEP = "CREATE VIEW {index}_step_{number} AS SELECT id, words, {folded} AS step_{number} FROM {before}"
FOLD = "CREATE VIEW {index}_told AS SELECT id, CASE WHEN words GLOB '*[^ -~]*' THEN step_{number} ELSE words END AS told FROM {before}"
AT_ONCE = 10  # letters folded in one view: older readers of the file give up on a deeper nest
FILL = "INSERT INTO {index} (rowid, told) SELECT id, told FROM {index}_told"
KEEP = """
CREATE TRIGGER {index}_insert AFTER INSERT ON {table} WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN
  INSERT INTO {index} (rowid, told) SELECT id, told FROM {index}_told WHERE id = NEW.id;
END;
CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN
  DELETE FROM {index} WHERE rowid = OLD.id;
END;
CREATE TRIGGER {index}_update AFTER UPDATE OF {columns} ON {table} WHEN {changed} BEGIN
  UPDATE {index} SET told = (SELECT told FROM {index}_told WHERE id = NEW.id) WHERE rowid = OLD.id;
END;
"""
KEEP_RENAMED = """
CREATE TRIGGER search_order_renamed AFTER UPDATE OF name ON customer WHEN OLD.name IS NOT NEW.name BEGIN
  UPDATE search_order SET told = (SELECT told FROM search_order_told WHERE id = search_order.rowid)
  WHERE rowid IN (SELECT id FROM deal WHERE customer_id = NEW.id);
END;
"""


def up(migrator, db):
    db.execute_sql(PAUSED)
    for index, kind, table, told, columns in INDEXES:
        db.execute_sql(kind.format(index=index))
        for view in views(index, kind, table, told):
            db.execute_sql(view)
        db.execute_sql(FILL.format(index=index))
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
        _make_triggers(db, KEEP.format(index=index, table=table, columns=", ".join(columns), changed=changed))
    _make_triggers(db, KEEP_RENAMED)


def views(index: str, kind: str, table: str, told: str) -> list[str]:
    """What the rows of a table are found by. Words are folded where the tokenizer does not; plain English is left
    as it is, which is quicker."""
    if kind == DIGITS:
        return [TOLD.format(index=index, told=told, table=table)]
    letters = [(letter, plain) for plain, letters in FOLDED.items() for letter in letters]
    made, before = [WORDS_OF.format(index=index, told=told, table=table)], f"{index}_words"
    steps = range(0, len(letters), AT_ONCE)
    for number, start in enumerate(steps, 1):
        folded = f"step_{number - 1}"
        for letter, plain in letters[start : start + AT_ONCE]:
            folded = f"replace({folded}, '{letter}', '{plain}')"
        made.append(STEP.format(index=index, number=number, folded=folded, before=before))
        before = f"{index}_step_{number}"
    return [*made, FOLD.format(index=index, number=len(steps), before=before)]


def _make_triggers(db, triggers: str) -> None:
    for trigger in triggers.split("END;\n"):
        if trigger.strip():
            db.execute_sql(f"{trigger}END")
