"""Who hears, and when, of follow-ups that nobody does and of leads that nobody answers; each is told of once. A lead that was
put before the manager already is not put there again."""

TABLES = """
CREATE TABLE escalation_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL CHECK (subject IN ('follow_up', 'lead')),
  tells TEXT NOT NULL CHECK (tells IN ('owner', 'manager', 'admin')),
  active INTEGER NOT NULL DEFAULT 1,
  after INTEGER NOT NULL CHECK (after >= 0),
  unit TEXT NOT NULL CHECK (unit IN ('hours', 'days')),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (subject, tells)
);
INSERT INTO escalation_step (subject, tells, active, after, unit) VALUES
  ('follow_up', 'owner', 1, 0, 'hours'), ('follow_up', 'manager', 1, 1, 'days'), ('follow_up', 'admin', 1, 3, 'days'),
  ('lead', 'owner', 1, 0, 'hours'), ('lead', 'manager', 1, 0, 'hours'), ('lead', 'admin', 1, 2, 'days');

DROP INDEX lead_unanswered;
CREATE INDEX lead_unanswered ON lead (received_at)
  WHERE first_answered_at IS NULL AND state IN ('new', 'working', 'connected', 'assessed');

CREATE TABLE escalated_follow_up (
  activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
  due_at TEXT NOT NULL,
  tells TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (activity_id, due_at, tells)
) WITHOUT ROWID;
CREATE TABLE escalated_lead (
  lead_id INTEGER NOT NULL REFERENCES lead (id) ON DELETE CASCADE,
  tells TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (lead_id, tells)
) WITHOUT ROWID;
INSERT INTO escalated_lead (lead_id, tells, at) SELECT id, 'manager', escalated_at FROM lead WHERE escalated_at IS NOT NULL;
INSERT INTO escalated_lead (lead_id, tells, at) SELECT id, 'owner', escalated_at FROM lead WHERE escalated_at IS NOT NULL
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
