"""A log of the wanted vehicles that change, for what is kept of them in memory (`schema/derived/wanted.py` writes it). Empty
`make` and no id stand for all of them."""

STATEMENTS = (
    """
CREATE TABLE wanted_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  make TEXT NOT NULL COLLATE NOCASE,
  wanted_id INTEGER
)
""",
    "CREATE INDEX wanted_change_make ON wanted_change (make, id)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
