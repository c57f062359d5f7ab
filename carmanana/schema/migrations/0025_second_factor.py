"""A second factor for signing in, with recovery codes; the roles that need one; and where a session is from."""

STATEMENTS = """
CREATE TABLE second_factor (
  user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
  secret TEXT NOT NULL,
  created_at TEXT NOT NULL,
  confirmed_at TEXT,
  last_step INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE recovery_code (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL UNIQUE,
  used_at TEXT
);
CREATE INDEX recovery_code_user ON recovery_code (user_id);
CREATE TABLE second_factor_role (role TEXT PRIMARY KEY) WITHOUT ROWID;
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT ''
"""


def up(migrator, db):
    for statement in STATEMENTS.split(";\n"):
        db.execute_sql(statement.strip())
