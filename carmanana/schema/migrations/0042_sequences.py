"""Call sequences of the power dialer. A lead stands in one sequence at a time, and one call at a time is on a person's screen."""

TABLES = """
CREATE TABLE call_sequence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (LENGTH(name) BETWEEN 1 AND 80),
  user_id INTEGER NOT NULL REFERENCES user (id),
  made_by_id INTEGER NOT NULL REFERENCES user (id),
  guidance TEXT NOT NULL DEFAULT '',
  standing TEXT NOT NULL DEFAULT 'ready' CHECK (standing IN ('ready', 'running', 'paused', 'ended')),
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX call_sequence_user ON call_sequence (user_id, standing, id);
CREATE INDEX call_sequence_made_by ON call_sequence (made_by_id);

CREATE TABLE sequence_call (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sequence_id INTEGER NOT NULL REFERENCES call_sequence (id) ON DELETE CASCADE,
  lead_id INTEGER NOT NULL REFERENCES lead (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  standing TEXT NOT NULL DEFAULT 'waiting' CHECK (standing IN ('waiting', 'offered', 'dialed', 'done', 'skipped', 'set_aside')),
  why TEXT NOT NULL DEFAULT '',
  until TEXT,
  held_until TEXT,
  dialed_at TEXT,
  hung_up_at TEXT,
  finished_at TEXT,
  outcome TEXT NOT NULL DEFAULT '',
  activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  draft TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (standing <> 'dialed' OR dialed_at IS NOT NULL)
);
CREATE INDEX sequence_call_sequence ON sequence_call (sequence_id, standing, position);
CREATE UNIQUE INDEX sequence_call_lead ON sequence_call (lead_id) WHERE standing IN ('waiting', 'offered', 'dialed');
CREATE UNIQUE INDEX sequence_call_on_screen ON sequence_call (sequence_id) WHERE standing IN ('offered', 'dialed');
CREATE INDEX sequence_call_activity ON sequence_call (activity_id) WHERE activity_id IS NOT NULL
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
