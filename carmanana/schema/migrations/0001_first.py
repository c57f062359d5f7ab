"""People, customers, pipelines, deals, activities, files, imports and the audit trail."""

TABLES = """
CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT,
  roles TEXT NOT NULL DEFAULT '',
  manager_id INTEGER REFERENCES user (id),
  phone TEXT NOT NULL DEFAULT '',
  timezone TEXT NOT NULL,
  theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
  house INTEGER NOT NULL DEFAULT 0,
  deactivated_at TEXT,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (NOT house OR password_hash IS NULL)
);

CREATE TABLE absence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  created_by_id INTEGER NOT NULL REFERENCES user (id),
  created_at TEXT NOT NULL,
  CHECK (ends_on >= starts_on)
);
CREATE INDEX absence_user ON absence (user_id, ends_on);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (id),
  data TEXT NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  agent TEXT NOT NULL DEFAULT ''
);
CREATE INDEX session_user ON session (user_id);

CREATE TABLE signin_attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX signin_attempt_account ON signin_attempt (account, at);
CREATE INDEX signin_attempt_address ON signin_attempt (address, at);

CREATE TABLE password_reset (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL,
  used_at TEXT
);
CREATE INDEX password_reset_user ON password_reset (user_id);

CREATE TABLE one_time_key (
  key TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (id),
  made TEXT NOT NULL DEFAULT '',
  made_id INTEGER,
  at TEXT NOT NULL
);

CREATE TABLE outgoing_mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "to" TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  sent_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  trouble TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outgoing_mail_waiting ON outgoing_mail (id) WHERE sent_at IS NULL;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  region TEXT NOT NULL DEFAULT '',
  timezone TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  details TEXT NOT NULL DEFAULT '',
  owner_id INTEGER REFERENCES user (id),
  mood TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'pending_cancellation', 'cancelled')),
  no_calls INTEGER NOT NULL DEFAULT 0,
  no_emails INTEGER NOT NULL DEFAULT 0,
  no_texts INTEGER NOT NULL DEFAULT 0,
  import_id INTEGER,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX customer_name ON customer (name COLLATE NOCASE);
CREATE INDEX customer_owner ON customer (owner_id);
CREATE INDEX customer_import ON customer (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE customer_phone (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  typed TEXT NOT NULL,
  e164 TEXT,
  position INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX customer_phone_customer ON customer_phone (customer_id, position);
CREATE INDEX customer_phone_e164 ON customer_phone (e164) WHERE e164 IS NOT NULL;

CREATE TABLE customer_email (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX customer_email_customer ON customer_email (customer_id, position);
CREATE INDEX customer_email_address ON customer_email (LOWER(address));

CREATE TABLE pipeline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  order_type TEXT NOT NULL CHECK (order_type IN ('new_vehicle', 'used_vehicle', 'special_sourcing')),
  position INTEGER NOT NULL
);

CREATE TABLE stage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pipeline_id INTEGER NOT NULL REFERENCES pipeline (id),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  accent INTEGER NOT NULL CHECK (accent BETWEEN 1 AND 6),
  requires TEXT NOT NULL DEFAULT '',
  ageing_days INTEGER NOT NULL DEFAULT 14 CHECK (ageing_days > 0),
  archived INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX stage_pipeline ON stage (pipeline_id, position);

CREATE TABLE stage_restriction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  stage_id INTEGER NOT NULL REFERENCES stage (id),
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  reason TEXT NOT NULL,
  created_by_id INTEGER NOT NULL REFERENCES user (id),
  created_at TEXT NOT NULL
);
CREATE INDEX stage_restriction_user ON stage_restriction (user_id, stage_id);

CREATE TABLE deal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  pipeline_id INTEGER NOT NULL REFERENCES pipeline (id),
  stage_id INTEGER NOT NULL REFERENCES stage (id),
  position INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'active'
    CHECK (state IN ('active', 'on_hold', 'cancellation_requested', 'won', 'cancelled_by_client', 'lost')),
  readiness TEXT NOT NULL DEFAULT 'live' CHECK (readiness IN ('live', 'organic')),
  order_type TEXT NOT NULL CHECK (order_type IN ('new_vehicle', 'used_vehicle', 'special_sourcing')),
  owner_id INTEGER REFERENCES user (id),
  currency TEXT NOT NULL DEFAULT 'USD',
  value_cents INTEGER CHECK (value_cents >= 0),
  vehicle_year INTEGER,
  vehicle_make TEXT NOT NULL DEFAULT '',
  vehicle_model TEXT NOT NULL DEFAULT '',
  details TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  agreement_on TEXT,
  no_deposit_reason TEXT NOT NULL DEFAULT '',
  eta_on TEXT,
  delivered_on TEXT,
  loss_reason TEXT,
  loss_words TEXT NOT NULL DEFAULT '',
  flagged_at TEXT,
  flagged_by_id INTEGER REFERENCES user (id),
  previous_deal_id INTEGER REFERENCES deal (id),
  import_id INTEGER,
  external_id TEXT NOT NULL DEFAULT '',
  in_stage_since TEXT NOT NULL,
  state_since TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (NOT (state = 'on_hold' AND readiness = 'live')),
  CHECK (state <> 'won' OR (value_cents IS NOT NULL AND agreement_on IS NOT NULL)),
  CHECK (state <> 'lost' OR (loss_reason IS NOT NULL AND agreement_on IS NULL))
);
CREATE INDEX deal_column ON deal (pipeline_id, state, stage_id, position);
CREATE INDEX deal_ended ON deal (pipeline_id, state, state_since);
CREATE INDEX deal_owner ON deal (owner_id, state);
CREATE INDEX deal_customer ON deal (customer_id);
CREATE INDEX deal_stage ON deal (stage_id);
CREATE INDEX deal_import ON deal (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX deal_external ON deal (external_id) WHERE external_id <> '';
CREATE INDEX deal_previous ON deal (previous_deal_id) WHERE previous_deal_id IS NOT NULL;

CREATE TABLE hold (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  sub_status TEXT NOT NULL CHECK (sub_status IN ('months_out', 'financing', 'event', 'later_date')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  follow_up_on TEXT NOT NULL,
  placed_by_id INTEGER REFERENCES user (id),
  placed_at TEXT NOT NULL,
  lifted_at TEXT
);
CREATE UNIQUE INDEX hold_standing ON hold (deal_id) WHERE lifted_at IS NULL;
CREATE INDEX hold_deal ON hold (deal_id);

CREATE TABLE payment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('received', 'refunded', 'kept')),
  is_deposit INTEGER NOT NULL DEFAULT 0,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  paid_on TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  recorded_by_id INTEGER REFERENCES user (id),
  created_at TEXT NOT NULL
);
CREATE INDEX payment_deal ON payment (deal_id);

CREATE TABLE needs_assessment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL UNIQUE REFERENCES deal (id) ON DELETE CASCADE,
  timeline TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '',
  budget_from_cents INTEGER,
  budget_to_cents INTEGER,
  matters_most TEXT NOT NULL DEFAULT '',
  mission TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (budget_to_cents IS NULL OR budget_from_cents IS NULL OR budget_to_cents >= budget_from_cents)
);

CREATE TABLE vehicle_option (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  needs_id INTEGER NOT NULL REFERENCES needs_assessment (id) ON DELETE CASCADE,
  brand TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT '',
  year_from INTEGER,
  year_to INTEGER,
  most_miles INTEGER,
  colours TEXT NOT NULL DEFAULT '',
  special TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX vehicle_option_needs ON vehicle_option (needs_id, position);

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  deal_id INTEGER REFERENCES deal (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'voicemail', 'email', 'text', 'note', 'task')),
  direction TEXT CHECK (direction IN ('in', 'out')),
  outcome TEXT,
  subject TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  objections TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  minutes INTEGER CHECK (minutes >= 0),
  author_id INTEGER REFERENCES user (id),
  assignee_id INTEGER REFERENCES user (id),
  due_at TEXT,
  done_at TEXT,
  done_by_id INTEGER REFERENCES user (id),
  follows_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((kind IN ('note', 'task')) = (direction IS NULL)),
  CHECK (kind <> 'task' OR due_at IS NOT NULL),
  CHECK (direction <> 'out' OR (outcome IS NOT NULL AND summary <> ''))
);
CREATE INDEX activity_deal ON activity (deal_id, at);
CREATE INDEX activity_customer ON activity (customer_id, at);
CREATE INDEX activity_open_step ON activity (deal_id, due_at) WHERE kind = 'task' AND done_at IS NULL;
CREATE INDEX activity_assignee ON activity (assignee_id, due_at) WHERE kind = 'task' AND done_at IS NULL;
CREATE INDEX activity_follows ON activity (follows_id) WHERE follows_id IS NOT NULL;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('recording', 'email', 'document', 'picture')),
  name TEXT NOT NULL,
  stored TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  uploaded_by_id INTEGER REFERENCES user (id),
  created_at TEXT NOT NULL
);
CREATE INDEX attachment_activity ON attachment (activity_id);

CREATE TABLE notification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  text TEXT NOT NULL,
  deal_id INTEGER REFERENCES deal (id) ON DELETE CASCADE,
  customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
  about_id INTEGER REFERENCES user (id),
  actor_id INTEGER REFERENCES user (id),
  created_at TEXT NOT NULL,
  read_at TEXT
);
CREATE INDEX notification_user ON notification (user_id, id);
CREATE INDEX notification_unread ON notification (user_id) WHERE read_at IS NULL;
CREATE INDEX notification_deal ON notification (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX notification_customer ON notification (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER REFERENCES user (id),
  name TEXT NOT NULL,
  stored TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  mapping TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL DEFAULT 'uploaded'
    CHECK (state IN ('uploaded', 'queued', 'running', 'done', 'failed', 'undoing', 'undone')),
  total INTEGER NOT NULL DEFAULT 0,
  at_row INTEGER NOT NULL DEFAULT 0,
  deals_made INTEGER NOT NULL DEFAULT 0,
  customers_made INTEGER NOT NULL DEFAULT 0,
  customers_met INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  trouble TEXT NOT NULL DEFAULT '',
  beat_at TEXT,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX import_batch_waiting ON import_batch (id) WHERE state IN ('queued', 'running', 'undoing');

CREATE TABLE import_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  cells TEXT NOT NULL DEFAULT '[]',
  deal_id INTEGER
);
CREATE INDEX import_row_batch ON import_row (batch_id, number);

CREATE TABLE heartbeat (
  one INTEGER PRIMARY KEY,
  at TEXT
);

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor_id INTEGER,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  verb TEXT NOT NULL,
  was TEXT,
  became TEXT,
  data TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, subject_id, id);
"""

