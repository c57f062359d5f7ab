"""A bulk step is for records of any kind, and any step that says so."""

STATEMENTS = """
CREATE TABLE run_of_any (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  subject TEXT NOT NULL DEFAULT 'deal',
  kind TEXT NOT NULL,
  given TEXT NOT NULL,
  back TEXT NOT NULL DEFAULT '',
  total INTEGER NOT NULL CHECK (total > 0),
  done INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  CHECK (done + refused <= total)
);
CREATE TABLE line_of_any (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES run_of_any (id) ON DELETE CASCADE,
  subject_id INTEGER NOT NULL,
  version INTEGER,
  settled_at TEXT,
  code TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  sop TEXT NOT NULL DEFAULT '',
  UNIQUE (run_id, subject_id)
);
INSERT INTO run_of_any
  SELECT id, user_id, 'deal', kind, given, back, total, done, refused, created_at, finished_at FROM bulk_run;
INSERT INTO line_of_any SELECT id, run_id, deal_id, version, settled_at, code, reason, sop FROM bulk_line;
DROP TABLE bulk_line;
DROP TABLE bulk_run;
ALTER TABLE run_of_any RENAME TO bulk_run;
ALTER TABLE line_of_any RENAME TO bulk_line;
CREATE INDEX bulk_run_user ON bulk_run (user_id);
CREATE INDEX bulk_run_waiting ON bulk_run (id) WHERE finished_at IS NULL
"""


def up(migrator, db):
    for statement in STATEMENTS.split(";\n"):
        db.execute_sql(statement.strip())
