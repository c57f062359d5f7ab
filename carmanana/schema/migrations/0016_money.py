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

# a tally's value is of the house's currency; `others` are deals with a value in another one
TALLY = """
CREATE TABLE deal_tally (
  pipeline_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  stage_id INTEGER NOT NULL,
  readiness TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  deals INTEGER NOT NULL,
  value_cents INTEGER NOT NULL,
  others INTEGER NOT NULL,
  PRIMARY KEY (pipeline_id, state, stage_id, readiness, owner_id)
) WITHOUT ROWID
"""
HOUSE = "(SELECT currency FROM house)"
VALUE = f"CASE WHEN {{row}}currency = {HOUSE} THEN COALESCE({{row}}value_cents, 0) ELSE 0 END"
OTHER = f"({{row}}value_cents IS NOT NULL AND {{row}}currency <> {HOUSE})"
COUNTED = f"""
INSERT INTO deal_tally VALUES
({{row}}pipeline_id, {{row}}state, {{row}}stage_id, {{row}}readiness, COALESCE({{row}}owner_id, 0), {{sign}}1, {{sign}}({VALUE}), {{sign}}{OTHER})
ON CONFLICT DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents, others = others + excluded.others;
"""
FILLED = f"""
INSERT INTO deal_tally
SELECT pipeline_id, state, stage_id, readiness, COALESCE(owner_id, 0), COUNT(*), SUM({VALUE.format(row="")}), SUM({OTHER.format(row="")})
FROM deal GROUP BY 1, 2, 3, 4, 5
"""
TOLD = ("pipeline_id", "state", "stage_id", "readiness", "owner_id", "value_cents", "currency")
ALL_BOARDS = "INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NULL, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event));"


def tally_statements() -> list[str]:
    more, less = COUNTED.format(row="NEW.", sign="+"), COUNTED.format(row="OLD.", sign="-")
    before, after = (", ".join(f"{row}.{name}" for name in TOLD) for row in ("OLD", "NEW"))
    return [
        *(f"DROP TRIGGER IF EXISTS deal_tally_{name}" for name in ("more", "less", "moved")),
        "DROP TABLE deal_tally",
        TALLY,
        FILLED,
        f"CREATE TRIGGER deal_tally_more AFTER INSERT ON deal BEGIN {more} END",
        f"CREATE TRIGGER deal_tally_less AFTER DELETE ON deal BEGIN {less} END",
        f"CREATE TRIGGER deal_tally_moved AFTER UPDATE OF {', '.join(TOLD)} ON deal WHEN ({before}) IS NOT ({after}) BEGIN {less} {more} END",
        f"CREATE TRIGGER house_currency AFTER UPDATE OF currency ON house BEGIN DELETE FROM deal_tally; {FILLED}; {ALL_BOARDS} END",
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
    for statement in COLUMNS + tally_statements():
        db.execute_sql(statement)