HOUSE = """
INSERT INTO user (id, email, name, roles, timezone, house, created_at)
VALUES (1, 'house@carmanana', 'CarManana', '', 'America/New_York', 1, strftime('%Y-%m-%d %H:%M:%S.000000', 'now'))
"""

PIPELINES = [
    ("New vehicle orders", "new-vehicle-orders", "new_vehicle"),
    ("Used vehicle orders", "used-vehicle-orders", "used_vehicle"),
    ("Special sourcing", "special-sourcing", "special_sourcing"),
]
STAGES = [
    ("New Orders", "", 2),
    ("Contacted", " contact owner ", 7),
    ("Needs Confirmed", " needs owner ", 7),
    ("Options Sent", " needs owner ", 7),
    ("Decision", " owner value ", 10),
    ("Agreement & Deposit", " agreement owner value ", 10),
]


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    db.execute_sql(HOUSE)
    for position, pipeline in enumerate(PIPELINES, 1):
        db.execute_sql(
            "INSERT INTO pipeline (name, slug, order_type, position) VALUES (?, ?, ?, ?)", (*pipeline, position)
        )
        for number, (name, requires, days) in enumerate(STAGES, 1):
            db.execute_sql(
                "INSERT INTO stage (pipeline_id, name, position, accent, requires, ageing_days) VALUES (?, ?, ?, ?, ?, ?)",
                (position, name, number * 1024, number, requires, days),
            )
