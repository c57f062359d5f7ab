"""Order cancellation (SOP 0) and saving an order (SOP 2)."""

TABLES = """
CREATE TABLE business_hours (
  weekday INTEGER PRIMARY KEY CHECK (weekday BETWEEN 0 AND 6),
  opens TEXT,
  closes TEXT,
  CHECK ((opens IS NULL) = (closes IS NULL) AND (opens IS NULL OR opens < closes))
);
CREATE TABLE holiday (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> '')
);
CREATE TABLE review_terms (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  first_contact_minutes INTEGER NOT NULL CHECK (first_contact_minutes BETWEEN 5 AND 2400),
  version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE cancellation_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'requested' CHECK (state IN
    ('requested', 'in_review', 'contacted', 'retention', 'declined', 'retained', 'cancelled', 'withdrawn')),
  state_since TEXT NOT NULL,
  return_state TEXT NOT NULL CHECK (return_state IN ('active', 'on_hold', 'won')),
  requested_by_id INTEGER REFERENCES user (id),
  requested_at TEXT NOT NULL,
  came_by TEXT NOT NULL CHECK (came_by IN ('phone', 'email', 'text', 'in_person', 'other')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  issues TEXT NOT NULL DEFAULT '',
  tone TEXT NOT NULL,
  phrases TEXT NOT NULL DEFAULT '',
  order_details TEXT NOT NULL DEFAULT '',
  activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  task_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  reviewer_id INTEGER NOT NULL REFERENCES user (id),
  due_at TEXT NOT NULL,
  escalated_at TEXT,
  attempted_at TEXT,
  next_attempt_at TEXT,
  files_read TEXT NOT NULL DEFAULT '',
  contacted_at TEXT,
  contact_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  unreachable INTEGER NOT NULL DEFAULT 0,
  situation TEXT NOT NULL DEFAULT '',
  expectations TEXT NOT NULL DEFAULT '',
  main_reason TEXT,
  real_reason TEXT NOT NULL DEFAULT '',
  diagnosis TEXT CHECK (diagnosis IN ('fear', 'legitimate')),
  committed INTEGER,
  saveable INTEGER,
  kept_by TEXT NOT NULL DEFAULT '',
  decision TEXT NOT NULL DEFAULT '',
  refunded_cents INTEGER CHECK (refunded_cents >= 0),
  kept_cents INTEGER CHECK (kept_cents >= 0),
  pending_cents INTEGER CHECK (pending_cents >= 0),
  withdrawn_because TEXT,
  ended_at TEXT,
  ended_by_id INTEGER REFERENCES user (id),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((ended_at IS NULL) = (state IN ('requested', 'in_review', 'contacted', 'retention', 'declined'))),
  CHECK (state NOT IN ('contacted', 'retention', 'declined', 'retained', 'cancelled') OR contacted_at IS NOT NULL),
  CHECK (state <> 'cancelled' OR (committed = 1 AND decision <> '' AND refunded_cents IS NOT NULL
    AND kept_cents IS NOT NULL AND pending_cents IS NOT NULL)),
  CHECK (state <> 'retained' OR kept_by <> ''),
  CHECK (state <> 'withdrawn' OR withdrawn_because IS NOT NULL)
);
CREATE UNIQUE INDEX cancellation_one_open ON cancellation_request (deal_id) WHERE ended_at IS NULL;
CREATE INDEX cancellation_deal ON cancellation_request (deal_id, id);
CREATE INDEX cancellation_waiting ON cancellation_request (requested_at) WHERE ended_at IS NULL;
CREATE INDEX cancellation_reviewer ON cancellation_request (reviewer_id) WHERE ended_at IS NULL;
CREATE INDEX cancellation_ended ON cancellation_request (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE direction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  words TEXT NOT NULL CHECK (words <> ''),
  until TEXT NOT NULL,
  given_by_id INTEGER NOT NULL REFERENCES user (id),
  given_at TEXT NOT NULL
);
CREATE INDEX direction_request ON direction (request_id, user_id, until);

CREATE TABLE review_presence (
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  seen_at TEXT NOT NULL,
  PRIMARY KEY (request_id, user_id)
) WITHOUT ROWID;

CREATE TABLE evidence_gap (
  activity_id INTEGER PRIMARY KEY REFERENCES activity (id) ON DELETE CASCADE,
  reason TEXT NOT NULL CHECK (reason <> ''),
  told_by_id INTEGER NOT NULL REFERENCES user (id),
  told_at TEXT NOT NULL
);

CREATE TABLE retention_plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  instructions TEXT NOT NULL CHECK (instructions <> ''),
  limits TEXT NOT NULL CHECK (limits <> ''),
  assignee_id INTEGER NOT NULL REFERENCES user (id),
  due_at TEXT NOT NULL,
  made_by_id INTEGER NOT NULL REFERENCES user (id),
  made_at TEXT NOT NULL,
  ended_at TEXT,
  ended_because TEXT CHECK (ended_because IN ('kept', 'declined', 'no_response', 'expired', 'recalled', 'withdrawn')),
  response TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE UNIQUE INDEX retention_one_open ON retention_plan (request_id) WHERE ended_at IS NULL;
CREATE INDEX retention_request ON retention_plan (request_id);
CREATE INDEX retention_assignee ON retention_plan (assignee_id, ended_at);

CREATE TABLE offer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES retention_plan (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('price', 'vehicle', 'eta', 'other')),
  terms TEXT NOT NULL CHECK (terms <> ''),
  value_cents INTEGER CHECK (value_cents >= 0),
  limits TEXT NOT NULL DEFAULT '',
  expires_at TEXT NOT NULL,
  approved_by_id INTEGER NOT NULL REFERENCES user (id),
  approved_at TEXT NOT NULL,
  withdrawn_at TEXT
);
CREATE INDEX offer_plan ON offer (plan_id);

CREATE TABLE presentation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  offer_id INTEGER NOT NULL UNIQUE REFERENCES offer (id) ON DELETE CASCADE,
  activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  presented_by_id INTEGER NOT NULL REFERENCES user (id),
  presented_at TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('thinking', 'accepted', 'declined')),
  words TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  CHECK ((answer = 'thinking') = (answered_at IS NULL))
);

CREATE TABLE counter_offer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES retention_plan (id) ON DELETE CASCADE,
  terms TEXT NOT NULL CHECK (terms <> ''),
  told_by_id INTEGER NOT NULL REFERENCES user (id),
  told_at TEXT NOT NULL,
  approved INTEGER,
  answer TEXT NOT NULL DEFAULT '',
  answered_by_id INTEGER REFERENCES user (id),
  answered_at TEXT,
  CHECK ((approved IS NULL) = (answered_at IS NULL))
);
CREATE INDEX counter_offer_plan ON counter_offer (plan_id);

CREATE TABLE commitment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('price', 'eta', 'vehicle', 'other')),
  words TEXT NOT NULL CHECK (words <> ''),
  task_id INTEGER NOT NULL UNIQUE REFERENCES activity (id) ON DELETE CASCADE,
  made_by_id INTEGER NOT NULL REFERENCES user (id),
  made_at TEXT NOT NULL
);
CREATE INDEX commitment_request ON commitment (request_id);

CREATE TABLE playbook_answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step IN ('empathise', 'diagnose', 'mission', 'social_proof', 'future', 'agreement')),
  words TEXT NOT NULL DEFAULT '',
  story_id INTEGER REFERENCES story (id),
  answered_by_id INTEGER NOT NULL REFERENCES user (id),
  answered_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (request_id, step)
);

CREATE TABLE story (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL UNIQUE REFERENCES cancellation_request (id) ON DELETE CASCADE,
  title TEXT NOT NULL CHECK (title <> ''),
  words TEXT NOT NULL CHECK (words <> ''),
  consent TEXT NOT NULL CHECK (consent <> ''),
  consented_on TEXT NOT NULL,
  made_by_id INTEGER NOT NULL REFERENCES user (id),
  made_at TEXT NOT NULL,
  retired_at TEXT,
  version INTEGER NOT NULL DEFAULT 1
);

ALTER TABLE deal ADD COLUMN retention_id INTEGER REFERENCES user (id);
CREATE INDEX deal_retention ON deal (retention_id) WHERE retention_id IS NOT NULL;
"""

HOURS = [(day, "09:00", "18:00") for day in range(5)] + [(5, "10:00", "16:00"), (6, None, None)]


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    for row in HOURS:
        db.execute_sql("INSERT INTO business_hours (weekday, opens, closes) VALUES (?, ?, ?)", row)
    db.execute_sql("INSERT INTO review_terms (id, first_contact_minutes) VALUES (1, 60)")
