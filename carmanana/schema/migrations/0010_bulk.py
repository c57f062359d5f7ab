"""One step for many deals at once, and what became of each of them."""

TABLES = """
CREATE TABLE bulk_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  kind TEXT NOT NULL CHECK (kind IN ('assign', 'move', 'step', 'flag')),
  given TEXT NOT NULL,
  back TEXT NOT NULL DEFAULT '',
  total INTEGER NOT NULL CHECK (total > 0),
  done INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  CHECK (done + refused <= total)
);
CREATE INDEX bulk_run_user ON bulk_run (user_id);
CREATE INDEX bulk_run_waiting ON bulk_run (id) WHERE finished_at IS NULL;

CREATE TABLE bulk_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES bulk_run (id) ON DELETE CASCADE,
  deal_id INTEGER NOT NULL,
  version INTEGER,
  settled_at TEXT,
  code TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  sop TEXT NOT NULL DEFAULT '',
  UNIQUE (run_id, deal_id)
);
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
