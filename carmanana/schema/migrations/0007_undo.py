"""What stood before a step that its taker may take back."""

TABLES = """
CREATE TABLE undo_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  by_id INTEGER NOT NULL REFERENCES user (id),
  verb TEXT NOT NULL,
  was TEXT NOT NULL,
  before TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT,
  UNIQUE (deal_id, version)
);
CREATE INDEX undo_step_at ON undo_step (at);
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
