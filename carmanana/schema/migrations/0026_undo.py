"""What stood before a step is kept of any record, not of deals alone."""

STATEMENTS = """
CREATE TABLE undo_step_of_any (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  by_id INTEGER NOT NULL REFERENCES user (id),
  verb TEXT NOT NULL,
  was TEXT NOT NULL,
  before TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT,
  UNIQUE (subject, subject_id, version)
);
INSERT INTO undo_step_of_any
  SELECT id, 'deal', deal_id, version, by_id, verb, was, before, at, undone_at FROM undo_step;
DROP TABLE undo_step;
ALTER TABLE undo_step_of_any RENAME TO undo_step;
CREATE INDEX undo_step_at ON undo_step (at);
"""


def up(migrator, db):
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
