"""Cases of customers, with their checklists and watchers, and expiries; what is said of a case is in the one log."""

TABLES = """
CREATE TABLE customer_case (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
  subject TEXT NOT NULL CHECK (subject <> ''),
  details TEXT NOT NULL DEFAULT '',
  came_by TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN
    ('new', 'open', 'in_progress', 'waiting', 'completed', 'duplicate', 'incomplete', 'wont_fix')),
  waiting_on TEXT CHECK (waiting_on IN ('customer', 'us', 'supplier')),
  waiting_for TEXT NOT NULL DEFAULT '',
  priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  assignee_id INTEGER REFERENCES user (id),
  opened_by_id INTEGER REFERENCES user (id),
  opened_at TEXT NOT NULL,
  state_since TEXT NOT NULL,
  due_at TEXT,
  minutes_left INTEGER,
  told_late_at TEXT,
  closed_at TEXT,
  closed_by_id INTEGER REFERENCES user (id),
  resolution TEXT NOT NULL DEFAULT '',
  duplicate_of_id INTEGER REFERENCES customer_case (id),
  times_reopened INTEGER NOT NULL DEFAULT 0,
  import_id INTEGER,
  external_id TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'waiting') = (waiting_on IS NOT NULL)),
  CHECK ((state IN ('completed', 'duplicate', 'incomplete', 'wont_fix')) = (closed_at IS NOT NULL)),
  CHECK ((state = 'duplicate') = (duplicate_of_id IS NOT NULL)),
  CHECK (duplicate_of_id IS NULL OR duplicate_of_id <> id),
  CHECK ((due_at IS NULL) = (closed_at IS NOT NULL OR COALESCE(waiting_on, '') IN ('customer', 'supplier')))
);
CREATE INDEX customer_case_customer ON customer_case (customer_id, state);
CREATE INDEX customer_case_assignee ON customer_case (assignee_id, state);
CREATE INDEX customer_case_state ON customer_case (state, opened_at);
CREATE INDEX customer_case_opened ON customer_case (opened_at, id);
CREATE INDEX customer_case_due ON customer_case (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX customer_case_person ON customer_case (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX customer_case_opened_by ON customer_case (opened_by_id) WHERE opened_by_id IS NOT NULL;
CREATE INDEX customer_case_closed_by ON customer_case (closed_by_id) WHERE closed_by_id IS NOT NULL;
CREATE INDEX customer_case_duplicate_of ON customer_case (duplicate_of_id) WHERE duplicate_of_id IS NOT NULL;
CREATE INDEX customer_case_import ON customer_case (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE case_watcher (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL REFERENCES customer_case (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  UNIQUE (case_id, user_id)
);
CREATE INDEX case_watcher_user ON case_watcher (user_id, case_id);

CREATE TABLE case_check (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL REFERENCES customer_case (id) ON DELETE CASCADE,
  words TEXT NOT NULL CHECK (words <> ''),
  position INTEGER NOT NULL DEFAULT 0,
  done_at TEXT,
  done_by_id INTEGER REFERENCES user (id),
  CHECK ((done_at IS NULL) = (done_by_id IS NULL))
);
CREATE INDEX case_check_case ON case_check (case_id, position, id);
CREATE INDEX case_check_done_by ON case_check (done_by_id) WHERE done_by_id IS NOT NULL;

CREATE TABLE case_terms (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  low_minutes INTEGER NOT NULL CHECK (low_minutes > 0),
  normal_minutes INTEGER NOT NULL CHECK (normal_minutes > 0),
  high_minutes INTEGER NOT NULL CHECK (high_minutes > 0),
  urgent_minutes INTEGER NOT NULL CHECK (urgent_minutes > 0),
  version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO case_terms (id, low_minutes, normal_minutes, high_minutes, urgent_minutes) VALUES (1, 2700, 1620, 540, 120);

CREATE TABLE expiry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ours', 'theirs')),
  supplier TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT '',
  expires_on TEXT NOT NULL,
  owner_id INTEGER REFERENCES user (id),
  state TEXT NOT NULL DEFAULT 'set' CHECK (state IN ('set', 'lead_made', 'dropped')),
  state_since TEXT NOT NULL,
  lead_id INTEGER REFERENCES lead (id),
  reason TEXT NOT NULL DEFAULT '',
  set_by_id INTEGER REFERENCES user (id),
  import_id INTEGER,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'lead_made') = (lead_id IS NOT NULL)),
  CHECK (state <> 'dropped' OR reason <> ''),
  CHECK (kind = 'ours' OR supplier <> '')
);
CREATE INDEX expiry_customer ON expiry (customer_id, state, expires_on);
CREATE INDEX expiry_on ON expiry (expires_on, id);
CREATE INDEX expiry_state ON expiry (state, expires_on);
CREATE INDEX expiry_owner ON expiry (owner_id, state, expires_on);
CREATE UNIQUE INDEX expiry_lead ON expiry (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX expiry_person ON expiry (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX expiry_set_by ON expiry (set_by_id) WHERE set_by_id IS NOT NULL;
CREATE INDEX expiry_import ON expiry (import_id) WHERE import_id IS NOT NULL;

ALTER TABLE activity ADD COLUMN case_id INTEGER REFERENCES customer_case (id) ON DELETE CASCADE;
CREATE INDEX activity_case ON activity (case_id, at) WHERE case_id IS NOT NULL;
ALTER TABLE notification ADD COLUMN case_id INTEGER REFERENCES customer_case (id) ON DELETE CASCADE;
CREATE INDEX notification_case ON notification (case_id) WHERE case_id IS NOT NULL
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
