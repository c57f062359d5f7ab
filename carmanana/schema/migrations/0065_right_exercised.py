"""A right to cancel that is exercised: the day the statement was sent, its acknowledgement and letter, or why it does not
apply. The facts of the law get their kinds of orders, what may be kept, by when the rest is returned, and effective dates."""

RIGHTS = (
    "order_types TEXT NOT NULL DEFAULT ''",
    "refund_days INTEGER CHECK (refund_days > 0)",
    "restocking_percent_hundredths INTEGER CHECK (restocking_percent_hundredths BETWEEN 1 AND 10000)",
    "restocking_least_cents INTEGER CHECK (restocking_least_cents >= 0)",
    "restocking_most_cents INTEGER CHECK (restocking_most_cents >= 0)",
    "mileage_most_cents INTEGER CHECK (mileage_most_cents >= 0)",
    "effective_from TEXT",
    "effective_until TEXT",
    "version INTEGER NOT NULL DEFAULT 1",
)
REQUESTS = (
    "sent_on TEXT",
    "right_id INTEGER REFERENCES cancellation_right (id)",
    "acknowledged_at TEXT CHECK (acknowledged_at IS NULL OR (right_id IS NOT NULL AND sent_on IS NOT NULL))",
    "letter_id INTEGER REFERENCES letter (id) ON DELETE SET NULL",
    "right_dismissed_at TEXT",
    "right_dismissed_by_id INTEGER REFERENCES user (id)",
    "right_dismissed_why TEXT NOT NULL DEFAULT ''",
)
FACTS = (
    "UPDATE cancellation_right SET order_types = ' special_sourcing used_vehicle ', restocking_percent_hundredths = 150,"
    " restocking_least_cents = 20000, restocking_most_cents = 60000, mileage_most_cents = 15000 WHERE region = 'US-CA'",
    "UPDATE cancellation_right SET refund_days = 14 WHERE money LIKE 'all paid is returned within 14 days%'",
)
CONTACTED = "'cancelled') OR contacted_at IS NOT NULL)"
OR_ACKNOWLEDGED = "'cancelled') OR contacted_at IS NOT NULL OR (state = 'cancelled' AND acknowledged_at IS NOT NULL))"


def up(migrator, db):
    for table, columns in (("cancellation_right", RIGHTS), ("cancellation_request", REQUESTS)):
        for column in columns:
            db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.execute_sql("ALTER TABLE letter ADD COLUMN owed INTEGER NOT NULL DEFAULT 0 CHECK (owed IN (0, 1))")
    db.execute_sql("CREATE INDEX cancellation_letter ON cancellation_request (letter_id) WHERE letter_id IS NOT NULL")
    db.execute_sql("CREATE INDEX cancellation_right_of ON cancellation_request (right_id) WHERE right_id IS NOT NULL")
    for statement in FACTS:
        db.execute_sql(statement)
    _end_without_contact(db)


def _end_without_contact(db):
    """What is acknowledged ends without a contact: the table's own check says so, in place; every row meets both."""
    (version,) = db.execute_sql("PRAGMA schema_version").fetchone()
    db.execute_sql("PRAGMA writable_schema = ON")
    changed = db.execute_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = 'cancellation_request' AND instr(sql, ?)",
        (CONTACTED, OR_ACKNOWLEDGED, CONTACTED),
    )
    if changed.rowcount != 1:
        raise ValueError("cancellation_request has no check of its first contact")
    db.execute_sql(f"PRAGMA schema_version = {version + 1}")
    db.execute_sql("PRAGMA writable_schema = OFF")
