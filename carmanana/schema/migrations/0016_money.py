"""Payments are voided or corrected, never edited; how an order was agreed; the house's own currency, in which boards add up;
and money that a cancellation left to be returned, as a task of the reviewer."""

HOWS = "agreed_how IN ('in_person', 'distance', 'off_premises')"
COLUMNS = [
    "ALTER TABLE payment ADD COLUMN voided_at TEXT",
    "ALTER TABLE payment ADD COLUMN voided_by_id INTEGER REFERENCES user (id)",
    "ALTER TABLE payment ADD COLUMN void_reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE payment ADD COLUMN corrects_id INTEGER REFERENCES payment (id)",
    f"ALTER TABLE deal ADD COLUMN agreed_how TEXT CHECK ({HOWS})",
    "ALTER TABLE cancellation_request ADD COLUMN return_task_id INTEGER REFERENCES activity (id)",
    "ALTER TABLE cancellation_request ADD COLUMN returned_on TEXT",
    "CREATE INDEX cancellation_request_owed ON cancellation_request (return_task_id) WHERE return_task_id IS NOT NULL",
    """
    CREATE TABLE house (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      currency TEXT NOT NULL DEFAULT 'USD' CHECK (LENGTH(currency) = 3),
      version INTEGER NOT NULL DEFAULT 1
    )
    """,
    "INSERT INTO house (id) VALUES (1)",
]

# a manager may take back the agreement of a won order: then it has none, until it is signed again or reopened
SIGNED = "CHECK (state <> 'won' OR (value_cents IS NOT NULL AND agreement_on IS NOT NULL))"
VALUED = "CHECK (state <> 'won' OR value_cents IS NOT NULL)"


def loosen_check(db):
    """Taking a condition off a table changes nothing of what is stored, so that its text may be changed in place (sqlite.org/lang_altertable.html)."""
    version = db.execute_sql("PRAGMA schema_version").fetchone()[0]
    db.execute_sql("PRAGMA writable_schema = ON")
    db.execute_sql(
        "UPDATE sqlite_schema SET sql = REPLACE(sql, ?, ?) WHERE type = 'table' AND name = 'deal'", (SIGNED, VALUED)
    )
    db.execute_sql(f"PRAGMA schema_version = {version + 1}")
    db.execute_sql("PRAGMA writable_schema = OFF")


def up(migrator, db):
    loosen_check(db)
    for statement in COLUMNS:
        db.execute_sql(statement)
