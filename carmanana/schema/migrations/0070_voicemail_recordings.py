"""Recorded voicemails: one spoken for a version of a wording."""

STATEMENTS = (
    """
CREATE TABLE script_recording (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  script_id INTEGER NOT NULL UNIQUE REFERENCES script (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  stored TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  recorded_by_id INTEGER REFERENCES user (id),
  created_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX script_recording_by ON script_recording (recorded_by_id) WHERE recorded_by_id IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
