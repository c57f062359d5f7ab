"""The day: check-ins, the nightly proof that nothing is stuck, hand-overs that were asked for, who covers an absence, and to whom
new leads go. A lead knows when its soonest open step is due, as a deal does."""

TABLES = """
CREATE TABLE check_in (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('start', 'end')),
  at TEXT NOT NULL,
  failing TEXT NOT NULL,
  done TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  UNIQUE (user_id, day, kind)
);
CREATE INDEX check_in_day ON check_in (day, user_id);

CREATE TABLE nightly_proof (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  deals TEXT NOT NULL,
  leads TEXT NOT NULL,
  stuck INTEGER NOT NULL
);
CREATE TABLE stuck_record (
  proof_id INTEGER NOT NULL REFERENCES nightly_proof (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('deal', 'lead')),
  record_id INTEGER NOT NULL,
  owner_id INTEGER REFERENCES user (id),
  standing TEXT NOT NULL,
  PRIMARY KEY (proof_id, kind, record_id)
) WITHOUT ROWID;
CREATE INDEX stuck_record_owner ON stuck_record (owner_id, proof_id) WHERE owner_id IS NOT NULL;

CREATE TABLE hand_over_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  starts_on TEXT,
  reason TEXT NOT NULL,
  created_at TEXT NOT NULL,
  answered_at TEXT,
  answered_by_id INTEGER REFERENCES user (id),
  answer TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX hand_over_request_open ON hand_over_request (user_id) WHERE answered_at IS NULL;
CREATE INDEX hand_over_request_answered_by ON hand_over_request (answered_by_id) WHERE answered_by_id IS NOT NULL;

ALTER TABLE absence ADD COLUMN cover_id INTEGER REFERENCES user (id);
CREATE INDEX absence_cover ON absence (cover_id, ends_on) WHERE cover_id IS NOT NULL;
ALTER TABLE house ADD COLUMN lead_assignment TEXT NOT NULL DEFAULT 'nobody'
  CHECK (lead_assignment IN ('nobody', 'in_turn', 'fewest'));
ALTER TABLE user ADD COLUMN lead_given_at TEXT;

ALTER TABLE lead ADD COLUMN next_due_at TEXT;
CREATE INDEX lead_next_due ON lead (next_due_at, owner_id, received_at) WHERE state IN ('new', 'working', 'connected', 'assessed');
CREATE INDEX lead_follow_up ON lead (follow_up_on, owner_id) WHERE state = 'on_hold';
CREATE INDEX lead_flagged ON lead (flagged_at) WHERE flagged_at IS NOT NULL;
CREATE INDEX deal_next_due ON deal (next_due_at, owner_id, state_since) WHERE state = 'active';
CREATE INDEX deal_held ON deal (held_until, owner_id) WHERE state = 'on_hold';
CREATE INDEX deal_flagged_at ON deal (flagged_at) WHERE flagged_at IS NOT NULL;
CREATE INDEX activity_done ON activity (done_by_id, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX activity_contacts ON activity (author_id, created_at) WHERE direction IS NOT NULL
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
