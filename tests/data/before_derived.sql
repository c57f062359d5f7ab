CREATE TABLE "schema_migration" ("id" INTEGER NOT NULL PRIMARY KEY, "name" VARCHAR(255) NOT NULL, "applied" DATETIME NOT NULL);
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
  version INTEGER NOT NULL DEFAULT 1, density TEXT NOT NULL DEFAULT 'comfortable' CHECK (density IN ('comfortable', 'compact')),
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
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (id),
  data TEXT NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  agent TEXT NOT NULL DEFAULT ''
);
CREATE TABLE signin_attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE TABLE password_reset (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL,
  used_at TEXT
);
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
, folded TEXT NOT NULL DEFAULT '');
CREATE TABLE customer_phone (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  typed TEXT NOT NULL,
  e164 TEXT,
  position INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE customer_email (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0
);
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
, probability INTEGER NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100), most_deals INTEGER CHECK (most_deals > 0));
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
  version INTEGER NOT NULL DEFAULT 1, retention_id INTEGER REFERENCES user (id), next_due_at TEXT, held_until TEXT, client TEXT NOT NULL DEFAULT '',
  CHECK (NOT (state = 'on_hold' AND readiness = 'live')),
  CHECK (state <> 'won' OR (value_cents IS NOT NULL AND agreement_on IS NOT NULL)),
  CHECK (state <> 'lost' OR (loss_reason IS NOT NULL AND agreement_on IS NULL))
);
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
CREATE TABLE import_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  cells TEXT NOT NULL DEFAULT '[]',
  deal_id INTEGER
);
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
CREATE TABLE direction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  words TEXT NOT NULL CHECK (words <> ''),
  until TEXT NOT NULL,
  given_by_id INTEGER NOT NULL REFERENCES user (id),
  given_at TEXT NOT NULL
);
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
CREATE TABLE commitment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES cancellation_request (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('price', 'eta', 'vehicle', 'other')),
  words TEXT NOT NULL CHECK (words <> ''),
  task_id INTEGER NOT NULL UNIQUE REFERENCES activity (id) ON DELETE CASCADE,
  made_by_id INTEGER NOT NULL REFERENCES user (id),
  made_at TEXT NOT NULL
);
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
CREATE TABLE script (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  situation TEXT NOT NULL,
  who TEXT NOT NULL CHECK (who IN ('agent', 'manager', 'retention')),
  kind TEXT NOT NULL CHECK (kind IN ('say', 'never')),
  title TEXT NOT NULL CHECK (title <> ''),
  words TEXT NOT NULL CHECK (words <> ''),
  sop TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  number INTEGER NOT NULL CHECK (number > 0),
  standing TEXT NOT NULL CHECK (standing IN ('draft', 'approved', 'retired')),
  author_id INTEGER REFERENCES user (id),
  approved_by_id INTEGER REFERENCES user (id),
  approved_at TEXT,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (key, number),
  CHECK ((standing = 'draft') = (approved_at IS NULL))
);
CREATE TABLE word_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  words TEXT NOT NULL CHECK (words <> ''),
  about TEXT NOT NULL DEFAULT '',
  changed_by_id INTEGER REFERENCES user (id),
  changed_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE phrase (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sort TEXT NOT NULL CHECK (sort IN ('refund_promise', 'timeline_promise', 'instant_cancellation', 'deposit_guarantee',
    'legal_tax_advice', 'aggressive', 'blame', 'honest', 'condition', 'decision')),
  pattern TEXT NOT NULL CHECK (pattern <> ''),
  catches TEXT NOT NULL CHECK (catches <> ''),
  passes TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1,
  changed_by_id INTEGER REFERENCES user (id),
  changed_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  customer_id INTEGER REFERENCES customer (id) ON DELETE SET NULL,
  deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL,
  activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  sort TEXT NOT NULL CHECK (sort IN ('refund_promise', 'timeline_promise', 'instant_cancellation', 'deposit_guarantee',
    'legal_tax_advice', 'aggressive', 'blame', 'own_review', 'beyond_offers')),
  phrase_id INTEGER REFERENCES phrase (id) ON DELETE SET NULL,
  excerpt TEXT NOT NULL CHECK (LENGTH(excerpt) <= 200),
  place TEXT NOT NULL CHECK (place IN ('note', 'email', 'text', 'call', 'voicemail', 'review')),
  outcome TEXT NOT NULL CHECK (outcome IN ('refused', 'confirmed', 'happened')),
  at TEXT NOT NULL,
  reviewed_at TEXT,
  reviewed_by_id INTEGER REFERENCES user (id),
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((reviewed_at IS NULL) = (reviewed_by_id IS NULL))
);
CREATE TABLE letter_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  used_when TEXT NOT NULL DEFAULT '',
  may_use TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL CHECK (subject <> ''),
  body TEXT NOT NULL CHECK (body <> ''),
  position INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  changed_by_id INTEGER REFERENCES user (id),
  changed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  author_id INTEGER NOT NULL REFERENCES user (id),
  activity_id INTEGER UNIQUE REFERENCES activity (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL DEFAULT '',
  "to" TEXT NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  next_step TEXT NOT NULL DEFAULT '',
  due_at TEXT,
  stored TEXT NOT NULL DEFAULT '',
  went_at TEXT,
  by_hand INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  try_after TEXT,
  handed_at TEXT,
  sent_at TEXT,
  given_up_at TEXT,
  trouble TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (activity_id IS NOT NULL OR (sent_at IS NULL AND given_up_at IS NULL)),
  CHECK (activity_id IS NULL OR stored <> '')
);
CREATE TABLE known_mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  UNIQUE (deal_id, message_id)
);
CREATE TABLE deal_tally (
  pipeline_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  stage_id INTEGER NOT NULL,
  readiness TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  deals INTEGER NOT NULL,
  value_cents INTEGER NOT NULL,
  PRIMARY KEY (pipeline_id, state, stage_id, readiness, owner_id)
) WITHOUT ROWID;
CREATE TABLE search_paused (index_name TEXT PRIMARY KEY, after_id INTEGER NOT NULL);
CREATE TABLE undo_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  by_id INTEGER NOT NULL REFERENCES user (id),
  verb TEXT NOT NULL,
  was TEXT NOT NULL,
  before TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT,
  UNIQUE (deal_id, version)
);
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  pipeline_id INTEGER NOT NULL REFERENCES pipeline (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (LENGTH(name) BETWEEN 1 AND 60),
  ending TEXT NOT NULL,
  query TEXT NOT NULL,
  shared INTEGER NOT NULL DEFAULT 0,
  opens_first INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  UNIQUE (user_id, name)
);
CREATE TABLE bulk_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  kind TEXT NOT NULL CHECK (kind IN ('assign', 'move', 'step', 'flag')),
  given TEXT NOT NULL,
  back TEXT NOT NULL DEFAULT '',
  total INTEGER NOT NULL CHECK (total > 0),
  done INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  CHECK (done + refused <= total)
);
CREATE TABLE bulk_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES bulk_run (id) ON DELETE CASCADE,
  deal_id INTEGER NOT NULL,
  version INTEGER,
  settled_at TEXT,
  code TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  sop TEXT NOT NULL DEFAULT '',
  UNIQUE (run_id, deal_id)
);
CREATE TABLE merged_customer (
  id INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  by_id INTEGER NOT NULL REFERENCES user (id),
  at TEXT NOT NULL
);
CREATE TABLE board_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pipeline_id INTEGER,
  deal_id INTEGER,
  stage_id INTEGER,
  state TEXT,
  event_id INTEGER NOT NULL
);
CREATE TABLE deal_presence (
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  seen_at TEXT NOT NULL,
  PRIMARY KEY (deal_id, user_id)
) WITHOUT ROWID
;
INSERT INTO "schema_migration" VALUES(1,'0001_first','2026-11-30 02:15:53.118228');
INSERT INTO "schema_migration" VALUES(2,'0002_cancellations','2026-11-30 02:15:53.130509');
INSERT INTO "schema_migration" VALUES(3,'0003_words','2026-11-30 02:15:53.163318');
INSERT INTO "schema_migration" VALUES(4,'0004_letters','2026-11-30 02:15:53.177307');
INSERT INTO "schema_migration" VALUES(5,'0005_speed','2026-11-30 02:15:53.197006');
INSERT INTO "schema_migration" VALUES(6,'0006_search','2026-11-30 02:15:53.206306');
INSERT INTO "schema_migration" VALUES(7,'0007_undo','2026-11-30 02:15:53.220434');
INSERT INTO "schema_migration" VALUES(8,'0008_views','2026-11-30 02:15:53.227090');
INSERT INTO "schema_migration" VALUES(9,'0009_calendar','2026-11-30 02:15:53.240394');
INSERT INTO "schema_migration" VALUES(10,'0010_bulk','2026-11-30 02:15:53.248510');
INSERT INTO "schema_migration" VALUES(11,'0011_duplicates','2026-11-30 02:15:53.252577');
INSERT INTO "schema_migration" VALUES(12,'0012_live','2026-11-30 02:15:53.268146');
INSERT INTO "schema_migration" VALUES(13,'0013_told','2026-11-30 02:15:53.277091');
INSERT INTO "user" VALUES(1,'house@carmanana','CarManana',NULL,'',NULL,'','America/New_York','system',1,NULL,'2026-11-30 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(2,'manager@carmanana.example','Ingrid Dahl','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' manager ',NULL,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(3,'manager2@carmanana.example','Oskar Lind','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' manager ',NULL,'','America/Chicago','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(4,'agent@carmanana.example','Marta Sandoval','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',2,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(5,'agent2@carmanana.example','Thabo Okafor','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',3,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(6,'jana.weiss@carmanana.example','Jana Weiss','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',2,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(7,'camille.bertrand@carmanana.example','Camille Bertrand','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',2,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(8,'priya.raman@carmanana.example','Priya Raman','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',3,'','America/Chicago','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(9,'luca.paoli@carmanana.example','Luca Paoli','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',3,'','America/Chicago','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(10,'declan.murphy@carmanana.example','Declan Ó Murchú','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',2,'','America/Los_Angeles','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(11,'yuki.tanaka@carmanana.example','Yuki Tanaka','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',3,'','America/Los_Angeles','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(12,'grace.adeyemi@carmanana.example','Grace Adéyẹmí-Whitlock','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',2,'','America/Chicago','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(13,'owen.haverford@carmanana.example','Owen Haverford','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' agent ',3,'','America/New_York','system',0,'2026-11-26 14:00:00.000000','2020-12-01 02:15:53.000000',2,'comfortable');
INSERT INTO "user" VALUES(14,'retention@carmanana.example','Samira Mendes','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' retention ',2,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(15,'mateo.ruiz@carmanana.example','Mateo Ruiz','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' retention ',3,'','America/Chicago','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(16,'cancellations@carmanana.example','Noor Haddad','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' customer_cancellation ',2,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(17,'compliance@carmanana.example','Piet de Vries','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' compliance ',2,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "user" VALUES(18,'admin@carmanana.example','Ada Brandt','$argon2id$v=19$m=19456,t=2,p=1$B3F6ulSyvmZUVXiW3Gpl0w$t6tbUQB6c6Na4cA4QWOEONptrSPrCo3uN6wyoEmNgTA',' crm_admin ',NULL,'','America/New_York','system',0,NULL,'2020-12-01 02:15:53.000000',1,'comfortable');
INSERT INTO "absence" VALUES(1,9,'2026-11-26','2026-12-05','Wedding in Lucca',3,'2026-11-26 02:15:53.000000');
INSERT INTO "customer" VALUES(1,'Hegedűs Ágnes','CA-ON','America/Toronto','hu','',5,'','live',0,0,0,NULL,'2026-03-12 16:06:42.000000',1,'hegedus agnes');
INSERT INTO "customer" VALUES(2,'Beth Ann Langley','US-PA','America/New_York','en','',13,'','live',0,0,0,NULL,'2026-05-07 21:52:04.000000',1,'beth ann langley');
INSERT INTO "customer" VALUES(3,'ਗੁਰਲੀਨ ਕੌਰ ਸਿੱਧੂ · Gurleen Kaur Sidhu','CA-ON','America/Toronto','pa','',4,'','live',0,0,0,NULL,'2026-06-22 19:51:27.000000',1,'ਗੁਰਲੀਨ ਕੌਰ ਸਿੱਧੂ · gurleen kaur sidhu');
INSERT INTO "customer" VALUES(4,'陈浩然 · Haoran Chen','US-CA','America/Los_Angeles','zh','',7,'','live',0,0,0,NULL,'2026-09-30 13:57:09.000000',1,'陈浩然 · haoran chen');
INSERT INTO "customer" VALUES(5,'Żaneta Dąbrowska','CA-ON','America/Toronto','pl','',6,'','live',0,0,0,NULL,'2026-10-20 17:21:57.000000',1,'zaneta dabrowska');
INSERT INTO "customer" VALUES(6,'陈建国 · Jianguo Chen','US-CA','America/Los_Angeles','zh','',4,'','live',0,0,0,NULL,'2026-10-27 19:55:55.000000',1,'陈建国 · jianguo chen');
INSERT INTO "customer" VALUES(7,'Callum MacAllister','GB','Europe/London','en','',7,'','live',0,0,0,NULL,'2026-10-30 14:19:43.000000',1,'callum macallister');
INSERT INTO "customer" VALUES(8,'Frida Hällström','US-MN','America/Chicago','sv','',4,'','live',0,0,0,NULL,'2026-11-04 20:03:51.000000',1,'frida hallstrom');
INSERT INTO "customer" VALUES(9,'Megan Holloway','US-MI','America/Detroit','en','',12,'','live',0,0,0,NULL,'2026-11-06 15:40:40.000000',1,'megan holloway');
INSERT INTO "customer" VALUES(10,'大野 遥 · Haruka Ōno','US-WA','America/Los_Angeles','ja','',7,'','live',0,0,0,NULL,'2026-11-11 15:27:39.000000',1,'大野 遥 · haruka ono');
INSERT INTO "customer" VALUES(11,'Simone Langley','US-AK','America/Anchorage','en','',4,'','live',0,0,0,NULL,'2026-11-12 17:55:55.000000',1,'simone langley');
INSERT INTO "customer" VALUES(12,'Maarten van den Broek','CA-AB','America/Edmonton','nl','',4,'','live',0,0,0,NULL,'2026-11-17 16:11:47.000000',1,'maarten van den broek');
INSERT INTO "customer_phone" VALUES(1,1,'+1 (416) 555-0152','+14165550152',0);
INSERT INTO "customer_phone" VALUES(2,2,'0049 30 901820',NULL,0);
INSERT INTO "customer_phone" VALUES(3,3,'905.555.0172','+19055550172',0);
INSERT INTO "customer_phone" VALUES(4,4,'669.555.0114','+16695550114',0);
INSERT INTO "customer_phone" VALUES(5,5,'(437) 555-0134','+14375550134',0);
INSERT INTO "customer_phone" VALUES(6,6,'669.555.0143','+16695550143',0);
INSERT INTO "customer_phone" VALUES(7,7,'+44 20 7946 0544','+442079460544',0);
INSERT INTO "customer_phone" VALUES(8,8,'+1 (763) 555-0173','+17635550173',0);
INSERT INTO "customer_phone" VALUES(9,9,'(248) 555-0105','+12485550105',0);
INSERT INTO "customer_phone" VALUES(10,10,'+1 (206) 555-0102','+12065550102',0);
INSERT INTO "customer_phone" VALUES(11,11,'(907) 555-0119','+19075550119',0);
INSERT INTO "customer_phone" VALUES(12,12,'+1 (587) 555-0168','+15875550168',0);
INSERT INTO "customer_email" VALUES(1,1,'hegedus.agnes@example.org',0);
INSERT INTO "customer_email" VALUES(2,2,'blangley@example.com',0);
INSERT INTO "customer_email" VALUES(3,3,'sidhu.gurleenkaur@example.net',0);
INSERT INTO "customer_email" VALUES(4,4,'haoranchen@example.com',0);
INSERT INTO "customer_email" VALUES(5,5,'zaneta.dabrowska@example.com',0);
INSERT INTO "customer_email" VALUES(6,6,'jianguo.chen@example.com',0);
INSERT INTO "customer_email" VALUES(7,7,'macallister.callum@example.org',0);
INSERT INTO "customer_email" VALUES(8,8,'hallstrom.frida@example.com',0);
INSERT INTO "customer_email" VALUES(9,9,'holloway.megan@example.org',0);
INSERT INTO "customer_email" VALUES(10,10,'harukaono@example.org',0);
INSERT INTO "customer_email" VALUES(11,11,'langley.simone@example.org',0);
INSERT INTO "customer_email" VALUES(12,12,'vandenbroek.maarten@example.org',0);
INSERT INTO "pipeline" VALUES(1,'New vehicle orders','new-vehicle-orders','new_vehicle',1);
INSERT INTO "pipeline" VALUES(2,'Used vehicle orders','used-vehicle-orders','used_vehicle',2);
INSERT INTO "pipeline" VALUES(3,'Special sourcing','special-sourcing','special_sourcing',3);
INSERT INTO "stage" VALUES(1,1,'New Orders',1024,1,'',2,0,1,10,NULL);
INSERT INTO "stage" VALUES(2,1,'Contacted',2048,2,' contact owner ',7,0,1,20,NULL);
INSERT INTO "stage" VALUES(3,1,'Needs Confirmed',3072,3,' needs owner ',7,0,1,40,NULL);
INSERT INTO "stage" VALUES(4,1,'Options Sent',4096,4,' needs owner ',7,0,1,60,NULL);
INSERT INTO "stage" VALUES(5,1,'Decision',5120,5,' owner value ',10,0,1,80,NULL);
INSERT INTO "stage" VALUES(6,1,'Agreement & Deposit',6144,6,' agreement owner value ',10,0,1,90,NULL);
INSERT INTO "stage" VALUES(7,2,'New Orders',1024,1,'',2,0,1,10,NULL);
INSERT INTO "stage" VALUES(8,2,'Contacted',2048,2,' contact owner ',7,0,1,20,NULL);
INSERT INTO "stage" VALUES(9,2,'Needs Confirmed',3072,3,' needs owner ',7,0,1,40,NULL);
INSERT INTO "stage" VALUES(10,2,'Options Sent',4096,4,' needs owner ',7,0,1,60,NULL);
INSERT INTO "stage" VALUES(11,2,'Decision',5120,5,' owner value ',10,0,1,80,NULL);
INSERT INTO "stage" VALUES(12,2,'Agreement & Deposit',6144,6,' agreement owner value ',10,0,1,90,NULL);
INSERT INTO "stage" VALUES(13,3,'New Orders',1024,1,'',2,0,1,10,NULL);
INSERT INTO "stage" VALUES(14,3,'Contacted',2048,2,' contact owner ',7,0,1,20,NULL);
INSERT INTO "stage" VALUES(15,3,'Needs Confirmed',3072,3,' needs owner ',7,0,1,40,NULL);
INSERT INTO "stage" VALUES(16,3,'Options Sent',4096,4,' needs owner ',7,0,1,60,NULL);
INSERT INTO "stage" VALUES(17,3,'Decision',5120,5,' owner value ',10,0,1,80,NULL);
INSERT INTO "stage" VALUES(18,3,'Agreement & Deposit',6144,6,' agreement owner value ',10,0,1,90,NULL);
INSERT INTO "stage_restriction" VALUES(1,6,12,'2026-11-29','2026-12-13','Two agreements went out without a manager''s look. Coaching first.',2,'2026-11-30 02:15:53.000000');
INSERT INTO "deal" VALUES(1,1,2,12,1024,'cancelled_by_client','live','used_vehicle',5,'USD',2850000,2024,'Mazda','CX-5 Carbon Edition','','Website form','2026-03-31','',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-04-02 21:06:05.000000','2026-04-21 15:46:22.000000','2026-03-12 16:06:42.000000',35,NULL,NULL,NULL,'hegedus agnes');
INSERT INTO "deal" VALUES(2,2,1,6,1024,'cancelled_by_client','live','new_vehicle',13,'USD',6090000,2027,'Volvo','V60 Cross Country Ultra','','Referral','2026-05-19','','2026-06-29',NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-05-21 15:53:41.000000','2026-05-29 13:58:46.000000','2026-05-07 21:52:04.000000',35,NULL,NULL,NULL,'beth ann langley');
INSERT INTO "deal" VALUES(3,3,2,7,0,'lost','live','used_vehicle',4,'USD',1250000,2020,'Toyota','Corolla XSE','','Returning client',NULL,'',NULL,NULL,'no_response','Never picked up, never wrote back.',NULL,NULL,NULL,NULL,'','2026-06-22 19:51:27.000000','2026-07-08 21:10:10.000000','2026-06-22 19:51:27.000000',13,NULL,NULL,NULL,'ਗੁਰਲੀਨ ਕੌਰ ਸਿੱਧੂ · gurleen kaur sidhu');
INSERT INTO "deal" VALUES(4,4,2,12,0,'cancellation_requested','live','used_vehicle',7,'USD',4150000,2023,'Audi','Q5 Prestige','','Returning client','2026-11-05','',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-05 20:02:14.000000','2026-11-23 19:21:57.000000','2026-09-30 13:57:09.000000',35,NULL,'2026-11-27 23:00:00.000000',NULL,'陈浩然 · haoran chen');
INSERT INTO "deal" VALUES(5,5,3,15,1024,'on_hold','organic','special_sourcing',6,'USD',19290000,1965,'Jaguar','E-Type Roadster','','Newsletter',NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-07 14:58:46.000000','2026-11-13 20:17:29.000000','2026-10-20 17:21:57.000000',15,NULL,NULL,'2027-03-11','zaneta dabrowska');
INSERT INTO "deal" VALUES(6,6,2,12,-1024,'cancellation_requested','live','used_vehicle',4,'USD',1150000,2017,'Honda','Ridgeline RTL','','Website form','2026-11-16','',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-16 18:08:56.000000','2026-11-25 17:37:49.000000','2026-10-27 19:55:55.000000',34,NULL,'2026-11-27 23:00:00.000000',NULL,'陈建国 · jianguo chen');
INSERT INTO "deal" VALUES(7,7,1,6,0,'won','live','new_vehicle',7,'USD',3490000,2026,'Nissan','Rogue SL','','Website form','2026-11-10','Fleet agreement covers the deposit','2026-12-23',NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-10 19:03:51.000000','2026-11-11 22:49:13.000000','2026-10-30 14:19:43.000000',26,NULL,NULL,NULL,'callum macallister');
INSERT INTO "deal" VALUES(8,8,3,16,1024,'active','live','special_sourcing',4,'USD',8790000,1987,'Porsche','911 Carrera 3.2 Targa','','Website form',NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-24 16:40:40.000000','2026-11-04 20:03:51.000000','2026-11-04 20:03:51.000000',23,NULL,'2026-12-09 20:30:00.000000',NULL,'frida hallstrom');
INSERT INTO "deal" VALUES(9,9,2,9,-2048,'on_hold','organic','used_vehicle',12,'USD',NULL,2025,'Volvo','XC60 Core','','Website form',NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-12 20:13:01.000000','2026-11-19 15:03:51.000000','2026-11-06 15:40:40.000000',16,NULL,'2026-12-22 16:00:00.000000','2026-12-22','megan holloway');
INSERT INTO "deal" VALUES(10,10,2,9,-5120,'active','organic','used_vehicle',7,'USD',NULL,2022,'Ford','Maverick XLT','','Walk-in',NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-24 14:53:18.000000','2026-11-26 15:31:07.000000','2026-11-11 15:27:39.000000',16,NULL,'2026-12-09 14:00:00.000000',NULL,'大野 遥 · haruka ono');
INSERT INTO "deal" VALUES(11,11,1,3,-1024,'active','live','new_vehicle',4,'USD',NULL,2026,'Kia','Telluride EX','','Website form',NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-23 20:45:45.000000','2026-11-12 17:55:55.000000','2026-11-12 17:55:55.000000',13,NULL,NULL,NULL,'simone langley');
INSERT INTO "deal" VALUES(12,12,2,9,-4096,'active','organic','used_vehicle',4,'USD',1390000,2018,'GMC','Sierra 1500 SLE','','Returning client',NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'','2026-11-23 15:28:16.000000','2026-11-17 16:11:47.000000','2026-11-17 16:11:47.000000',11,NULL,'2026-11-24 20:00:00.000000',NULL,'maarten van den broek');
INSERT INTO "hold" VALUES(1,5,'months_out','Buys when the new model year settles, 3 to 5 months','2027-03-11',6,'2026-11-02 20:18:06.000000',NULL);
INSERT INTO "hold" VALUES(2,9,'event','New job starts 22 December, decides after the first month','2026-12-22',12,'2026-11-19 15:03:51.000000',NULL);
INSERT INTO "hold" VALUES(3,10,'event','Waiting for the house sale to close','2026-12-17',7,'2026-11-19 22:42:54.000000','2026-11-26 15:31:07.000000');
INSERT INTO "payment" VALUES(1,1,'received',1,200000,'2026-04-01','',5,'2026-04-01 14:28:16.000000');
INSERT INTO "payment" VALUES(2,1,'refunded',0,200000,'2026-04-21','On cancellation',3,'2026-04-21 15:46:22.000000');
INSERT INTO "payment" VALUES(3,2,'received',1,500000,'2026-05-20','',13,'2026-05-20 16:22:34.000000');
INSERT INTO "payment" VALUES(4,2,'refunded',0,500000,'2026-05-29','On cancellation',3,'2026-05-29 13:58:46.000000');
INSERT INTO "payment" VALUES(5,4,'received',1,300000,'2026-11-10','',7,'2026-11-10 18:56:32.000000');
INSERT INTO "payment" VALUES(6,6,'received',1,50000,'2026-11-17','',4,'2026-11-17 22:29:53.000000');
INSERT INTO "needs_assessment" VALUES(1,1,'this month','Toronto',2500000,3100000,'condition','Carries a wheelchair every day and has lifted it for the last time.',2);
INSERT INTO "needs_assessment" VALUES(2,2,'within 2 weeks','Philadelphia',5400000,6000000,'','Retired in spring; wants to see the national parks before the knees give up.',2);
INSERT INTO "needs_assessment" VALUES(3,4,'no rush, the right one counts','San Jose',3700000,4300000,'','Moves to the mountains and is afraid of the first winter.',2);
INSERT INTO "needs_assessment" VALUES(4,5,'next spring','Toronto',17300000,17900000,'','The daughter learns to drive this year, and the parents want to sleep at night.',2);
INSERT INTO "needs_assessment" VALUES(5,7,'this month','London',3100000,3700000,'condition','Twins in June. Wants to load everyone without taking the car apart.',2);
INSERT INTO "needs_assessment" VALUES(6,6,'no rush, the right one counts','San Jose',1000000,1600000,'','The business grows; arriving in a rusty van costs orders.',2);
INSERT INTO "needs_assessment" VALUES(7,9,'by the end of the lease','Detroit',3700000,4300000,'','Moves to the mountains and is afraid of the first winter.',2);
INSERT INTO "needs_assessment" VALUES(8,10,'by the end of the lease','Seattle',1400000,2000000,'spec','The old car broke down twice with the kids inside. Wants never to stand on a shoulder in the dark again.',2);
INSERT INTO "needs_assessment" VALUES(9,8,'before the school year','Minneapolis',7900000,8500000,'condition','Divorced, starts over, and wants one thing that is only theirs.',2);
INSERT INTO "needs_assessment" VALUES(10,12,'in 4–6 months','Edmonton',1200000,1800000,'spec','New job an hour away. Wants to arrive rested instead of wrung out.',2);
INSERT INTO "needs_assessment" VALUES(11,11,'before winter','Anchorage',NULL,NULL,'condition','Promised himself this one at sixteen. He is sixty-one now.',2);
INSERT INTO "vehicle_option" VALUES(1,1,'Mazda','CX-5',2024,2025,30000,'sand','',0);
INSERT INTO "vehicle_option" VALUES(2,1,'Honda','CR-V',2022,2024,50000,'white, black','Heated steering wheel',1);
INSERT INTO "vehicle_option" VALUES(3,2,'Volvo','V60 Cross Country',2027,2027,NULL,'glacier blue','Service book complete',0);
INSERT INTO "vehicle_option" VALUES(4,2,'Mercedes-Benz','E 450 All-Terrain',2026,2026,NULL,'burnt orange, navy blue','Apple CarPlay',1);
INSERT INTO "vehicle_option" VALUES(5,3,'Audi','Q5',2021,2024,30000,'sand','Heated steering wheel',0);
INSERT INTO "vehicle_option" VALUES(6,3,'Mercedes-Benz','GLC 300',2022,2025,40000,'burnt orange, graphite','Light interior, no black',1);
INSERT INTO "vehicle_option" VALUES(7,4,'Jaguar','E-Type',1964,1966,90000,'sand','One owner',0);
INSERT INTO "vehicle_option" VALUES(8,4,'Lancia','Delta HF Integrale',1989,1992,120000,'pearl white, glacier blue','Service book complete',1);
INSERT INTO "vehicle_option" VALUES(9,5,'Nissan','Rogue',2026,2026,NULL,'graphite','Third row',0);
INSERT INTO "vehicle_option" VALUES(10,5,'Subaru','Forester',2026,2026,NULL,'white, navy blue','Factory roof rails',1);
INSERT INTO "vehicle_option" VALUES(11,6,'Honda','Ridgeline',2015,2018,110000,'deep red','Third row',0);
INSERT INTO "vehicle_option" VALUES(12,6,'Ford','F-150',2017,2018,180000,'navy blue, pearl white','Adaptive cruise control',1);
INSERT INTO "vehicle_option" VALUES(13,6,'Chevrolet','Silverado 1500',2015,2018,160000,'pearl white, black','',2);
INSERT INTO "vehicle_option" VALUES(14,7,'Volvo','XC60',2023,2026,20000,'forest green','Light interior, no black',0);
INSERT INTO "vehicle_option" VALUES(15,7,'Audi','Q5',2024,2027,20000,'black, dark grey','No accident history',1);
INSERT INTO "vehicle_option" VALUES(16,8,'Ford','Maverick',2022,2023,70000,'glacier blue','Third row',0);
INSERT INTO "vehicle_option" VALUES(17,8,'Chevrolet','Silverado 1500',2022,2023,80000,'deep red, white','No accident history',1);
INSERT INTO "vehicle_option" VALUES(18,9,'Porsche','911 Carrera 3.2',1987,1988,160000,'deep red','Light interior, no black',0);
INSERT INTO "vehicle_option" VALUES(19,9,'Ford','Transit camper',2023,2024,210000,'forest green, navy blue','',1);
INSERT INTO "vehicle_option" VALUES(20,10,'GMC','Sierra 1500',2018,2019,110000,'dark grey','Service book complete',0);
INSERT INTO "vehicle_option" VALUES(21,10,'Honda','Ridgeline',2019,2020,140000,'graphite, sand','Heated steering wheel',1);
INSERT INTO "vehicle_option" VALUES(22,11,'Kia','Telluride',2026,2026,NULL,'burnt orange','Third row',0);
INSERT INTO "vehicle_option" VALUES(23,11,'Honda','Pilot',2026,2026,NULL,'silver, navy blue','Manual gearbox',1);
INSERT INTO "vehicle_option" VALUES(24,11,'Ford','Bronco',2027,2027,NULL,'burnt orange, sand','Adaptive cruise control',2);
INSERT INTO "activity" VALUES(1,1,1,'task',NULL,NULL,'First contact','','','2026-03-13 13:06:42.000000',NULL,5,5,'2026-03-13 22:00:00.000000','2026-03-13 15:41:17.000000',5,NULL,'2026-03-13 13:06:42.000000',2);
INSERT INTO "activity" VALUES(2,1,1,'call','out','connected_follow_up','','Second car for the household. The CX-5 has to fit a stroller and a dog crate. Time frame: this month.','','2026-03-13 15:41:17.000000',12,5,NULL,NULL,NULL,NULL,NULL,'2026-03-13 15:41:17.000000',1);
INSERT INTO "activity" VALUES(3,1,1,'task',NULL,NULL,'Call when both are at home','','','2026-03-13 15:41:17.000000',NULL,5,5,'2026-03-17 16:30:00.000000','2026-03-17 21:46:22.000000',5,2,'2026-03-13 15:41:17.000000',2);
INSERT INTO "activity" VALUES(4,1,1,'call','out','connected_needs','','Needs assessment done. First choice 2024 Mazda CX-5 Carbon Edition, second a CR-V. Colour: sand or anything dark. Time frame: this month.','','2026-03-17 21:46:22.000000',11,5,NULL,NULL,NULL,NULL,NULL,'2026-03-17 21:46:22.000000',1);
INSERT INTO "activity" VALUES(5,1,1,'task',NULL,NULL,'Send 3 options by Monday','','','2026-03-17 21:46:22.000000',NULL,5,5,'2026-03-23 17:30:00.000000','2026-03-23 17:42:54.000000',5,4,'2026-03-17 21:46:22.000000',2);
INSERT INTO "activity" VALUES(6,1,1,'email','out','sent','Three CX-5s for you, Ágnes','Sent the shortlist with what speaks for and against each.','','2026-03-23 17:42:54.000000',NULL,5,NULL,NULL,NULL,NULL,NULL,'2026-03-23 17:42:54.000000',1);
INSERT INTO "activity" VALUES(7,1,1,'task',NULL,NULL,'Call about the options','','','2026-03-23 17:42:54.000000',NULL,5,5,'2026-03-27 14:00:00.000000','2026-03-24 16:55:55.000000',5,6,'2026-03-23 17:42:54.000000',2);
INSERT INTO "activity" VALUES(8,1,1,'text','in',NULL,'','Jó napot! Holnap délután tudna hívni? Köszönöm!','','2026-03-24 16:55:55.000000',NULL,5,NULL,NULL,NULL,NULL,NULL,'2026-03-24 16:55:55.000000',1);
INSERT INTO "activity" VALUES(9,1,1,'task',NULL,NULL,'Answer the text','','','2026-03-24 16:55:55.000000',NULL,5,5,'2026-03-27 14:00:00.000000','2026-03-27 14:04:28.000000',5,8,'2026-03-24 16:55:55.000000',2);
INSERT INTO "activity" VALUES(10,1,1,'call','out','connected_follow_up','','Went through each option. The CR-V is out, too thirsty. Keeps the CX-5 in sand.','Would rather have sand.','2026-03-27 14:04:28.000000',6,5,NULL,NULL,NULL,NULL,NULL,'2026-03-27 14:04:28.000000',1);
INSERT INTO "activity" VALUES(11,1,1,'task',NULL,NULL,'Ask the seller about the tires','','','2026-03-27 14:04:28.000000',NULL,5,5,'2026-03-30 15:00:00.000000','2026-03-30 16:02:14.000000',5,10,'2026-03-27 14:04:28.000000',2);
INSERT INTO "activity" VALUES(12,1,1,'call','out','connected_follow_up','','Decided against waiting. Wants a last look at the condition report with a friend who knows cars.','Trade-in value lower than hoped.','2026-03-30 16:02:14.000000',20,5,NULL,NULL,NULL,NULL,NULL,'2026-03-30 16:02:14.000000',1);
INSERT INTO "activity" VALUES(13,1,1,'task',NULL,NULL,'Call Tuesday for the decision','','','2026-03-30 16:02:14.000000',NULL,5,5,'2026-03-31 19:30:00.000000','2026-03-31 19:44:08.000000',5,12,'2026-03-30 16:02:14.000000',2);
INSERT INTO "activity" VALUES(14,1,1,'email','out','sent','Next steps for your CX-5','Signed copy received. Going to the bank for the deposit.','','2026-03-31 19:44:08.000000',NULL,5,NULL,NULL,NULL,NULL,NULL,'2026-03-31 19:44:08.000000',1);
INSERT INTO "activity" VALUES(15,1,1,'task',NULL,NULL,'Check that the deposit is in','','','2026-03-31 19:44:08.000000',NULL,5,5,'2026-04-07 18:30:00.000000','2026-04-01 14:24:48.000000',5,14,'2026-03-31 19:44:08.000000',2);
INSERT INTO "activity" VALUES(16,1,1,'call','out','connected_follow_up','','Deposit is in. Order placed, Ágnes is delighted. Keeps them posted on the ETA.','','2026-04-01 14:24:48.000000',3,5,NULL,NULL,NULL,NULL,NULL,'2026-04-01 14:24:48.000000',1);
INSERT INTO "activity" VALUES(17,1,1,'task',NULL,NULL,'Close the order','','','2026-04-01 14:24:48.000000',NULL,5,5,'2026-04-01 16:00:00.000000','2026-04-01 14:28:16.000000',5,16,'2026-04-01 14:24:48.000000',2);
INSERT INTO "activity" VALUES(18,1,1,'note',NULL,NULL,'Cancellation Request – Hegedűs Ágnes – 7 Apr 2026','Reason: Needs the CX-5 before the move, and it is still in transit.
Order: 2024 Mazda CX-5 Carbon Edition · $28,500 · agreed 31 Mar 2026
Earlier issues: Waited long for the carrier''s answer.
Tone: Calm
Key phrases: “Every call brings another date.”','“Every call brings another date.”','2026-04-07 18:05:05.000000',NULL,5,NULL,NULL,NULL,NULL,NULL,'2026-04-07 18:05:05.000000',1);
INSERT INTO "activity" VALUES(19,1,1,'task',NULL,NULL,'Review the cancellation and call the client','Hegedűs Ágnes wants to cancel: Needs the CX-5 before the move, and it is still in transit.','','2026-04-07 18:05:05.000000',NULL,5,3,'2026-04-07 19:05:05.000000','2026-04-07 18:54:18.000000',3,NULL,'2026-04-07 18:05:05.000000',2);
INSERT INTO "activity" VALUES(20,1,1,'task',NULL,NULL,'Decide: save the order, or approve the cancellation','','','2026-04-07 18:54:18.000000',NULL,3,3,'2026-04-07 23:00:00.000000','2026-04-07 20:22:34.000000',3,NULL,'2026-04-07 18:54:18.000000',2);
INSERT INTO "activity" VALUES(21,1,1,'call','out','connected_follow_up','','Situation: The lease ends next month and a rental would cost them twice.
Expects: To be told before they have to ask.
Real reason: Delivery takes too long. Does not trust dates any more; nobody called when it moved.','','2026-04-07 18:54:18.000000',8,3,NULL,NULL,NULL,NULL,NULL,'2026-04-07 18:54:18.000000',1);
INSERT INTO "activity" VALUES(22,1,1,'note',NULL,NULL,'Retention plan for Mateo Ruiz','Call Ágnes today. Listen first, then put the offers in this order.
Limits: Only what is written here. If they ask for more, bring it to me.
ETA change: Confirmed carrier slot, with a written update every Friday
Something else: A loan car until the CX-5 is here, up to four weeks','','2026-04-07 20:22:34.000000',NULL,3,NULL,NULL,NULL,NULL,NULL,'2026-04-07 20:22:34.000000',1);
INSERT INTO "activity" VALUES(23,1,1,'task',NULL,NULL,'Save the order: present the approved offers','Call Ágnes today. Listen first, then put the offers in this order.','','2026-04-07 20:22:34.000000',NULL,3,15,'2026-04-09 17:30:00.000000','2026-04-09 16:58:46.000000',3,NULL,'2026-04-07 20:22:34.000000',2);
INSERT INTO "activity" VALUES(24,1,1,'call','out','connected_follow_up','Offer: Confirmed carrier slot, with a written update every Friday','Put the offer as approved. Asked what speaks against it.','','2026-04-08 21:10:10.000000',24,15,NULL,NULL,NULL,NULL,NULL,'2026-04-08 21:10:10.000000',1);
INSERT INTO "activity" VALUES(25,1,1,'note',NULL,NULL,'The client stays','Confirmed carrier slot, with a written update every Friday.','','2026-04-09 16:58:46.000000',NULL,3,NULL,NULL,NULL,NULL,NULL,'2026-04-09 16:58:46.000000',1);
INSERT INTO "activity" VALUES(26,1,1,'task',NULL,NULL,'Promised: Hand over the loan car, full tank','','','2026-04-09 16:58:46.000000',NULL,3,5,'2026-04-17 22:00:00.000000','2026-04-15 17:58:46.000000',5,NULL,'2026-04-09 16:58:46.000000',2);
INSERT INTO "activity" VALUES(27,1,1,'email','in',NULL,'Cancellation Request – Hegedűs Ágnes – 21 Apr 2026','Reason: The father needs care at home; everything else has to wait.
Order: 2024 Mazda CX-5 Carbon Edition · $28,500 · agreed 31 Mar 2026
Earlier issues: None.
Tone: Worried
Key phrases: “Life has other plans.”','“Life has other plans.”','2026-04-21 13:25:25.000000',NULL,5,NULL,NULL,NULL,NULL,NULL,'2026-04-21 13:25:25.000000',1);
INSERT INTO "activity" VALUES(28,1,1,'task',NULL,NULL,'Review the cancellation and call the client','Hegedűs Ágnes wants to cancel: The father needs care at home; everything else has to wait.','','2026-04-21 13:25:25.000000',NULL,5,3,'2026-04-21 15:00:00.000000','2026-04-21 14:14:38.000000',3,NULL,'2026-04-21 13:25:25.000000',2);
INSERT INTO "activity" VALUES(29,1,1,'task',NULL,NULL,'Decide: save the order, or approve the cancellation','','','2026-04-21 14:14:38.000000',NULL,3,3,'2026-04-21 23:00:00.000000','2026-04-21 15:46:22.000000',3,NULL,'2026-04-21 14:14:38.000000',2);
INSERT INTO "activity" VALUES(30,1,1,'call','out','connected_follow_up','','Situation: Everything changed within two weeks.
Expects: Understanding, and a clear answer on what happens next.
Real reason: Something in their life changed. Afraid to decide anything at all just now.','','2026-04-21 14:14:38.000000',31,3,NULL,NULL,NULL,NULL,NULL,'2026-04-21 14:14:38.000000',1);
INSERT INTO "activity" VALUES(31,1,1,'note',NULL,NULL,'The order is cancelled','Committed to cancelling: leaves the country. We parted as friends.','','2026-04-21 15:46:22.000000',NULL,3,NULL,NULL,NULL,NULL,NULL,'2026-04-21 15:46:22.000000',1);
INSERT INTO "activity" VALUES(32,2,2,'task',NULL,NULL,'First contact','','','2026-05-07 21:52:04.000000',NULL,13,13,'2026-05-08 18:30:00.000000','2026-05-08 18:39:03.000000',13,NULL,'2026-05-07 21:52:04.000000',2);
INSERT INTO "activity" VALUES(33,2,2,'call','out','no_answer_vm','','Rang six times, then voicemail. Introduced myself, mentioned the V60 Cross Country, asked Beth Ann to call or text back.','','2026-05-08 18:39:03.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-08 18:39:03.000000',1);
INSERT INTO "activity" VALUES(34,2,2,'task',NULL,NULL,'Call again, a different time of day','','','2026-05-08 18:39:03.000000',NULL,13,13,'2026-05-11 15:00:00.000000','2026-05-11 20:09:33.000000',13,33,'2026-05-08 18:39:03.000000',2);
INSERT INTO "activity" VALUES(35,2,2,'call','out','no_answer_vm','','No answer. Left a voicemail: my name, CarManana, that they asked us about a V60 Cross Country, and my number.','','2026-05-11 20:09:33.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-11 20:09:33.000000',1);
INSERT INTO "activity" VALUES(36,2,2,'task',NULL,NULL,'Call back Tuesday','','','2026-05-11 20:09:33.000000',NULL,13,13,'2026-05-12 14:30:00.000000','2026-05-12 14:40:40.000000',13,35,'2026-05-11 20:09:33.000000',2);
INSERT INTO "activity" VALUES(37,2,2,'call','out','connected_follow_up','','Second car for the household. The V60 Cross Country has to fit a stroller and a dog crate. Time frame: within 2 weeks.','Unsure about buying without sitting in it first.','2026-05-12 14:40:40.000000',20,13,NULL,NULL,NULL,NULL,NULL,'2026-05-12 14:40:40.000000',1);
INSERT INTO "activity" VALUES(38,2,2,'task',NULL,NULL,'Call when both are at home','','','2026-05-12 14:40:40.000000',NULL,13,13,'2026-05-13 15:30:00.000000','2026-05-13 15:35:35.000000',13,37,'2026-05-12 14:40:40.000000',2);
INSERT INTO "activity" VALUES(39,2,2,'call','out','connected_needs','','Would take the V60 Cross Country or an E 450 All-Terrain. Heated seats are a must, leather is not. Located near Philadelphia.','','2026-05-13 15:35:35.000000',3,13,NULL,NULL,NULL,NULL,NULL,'2026-05-13 15:35:35.000000',1);
INSERT INTO "activity" VALUES(40,2,2,'task',NULL,NULL,'Send two options and the spec sheets','','','2026-05-13 15:35:35.000000',NULL,13,13,'2026-05-14 15:30:00.000000','2026-05-14 16:35:35.000000',13,39,'2026-05-13 15:35:35.000000',2);
INSERT INTO "activity" VALUES(41,2,2,'email','out','sent','Options as we discussed','Sent two V60 Cross Countrys, one nearby and one that would have to be shipped.','','2026-05-14 16:35:35.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-14 16:35:35.000000',1);
INSERT INTO "activity" VALUES(42,2,2,'task',NULL,NULL,'Call about the options','','','2026-05-14 16:35:35.000000',NULL,13,13,'2026-05-14 20:00:00.000000','2026-05-15 16:27:39.000000',13,41,'2026-05-14 16:35:35.000000',2);
INSERT INTO "activity" VALUES(43,2,2,'call','out','connected_follow_up','','Went through each option. The E 450 All-Terrain is out, too thirsty. Keeps the V60 Cross Country in glacier blue.','Would rather have glacier blue.','2026-05-15 16:27:39.000000',11,13,NULL,NULL,NULL,NULL,NULL,'2026-05-15 16:27:39.000000',1);
INSERT INTO "activity" VALUES(44,2,2,'task',NULL,NULL,'Send the walk-around video','','','2026-05-15 16:27:39.000000',NULL,13,13,'2026-05-18 18:30:00.000000','2026-05-18 18:50:50.000000',13,43,'2026-05-15 16:27:39.000000',2);
INSERT INTO "activity" VALUES(45,2,2,'call','out','connected_follow_up','','It comes down to the V60 Cross Country. Wants to sleep on it and settle the insurance first.','Compares with an offer from a local dealer.','2026-05-18 18:50:50.000000',8,13,NULL,NULL,NULL,NULL,NULL,'2026-05-18 18:50:50.000000',1);
INSERT INTO "activity" VALUES(46,2,2,'task',NULL,NULL,'Ask what still stands in the way','','','2026-05-18 18:50:50.000000',NULL,13,13,'2026-05-19 15:30:00.000000','2026-05-19 20:50:50.000000',13,45,'2026-05-18 18:50:50.000000',2);
INSERT INTO "activity" VALUES(47,2,2,'email','out','sent','Your agreement for the V60 Cross Country','Agreement came back signed, every page initialled. Explained how the deposit is handled under it.','','2026-05-19 20:50:50.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-19 20:50:50.000000',1);
INSERT INTO "activity" VALUES(48,2,2,'task',NULL,NULL,'Confirm the deposit and place the order','','','2026-05-19 20:50:50.000000',NULL,13,13,'2026-05-25 18:30:00.000000','2026-05-20 16:18:06.000000',13,47,'2026-05-19 20:50:50.000000',2);
INSERT INTO "activity" VALUES(49,2,2,'call','out','connected_follow_up','','Order confirmed. Beth Ann has told half the family already.','','2026-05-20 16:18:06.000000',23,13,NULL,NULL,NULL,NULL,NULL,'2026-05-20 16:18:06.000000',1);
INSERT INTO "activity" VALUES(50,2,2,'task',NULL,NULL,'Close the order','','','2026-05-20 16:18:06.000000',NULL,13,13,'2026-05-20 18:00:00.000000','2026-05-20 16:22:34.000000',13,49,'2026-05-20 16:18:06.000000',2);
INSERT INTO "activity" VALUES(51,2,2,'note',NULL,NULL,'','Comparing us with a dealer in Philadelphia; strong on service, weak on choice.','','2026-05-20 20:44:08.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-20 20:44:08.000000',1);
INSERT INTO "activity" VALUES(52,2,2,'email','out','sent','Your V60 Cross Country is being built','Sent the order''s number at the plant and how to follow it. The factory gives the ETA.','','2026-05-25 18:54:18.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-25 18:54:18.000000',1);
INSERT INTO "activity" VALUES(53,2,2,'note',NULL,NULL,'Cancellation Request – Beth Ann Langley – 27 May 2026','Reason: Needs the V60 Cross Country before the move, and it is still in transit.
Order: 2027 Volvo V60 Cross Country Ultra · $60,900 · agreed 19 May 2026
Earlier issues: Asked three times where the V60 Cross Country is.
Tone: Disappointed
Key phrases: “My lease ends and I stand there without a car.”','“My lease ends and I stand there without a car.”','2026-05-27 19:02:14.000000',NULL,13,NULL,NULL,NULL,NULL,NULL,'2026-05-27 19:02:14.000000',1);
INSERT INTO "activity" VALUES(54,2,2,'task',NULL,NULL,'Review the cancellation and call the client','Beth Ann Langley wants to cancel: Needs the V60 Cross Country before the move, and it is still in transit.','','2026-05-27 19:02:14.000000',NULL,13,3,'2026-05-27 20:02:14.000000','2026-05-27 19:30:30.000000',3,NULL,'2026-05-27 19:02:14.000000',2);
INSERT INTO "activity" VALUES(55,2,2,'task',NULL,NULL,'Decide: save the order, or approve the cancellation','','','2026-05-27 19:30:30.000000',NULL,3,3,'2026-05-27 23:00:00.000000','2026-05-29 13:58:46.000000',3,NULL,'2026-05-27 19:30:30.000000',2);
INSERT INTO "activity" VALUES(56,2,2,'call','out','connected_follow_up','','Situation: Shares one car with the partner since the old one was sold.
Expects: A date that the carrier stands behind, or a car that is there.
Real reason: Delivery takes too long. Afraid to end up with no car at all. The V60 Cross Country itself is still the one.','','2026-05-27 19:30:30.000000',25,3,NULL,NULL,NULL,NULL,NULL,'2026-05-27 19:30:30.000000',1);
INSERT INTO "activity" VALUES(57,2,2,'note',NULL,NULL,'The order is cancelled','Bought a car from a neighbour meanwhile. No way to save it.','','2026-05-29 13:58:46.000000',NULL,3,NULL,NULL,NULL,NULL,NULL,'2026-05-29 13:58:46.000000',1);
INSERT INTO "activity" VALUES(58,3,3,'task',NULL,NULL,'First contact','','','2026-06-22 19:51:27.000000',NULL,4,4,'2026-06-23 20:00:00.000000','2026-06-23 20:28:16.000000',4,NULL,'2026-06-22 19:51:27.000000',2);
INSERT INTO "activity" VALUES(59,3,3,'call','out','no_answer_vm','','No answer. Left a voicemail: my name, CarManana, that they asked us about a Corolla, and my number.','','2026-06-23 20:28:16.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-06-23 20:28:16.000000',1);
INSERT INTO "activity" VALUES(60,3,3,'task',NULL,NULL,'Call back Friday','','','2026-06-23 20:28:16.000000',NULL,4,4,'2026-06-26 17:00:00.000000','2026-06-26 17:22:34.000000',4,59,'2026-06-23 20:28:16.000000',2);
INSERT INTO "activity" VALUES(61,3,3,'call','out','no_answer_no_vm','','No answer and no voicemail set up.','','2026-06-26 17:22:34.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-06-26 17:22:34.000000',1);
INSERT INTO "activity" VALUES(62,3,3,'task',NULL,NULL,'Call before ten, they start late','','','2026-06-26 17:22:34.000000',NULL,4,4,'2026-07-02 20:30:00.000000','2026-06-26 17:35:35.000000',4,61,'2026-06-26 17:22:34.000000',2);
INSERT INTO "activity" VALUES(63,3,3,'email','out','sent','CarManana about the Corolla','Asked for the best time to talk and what matters most in the Corolla.','','2026-06-26 17:35:35.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-06-26 17:35:35.000000',1);
INSERT INTO "activity" VALUES(64,3,3,'task',NULL,NULL,'Check for a reply and call','','','2026-06-26 17:35:35.000000',NULL,4,4,'2026-07-02 20:30:00.000000','2026-07-02 21:51:27.000000',4,63,'2026-06-26 17:35:35.000000',2);
INSERT INTO "activity" VALUES(65,3,3,'call','out','no_answer_vm','','A colleague of Gurleen Kaur''s answered, they were on the road. Left my name and number.','','2026-07-02 21:51:27.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-07-02 21:51:27.000000',1);
INSERT INTO "activity" VALUES(66,3,3,'task',NULL,NULL,'Call back Monday','','','2026-07-02 21:51:27.000000',NULL,4,4,'2026-07-06 21:30:00.000000','2026-07-08 21:02:14.000000',4,65,'2026-07-02 21:51:27.000000',2);
INSERT INTO "activity" VALUES(67,3,3,'email','out','sent','About your Corolla','Last attempt. No answer again; wrote that the door stays open.','','2026-07-08 21:02:14.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-07-08 21:02:14.000000',1);
INSERT INTO "activity" VALUES(68,3,3,'task',NULL,NULL,'Close the deal','','','2026-07-08 21:02:14.000000',NULL,4,4,'2026-07-09 13:30:00.000000','2026-07-08 21:10:10.000000',4,67,'2026-07-08 21:02:14.000000',2);
INSERT INTO "activity" VALUES(69,4,4,'task',NULL,NULL,'First contact','','','2026-09-30 13:57:09.000000',NULL,7,7,'2026-10-01 19:00:00.000000','2026-10-01 19:29:53.000000',7,NULL,'2026-09-30 13:57:09.000000',2);
INSERT INTO "activity" VALUES(70,4,4,'call','out','no_answer_vm','','Rang six times, then voicemail. Introduced myself, mentioned the Q5, asked Haoran to call or text back.','','2026-10-01 19:29:53.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-10-01 19:29:53.000000',1);
INSERT INTO "activity" VALUES(71,4,4,'task',NULL,NULL,'Second attempt by phone','','','2026-10-01 19:29:53.000000',NULL,7,7,'2026-10-02 17:30:00.000000','2026-10-05 13:58:46.000000',7,70,'2026-10-01 19:29:53.000000',2);
INSERT INTO "activity" VALUES(72,4,4,'call','out','connected_follow_up','','Second car for the household. The Q5 has to fit a stroller and a dog crate. Time frame: no rush, the right one counts.','Unsure about buying without sitting in it first.','2026-10-05 13:58:46.000000',24,7,NULL,NULL,NULL,NULL,NULL,'2026-10-05 13:58:46.000000',1);
INSERT INTO "activity" VALUES(73,4,4,'task',NULL,NULL,'Call when both are at home','','','2026-10-05 13:58:46.000000',NULL,7,7,'2026-10-12 15:30:00.000000','2026-10-12 16:51:27.000000',7,72,'2026-10-05 13:58:46.000000',2);
INSERT INTO "activity" VALUES(74,4,4,'call','out','connected_needs','','Both were on the call. They agree on the Q5; the colour is still a discussion between sand and white.','Afraid that the model changes next year.','2026-10-12 16:51:27.000000',13,7,NULL,NULL,NULL,NULL,NULL,'2026-10-12 16:51:27.000000',1);
INSERT INTO "activity" VALUES(75,4,4,'task',NULL,NULL,'Send 3 options by Monday','','','2026-10-12 16:51:27.000000',NULL,7,7,'2026-10-19 21:30:00.000000','2026-10-20 17:55:55.000000',7,74,'2026-10-12 16:51:27.000000',2);
INSERT INTO "activity" VALUES(76,5,5,'task',NULL,NULL,'First contact','','','2026-10-20 17:21:57.000000',NULL,6,6,'2026-10-21 18:00:00.000000','2026-10-21 18:12:24.000000',6,NULL,'2026-10-20 17:21:57.000000',2);
INSERT INTO "activity" VALUES(77,4,4,'email','out','sent','What we found this week','Sent the 2023 Audi Q5 Prestige with its inspection report and a GLC 300 as an alternative.','','2026-10-20 17:55:55.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-10-20 17:55:55.000000',1);
INSERT INTO "activity" VALUES(78,4,4,'task',NULL,NULL,'Call about the options','','','2026-10-20 17:55:55.000000',NULL,7,7,'2026-10-27 14:30:00.000000','2026-10-22 16:24:48.000000',7,77,'2026-10-20 17:55:55.000000',2);
INSERT INTO "activity" VALUES(79,5,5,'call','out','connected_follow_up','','Spoke for ten minutes. Wants the E-Type for the commute and weekends, is open on the colour, not on the trim.','','2026-10-21 18:12:24.000000',16,6,NULL,NULL,NULL,NULL,NULL,'2026-10-21 18:12:24.000000',1);
INSERT INTO "activity" VALUES(80,5,5,'task',NULL,NULL,'Needs assessment by phone','','','2026-10-21 18:12:24.000000',NULL,6,6,'2026-10-27 14:30:00.000000','2026-10-27 14:51:27.000000',6,79,'2026-10-21 18:12:24.000000',2);
INSERT INTO "activity" VALUES(81,4,4,'text','in',NULL,'','您好，明天下午可以打电话给我吗？谢谢！','','2026-10-22 16:24:48.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-10-22 16:24:48.000000',1);
INSERT INTO "activity" VALUES(82,4,4,'task',NULL,NULL,'Answer the text','','','2026-10-22 16:24:48.000000',NULL,7,7,'2026-10-26 18:30:00.000000','2026-10-27 14:38:26.000000',7,81,'2026-10-22 16:24:48.000000',2);
INSERT INTO "activity" VALUES(83,4,4,'call','out','connected_follow_up','','Haoran showed the pictures at home; everyone prefers the Q5. Wants to think about it over the weekend.','Worried about buying at a distance.','2026-10-27 14:38:26.000000',3,7,NULL,NULL,NULL,NULL,NULL,'2026-10-27 14:38:26.000000',1);
INSERT INTO "activity" VALUES(84,4,4,'task',NULL,NULL,'Send the walk-around video','','','2026-10-27 14:38:26.000000',NULL,7,7,'2026-11-04 17:00:00.000000','2026-10-27 21:32:44.000000',7,83,'2026-10-27 14:38:26.000000',2);
INSERT INTO "activity" VALUES(85,5,5,'call','out','connected_needs','','Both were on the call. They agree on the E-Type; the colour is still a discussion between sand and white.','Worried about the running costs.','2026-10-27 14:51:27.000000',23,6,NULL,NULL,NULL,NULL,NULL,'2026-10-27 14:51:27.000000',1);
INSERT INTO "activity" VALUES(86,5,5,'task',NULL,NULL,'Search the auctions and send what fits','','','2026-10-27 14:51:27.000000',NULL,6,6,'2026-11-02 19:30:00.000000','2026-11-02 19:58:46.000000',6,85,'2026-10-27 14:51:27.000000',2);
INSERT INTO "activity" VALUES(87,4,4,'email','in',NULL,'Re: Options as we discussed','Writes that mornings are best, and that the GLC 300 is off the list.','','2026-10-27 21:32:44.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-10-27 21:32:44.000000',1);
INSERT INTO "activity" VALUES(88,4,4,'task',NULL,NULL,'Answer the question','','','2026-10-27 21:34:58.000000',NULL,7,7,'2026-11-04 16:00:00.000000','2026-11-04 17:20:20.000000',7,NULL,'2026-10-27 21:34:58.000000',2);
INSERT INTO "activity" VALUES(89,6,6,'task',NULL,NULL,'First contact','','','2026-10-28 13:45:45.000000',NULL,4,4,'2026-10-28 22:00:00.000000','2026-10-28 14:10:10.000000',4,NULL,'2026-10-28 13:45:45.000000',2);
INSERT INTO "activity" VALUES(90,6,6,'call','out','no_answer_no_vm','','No answer and no voicemail set up.','','2026-10-28 14:10:10.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-10-28 14:10:10.000000',1);
INSERT INTO "activity" VALUES(91,6,6,'task',NULL,NULL,'Try the number once more','','','2026-10-28 14:10:10.000000',NULL,4,4,'2026-10-29 17:30:00.000000','2026-10-29 17:55:55.000000',4,90,'2026-10-28 14:10:10.000000',2);
INSERT INTO "activity" VALUES(92,6,6,'call','out','connected_follow_up','','Knows exactly what they want: 2017 Honda Ridgeline RTL. Asked how our sourcing works; explained the steps.','','2026-10-29 17:55:55.000000',9,4,NULL,NULL,NULL,NULL,NULL,'2026-10-29 17:55:55.000000',1);
INSERT INTO "activity" VALUES(93,6,6,'task',NULL,NULL,'Go through years, miles and colours together','','','2026-10-29 17:55:55.000000',NULL,4,4,'2026-11-02 22:30:00.000000','2026-11-03 14:58:46.000000',4,92,'2026-10-29 17:55:55.000000',2);
INSERT INTO "activity" VALUES(94,7,7,'task',NULL,NULL,'First contact','','','2026-10-30 15:39:03.000000',NULL,7,7,'2026-10-30 22:00:00.000000','2026-10-30 17:18:06.000000',7,NULL,'2026-10-30 15:39:03.000000',2);
INSERT INTO "activity" VALUES(95,7,7,'call','out','connected_follow_up','','Callum compared several sites and is tired of it. Wants us to find a Rogue and take it from there.','','2026-10-30 17:18:06.000000',12,7,NULL,NULL,NULL,NULL,NULL,'2026-10-30 17:18:06.000000',1);
INSERT INTO "activity" VALUES(96,7,7,'task',NULL,NULL,'Go through years, miles and colours together','','','2026-10-30 17:18:06.000000',NULL,7,7,'2026-11-02 16:00:00.000000','2026-11-02 16:20:20.000000',7,95,'2026-10-30 17:18:06.000000',2);
INSERT INTO "activity" VALUES(97,7,7,'call','out','connected_needs','','Would take the Rogue or a Forester. Heated seats are a must, leather is not. Located near London.','Worried about the running costs.','2026-11-02 16:20:20.000000',13,7,NULL,NULL,NULL,NULL,NULL,'2026-11-02 16:20:20.000000',1);
INSERT INTO "activity" VALUES(98,7,7,'task',NULL,NULL,'Send 3 options by Tuesday','','','2026-11-02 16:20:20.000000',NULL,7,7,'2026-11-03 22:00:00.000000','2026-11-03 22:28:16.000000',7,97,'2026-11-02 16:20:20.000000',2);
INSERT INTO "activity" VALUES(99,5,5,'call','in',NULL,'','Lease runs several more months; the E-Type follows then.','','2026-11-02 19:58:46.000000',5,6,NULL,NULL,NULL,NULL,NULL,'2026-11-02 19:58:46.000000',1);
INSERT INTO "activity" VALUES(100,5,5,'task',NULL,NULL,'Call on 11 March','','','2026-11-02 19:58:46.000000',NULL,6,6,'2027-03-11 15:00:00.000000','2026-11-12 15:04:28.000000',6,99,'2026-11-02 19:58:46.000000',2);
INSERT INTO "activity" VALUES(101,5,5,'note',NULL,NULL,'On hold until 11 Mar 2027: Client is 3–6+ months out','Buys when the new model year settles, 3 to 5 months','','2026-11-02 20:18:06.000000',NULL,6,NULL,NULL,NULL,NULL,NULL,'2026-11-02 20:18:06.000000',1);
INSERT INTO "activity" VALUES(102,6,6,'call','out','connected_needs','','Needs assessment done. First choice 2017 Honda Ridgeline RTL, second an F-150. Colour: deep red or anything dark. Time frame: no rush, the right one counts.','','2026-11-03 14:58:46.000000',18,4,NULL,NULL,NULL,NULL,NULL,'2026-11-03 14:58:46.000000',1);
INSERT INTO "activity" VALUES(103,6,6,'task',NULL,NULL,'Send 3 options by Friday','','','2026-11-03 14:58:46.000000',NULL,4,4,'2026-11-06 15:00:00.000000','2026-11-06 20:01:37.000000',4,102,'2026-11-03 14:58:46.000000',2);
INSERT INTO "activity" VALUES(104,7,7,'email','out','sent','Two Rogues and a Forester','Sent the shortlist with what speaks for and against each.','','2026-11-03 22:28:16.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-03 22:28:16.000000',1);
INSERT INTO "activity" VALUES(105,7,7,'task',NULL,NULL,'Go through the three on the phone Friday','','','2026-11-03 22:28:16.000000',NULL,7,7,'2026-11-06 14:00:00.000000','2026-11-06 14:21:57.000000',7,104,'2026-11-03 22:28:16.000000',2);
INSERT INTO "activity" VALUES(106,4,4,'call','out','connected_follow_up','','Ready in principle. The bank wants the vehicle''s details before it confirms.','Partner still hesitates.','2026-11-04 17:20:20.000000',11,7,NULL,NULL,NULL,NULL,NULL,'2026-11-04 17:20:20.000000',1);
INSERT INTO "activity" VALUES(107,4,4,'task',NULL,NULL,'Call Thursday for the decision','','','2026-11-04 17:20:20.000000',NULL,7,7,'2026-11-05 18:30:00.000000','2026-11-05 19:55:55.000000',7,106,'2026-11-04 17:20:20.000000',2);
INSERT INTO "activity" VALUES(108,8,8,'task',NULL,NULL,'First contact','','','2026-11-04 20:44:08.000000',NULL,4,4,'2026-11-04 23:00:00.000000','2026-11-05 14:58:46.000000',4,NULL,'2026-11-04 20:44:08.000000',2);
INSERT INTO "activity" VALUES(109,8,8,'call','out','no_answer_vm','','Straight to voicemail. Said who I am and that I only have three questions about the Porsche 911 Carrera 3.2 they asked for.','','2026-11-05 14:58:46.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-05 14:58:46.000000',1);
INSERT INTO "activity" VALUES(110,8,8,'task',NULL,NULL,'Call back Tuesday','','','2026-11-05 14:58:46.000000',NULL,4,4,'2026-11-10 17:00:00.000000','2026-11-05 15:20:20.000000',4,109,'2026-11-05 14:58:46.000000',2);
INSERT INTO "activity" VALUES(111,8,8,'email','out','sent','CarManana about the Porsche 911 Carrera 3.2','Wrote that I tried to call, asked which years and colours would do, and offered two times for a call.','','2026-11-05 15:20:20.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-05 15:20:20.000000',1);
INSERT INTO "activity" VALUES(112,8,8,'task',NULL,NULL,'Call if no reply by Tuesday','','','2026-11-05 15:20:20.000000',NULL,4,4,'2026-11-10 17:00:00.000000','2026-11-10 17:21:57.000000',4,111,'2026-11-05 15:20:20.000000',2);
INSERT INTO "activity" VALUES(113,4,4,'email','out','sent','Next steps for your Q5','Agreement signed. Deposit by bank transfer, Haoran sends the confirmation.','','2026-11-05 19:55:55.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-05 19:55:55.000000',1);
INSERT INTO "activity" VALUES(114,4,4,'task',NULL,NULL,'Call about the deposit','','','2026-11-05 19:55:55.000000',NULL,7,7,'2026-11-23 20:30:00.000000','2026-11-10 18:52:04.000000',7,113,'2026-11-05 19:55:55.000000',2);
INSERT INTO "activity" VALUES(115,7,7,'call','out','connected_follow_up','','The first option is too far for them, the second is it. Wants to see the service history.','Worried about buying at a distance.','2026-11-06 14:21:57.000000',18,7,NULL,NULL,NULL,NULL,NULL,'2026-11-06 14:21:57.000000',1);
INSERT INTO "activity" VALUES(116,7,7,'task',NULL,NULL,'Send the walk-around video','','','2026-11-06 14:21:57.000000',NULL,7,7,'2026-11-09 16:00:00.000000','2026-11-09 16:24:48.000000',7,115,'2026-11-06 14:21:57.000000',2);
INSERT INTO "activity" VALUES(117,9,9,'task',NULL,NULL,'First contact','','','2026-11-06 16:54:18.000000',NULL,12,12,'2026-11-07 00:00:00.000000','2026-11-06 19:27:39.000000',12,NULL,'2026-11-06 16:54:18.000000',2);
INSERT INTO "activity" VALUES(118,9,9,'call','out','no_answer_vm','','Straight to voicemail. Said who I am and that I only have three questions about the XC60 they asked for.','','2026-11-06 19:27:39.000000',NULL,12,NULL,NULL,NULL,NULL,NULL,'2026-11-06 19:27:39.000000',1);
INSERT INTO "activity" VALUES(119,9,9,'task',NULL,NULL,'Call back Tuesday','','','2026-11-06 19:27:39.000000',NULL,12,12,'2026-11-10 16:00:00.000000','2026-11-10 21:08:56.000000',12,118,'2026-11-06 19:27:39.000000',2);
INSERT INTO "activity" VALUES(120,6,6,'email','out','sent','What we found this week','Sent the 2017 Honda Ridgeline RTL with its inspection report and an F-150 as an alternative.','','2026-11-06 20:01:37.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-06 20:01:37.000000',1);
INSERT INTO "activity" VALUES(121,6,6,'task',NULL,NULL,'Call about the options','','','2026-11-06 20:01:37.000000',NULL,4,4,'2026-11-11 14:00:00.000000','2026-11-11 14:05:05.000000',4,120,'2026-11-06 20:01:37.000000',2);
INSERT INTO "activity" VALUES(122,7,7,'call','out','connected_follow_up','','It comes down to the Rogue. Wants to sleep on it and settle the insurance first.','Trade-in value lower than hoped.','2026-11-09 16:24:48.000000',19,7,NULL,NULL,NULL,NULL,NULL,'2026-11-09 16:24:48.000000',1);
INSERT INTO "activity" VALUES(123,7,7,'task',NULL,NULL,'Send the agreement to read','','','2026-11-09 16:24:48.000000',NULL,7,7,'2026-11-09 22:30:00.000000','2026-11-10 18:56:32.000000',7,122,'2026-11-09 16:24:48.000000',2);
INSERT INTO "activity" VALUES(124,8,8,'call','out','no_answer_vm','','Rang six times, then voicemail. Introduced myself, mentioned the Porsche 911 Carrera 3.2, asked Frida to call or text back.','','2026-11-10 17:21:57.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-10 17:21:57.000000',1);
INSERT INTO "activity" VALUES(125,8,8,'task',NULL,NULL,'Call again, a different time of day','','','2026-11-10 17:21:57.000000',NULL,4,4,'2026-11-13 15:00:00.000000','2026-11-10 17:37:49.000000',4,124,'2026-11-10 17:21:57.000000',2);
INSERT INTO "activity" VALUES(126,8,8,'email','out','sent','Your Porsche 911 Carrera 3.2: when may I call?','Wrote that I tried to call, asked which years and colours would do, and offered two times for a call.','','2026-11-10 17:37:49.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-10 17:37:49.000000',1);
INSERT INTO "activity" VALUES(127,8,8,'task',NULL,NULL,'Follow up on my email','','','2026-11-10 17:37:49.000000',NULL,4,4,'2026-11-12 19:00:00.000000','2026-11-13 15:08:56.000000',4,126,'2026-11-10 17:37:49.000000',2);
INSERT INTO "activity" VALUES(128,4,4,'call','out','connected_follow_up','','Order confirmed. Haoran has told half the family already.','','2026-11-10 18:52:04.000000',16,7,NULL,NULL,NULL,NULL,NULL,'2026-11-10 18:52:04.000000',1);
INSERT INTO "activity" VALUES(129,4,4,'task',NULL,NULL,'Close the order','','','2026-11-10 18:52:04.000000',NULL,7,7,'2026-11-10 20:30:00.000000','2026-11-10 18:56:32.000000',7,128,'2026-11-10 18:52:04.000000',2);
INSERT INTO "activity" VALUES(130,7,7,'email','out','sent','Agreement signed, thank you','Signed copy received. Going to the bank for the deposit.','','2026-11-10 18:56:32.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-10 18:56:32.000000',1);
INSERT INTO "activity" VALUES(131,7,7,'task',NULL,NULL,'Call about the deposit','','','2026-11-10 18:56:32.000000',NULL,7,7,'2026-11-19 17:00:00.000000','2026-11-11 22:45:45.000000',7,130,'2026-11-10 18:56:32.000000',2);
INSERT INTO "activity" VALUES(132,9,9,'call','out','no_answer_vm','','A colleague of Megan''s answered, they were on the road. Left my name and number.','','2026-11-10 21:08:56.000000',NULL,12,NULL,NULL,NULL,NULL,NULL,'2026-11-10 21:08:56.000000',1);
INSERT INTO "activity" VALUES(133,9,9,'task',NULL,NULL,'Second attempt by phone','','','2026-11-10 21:08:56.000000',NULL,12,12,'2026-11-10 21:30:00.000000','2026-11-10 23:48:36.000000',12,132,'2026-11-10 21:08:56.000000',2);
INSERT INTO "activity" VALUES(134,9,9,'call','out','connected_follow_up','','Megan compared several sites and is tired of it. Wants us to find an XC60 and take it from there.','Had a bad experience with an online dealer.','2026-11-10 23:48:36.000000',7,12,NULL,NULL,NULL,NULL,NULL,'2026-11-10 23:48:36.000000',1);
INSERT INTO "activity" VALUES(135,9,9,'task',NULL,NULL,'Call Thursday with the list of questions','','','2026-11-10 23:48:36.000000',NULL,12,12,'2026-11-12 15:00:00.000000','2026-11-12 20:05:05.000000',12,134,'2026-11-10 23:48:36.000000',2);
INSERT INTO "activity" VALUES(136,6,6,'call','out','connected_follow_up','','Jianguo showed the pictures at home; everyone prefers the Ridgeline. Wants to think about it over the weekend.','','2026-11-11 14:05:05.000000',5,4,NULL,NULL,NULL,NULL,NULL,'2026-11-11 14:05:05.000000',1);
INSERT INTO "activity" VALUES(137,6,6,'task',NULL,NULL,'Send the close-ups and the service history','','','2026-11-11 14:05:05.000000',NULL,4,4,'2026-11-11 17:30:00.000000','2026-11-11 18:54:18.000000',4,136,'2026-11-11 14:05:05.000000',2);
INSERT INTO "activity" VALUES(138,10,10,'task',NULL,NULL,'First contact','','','2026-11-11 15:27:39.000000',NULL,7,7,'2026-11-13 14:30:00.000000','2026-11-13 14:38:26.000000',7,NULL,'2026-11-11 15:27:39.000000',2);
INSERT INTO "activity" VALUES(139,6,6,'text','out','sent','','Hi Jianguo, Marta from CarManana about the Ridgeline. Is tomorrow around lunch good for a five minute call?','','2026-11-11 18:54:18.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-11 18:54:18.000000',1);
INSERT INTO "activity" VALUES(140,6,6,'task',NULL,NULL,'Call Jianguo if the text stays unanswered','','','2026-11-11 18:54:18.000000',NULL,4,4,'2026-11-12 19:30:00.000000','2026-11-13 15:45:45.000000',4,139,'2026-11-11 18:54:18.000000',2);
INSERT INTO "activity" VALUES(141,7,7,'call','out','connected_follow_up','','All signed and paid as agreed. Asked to be called, not emailed, about the delivery.','','2026-11-11 22:45:45.000000',6,7,NULL,NULL,NULL,NULL,NULL,'2026-11-11 22:45:45.000000',1);
INSERT INTO "activity" VALUES(142,7,7,'task',NULL,NULL,'Close the order','','','2026-11-11 22:45:45.000000',NULL,7,7,'2026-11-12 15:30:00.000000','2026-11-11 22:49:13.000000',7,141,'2026-11-11 22:45:45.000000',2);
INSERT INTO "activity" VALUES(143,5,5,'note',NULL,NULL,'Cancellation Request – Żaneta Dąbrowska – 12 Nov 2026','Reason: The father needs care at home; everything else has to wait.
Order: 1965 Jaguar E-Type Roadster · $192,900
Earlier issues: None.
Tone: Calm
Key phrases: “Life has other plans.”','“Life has other plans.”','2026-11-12 15:05:05.000000',NULL,6,NULL,NULL,NULL,NULL,NULL,'2026-11-12 15:05:05.000000',1);
INSERT INTO "activity" VALUES(144,5,5,'task',NULL,NULL,'Review the cancellation and call the client','Żaneta Dąbrowska wants to cancel: The father needs care at home; everything else has to wait.','','2026-11-12 15:05:05.000000',NULL,6,2,'2026-11-12 16:05:05.000000','2026-11-13 20:17:29.000000',2,NULL,'2026-11-12 15:05:05.000000',2);
INSERT INTO "activity" VALUES(145,9,9,'call','out','connected_needs','','Would take the XC60 or a Q5. Heated seats are a must, leather is not. Located near Detroit.','Afraid that the model changes next year.','2026-11-12 20:05:05.000000',20,12,NULL,NULL,NULL,NULL,NULL,'2026-11-12 20:05:05.000000',1);
INSERT INTO "activity" VALUES(146,9,9,'task',NULL,NULL,'Send 3 options by Wednesday','','','2026-11-12 20:05:05.000000',NULL,12,12,'2026-11-18 23:30:00.000000','2026-11-18 23:43:31.000000',12,145,'2026-11-12 20:05:05.000000',2);
INSERT INTO "activity" VALUES(147,11,11,'task',NULL,NULL,'First contact','','','2026-11-12 21:02:14.000000',NULL,4,4,'2026-11-12 23:00:00.000000','2026-11-12 22:35:35.000000',4,NULL,'2026-11-12 21:02:14.000000',2);
INSERT INTO "activity" VALUES(148,11,11,'call','out','no_answer_vm','','No answer. Left a voicemail: my name, CarManana, that they asked us about a Telluride, and my number.','','2026-11-12 22:35:35.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-12 22:35:35.000000',1);
INSERT INTO "activity" VALUES(149,11,11,'task',NULL,NULL,'Second attempt by phone','','','2026-11-12 22:35:35.000000',NULL,4,4,'2026-11-17 20:00:00.000000','2026-11-17 20:03:51.000000',4,148,'2026-11-12 22:35:35.000000',2);
INSERT INTO "activity" VALUES(150,10,10,'call','out','connected_follow_up','','Knows exactly what they want: 2022 Ford Maverick XLT. Asked how our sourcing works; explained the steps.','Unsure about buying without sitting in it first.','2026-11-13 14:38:26.000000',18,7,NULL,NULL,NULL,NULL,NULL,'2026-11-13 14:38:26.000000',1);
INSERT INTO "activity" VALUES(151,10,10,'task',NULL,NULL,'Needs assessment by phone','','','2026-11-13 14:38:26.000000',NULL,7,7,'2026-11-17 20:30:00.000000','2026-11-17 21:57:09.000000',7,150,'2026-11-13 14:38:26.000000',2);
INSERT INTO "activity" VALUES(152,8,8,'call','out','connected_follow_up','','Knows exactly what they want: 1987 Porsche 911 Carrera 3.2 Targa. Asked how our sourcing works; explained the steps.','','2026-11-13 15:08:56.000000',24,4,NULL,NULL,NULL,NULL,NULL,'2026-11-13 15:08:56.000000',1);
INSERT INTO "activity" VALUES(153,8,8,'task',NULL,NULL,'Call Wednesday with the list of questions','','','2026-11-13 15:08:56.000000',NULL,4,4,'2026-11-18 16:30:00.000000','2026-11-18 16:52:04.000000',4,152,'2026-11-13 15:08:56.000000',2);
INSERT INTO "activity" VALUES(154,6,6,'call','out','connected_follow_up','','It comes down to the Ridgeline. Wants to sleep on it and settle the insurance first.','Partner still hesitates.','2026-11-13 15:45:45.000000',4,4,NULL,NULL,NULL,NULL,NULL,'2026-11-13 15:45:45.000000',1);
INSERT INTO "activity" VALUES(155,6,6,'task',NULL,NULL,'Call Monday for the decision','','','2026-11-13 15:45:45.000000',NULL,4,4,'2026-11-16 18:00:00.000000','2026-11-16 18:01:37.000000',4,154,'2026-11-13 15:45:45.000000',2);
INSERT INTO "activity" VALUES(156,5,5,'note',NULL,NULL,'Cancellation request withdrawn','The client took it back in their own words. Called back an hour later: was upset about something else, wants to go on.','','2026-11-13 20:17:29.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-13 20:17:29.000000',1);
INSERT INTO "activity" VALUES(157,6,6,'email','out','sent','Your agreement for the Ridgeline','Signed copy received. Going to the bank for the deposit.','','2026-11-16 18:01:37.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-16 18:01:37.000000',1);
INSERT INTO "activity" VALUES(158,6,6,'task',NULL,NULL,'Call about the deposit','','','2026-11-16 18:01:37.000000',NULL,4,4,'2026-11-25 19:00:00.000000','2026-11-17 22:25:25.000000',4,157,'2026-11-16 18:01:37.000000',2);
INSERT INTO "activity" VALUES(159,12,12,'task',NULL,NULL,'First contact','','','2026-11-17 16:11:47.000000',NULL,4,4,'2026-11-18 17:30:00.000000','2026-11-18 17:47:59.000000',4,NULL,'2026-11-17 16:11:47.000000',2);
INSERT INTO "activity" VALUES(160,11,11,'call','out','connected_follow_up','','Second car for the household. The Telluride has to fit a stroller and a dog crate. Time frame: before winter.','Wants to know who checks the car before it is bought.','2026-11-17 20:03:51.000000',11,4,NULL,NULL,NULL,NULL,NULL,'2026-11-17 20:03:51.000000',1);
INSERT INTO "activity" VALUES(161,11,11,'task',NULL,NULL,'Call when both are at home','','','2026-11-17 20:03:51.000000',NULL,4,4,'2026-11-23 20:30:00.000000','2026-11-23 20:37:49.000000',4,160,'2026-11-17 20:03:51.000000',2);
INSERT INTO "activity" VALUES(162,10,10,'call','out','connected_needs','','Went through the whole list. Miles matter more than the year, no smokers'' car, one owner if possible.','','2026-11-17 21:57:09.000000',5,7,NULL,NULL,NULL,NULL,NULL,'2026-11-17 21:57:09.000000',1);
INSERT INTO "activity" VALUES(163,10,10,'task',NULL,NULL,'Search the auctions and send what fits','','','2026-11-17 21:57:09.000000',NULL,7,7,'2026-11-19 22:00:00.000000','2026-11-19 22:22:34.000000',7,162,'2026-11-17 21:57:09.000000',2);
INSERT INTO "activity" VALUES(164,6,6,'call','out','connected_follow_up','','Deposit is in. Order placed, Jianguo is delighted. Keeps them posted on the ETA.','','2026-11-17 22:25:25.000000',11,4,NULL,NULL,NULL,NULL,NULL,'2026-11-17 22:25:25.000000',1);
INSERT INTO "activity" VALUES(165,6,6,'task',NULL,NULL,'Close the order','','','2026-11-17 22:25:25.000000',NULL,4,4,'2026-11-18 15:00:00.000000','2026-11-17 22:29:53.000000',4,164,'2026-11-17 22:25:25.000000',2);
INSERT INTO "activity" VALUES(166,8,8,'call','out','connected_needs','','Both were on the call. They agree on the Porsche 911 Carrera 3.2; the colour is still a discussion between deep red and white.','Does not want to be called at work.','2026-11-18 16:52:04.000000',11,4,NULL,NULL,NULL,NULL,NULL,'2026-11-18 16:52:04.000000',1);
INSERT INTO "activity" VALUES(167,8,8,'task',NULL,NULL,'Send 3 options by Tuesday','','','2026-11-18 16:52:04.000000',NULL,4,4,'2026-11-24 16:30:00.000000','2026-11-24 16:36:12.000000',4,166,'2026-11-18 16:52:04.000000',2);
INSERT INTO "activity" VALUES(168,12,12,'call','out','connected_follow_up','','Knows exactly what they want: 2018 GMC Sierra 1500 SLE. Asked how our sourcing works; explained the steps.','','2026-11-18 17:47:59.000000',5,4,NULL,NULL,NULL,NULL,NULL,'2026-11-18 17:47:59.000000',1);
INSERT INTO "activity" VALUES(169,12,12,'task',NULL,NULL,'Call Friday with the list of questions','','','2026-11-18 17:47:59.000000',NULL,4,4,'2026-11-20 19:00:00.000000','2026-11-23 15:20:20.000000',4,168,'2026-11-18 17:47:59.000000',2);
INSERT INTO "activity" VALUES(170,9,9,'call','out','connected_follow_up','','The old car has to sell first, a buyer is coming to see it.','','2026-11-18 23:43:31.000000',15,12,NULL,NULL,NULL,NULL,NULL,'2026-11-18 23:43:31.000000',1);
INSERT INTO "activity" VALUES(171,9,9,'task',NULL,NULL,'Call on 22 December','','','2026-11-18 23:43:31.000000',NULL,12,12,'2026-12-22 16:00:00.000000',NULL,NULL,170,'2026-11-18 23:43:31.000000',1);
INSERT INTO "activity" VALUES(172,9,9,'note',NULL,NULL,'On hold until 22 Dec 2026: Waiting on another event','New job starts 22 December, decides after the first month','','2026-11-19 15:03:51.000000',NULL,12,NULL,NULL,NULL,NULL,NULL,'2026-11-19 15:03:51.000000',1);
INSERT INTO "activity" VALUES(173,7,7,'email','out','sent','Your Rogue is being built','The plant has scheduled the Rogue. Sent the build week as the factory states it.','','2026-11-19 17:13:01.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-19 17:13:01.000000',1);
INSERT INTO "activity" VALUES(174,10,10,'call','out','connected_follow_up','','Everything hangs on the house sale. Friendly, firm, not before that.','','2026-11-19 22:22:34.000000',20,7,NULL,NULL,NULL,NULL,NULL,'2026-11-19 22:22:34.000000',1);
INSERT INTO "activity" VALUES(175,10,10,'task',NULL,NULL,'Call on 17 December','','','2026-11-19 22:22:34.000000',NULL,7,7,'2026-12-17 15:00:00.000000','2026-11-25 19:27:39.000000',7,174,'2026-11-19 22:22:34.000000',2);
INSERT INTO "activity" VALUES(176,10,10,'note',NULL,NULL,'On hold until 17 Dec 2026: Waiting on another event','Waiting for the house sale to close','','2026-11-19 22:42:54.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-19 22:42:54.000000',1);
INSERT INTO "activity" VALUES(177,12,12,'call','out','connected_needs','','Both were on the call. They agree on the Sierra 1500; the colour is still a discussion between dark grey and white.','Does not want to be called at work.','2026-11-23 15:20:20.000000',24,4,NULL,NULL,NULL,NULL,NULL,'2026-11-23 15:20:20.000000',1);
INSERT INTO "activity" VALUES(178,12,12,'task',NULL,NULL,'Send two options and the spec sheets','','','2026-11-23 15:20:20.000000',NULL,4,4,'2026-11-24 20:00:00.000000',NULL,NULL,177,'2026-11-23 15:20:20.000000',1);
INSERT INTO "activity" VALUES(179,4,4,'call','in',NULL,'Cancellation Request – 陈浩然 · Haoran Chen – 23 Nov 2026','Reason: Won a GLC 300 in a raffle, of all things.
Order: 2023 Audi Q5 Prestige · $41,500 · agreed 5 Nov 2026
Earlier issues: None.
Tone: Confused
Key phrases: “You won''t believe this.”','“You won''t believe this.”','2026-11-23 19:21:57.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-23 19:21:57.000000',1);
INSERT INTO "activity" VALUES(180,4,4,'task',NULL,NULL,'Review the cancellation and call the client','陈浩然 · Haoran Chen wants to cancel: Won a GLC 300 in a raffle, of all things.','','2026-11-23 19:21:57.000000',NULL,7,2,'2026-11-23 20:21:57.000000','2026-11-23 20:51:27.000000',2,NULL,'2026-11-23 19:21:57.000000',2);
INSERT INTO "activity" VALUES(181,11,11,'call','out','connected_needs','','Needs assessment done. First choice 2026 Kia Telluride EX, second a Pilot. Colour: burnt orange or anything dark. Time frame: before winter.','','2026-11-23 20:37:49.000000',12,4,NULL,NULL,NULL,NULL,NULL,'2026-11-23 20:37:49.000000',1);
INSERT INTO "activity" VALUES(182,11,11,'task',NULL,NULL,'Send two options and the spec sheets','','','2026-11-23 20:37:49.000000',NULL,4,4,'2026-12-08 20:30:00.000000','2026-11-26 18:49:13.000000',4,181,'2026-11-23 20:37:49.000000',2);
INSERT INTO "activity" VALUES(183,4,4,'task',NULL,NULL,'Try again to reach the client','','','2026-11-23 20:51:27.000000',NULL,2,2,'2026-11-23 22:00:00.000000','2026-11-23 22:03:51.000000',2,NULL,'2026-11-23 20:51:27.000000',2);
INSERT INTO "activity" VALUES(184,4,4,'call','out','no_answer_no_vm','','Voicemail. Said who I am and that I want to go over everything personally.','','2026-11-23 20:51:27.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-23 20:51:27.000000',1);
INSERT INTO "activity" VALUES(185,4,4,'task',NULL,NULL,'Try again to reach the client','','','2026-11-23 22:03:51.000000',NULL,2,2,'2026-11-26 20:30:00.000000','2026-11-26 21:40:40.000000',2,NULL,'2026-11-23 22:03:51.000000',2);
INSERT INTO "activity" VALUES(186,4,4,'email','out','sent','May I call you, Haoran?','I saw your request about the Q5 and tried to call. I want to review everything with you personally. When may I reach you?','','2026-11-23 22:03:51.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-23 22:03:51.000000',1);
INSERT INTO "activity" VALUES(187,8,8,'email','out','sent','Options as we discussed','Sent two Porsche 911 Carrera 3.2s, one nearby and one that would have to be shipped.','','2026-11-24 16:36:12.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-24 16:36:12.000000',1);
INSERT INTO "activity" VALUES(188,8,8,'task',NULL,NULL,'Go through the three on the phone Friday','','','2026-11-24 16:36:12.000000',NULL,4,4,'2026-11-27 20:00:00.000000','2026-11-27 20:20:20.000000',4,187,'2026-11-24 16:36:12.000000',2);
INSERT INTO "activity" VALUES(189,12,12,'note',NULL,NULL,'Flagged for the manager','Same phone number as a deal that was lost in spring. Duplicate?','','2026-11-25 14:55:55.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-25 14:55:55.000000',1);
INSERT INTO "activity" VALUES(190,6,6,'call','in',NULL,'Cancellation Request – 陈建国 · Jianguo Chen – 25 Nov 2026','Reason: Slept badly and thinks it was too fast.
Order: 2017 Honda Ridgeline RTL · $11,500 · agreed 16 Nov 2026
Earlier issues: None; was delighted two days ago.
Tone: Confused
Key phrases: “Maybe it is all a bit much.”','“Maybe it is all a bit much.”','2026-11-25 17:37:49.000000',NULL,4,NULL,NULL,NULL,NULL,NULL,'2026-11-25 17:37:49.000000',1);
INSERT INTO "activity" VALUES(191,6,6,'task',NULL,NULL,'Review the cancellation and call the client','陈建国 · Jianguo Chen wants to cancel: Slept badly and thinks it was too fast.','','2026-11-25 17:37:49.000000',NULL,4,2,'2026-11-25 18:37:49.000000','2026-11-25 19:13:01.000000',2,NULL,'2026-11-25 17:37:49.000000',2);
INSERT INTO "activity" VALUES(192,6,6,'task',NULL,NULL,'Decide: save the order, or approve the cancellation','','','2026-11-25 19:13:01.000000',NULL,2,2,'2026-11-25 23:00:00.000000','2026-11-25 22:48:36.000000',2,NULL,'2026-11-25 19:13:01.000000',2);
INSERT INTO "activity" VALUES(193,6,6,'call','out','connected_follow_up','','Situation: Signed on Friday, told the family on Sunday, got questions.
Expects: To talk it through without being talked into it.
Real reason: Second thoughts. They had agreed at home to wait until the autumn, and keep to it.','','2026-11-25 19:13:01.000000',26,2,NULL,NULL,NULL,NULL,NULL,'2026-11-25 19:13:01.000000',1);
INSERT INTO "activity" VALUES(194,10,10,'call','in',NULL,'Cancellation Request – 大野 遥 · Haruka Ōno – 25 Nov 2026','Reason: Separated; the money is needed for a second flat.
Order: 2022 Ford Maverick XLT
Earlier issues: None known before this.
Tone: Calm
Key phrases: “It is the right car at the wrong time.”','“It is the right car at the wrong time.”','2026-11-25 19:28:16.000000',NULL,7,NULL,NULL,NULL,NULL,NULL,'2026-11-25 19:28:16.000000',1);
INSERT INTO "activity" VALUES(195,10,10,'task',NULL,NULL,'Review the cancellation and call the client','大野 遥 · Haruka Ōno wants to cancel: Separated; the money is needed for a second flat.','','2026-11-25 19:28:16.000000',NULL,7,2,'2026-11-25 20:28:16.000000','2026-11-25 19:56:32.000000',2,NULL,'2026-11-25 19:28:16.000000',2);
INSERT INTO "activity" VALUES(196,10,10,'task',NULL,NULL,'Decide: save the order, or approve the cancellation','','','2026-11-25 19:56:32.000000',NULL,2,2,'2026-11-25 23:00:00.000000','2026-11-26 15:31:07.000000',2,NULL,'2026-11-25 19:56:32.000000',2);
INSERT INTO "activity" VALUES(197,10,10,'call','out','connected_follow_up','','Situation: Has a list of twenty things to settle and the car is one of them.
Expects: Understanding, and a clear answer on what happens next.
Real reason: Something in their life changed. Needs seven seats from the summer on.','','2026-11-25 19:56:32.000000',27,2,NULL,NULL,NULL,NULL,NULL,'2026-11-25 19:56:32.000000',1);
INSERT INTO "activity" VALUES(198,6,6,'note',NULL,NULL,'Retention plan for Samira Mendes','Call Jianguo today. Listen first, then put the offers in this order.
Limits: Only what is written here. If they ask for more, bring it to me.
Something else: A call with the inspector who checked the car, both partners on the line
Price adjustment: $750 off the agreed price','','2026-11-25 22:48:36.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-25 22:48:36.000000',1);
INSERT INTO "activity" VALUES(199,6,6,'task',NULL,NULL,'Save the order: present the approved offers','Call Jianguo today. Listen first, then put the offers in this order.','','2026-11-25 22:48:36.000000',NULL,2,14,'2026-11-27 20:30:00.000000','2026-11-27 19:50:50.000000',14,NULL,'2026-11-25 22:48:36.000000',2);
INSERT INTO "activity" VALUES(200,10,10,'note',NULL,NULL,'The client stays','Waiting a month, with a date to talk.','','2026-11-26 15:31:07.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-26 15:31:07.000000',1);
INSERT INTO "activity" VALUES(201,10,10,'task',NULL,NULL,'Call to hear that all is well','','','2026-11-26 15:31:07.000000',NULL,2,7,'2026-12-09 14:00:00.000000',NULL,NULL,NULL,'2026-11-26 15:31:07.000000',1);
INSERT INTO "activity" VALUES(202,11,11,'call','in',NULL,'','Called about the paint: prefers burnt orange after all.','','2026-11-26 18:49:13.000000',9,4,NULL,NULL,NULL,NULL,NULL,'2026-11-26 18:49:13.000000',1);
INSERT INTO "activity" VALUES(203,6,6,'call','out','connected_follow_up','Offer: A call with the inspector who checked the car, both partners on the line','Explained the offer and let them think aloud. Good talk.','','2026-11-26 19:22:34.000000',21,14,NULL,NULL,NULL,NULL,NULL,'2026-11-26 19:22:34.000000',1);
INSERT INTO "activity" VALUES(204,4,4,'task',NULL,NULL,'Try again to reach the client','','','2026-11-26 21:40:40.000000',NULL,2,2,'2026-11-27 17:30:00.000000','2026-11-27 17:59:23.000000',2,NULL,'2026-11-26 21:40:40.000000',2);
INSERT INTO "activity" VALUES(205,4,4,'call','out','no_answer_no_vm','','Voicemail. Said who I am and that I want to go over everything personally.','','2026-11-26 21:40:40.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-26 21:40:40.000000',1);
INSERT INTO "activity" VALUES(206,12,12,'note',NULL,NULL,'Flag answered','Spoke to the bank: fine. Keep the copy on file.','','2026-11-26 22:18:06.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-26 22:18:06.000000',1);
INSERT INTO "activity" VALUES(207,4,4,'task',NULL,NULL,'Decide: save the order, or approve the cancellation','','','2026-11-27 17:59:23.000000',NULL,2,2,'2026-11-27 23:00:00.000000',NULL,NULL,NULL,'2026-11-27 17:59:23.000000',1);
INSERT INTO "activity" VALUES(208,4,4,'note',NULL,NULL,'The client could not be reached','Called at three times of the day and wrote. Nothing came back.','','2026-11-27 17:59:23.000000',NULL,2,NULL,NULL,NULL,NULL,NULL,'2026-11-27 17:59:23.000000',1);
INSERT INTO "activity" VALUES(209,6,6,'note',NULL,NULL,'Retention ended: the client declined','Thanked us, but stays with the decision.','','2026-11-27 19:50:50.000000',NULL,14,NULL,NULL,NULL,NULL,NULL,'2026-11-27 19:50:50.000000',1);
INSERT INTO "activity" VALUES(210,6,6,'task',NULL,NULL,'Decide again: the client has not accepted','','','2026-11-27 19:50:50.000000',NULL,14,2,'2026-11-27 23:00:00.000000',NULL,NULL,NULL,'2026-11-27 19:50:50.000000',1);
INSERT INTO "activity" VALUES(211,8,8,'call','out','connected_follow_up','','The first option is too far for them, the second is it. Wants to see the service history.','A neighbour says to wait for the new model.','2026-11-27 20:20:20.000000',18,4,NULL,NULL,NULL,NULL,NULL,'2026-11-27 20:20:20.000000',1);
INSERT INTO "activity" VALUES(212,8,8,'task',NULL,NULL,'Send the walk-around video','','','2026-11-27 20:20:20.000000',NULL,4,4,'2026-12-09 20:30:00.000000',NULL,NULL,211,'2026-11-27 20:20:20.000000',1);
INSERT INTO "attachment" VALUES(1,56,'recording','call 2026-05-27 19.30.wav','3c01e8ae30081b4d590bb636f9b6c382','audio/wav',12732,3,'2026-05-27 19:30:30.000000');
INSERT INTO "attachment" VALUES(2,203,'recording','call 2026-11-26 19.22.wav','ae3c7f7e9b07ab1b1660d49a8ca84cda','audio/wav',8094,14,'2026-11-26 19:22:34.000000');
INSERT INTO "attachment" VALUES(3,193,'recording','call 2026-11-25 19.13.wav','21913b40da51dfaf71caefd591cfbbd8','audio/wav',10959,2,'2026-11-25 19:13:01.000000');
INSERT INTO "attachment" VALUES(4,164,'recording','call 2026-11-17 22.25.wav','3386832b1a3b8976d3e49c0bbec7e947','audio/wav',7986,4,'2026-11-17 22:25:25.000000');
INSERT INTO "attachment" VALUES(5,211,'recording','call 2026-11-27 20.20.wav','fea973582248faca4913df0256d2ddff','audio/wav',14173,4,'2026-11-27 20:20:20.000000');
INSERT INTO "attachment" VALUES(6,181,'recording','call 2026-11-23 20.37.wav','41b99f4cea0ecd3c376f26ea09b5e9f1','audio/wav',12120,4,'2026-11-23 20:37:49.000000');
INSERT INTO "attachment" VALUES(7,177,'recording','call 2026-11-23 15.20.wav','e08a9be9d39e86c3ba5b174edcfd7a18','audio/wav',9462,4,'2026-11-23 15:20:20.000000');
INSERT INTO "attachment" VALUES(8,187,'email','Options as we discussed.eml','cb2628d1cb0ee7144f64f33f5839f16e','message/rfc822',567,4,'2026-11-24 16:36:12.000000');
INSERT INTO "attachment" VALUES(9,126,'email','Your Porsche 911 Carrera 3.2: when may I call?.eml','4ba923201b32a3ed4cf104c7a3853f96','message/rfc822',590,4,'2026-11-10 17:37:49.000000');
INSERT INTO "attachment" VALUES(10,111,'email','CarManana about the Porsche 911 Carrera 3.2.eml','8b6943833bbb8a283c0909d23889cdc7','message/rfc822',587,4,'2026-11-05 15:20:20.000000');
INSERT INTO "attachment" VALUES(11,67,'email','About your Corolla.eml','43a3560c21a3a4164aa0fa7c0beeafbd','message/rfc822',687,4,'2026-07-08 21:02:14.000000');
INSERT INTO "attachment" VALUES(12,63,'email','CarManana about the Corolla.eml','6c400983ede00690d0e6790ddac65caf','message/rfc822',696,4,'2026-06-26 17:35:35.000000');
INSERT INTO "attachment" VALUES(13,186,'document','Agreement – signed.pdf','7ee89e9288c774d53454b108ec3a36b8','application/pdf',731,2,'2026-11-23 22:03:51.000000');
INSERT INTO "attachment" VALUES(14,173,'document','Agreement – signed.pdf','43f8af996e2f1fb77fb18c11b3a57964','application/pdf',730,7,'2026-11-19 17:13:01.000000');
INSERT INTO "attachment" VALUES(15,157,'document','Agreement – signed.pdf','e1a6184030018d04b1139a9b4535a38d','application/pdf',734,4,'2026-11-16 18:01:37.000000');
INSERT INTO "attachment" VALUES(16,130,'document','Agreement – signed.pdf','8414a660a655369fd0b84679d0b8a056','application/pdf',730,7,'2026-11-10 18:56:32.000000');
INSERT INTO "attachment" VALUES(17,87,'picture','Sunset in front of the façade – 写真.png','7a868cd69d12497b77180d3bd3b7f7d8','image/png',6569,7,'2026-10-27 21:32:44.000000');
INSERT INTO "attachment" VALUES(18,27,'picture','Sunset in front of the façade – 写真.png','f211a1c792bdc1665adb5fc486567ca7','image/png',6571,5,'2026-04-21 13:25:25.000000');
INSERT INTO "notification" VALUES(1,3,'Hegedűs Ágnes wants to cancel: the first contact is yours',1,NULL,NULL,5,'2026-04-07 18:05:05.000000','2026-04-07 20:05:05.000000');
INSERT INTO "notification" VALUES(2,5,'Hegedűs Ágnes: Oskar Lind has spoken with the client',1,NULL,NULL,3,'2026-04-07 18:54:18.000000','2026-04-07 20:54:18.000000');
INSERT INTO "notification" VALUES(3,15,'Hegedűs Ágnes: an order to save is yours',1,NULL,NULL,3,'2026-04-07 20:22:34.000000','2026-04-07 22:22:34.000000');
INSERT INTO "notification" VALUES(4,5,'Hegedűs Ágnes: we made a promise that you keep',1,NULL,NULL,3,'2026-04-09 16:58:46.000000','2026-04-09 18:58:46.000000');
INSERT INTO "notification" VALUES(5,5,'Hegedűs Ágnes stays with us',1,NULL,NULL,3,'2026-04-09 16:58:46.000000','2026-04-09 18:58:46.000000');
INSERT INTO "notification" VALUES(6,15,'Hegedűs Ágnes stays with us',1,NULL,NULL,3,'2026-04-09 16:58:46.000000','2026-04-09 18:58:46.000000');
INSERT INTO "notification" VALUES(7,3,'Hegedűs Ágnes wants to cancel: the first contact is yours',1,NULL,NULL,5,'2026-04-21 13:25:25.000000','2026-04-21 15:25:25.000000');
INSERT INTO "notification" VALUES(8,5,'Hegedűs Ágnes: Oskar Lind has spoken with the client',1,NULL,NULL,3,'2026-04-21 14:14:38.000000','2026-04-21 16:14:38.000000');
INSERT INTO "notification" VALUES(9,5,'Hegedűs Ágnes: the cancellation is approved',1,NULL,NULL,3,'2026-04-21 15:46:22.000000','2026-04-21 17:46:22.000000');
INSERT INTO "notification" VALUES(10,3,'Beth Ann Langley wants to cancel: the first contact is yours',2,NULL,NULL,13,'2026-05-27 19:02:14.000000','2026-05-27 21:02:14.000000');
INSERT INTO "notification" VALUES(11,13,'Beth Ann Langley: Oskar Lind has spoken with the client',2,NULL,NULL,3,'2026-05-27 19:30:30.000000','2026-05-27 21:30:30.000000');
INSERT INTO "notification" VALUES(12,13,'Beth Ann Langley: the cancellation is approved',2,NULL,NULL,3,'2026-05-29 13:58:46.000000','2026-05-29 15:58:46.000000');
INSERT INTO "notification" VALUES(13,2,'Żaneta Dąbrowska: on hold until 11 Mar 2027: Client is 3–6+ months out',5,NULL,NULL,6,'2026-11-02 20:18:06.000000','2026-11-02 22:18:06.000000');
INSERT INTO "notification" VALUES(14,2,'Żaneta Dąbrowska wants to cancel: the first contact is yours',5,NULL,NULL,6,'2026-11-12 15:05:05.000000','2026-11-12 17:05:05.000000');
INSERT INTO "notification" VALUES(15,6,'Żaneta Dąbrowska: the cancellation request is withdrawn',5,NULL,NULL,2,'2026-11-13 20:17:29.000000','2026-11-13 22:17:29.000000');
INSERT INTO "notification" VALUES(16,2,'Megan Holloway: on hold until 22 Dec 2026: Waiting on another event',9,NULL,NULL,12,'2026-11-19 15:03:51.000000','2026-11-19 17:03:51.000000');
INSERT INTO "notification" VALUES(17,2,'大野 遥 · Haruka Ōno: on hold until 17 Dec 2026: Waiting on another event',10,NULL,NULL,7,'2026-11-19 22:42:54.000000','2026-11-20 00:42:54.000000');
INSERT INTO "notification" VALUES(18,2,'陈浩然 · Haoran Chen wants to cancel: the first contact is yours',4,NULL,NULL,7,'2026-11-23 19:21:57.000000','2026-11-23 21:21:57.000000');
INSERT INTO "notification" VALUES(19,2,'Maarten van den Broek is flagged for you',12,NULL,NULL,4,'2026-11-25 14:55:55.000000','2026-11-25 16:55:55.000000');
INSERT INTO "notification" VALUES(20,2,'陈建国 · Jianguo Chen wants to cancel: the first contact is yours',6,NULL,NULL,4,'2026-11-25 17:37:49.000000','2026-11-25 19:37:49.000000');
INSERT INTO "notification" VALUES(21,4,'陈建国 · Jianguo Chen: Ingrid Dahl has spoken with the client',6,NULL,NULL,2,'2026-11-25 19:13:01.000000','2026-11-25 21:13:01.000000');
INSERT INTO "notification" VALUES(22,2,'大野 遥 · Haruka Ōno wants to cancel: the first contact is yours',10,NULL,NULL,7,'2026-11-25 19:28:16.000000','2026-11-25 21:28:16.000000');
INSERT INTO "notification" VALUES(23,7,'大野 遥 · Haruka Ōno: Ingrid Dahl has spoken with the client',10,NULL,NULL,2,'2026-11-25 19:56:32.000000','2026-11-25 21:56:32.000000');
INSERT INTO "notification" VALUES(24,14,'陈建国 · Jianguo Chen: an order to save is yours',6,NULL,NULL,2,'2026-11-25 22:48:36.000000','2026-11-26 00:48:36.000000');
INSERT INTO "notification" VALUES(25,7,'大野 遥 · Haruka Ōno stays with us',10,NULL,NULL,2,'2026-11-26 15:31:07.000000','2026-11-26 17:31:07.000000');
INSERT INTO "notification" VALUES(26,4,'Maarten van den Broek: your flag is answered',12,NULL,NULL,2,'2026-11-26 22:18:06.000000','2026-11-27 00:18:06.000000');
INSERT INTO "notification" VALUES(27,2,'陈建国 · Jianguo Chen: retention ended, the decision is yours',6,NULL,NULL,14,'2026-11-27 19:50:50.000000','2026-11-27 21:50:50.000000');
INSERT INTO "notification" VALUES(28,3,'Owen Haverford does not work here any more',NULL,NULL,13,18,'2026-11-26 14:00:00.000000',NULL);
INSERT INTO "notification" VALUES(29,6,'You have no access to Agreement & Deposit from 29 Nov until 13 Dec',NULL,NULL,6,2,'2026-11-30 02:15:53.000000',NULL);
INSERT INTO "event" VALUES(1,'2020-12-01 02:15:53.000000',NULL,'user',2,'join',NULL,NULL,'{"roles": ["manager"]}','0000000000000000000000000000000000000000000000000000000000000000','66c293ac485e4ecc5e727c95b124367f22ea1caca6076e19a22cde2f8f4497b9');
INSERT INTO "event" VALUES(2,'2020-12-01 02:15:53.000000',NULL,'user',3,'join',NULL,NULL,'{"roles": ["manager"]}','66c293ac485e4ecc5e727c95b124367f22ea1caca6076e19a22cde2f8f4497b9','ba0e230b9b120d580138c7fef9fc870441dc0438c11d144619b2da84f1e2276d');
INSERT INTO "event" VALUES(3,'2020-12-01 02:15:53.000000',NULL,'user',4,'join',NULL,NULL,'{"roles": ["agent"]}','ba0e230b9b120d580138c7fef9fc870441dc0438c11d144619b2da84f1e2276d','6d6057b652f3508e9c71a690202b41a90bf88b27098bdabe7e14589f6ae52a7b');
INSERT INTO "event" VALUES(4,'2020-12-01 02:15:53.000000',NULL,'user',5,'join',NULL,NULL,'{"roles": ["agent"]}','6d6057b652f3508e9c71a690202b41a90bf88b27098bdabe7e14589f6ae52a7b','d63072d0a8654f78a35074c32b4363032787d0e8f259796e4d6c85af424621e6');
INSERT INTO "event" VALUES(5,'2020-12-01 02:15:53.000000',NULL,'user',6,'join',NULL,NULL,'{"roles": ["agent"]}','d63072d0a8654f78a35074c32b4363032787d0e8f259796e4d6c85af424621e6','42a0fa96552168471f2936c2eb411a052228477b133bb2e22aa5e688350b392d');
INSERT INTO "event" VALUES(6,'2020-12-01 02:15:53.000000',NULL,'user',7,'join',NULL,NULL,'{"roles": ["agent"]}','42a0fa96552168471f2936c2eb411a052228477b133bb2e22aa5e688350b392d','5b948b5bb363ac95381934951e7ca3e0cd2c90d553303892c82597777fb5bd41');
INSERT INTO "event" VALUES(7,'2020-12-01 02:15:53.000000',NULL,'user',8,'join',NULL,NULL,'{"roles": ["agent"]}','5b948b5bb363ac95381934951e7ca3e0cd2c90d553303892c82597777fb5bd41','61cbfe834b28740ab2d14ea4eac9943bc1199db0d9e5a517e3489ed38b4431dd');
INSERT INTO "event" VALUES(8,'2020-12-01 02:15:53.000000',NULL,'user',9,'join',NULL,NULL,'{"roles": ["agent"]}','61cbfe834b28740ab2d14ea4eac9943bc1199db0d9e5a517e3489ed38b4431dd','9217aebc077ae2f0ada52167ce702e027a73012f20e155f73ee8d90783476964');
INSERT INTO "event" VALUES(9,'2020-12-01 02:15:53.000000',NULL,'user',10,'join',NULL,NULL,'{"roles": ["agent"]}','9217aebc077ae2f0ada52167ce702e027a73012f20e155f73ee8d90783476964','1844c8ec9c22e6fe29dd9f3f1ac3583c195770551b25fe91c5488911ef0d1680');
INSERT INTO "event" VALUES(10,'2020-12-01 02:15:53.000000',NULL,'user',11,'join',NULL,NULL,'{"roles": ["agent"]}','1844c8ec9c22e6fe29dd9f3f1ac3583c195770551b25fe91c5488911ef0d1680','7b953ec8f9718d053016a1b9904ca4885bb45c836bfe5d20d4e3ee02bad09d4f');
INSERT INTO "event" VALUES(11,'2020-12-01 02:15:53.000000',NULL,'user',12,'join',NULL,NULL,'{"roles": ["agent"]}','7b953ec8f9718d053016a1b9904ca4885bb45c836bfe5d20d4e3ee02bad09d4f','b2475a3db330732dd4abc272806c58818cbd35a7028f2a0df594b15e5d996c46');
INSERT INTO "event" VALUES(12,'2020-12-01 02:15:53.000000',NULL,'user',13,'join',NULL,NULL,'{"roles": ["agent"]}','b2475a3db330732dd4abc272806c58818cbd35a7028f2a0df594b15e5d996c46','d2acbf84d9815434c99c6bb02601d308f5c49db2b518a56cbb53d1305c914ca1');
INSERT INTO "event" VALUES(13,'2020-12-01 02:15:53.000000',NULL,'user',14,'join',NULL,NULL,'{"roles": ["retention"]}','d2acbf84d9815434c99c6bb02601d308f5c49db2b518a56cbb53d1305c914ca1','3c5f73f49170b73bde7ab6cf8412973687f95e77f3a59d067fbbc539695e37fd');
INSERT INTO "event" VALUES(14,'2020-12-01 02:15:53.000000',NULL,'user',15,'join',NULL,NULL,'{"roles": ["retention"]}','3c5f73f49170b73bde7ab6cf8412973687f95e77f3a59d067fbbc539695e37fd','08a5260b1c80fbf256ba87d7f26b23803464ed164fbb295cca16d37029c39142');
INSERT INTO "event" VALUES(15,'2020-12-01 02:15:53.000000',NULL,'user',16,'join',NULL,NULL,'{"roles": ["customer_cancellation"]}','08a5260b1c80fbf256ba87d7f26b23803464ed164fbb295cca16d37029c39142','88504dd90d063583de22049e833bbe03fb34cbe307a5e628519ddfc094172110');
INSERT INTO "event" VALUES(16,'2020-12-01 02:15:53.000000',NULL,'user',17,'join',NULL,NULL,'{"roles": ["compliance"]}','88504dd90d063583de22049e833bbe03fb34cbe307a5e628519ddfc094172110','b52715f6af0363123cc400fedeb6be5dd933e122fd5d826c2f467c29cf9ffc23');
INSERT INTO "event" VALUES(17,'2020-12-01 02:15:53.000000',NULL,'user',18,'join',NULL,NULL,'{"roles": ["crm_admin"]}','b52715f6af0363123cc400fedeb6be5dd933e122fd5d826c2f467c29cf9ffc23','96fd0ea67ad90e112cfe0edf27b5de11077d887fc0172b7a4c936deb817d381f');
INSERT INTO "event" VALUES(18,'2026-03-12 16:06:42.000000',3,'customer',1,'enter',NULL,NULL,'{}','96fd0ea67ad90e112cfe0edf27b5de11077d887fc0172b7a4c936deb817d381f','dea3201e663051b918ec9bdef11817b46ebf1d82583c82637bddda1b9ff3ae17');
INSERT INTO "event" VALUES(19,'2026-03-12 16:06:42.000000',3,'deal',1,'take',NULL,'active','{"owner": null, "stage": 7}','dea3201e663051b918ec9bdef11817b46ebf1d82583c82637bddda1b9ff3ae17','3bf703e4d08f62ba46b24488be4cc9585fd99b14b8b475b75aef3e0f5eb477dd');
INSERT INTO "event" VALUES(20,'2026-03-13 13:06:42.000000',5,'deal',1,'claim',NULL,NULL,'{"owner": 5, "was_owner": null}','3bf703e4d08f62ba46b24488be4cc9585fd99b14b8b475b75aef3e0f5eb477dd','6d1e484b48403cf58fd7c52f766176965b9c4711c827bc825d5b555b8d7a7907');
INSERT INTO "event" VALUES(21,'2026-03-13 15:41:17.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 1}','6d1e484b48403cf58fd7c52f766176965b9c4711c827bc825d5b555b8d7a7907','d6d475406599b4aa4bd802029d6bed427c570b369174a9bb568040233637bbde');
INSERT INTO "event" VALUES(22,'2026-03-13 15:41:17.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 2, "kind": "call", "outcome": "connected_follow_up"}','d6d475406599b4aa4bd802029d6bed427c570b369174a9bb568040233637bbde','10a7f282ff5db6c27675a2b3a100da7929e251a054343b95a68067c7a12028d7');
INSERT INTO "event" VALUES(23,'2026-03-13 15:44:08.000000',5,'deal',1,'move','active','active','{"from_stage": 7, "to_stage": 8}','10a7f282ff5db6c27675a2b3a100da7929e251a054343b95a68067c7a12028d7','fd6d0025448549f716f0e24b201b31b1a046d450f66bef935ef671a32144c23f');
INSERT INTO "event" VALUES(24,'2026-03-17 21:46:22.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 3}','fd6d0025448549f716f0e24b201b31b1a046d450f66bef935ef671a32144c23f','164e562e52d69b6aab3087be7eb7a36e8f6f7922726edf9d9f205527fdd60b54');
INSERT INTO "event" VALUES(25,'2026-03-17 21:46:22.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 4, "kind": "call", "outcome": "connected_needs"}','164e562e52d69b6aab3087be7eb7a36e8f6f7922726edf9d9f205527fdd60b54','0aedcd9395e55d835c4b0b34f54975b4a99396a37e6ddab5539cdf4ecb1a1603');
INSERT INTO "event" VALUES(26,'2026-03-17 21:52:04.000000',5,'deal',1,'assess',NULL,NULL,'{"options": 2}','0aedcd9395e55d835c4b0b34f54975b4a99396a37e6ddab5539cdf4ecb1a1603','e3d992ce18f3349b47bea9ca8a57b14e81074c915e6fdd1f786f708d9866756c');
INSERT INTO "event" VALUES(27,'2026-03-17 21:54:18.000000',5,'deal',1,'move','active','active','{"from_stage": 8, "to_stage": 9}','e3d992ce18f3349b47bea9ca8a57b14e81074c915e6fdd1f786f708d9866756c','002b18b6b9d77d17fb456820263aa9504027d22ea0c00612d59cebe581721918');
INSERT INTO "event" VALUES(28,'2026-03-23 17:42:54.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 5}','002b18b6b9d77d17fb456820263aa9504027d22ea0c00612d59cebe581721918','1c2ba7709c41d94d1f29fc66621d546adabded31212fe82e06225da2b5ca835c');
INSERT INTO "event" VALUES(29,'2026-03-23 17:42:54.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 6, "kind": "email", "outcome": "sent"}','1c2ba7709c41d94d1f29fc66621d546adabded31212fe82e06225da2b5ca835c','80094738362d1ce56d7d9304de0dc1206f00065fb9b1ed0a3a055c5273b36e01');
INSERT INTO "event" VALUES(30,'2026-03-23 17:46:22.000000',5,'deal',1,'move','active','active','{"from_stage": 9, "to_stage": 10}','80094738362d1ce56d7d9304de0dc1206f00065fb9b1ed0a3a055c5273b36e01','2c14ce9f4e5ec9dbd7afc922de8adb21fa271d4fa483a3f1cc9654ccb71e57b8');
INSERT INTO "event" VALUES(31,'2026-03-24 16:55:55.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 7}','2c14ce9f4e5ec9dbd7afc922de8adb21fa271d4fa483a3f1cc9654ccb71e57b8','bdb0a19ce0303fd13b25648cb5cd8bce1fd14a78453789ef26eb9a5739cbe1d8');
INSERT INTO "event" VALUES(32,'2026-03-24 16:55:55.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 8, "kind": "text", "outcome": null}','bdb0a19ce0303fd13b25648cb5cd8bce1fd14a78453789ef26eb9a5739cbe1d8','7088967f696236e99c49f41f4edb80bc4ed37d962c22f9f3448282c669d96e12');
INSERT INTO "event" VALUES(33,'2026-03-27 14:04:28.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 9}','7088967f696236e99c49f41f4edb80bc4ed37d962c22f9f3448282c669d96e12','42b41de0c20fa2668eb1ec95c50292ada123207f0a2f124e3a3e9f6b10fd66e0');
INSERT INTO "event" VALUES(34,'2026-03-27 14:04:28.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 10, "kind": "call", "outcome": "connected_follow_up"}','42b41de0c20fa2668eb1ec95c50292ada123207f0a2f124e3a3e9f6b10fd66e0','8bfa6ca2079aff9ce0769a0ca5a42152fbdad5aed44a3817f3f1909758bc9183');
INSERT INTO "event" VALUES(35,'2026-03-30 16:02:14.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 11}','8bfa6ca2079aff9ce0769a0ca5a42152fbdad5aed44a3817f3f1909758bc9183','7f9dae5a50c2ecfa97b5e22fb4ad756472bb4125fe6fad86d5daed0c3db40f52');
INSERT INTO "event" VALUES(36,'2026-03-30 16:02:14.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 12, "kind": "call", "outcome": "connected_follow_up"}','7f9dae5a50c2ecfa97b5e22fb4ad756472bb4125fe6fad86d5daed0c3db40f52','0c3181733c49bbb68c8fe5a220abb7ed731330cedd21f4dc685645c123740057');
INSERT INTO "event" VALUES(37,'2026-03-30 16:07:19.000000',5,'deal',1,'move','active','active','{"from_stage": 10, "to_stage": 11}','0c3181733c49bbb68c8fe5a220abb7ed731330cedd21f4dc685645c123740057','e09dd35a2676a193ee425408026fb946df299cc2240686bffeaf95721bc16439');
INSERT INTO "event" VALUES(38,'2026-03-31 19:44:08.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 13}','e09dd35a2676a193ee425408026fb946df299cc2240686bffeaf95721bc16439','d39dd918d1e02f52958fc6b8e17541ef499d5d5506af66d7aea7320dadc6ba16');
INSERT INTO "event" VALUES(39,'2026-03-31 19:44:08.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 14, "kind": "email", "outcome": "sent"}','d39dd918d1e02f52958fc6b8e17541ef499d5d5506af66d7aea7320dadc6ba16','b1b3274bf37eaf390c4c8ded4835c13046ae46a67c4623c42e2ed0fca6159b7a');
INSERT INTO "event" VALUES(40,'2026-03-31 19:49:13.000000',5,'deal',1,'correct',NULL,NULL,'{"fields": ["agreement_on"]}','b1b3274bf37eaf390c4c8ded4835c13046ae46a67c4623c42e2ed0fca6159b7a','67203d957fc4beb5ab66399684c4946c48a42545392b20ef8afec3f7f27d6ec6');
INSERT INTO "event" VALUES(41,'2026-03-31 19:51:27.000000',5,'deal',1,'move','active','active','{"from_stage": 11, "to_stage": 12}','67203d957fc4beb5ab66399684c4946c48a42545392b20ef8afec3f7f27d6ec6','3f6db98feb5b0b108f5432960b42b9d053b42dced7a84fbd8b02cf07a1851383');
INSERT INTO "event" VALUES(42,'2026-04-01 14:24:48.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 15}','3f6db98feb5b0b108f5432960b42b9d053b42dced7a84fbd8b02cf07a1851383','633144fdde840788dde6476b78cc3709813cc2aaba5ca48bcc96f22e76321745');
INSERT INTO "event" VALUES(43,'2026-04-01 14:24:48.000000',5,'deal',1,'log',NULL,NULL,'{"activity": 16, "kind": "call", "outcome": "connected_follow_up"}','633144fdde840788dde6476b78cc3709813cc2aaba5ca48bcc96f22e76321745','ce605f6b3285eb7095be8e5043d8de0fbcb7cad78809f5075953bfcab5f6aa54');
INSERT INTO "event" VALUES(44,'2026-04-01 14:28:16.000000',5,'deal',1,'win','active','won','{}','ce605f6b3285eb7095be8e5043d8de0fbcb7cad78809f5075953bfcab5f6aa54','90d5f5d65ab6a2950865f2b3bcf84a3fc226c225a2d8b88a508bef18b251547b');
INSERT INTO "event" VALUES(45,'2026-04-07 18:05:05.000000',5,'deal',1,'request_cancellation','won','cancellation_requested','{"request": 1, "reviewer": 3}','90d5f5d65ab6a2950865f2b3bcf84a3fc226c225a2d8b88a508bef18b251547b','8ef50b8414206303a06343b9ad2e7127d0f5e2462278c3eef63a435c82e1a769');
INSERT INTO "event" VALUES(46,'2026-04-07 18:34:58.000000',3,'cancellation_request',1,'begin_review','requested','in_review','{}','8ef50b8414206303a06343b9ad2e7127d0f5e2462278c3eef63a435c82e1a769','94b47650ffc5174238e8fbe93b0ce471e3e643492a4d226ac2aa46476f872d06');
INSERT INTO "event" VALUES(47,'2026-04-07 18:54:18.000000',3,'deal',1,'log',NULL,NULL,'{"activity": 21, "kind": "call", "outcome": "connected_follow_up"}','94b47650ffc5174238e8fbe93b0ce471e3e643492a4d226ac2aa46476f872d06','f073da14640b8a125b4a4312f4e46b826d66049697906188f8c35747458e8839');
INSERT INTO "event" VALUES(48,'2026-04-07 18:54:18.000000',3,'cancellation_request',1,'log_first_contact','in_review','contacted','{"activity": 21, "how": "call", "main_reason": "delivery"}','f073da14640b8a125b4a4312f4e46b826d66049697906188f8c35747458e8839','536a7ed8030a0a140d2ec5fc35048e266c28d82f391fa83871de35e8753ee804');
INSERT INTO "event" VALUES(49,'2026-04-07 18:56:32.000000',3,'cancellation_request',1,'playbook',NULL,NULL,'{"step": "empathise"}','536a7ed8030a0a140d2ec5fc35048e266c28d82f391fa83871de35e8753ee804','066fa7cad8bcd26ab878dba62a725c48d2aef5390cd96d50449b8daa12bf0865');
INSERT INTO "event" VALUES(50,'2026-04-07 18:56:32.000000',3,'cancellation_request',1,'playbook',NULL,NULL,'{"diagnosis": "fear", "step": "diagnose"}','066fa7cad8bcd26ab878dba62a725c48d2aef5390cd96d50449b8daa12bf0865','3bcaadfc467389d322d3e1d222295f10fa38d7566f0153d517b5d9da12b6a994');
INSERT INTO "event" VALUES(51,'2026-04-07 20:22:34.000000',3,'cancellation_request',1,'assign_retention','contacted','retention','{"assignee": 15, "plan": 1}','3bcaadfc467389d322d3e1d222295f10fa38d7566f0153d517b5d9da12b6a994','d68553e193c2db2ccfc2e8ef5fea57b6d4c05186f38ae63eb48036a722be0cbd');
INSERT INTO "event" VALUES(52,'2026-04-08 21:10:10.000000',15,'deal',1,'log',NULL,NULL,'{"activity": 24, "kind": "call", "outcome": "connected_follow_up"}','d68553e193c2db2ccfc2e8ef5fea57b6d4c05186f38ae63eb48036a722be0cbd','2019530a6448fa3668f37c49ea980b727f246acc6b5f54a7d0b83253a860c4fd');
INSERT INTO "event" VALUES(53,'2026-04-08 21:10:10.000000',15,'cancellation_request',1,'present','retention','retention','{"activity": 24, "answer": "accepted", "offer": 1, "plan": 1}','2019530a6448fa3668f37c49ea980b727f246acc6b5f54a7d0b83253a860c4fd','79ecab238dc4fff559160727c5e6e64f506a16c8e863769a334c1bcbed3a8c01');
INSERT INTO "event" VALUES(54,'2026-04-08 21:16:52.000000',15,'cancellation_request',1,'playbook',NULL,NULL,'{"step": "mission"}','79ecab238dc4fff559160727c5e6e64f506a16c8e863769a334c1bcbed3a8c01','7388e975021c75c022953ac829ddbf354d8c51b44d9b2fd3a5f4fc3cc6fb20a5');
INSERT INTO "event" VALUES(55,'2026-04-08 21:16:52.000000',15,'cancellation_request',1,'playbook',NULL,NULL,'{"step": "future"}','7388e975021c75c022953ac829ddbf354d8c51b44d9b2fd3a5f4fc3cc6fb20a5','dedcd1353becc354f72e040f12c4d08d8f100713cefa30af694bb2a16809c2e7');
INSERT INTO "event" VALUES(56,'2026-04-08 21:16:52.000000',15,'cancellation_request',1,'playbook',NULL,NULL,'{"step": "agreement"}','dedcd1353becc354f72e040f12c4d08d8f100713cefa30af694bb2a16809c2e7','3ec760237dfe7cccab4078eea3b31a885ef8e6a9b480135c3ffe4b9963324e61');
INSERT INTO "event" VALUES(57,'2026-04-09 16:58:46.000000',3,'deal',1,'retain_won','cancellation_requested','won','{}','3ec760237dfe7cccab4078eea3b31a885ef8e6a9b480135c3ffe4b9963324e61','0628a0f74ba30cfe92615360de6e65f5182c51bfbb895770b2d5b97fd340ca1d');
INSERT INTO "event" VALUES(58,'2026-04-09 16:58:46.000000',3,'cancellation_request',1,'retain','retention','retained','{"back_to": "won"}','0628a0f74ba30cfe92615360de6e65f5182c51bfbb895770b2d5b97fd340ca1d','f783c5b955796a8d70dae2a39ac1f74f12dbf3a9c64a547dac1a20679ee111d8');
INSERT INTO "event" VALUES(59,'2026-04-15 17:58:46.000000',5,'deal',1,'step_done',NULL,NULL,'{"activity": 26}','f783c5b955796a8d70dae2a39ac1f74f12dbf3a9c64a547dac1a20679ee111d8','daaaacba86e0d08ac763f52998dd31c46fa9bbdcb0224d80bb8d05bf76c7a25d');
INSERT INTO "event" VALUES(60,'2026-04-21 13:25:25.000000',5,'deal',1,'request_cancellation','won','cancellation_requested','{"request": 2, "reviewer": 3}','daaaacba86e0d08ac763f52998dd31c46fa9bbdcb0224d80bb8d05bf76c7a25d','c6b07c457cc8ee1537c775c22edc06154ec090b687fc6baa324609f39bd03e9c');
INSERT INTO "event" VALUES(61,'2026-04-21 13:54:18.000000',3,'cancellation_request',2,'begin_review','requested','in_review','{}','c6b07c457cc8ee1537c775c22edc06154ec090b687fc6baa324609f39bd03e9c','081bcd35482726e5515d914202d28768b15b5ca29dbc315ca26288a36aa3536c');
INSERT INTO "event" VALUES(62,'2026-04-21 14:14:38.000000',3,'deal',1,'log',NULL,NULL,'{"activity": 30, "kind": "call", "outcome": "connected_follow_up"}','081bcd35482726e5515d914202d28768b15b5ca29dbc315ca26288a36aa3536c','cc5a760fbc870e9d1df604a81af724c995a21ff87d0081df32725bb69298c438');
INSERT INTO "event" VALUES(63,'2026-04-21 14:14:38.000000',3,'cancellation_request',2,'log_first_contact','in_review','contacted','{"activity": 30, "how": "call", "main_reason": "life"}','cc5a760fbc870e9d1df604a81af724c995a21ff87d0081df32725bb69298c438','c7b31ccd93c1bb1fe644d3cb07263ae953c6bdb7f8c3ad207feb4f1c0724f7a2');
INSERT INTO "event" VALUES(64,'2026-04-21 14:16:52.000000',3,'cancellation_request',2,'playbook',NULL,NULL,'{"step": "empathise"}','c7b31ccd93c1bb1fe644d3cb07263ae953c6bdb7f8c3ad207feb4f1c0724f7a2','305780df25a189c04294728878bbbfd12b9170b4cb39e6ba07d273aa1a5aeaf3');
INSERT INTO "event" VALUES(65,'2026-04-21 14:16:52.000000',3,'cancellation_request',2,'playbook',NULL,NULL,'{"diagnosis": "fear", "step": "diagnose"}','305780df25a189c04294728878bbbfd12b9170b4cb39e6ba07d273aa1a5aeaf3','a1b07000aa42412fc65406603bdc71d24b4bb40f72a9168d528c7f396d7f4e5b');
INSERT INTO "event" VALUES(66,'2026-04-21 14:16:52.000000',3,'cancellation_request',2,'playbook',NULL,NULL,'{"step": "social_proof"}','a1b07000aa42412fc65406603bdc71d24b4bb40f72a9168d528c7f396d7f4e5b','82d578b244970efe6d92947335d2470d9ff7598b31757e217eda8cfa9e598a8d');
INSERT INTO "event" VALUES(67,'2026-04-21 15:43:31.000000',3,'cancellation_request',2,'evidence_gap',NULL,NULL,'{"activities": [2, 4, 6, 10, 12, 14, 16, 21, 24, 27, 30]}','82d578b244970efe6d92947335d2470d9ff7598b31757e217eda8cfa9e598a8d','92fd7832e38801f9d2740a3ce0890726eb783760fce1fe98894bbea66503a6f7');
INSERT INTO "event" VALUES(68,'2026-04-21 15:46:22.000000',3,'deal',1,'cancel','cancellation_requested','cancelled_by_client','{}','92fd7832e38801f9d2740a3ce0890726eb783760fce1fe98894bbea66503a6f7','f8a06aaf0edc9143e544b0924dcf1ae313d53375372c67f5ca90d8b1414e5c15');
INSERT INTO "event" VALUES(69,'2026-04-21 15:46:22.000000',3,'cancellation_request',2,'cancel','contacted','cancelled','{"kept_cents": 0, "pending_cents": 0, "refunded_cents": 200000}','f8a06aaf0edc9143e544b0924dcf1ae313d53375372c67f5ca90d8b1414e5c15','bfa72a2cb99393bde05e04d02f7f8d809983bd1e0dea4745b3ba5fe26180772b');
INSERT INTO "event" VALUES(70,'2026-05-07 21:52:04.000000',13,'customer',2,'enter',NULL,NULL,'{}','bfa72a2cb99393bde05e04d02f7f8d809983bd1e0dea4745b3ba5fe26180772b','6addff2a4260eb3bc42dc425411083f5da2a7bdc91ce1483a08aef58ff71b459');
INSERT INTO "event" VALUES(71,'2026-05-07 21:52:04.000000',13,'deal',2,'take',NULL,'active','{"owner": 13, "stage": 1}','6addff2a4260eb3bc42dc425411083f5da2a7bdc91ce1483a08aef58ff71b459','292fd3fc256410688fdd4f57db23945c9adbe7d0487979cc1e6577118cbb306c');
INSERT INTO "event" VALUES(72,'2026-05-08 18:39:03.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 32}','292fd3fc256410688fdd4f57db23945c9adbe7d0487979cc1e6577118cbb306c','f71b4064cb3223b4abaf3be1aa26f5a2a97758aa4bc2b3dd759727697e1122ee');
INSERT INTO "event" VALUES(73,'2026-05-08 18:39:03.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 33, "kind": "call", "outcome": "no_answer_vm"}','f71b4064cb3223b4abaf3be1aa26f5a2a97758aa4bc2b3dd759727697e1122ee','8ec969741338c151faf8458abc05228a4bd559cddd86df011c47d91dbc55a351');
INSERT INTO "event" VALUES(74,'2026-05-11 20:09:33.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 34}','8ec969741338c151faf8458abc05228a4bd559cddd86df011c47d91dbc55a351','4c73f7acba67bf954f1c2e8ccd57706672738eacf6bea962c2c34741603c1c4e');
INSERT INTO "event" VALUES(75,'2026-05-11 20:09:33.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 35, "kind": "call", "outcome": "no_answer_vm"}','4c73f7acba67bf954f1c2e8ccd57706672738eacf6bea962c2c34741603c1c4e','03a18a28d851fb685ed47c18767e5851cc0efbc4e4c63d6af7c832369a779f62');
INSERT INTO "event" VALUES(76,'2026-05-12 14:40:40.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 36}','03a18a28d851fb685ed47c18767e5851cc0efbc4e4c63d6af7c832369a779f62','685b437ffa2b25aa6e765367434f35c1fe6f8817df54cea45f9f450d9a38d164');
INSERT INTO "event" VALUES(77,'2026-05-12 14:40:40.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 37, "kind": "call", "outcome": "connected_follow_up"}','685b437ffa2b25aa6e765367434f35c1fe6f8817df54cea45f9f450d9a38d164','b0e25008eb26128f4ff655aa102f32e14287dce82397d93fd3f1410dc08cd5a1');
INSERT INTO "event" VALUES(78,'2026-05-12 14:43:31.000000',13,'deal',2,'move','active','active','{"from_stage": 1, "to_stage": 2}','b0e25008eb26128f4ff655aa102f32e14287dce82397d93fd3f1410dc08cd5a1','da1e0d3c90820b25d13ece986adfc3a66ddc3617a19d29972068b7e65d53f7c4');
INSERT INTO "event" VALUES(79,'2026-05-13 15:35:35.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 38}','da1e0d3c90820b25d13ece986adfc3a66ddc3617a19d29972068b7e65d53f7c4','9cb131e1a35d086a788dc73e7c0997e7f5a1f4707bd0da9e9bf02d50e3198d12');
INSERT INTO "event" VALUES(80,'2026-05-13 15:35:35.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 39, "kind": "call", "outcome": "connected_needs"}','9cb131e1a35d086a788dc73e7c0997e7f5a1f4707bd0da9e9bf02d50e3198d12','4db7918c4ee8f38a00d2a9ca07da0c3362e0cab7b00ed8d1fd2ffbbc8882f796');
INSERT INTO "event" VALUES(81,'2026-05-13 15:41:17.000000',13,'deal',2,'assess',NULL,NULL,'{"options": 2}','4db7918c4ee8f38a00d2a9ca07da0c3362e0cab7b00ed8d1fd2ffbbc8882f796','c64e2942b0ef3dc346d45c579d144d59c89ce26813fcc6fc872ff6b76b0fd799');
INSERT INTO "event" VALUES(82,'2026-05-13 15:43:31.000000',13,'deal',2,'move','active','active','{"from_stage": 2, "to_stage": 3}','c64e2942b0ef3dc346d45c579d144d59c89ce26813fcc6fc872ff6b76b0fd799','4478fcd8aea2b2dc32b81926db35bff764430f38fb021cf6cdbbe79d159a60e8');
INSERT INTO "event" VALUES(83,'2026-05-14 16:35:35.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 40}','4478fcd8aea2b2dc32b81926db35bff764430f38fb021cf6cdbbe79d159a60e8','e0b435899166601f54529d02735b8dff84b4010c2d2cf72b3b6999016321eaac');
INSERT INTO "event" VALUES(84,'2026-05-14 16:35:35.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 41, "kind": "email", "outcome": "sent"}','e0b435899166601f54529d02735b8dff84b4010c2d2cf72b3b6999016321eaac','3e023047594aec8be126dfaedd2a0846bbf13419c1a3c8ce561b89f875119f19');
INSERT INTO "event" VALUES(85,'2026-05-14 16:37:49.000000',13,'deal',2,'correct',NULL,NULL,'{"fields": ["value_cents"]}','3e023047594aec8be126dfaedd2a0846bbf13419c1a3c8ce561b89f875119f19','78002ee4946bfd3560b6b0b50da81fee6756b0836be074833ad51b7273127e70');
INSERT INTO "event" VALUES(86,'2026-05-14 16:39:03.000000',13,'deal',2,'move','active','active','{"from_stage": 3, "to_stage": 4}','78002ee4946bfd3560b6b0b50da81fee6756b0836be074833ad51b7273127e70','34a3c54acca03f93b44be6dd22d66d259895679c482c3a7dd8c435bcf1beac14');
INSERT INTO "event" VALUES(87,'2026-05-15 16:27:39.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 42}','34a3c54acca03f93b44be6dd22d66d259895679c482c3a7dd8c435bcf1beac14','870e63c5b9a59c6233c470f4b0cac1d588254766d68a645b53fb4bf88ed5bf56');
INSERT INTO "event" VALUES(88,'2026-05-15 16:27:39.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 43, "kind": "call", "outcome": "connected_follow_up"}','870e63c5b9a59c6233c470f4b0cac1d588254766d68a645b53fb4bf88ed5bf56','b29625dfc3408fca70fefac078d18e41e1a01adf00f49356fc0d20c6515aec5a');
INSERT INTO "event" VALUES(89,'2026-05-18 18:50:50.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 44}','b29625dfc3408fca70fefac078d18e41e1a01adf00f49356fc0d20c6515aec5a','334405e635afa4763a97eb7341efae5ff0ed7b9058c888dd92491f168abd5a78');
INSERT INTO "event" VALUES(90,'2026-05-18 18:50:50.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 45, "kind": "call", "outcome": "connected_follow_up"}','334405e635afa4763a97eb7341efae5ff0ed7b9058c888dd92491f168abd5a78','640edd95d183d1581c9caa032c3a4709493faa2b779e3a6367a60e7290abcd94');
INSERT INTO "event" VALUES(91,'2026-05-18 18:55:55.000000',13,'deal',2,'move','active','active','{"from_stage": 4, "to_stage": 5}','640edd95d183d1581c9caa032c3a4709493faa2b779e3a6367a60e7290abcd94','840fddd79440251c3471f4b93c4ba55119579c0b776389eed1c2de612007f958');
INSERT INTO "event" VALUES(92,'2026-05-19 20:50:50.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 46}','840fddd79440251c3471f4b93c4ba55119579c0b776389eed1c2de612007f958','e5240e8c7dd43a56a209f5b8eab460e5568b7727a1296480750893a7682a342a');
INSERT INTO "event" VALUES(93,'2026-05-19 20:50:50.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 47, "kind": "email", "outcome": "sent"}','e5240e8c7dd43a56a209f5b8eab460e5568b7727a1296480750893a7682a342a','36a9a90032fde2cba4b5e7b60273b8629e723cfbce3ec4cb4edc44e6443fdf82');
INSERT INTO "event" VALUES(94,'2026-05-19 20:55:55.000000',13,'deal',2,'correct',NULL,NULL,'{"fields": ["agreement_on"]}','36a9a90032fde2cba4b5e7b60273b8629e723cfbce3ec4cb4edc44e6443fdf82','5ea645033932b6ac1d6e19547a0abd65c9c4b9a7927d73e0511939246f1f6a67');
INSERT INTO "event" VALUES(95,'2026-05-19 20:57:09.000000',13,'deal',2,'move','active','active','{"from_stage": 5, "to_stage": 6}','5ea645033932b6ac1d6e19547a0abd65c9c4b9a7927d73e0511939246f1f6a67','695eea2ea99d8592fa4a59cc3b80720d4601f294e8999430970199acf0e3b275');
INSERT INTO "event" VALUES(96,'2026-05-20 16:18:06.000000',13,'deal',2,'step_done',NULL,NULL,'{"activity": 48}','695eea2ea99d8592fa4a59cc3b80720d4601f294e8999430970199acf0e3b275','0398d52867796448f03ed3d05510d73a1fe4f7df1809368ba1311c11d6bf2f24');
INSERT INTO "event" VALUES(97,'2026-05-20 16:18:06.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 49, "kind": "call", "outcome": "connected_follow_up"}','0398d52867796448f03ed3d05510d73a1fe4f7df1809368ba1311c11d6bf2f24','b18cffed6886088a29353bbffdc93862baab9db5cef107f61dc33d556f923baa');
INSERT INTO "event" VALUES(98,'2026-05-20 16:22:34.000000',13,'deal',2,'win','active','won','{}','b18cffed6886088a29353bbffdc93862baab9db5cef107f61dc33d556f923baa','503e9e61e9853240019d0cd570b78cb0882a70abdf9b12031e1fd8303a7b68c1');
INSERT INTO "event" VALUES(99,'2026-05-20 20:44:08.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 51, "kind": "note", "outcome": null}','503e9e61e9853240019d0cd570b78cb0882a70abdf9b12031e1fd8303a7b68c1','0586899046b6f29c59e56fb8c643f4e22142bb7045ce49427eb4f93e5c1b69e8');
INSERT INTO "event" VALUES(100,'2026-05-25 18:54:18.000000',13,'deal',2,'log',NULL,NULL,'{"activity": 52, "kind": "email", "outcome": "sent"}','0586899046b6f29c59e56fb8c643f4e22142bb7045ce49427eb4f93e5c1b69e8','648842e2794d0e66ed573309690be43abce03cebf6c1d3460eb3df9cbf689b2d');
INSERT INTO "event" VALUES(101,'2026-05-25 18:57:09.000000',13,'deal',2,'correct',NULL,NULL,'{"fields": ["eta_on"]}','648842e2794d0e66ed573309690be43abce03cebf6c1d3460eb3df9cbf689b2d','c069b47b57758539836e184cd0b720205cb79563907e44bacbb20d0dcbe50a25');
INSERT INTO "event" VALUES(102,'2026-05-27 19:02:14.000000',13,'deal',2,'request_cancellation','won','cancellation_requested','{"request": 3, "reviewer": 3}','c069b47b57758539836e184cd0b720205cb79563907e44bacbb20d0dcbe50a25','6ebf2ad3d9422d3216691e8f9584ae9b1a57759a1d574b43f8882a3d6d33bd6c');
INSERT INTO "event" VALUES(103,'2026-05-27 19:18:06.000000',3,'cancellation_request',3,'begin_review','requested','in_review','{}','6ebf2ad3d9422d3216691e8f9584ae9b1a57759a1d574b43f8882a3d6d33bd6c','ee7620ac938c9563ce085ede8c07ca546ec16f2ca620534cca5af5ce190177b8');
INSERT INTO "event" VALUES(104,'2026-05-27 19:30:30.000000',3,'deal',2,'log',NULL,NULL,'{"activity": 56, "kind": "call", "outcome": "connected_follow_up"}','ee7620ac938c9563ce085ede8c07ca546ec16f2ca620534cca5af5ce190177b8','8ca14cd6440e18728e2258c58b96df7a08000c0e84ebda9e7513588417702767');
INSERT INTO "event" VALUES(105,'2026-05-27 19:30:30.000000',3,'cancellation_request',3,'log_first_contact','in_review','contacted','{"activity": 56, "how": "call", "main_reason": "delivery"}','8ca14cd6440e18728e2258c58b96df7a08000c0e84ebda9e7513588417702767','c3602927e8a7ea65e3c5a9e0bb68539f8033198c4f7c4a385b60e064eb37db10');
INSERT INTO "event" VALUES(106,'2026-05-29 13:55:55.000000',3,'cancellation_request',3,'evidence_gap',NULL,NULL,'{"activities": [33, 35, 37, 39, 41, 43, 45, 47, 49, 52]}','c3602927e8a7ea65e3c5a9e0bb68539f8033198c4f7c4a385b60e064eb37db10','ffbc35f2f847dec6c561e35a75020477843206eba145444ab64a62d5f1273ffa');
INSERT INTO "event" VALUES(107,'2026-05-29 13:58:46.000000',3,'deal',2,'cancel','cancellation_requested','cancelled_by_client','{}','ffbc35f2f847dec6c561e35a75020477843206eba145444ab64a62d5f1273ffa','e87648e7f77173b2b62727738a3dd973d3c5d8b0d1495ef23a00f2378b62c863');
INSERT INTO "event" VALUES(108,'2026-05-29 13:58:46.000000',3,'cancellation_request',3,'cancel','contacted','cancelled','{"kept_cents": 0, "pending_cents": 0, "refunded_cents": 500000}','e87648e7f77173b2b62727738a3dd973d3c5d8b0d1495ef23a00f2378b62c863','ec150f4ba18dad344d1a5ec19425891c26c7fd7daaa16208a1f549de48b7ef0f');
INSERT INTO "event" VALUES(109,'2026-06-22 19:51:27.000000',4,'customer',3,'enter',NULL,NULL,'{}','ec150f4ba18dad344d1a5ec19425891c26c7fd7daaa16208a1f549de48b7ef0f','ff2794a6d5173b4eee3aae10a165015363305ab0f7e639b22441ec3e329ca0cd');
INSERT INTO "event" VALUES(110,'2026-06-22 19:51:27.000000',4,'deal',3,'take',NULL,'active','{"owner": 4, "stage": 7}','ff2794a6d5173b4eee3aae10a165015363305ab0f7e639b22441ec3e329ca0cd','72e50f6bf16f62b832a66930644b1aa2dd8cf39f9461f026bd69688bf115686a');
INSERT INTO "event" VALUES(111,'2026-06-23 20:28:16.000000',4,'deal',3,'step_done',NULL,NULL,'{"activity": 58}','72e50f6bf16f62b832a66930644b1aa2dd8cf39f9461f026bd69688bf115686a','6946e0ed58cefd94b54ca77eb7abdc67c9c970beb59d4dba327615ead0948109');
INSERT INTO "event" VALUES(112,'2026-06-23 20:28:16.000000',4,'deal',3,'log',NULL,NULL,'{"activity": 59, "kind": "call", "outcome": "no_answer_vm"}','6946e0ed58cefd94b54ca77eb7abdc67c9c970beb59d4dba327615ead0948109','883d025902d94d96bddc3239183b480ed3039cfbcc3f6b3243cb2d5be161de34');
INSERT INTO "event" VALUES(113,'2026-06-26 17:22:34.000000',4,'deal',3,'step_done',NULL,NULL,'{"activity": 60}','883d025902d94d96bddc3239183b480ed3039cfbcc3f6b3243cb2d5be161de34','352d8559b1954d35212fa97cd8783e46c1e1bf0792e64838d35256c60445307c');
INSERT INTO "event" VALUES(114,'2026-06-26 17:22:34.000000',4,'deal',3,'log',NULL,NULL,'{"activity": 61, "kind": "call", "outcome": "no_answer_no_vm"}','352d8559b1954d35212fa97cd8783e46c1e1bf0792e64838d35256c60445307c','277133b1cd4ada90659a13aa7f4fd97aa0ce2d3b05849b5c12f6cd4b88301fd1');
INSERT INTO "event" VALUES(115,'2026-06-26 17:35:35.000000',4,'deal',3,'step_done',NULL,NULL,'{"activity": 62}','277133b1cd4ada90659a13aa7f4fd97aa0ce2d3b05849b5c12f6cd4b88301fd1','9144820286258f0ab4956eddbfda42539a786893a75ec55eba87de518563fa0b');
INSERT INTO "event" VALUES(116,'2026-06-26 17:35:35.000000',4,'deal',3,'log',NULL,NULL,'{"activity": 63, "kind": "email", "outcome": "sent"}','9144820286258f0ab4956eddbfda42539a786893a75ec55eba87de518563fa0b','51dc889c5110011a6c0d6d16b825b97e4449ff11364c34960970b5979f0c706e');
INSERT INTO "event" VALUES(117,'2026-07-02 21:51:27.000000',4,'deal',3,'step_done',NULL,NULL,'{"activity": 64}','51dc889c5110011a6c0d6d16b825b97e4449ff11364c34960970b5979f0c706e','789961aff502d9e3b6f5a60e39e62fcbb7965d6c4bc1687906d9a4df8f7a45d2');
INSERT INTO "event" VALUES(118,'2026-07-02 21:51:27.000000',4,'deal',3,'log',NULL,NULL,'{"activity": 65, "kind": "call", "outcome": "no_answer_vm"}','789961aff502d9e3b6f5a60e39e62fcbb7965d6c4bc1687906d9a4df8f7a45d2','646224370e0de2e9edee06aa32f17836dc641653ecf7bba8549a88df642d4b53');
INSERT INTO "event" VALUES(119,'2026-07-08 21:02:14.000000',4,'deal',3,'step_done',NULL,NULL,'{"activity": 66}','646224370e0de2e9edee06aa32f17836dc641653ecf7bba8549a88df642d4b53','bc6f4cd086691388f3a75757cfa2c6d361f56f1168759473390c46dc418716df');
INSERT INTO "event" VALUES(120,'2026-07-08 21:02:14.000000',4,'deal',3,'log',NULL,NULL,'{"activity": 67, "kind": "email", "outcome": "sent"}','bc6f4cd086691388f3a75757cfa2c6d361f56f1168759473390c46dc418716df','9ba88e54e41c44a547ceae3e72a7f09ade1b5b6870d5fb0c926c2133dc6c4794');
INSERT INTO "event" VALUES(121,'2026-07-08 21:10:10.000000',4,'deal',3,'lose','active','lost','{"reason": "no_response"}','9ba88e54e41c44a547ceae3e72a7f09ade1b5b6870d5fb0c926c2133dc6c4794','e8e80352dfe8f0171f141b1fc46d55846ea1e6bf32d0c0b49ed4c7094061fb7c');
INSERT INTO "event" VALUES(122,'2026-09-30 13:57:09.000000',7,'customer',4,'enter',NULL,NULL,'{}','e8e80352dfe8f0171f141b1fc46d55846ea1e6bf32d0c0b49ed4c7094061fb7c','62704238a2dffdef66fa968544909796d164edd2cc5947f545fbcc5f0c4fd7b7');
INSERT INTO "event" VALUES(123,'2026-09-30 13:57:09.000000',7,'deal',4,'take',NULL,'active','{"owner": 7, "stage": 7}','62704238a2dffdef66fa968544909796d164edd2cc5947f545fbcc5f0c4fd7b7','fb6d2cd02b017cb7858aaec5dc3096661cc74b3e99fe40170996e9a0b562a0fe');
INSERT INTO "event" VALUES(124,'2026-10-01 19:29:53.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 69}','fb6d2cd02b017cb7858aaec5dc3096661cc74b3e99fe40170996e9a0b562a0fe','1929785bdcf022966119e5c224917891c908bee137fddb5c39293b2a5519f397');
INSERT INTO "event" VALUES(125,'2026-10-01 19:29:53.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 70, "kind": "call", "outcome": "no_answer_vm"}','1929785bdcf022966119e5c224917891c908bee137fddb5c39293b2a5519f397','8efa3f1a7513687b0d8e39228d7321aea4c5fab0df7d8486403d1d4a113e49fe');
INSERT INTO "event" VALUES(126,'2026-10-05 13:58:46.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 71}','8efa3f1a7513687b0d8e39228d7321aea4c5fab0df7d8486403d1d4a113e49fe','af209dee7a0af1c4266538d30ceda374213bdb80bd257b35b07c92be65221c03');
INSERT INTO "event" VALUES(127,'2026-10-05 13:58:46.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 72, "kind": "call", "outcome": "connected_follow_up"}','af209dee7a0af1c4266538d30ceda374213bdb80bd257b35b07c92be65221c03','035e15146ccce95f06c00a7294e81d914930558982459a5dbe88196ba8097373');
INSERT INTO "event" VALUES(128,'2026-10-05 14:01:37.000000',7,'deal',4,'move','active','active','{"from_stage": 7, "to_stage": 8}','035e15146ccce95f06c00a7294e81d914930558982459a5dbe88196ba8097373','86d40f1ef44c1dc9d141772d42d3bacef728ee71f956a48565bc357f8fb493c1');
INSERT INTO "event" VALUES(129,'2026-10-12 16:51:27.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 73}','86d40f1ef44c1dc9d141772d42d3bacef728ee71f956a48565bc357f8fb493c1','33fd867972da574e5b55ec5855840c71823d8e9f18c027d38dc7da9057f4cda3');
INSERT INTO "event" VALUES(130,'2026-10-12 16:51:27.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 74, "kind": "call", "outcome": "connected_needs"}','33fd867972da574e5b55ec5855840c71823d8e9f18c027d38dc7da9057f4cda3','5a593c89d28d010f61e477574f07ad19875ba56759dc63017938b563623b3367');
INSERT INTO "event" VALUES(131,'2026-10-12 16:57:09.000000',7,'deal',4,'assess',NULL,NULL,'{"options": 2}','5a593c89d28d010f61e477574f07ad19875ba56759dc63017938b563623b3367','2a74cf7480e92fb34ee3ae0cdffd7e7359fda2c2b7a05025d104560f7cd300f2');
INSERT INTO "event" VALUES(132,'2026-10-12 16:59:23.000000',7,'deal',4,'move','active','active','{"from_stage": 8, "to_stage": 9}','2a74cf7480e92fb34ee3ae0cdffd7e7359fda2c2b7a05025d104560f7cd300f2','a8159ede8fda92f9a1bc3a5ade3fffc79654d08d3f4498bf6c93506b1ec45cb8');
INSERT INTO "event" VALUES(133,'2026-10-20 17:21:57.000000',6,'customer',5,'enter',NULL,NULL,'{}','a8159ede8fda92f9a1bc3a5ade3fffc79654d08d3f4498bf6c93506b1ec45cb8','503aa6008aae5b5ff2262c8d04f3bcb049ed608c7f44cbf77d957257b1053a12');
INSERT INTO "event" VALUES(134,'2026-10-20 17:21:57.000000',6,'deal',5,'take',NULL,'active','{"owner": 6, "stage": 13}','503aa6008aae5b5ff2262c8d04f3bcb049ed608c7f44cbf77d957257b1053a12','ee2ab6212631ec8e5981fbb104de7bd0e73a99cd7d0dcf93ff5d23e556ab5477');
INSERT INTO "event" VALUES(135,'2026-10-20 17:55:55.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 75}','ee2ab6212631ec8e5981fbb104de7bd0e73a99cd7d0dcf93ff5d23e556ab5477','8629af724ee8347cca000a434c79e2aba6080b4517e9aba1ccd76a462c969d5f');
INSERT INTO "event" VALUES(136,'2026-10-20 17:55:55.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 77, "kind": "email", "outcome": "sent"}','8629af724ee8347cca000a434c79e2aba6080b4517e9aba1ccd76a462c969d5f','2028fae554e4ab5c5e31d31d1a04ab51dba3298d847a7b9c5355b0a609bbcd88');
INSERT INTO "event" VALUES(137,'2026-10-20 17:59:23.000000',7,'deal',4,'move','active','active','{"from_stage": 9, "to_stage": 10}','2028fae554e4ab5c5e31d31d1a04ab51dba3298d847a7b9c5355b0a609bbcd88','1630c8416e82a1ff7f2416584cb5f986ff7bbbb226b1d0238254243d3badc3eb');
INSERT INTO "event" VALUES(138,'2026-10-21 18:12:24.000000',6,'deal',5,'step_done',NULL,NULL,'{"activity": 76}','1630c8416e82a1ff7f2416584cb5f986ff7bbbb226b1d0238254243d3badc3eb','42124fb54d2c41893c16eac67f1abc72e5b0d0fec81b6c934207a08f08fb8069');
INSERT INTO "event" VALUES(139,'2026-10-21 18:12:24.000000',6,'deal',5,'log',NULL,NULL,'{"activity": 79, "kind": "call", "outcome": "connected_follow_up"}','42124fb54d2c41893c16eac67f1abc72e5b0d0fec81b6c934207a08f08fb8069','d2a567f52202f38f909d86c605f414f3b025ae939e81b342cfa1605431b53a3f');
INSERT INTO "event" VALUES(140,'2026-10-21 18:15:15.000000',6,'deal',5,'move','active','active','{"from_stage": 13, "to_stage": 14}','d2a567f52202f38f909d86c605f414f3b025ae939e81b342cfa1605431b53a3f','5e288ee47942c98da56b3cfc95c76c176f4ae667c34fa1027b5ee87e0954e4c0');
INSERT INTO "event" VALUES(141,'2026-10-22 16:24:48.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 78}','5e288ee47942c98da56b3cfc95c76c176f4ae667c34fa1027b5ee87e0954e4c0','403bbfeb9fb200b0a4f0d9371c48cb4a918bd6beb4a53e157fb4ae5ef2aff2fd');
INSERT INTO "event" VALUES(142,'2026-10-22 16:24:48.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 81, "kind": "text", "outcome": null}','403bbfeb9fb200b0a4f0d9371c48cb4a918bd6beb4a53e157fb4ae5ef2aff2fd','f9b97d2ffd062e45473a08528132144fd9b18e78db0e6104c937c9ad38857636');
INSERT INTO "event" VALUES(143,'2026-10-27 14:38:26.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 82}','f9b97d2ffd062e45473a08528132144fd9b18e78db0e6104c937c9ad38857636','6b5373a65ecd5216de79a8cc58c503db84b6ccec17f2c9d364f7864b1a80abc7');
INSERT INTO "event" VALUES(144,'2026-10-27 14:38:26.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 83, "kind": "call", "outcome": "connected_follow_up"}','6b5373a65ecd5216de79a8cc58c503db84b6ccec17f2c9d364f7864b1a80abc7','d09c0ebc26fe5689a01a33efeae3ddfa8b99a73b1cbc3045caea93090935fbfa');
INSERT INTO "event" VALUES(145,'2026-10-27 14:51:27.000000',6,'deal',5,'step_done',NULL,NULL,'{"activity": 80}','d09c0ebc26fe5689a01a33efeae3ddfa8b99a73b1cbc3045caea93090935fbfa','4489b407e217b1e9140ea142a6a11175d23a09effe1791b2836a6ae42662e6bb');
INSERT INTO "event" VALUES(146,'2026-10-27 14:51:27.000000',6,'deal',5,'log',NULL,NULL,'{"activity": 85, "kind": "call", "outcome": "connected_needs"}','4489b407e217b1e9140ea142a6a11175d23a09effe1791b2836a6ae42662e6bb','51e2ca6ba4b2b621d2a50203634cfb9c53f04b1782f2543ec7fdd987d2a618cb');
INSERT INTO "event" VALUES(147,'2026-10-27 14:57:09.000000',6,'deal',5,'assess',NULL,NULL,'{"options": 2}','51e2ca6ba4b2b621d2a50203634cfb9c53f04b1782f2543ec7fdd987d2a618cb','4cc60da22776980cbeba3e7c64942b751063c234c969acc3b3565cd49fd41631');
INSERT INTO "event" VALUES(148,'2026-10-27 14:59:23.000000',6,'deal',5,'move','active','active','{"from_stage": 14, "to_stage": 15}','4cc60da22776980cbeba3e7c64942b751063c234c969acc3b3565cd49fd41631','dd063e4d905f941f2a13689977e5cd2ced8464a17ae70f8c711ed485cf9c37e4');
INSERT INTO "event" VALUES(149,'2026-10-27 19:55:55.000000',2,'customer',6,'enter',NULL,NULL,'{}','dd063e4d905f941f2a13689977e5cd2ced8464a17ae70f8c711ed485cf9c37e4','c9a47c55594a9960e93cc770f57468932e3a5bb8969ea1e19e1902b3b881e929');
INSERT INTO "event" VALUES(150,'2026-10-27 19:55:55.000000',2,'deal',6,'take',NULL,'active','{"owner": null, "stage": 7}','c9a47c55594a9960e93cc770f57468932e3a5bb8969ea1e19e1902b3b881e929','f472bf45c252406066493f8ad4f55cb4b2b42e879950135e08ae7c7866add891');
INSERT INTO "event" VALUES(151,'2026-10-27 21:32:44.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 84}','f472bf45c252406066493f8ad4f55cb4b2b42e879950135e08ae7c7866add891','7f2e5f6da1a747df896b90073d5aba3dc62cf2495da7dd9117f93f96816d7f64');
INSERT INTO "event" VALUES(152,'2026-10-27 21:32:44.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 87, "kind": "email", "outcome": null}','7f2e5f6da1a747df896b90073d5aba3dc62cf2495da7dd9117f93f96816d7f64','7c62225df357836297fedff8dbd26d4486440a7967c2625c14abc051fd307ec4');
INSERT INTO "event" VALUES(153,'2026-10-28 13:45:45.000000',4,'deal',6,'claim',NULL,NULL,'{"owner": 4, "was_owner": null}','7c62225df357836297fedff8dbd26d4486440a7967c2625c14abc051fd307ec4','c860650a668ae6925efeaf60a8dd0ebc2b58cf836e7171ecc299fdc9098534f7');
INSERT INTO "event" VALUES(154,'2026-10-28 14:10:10.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 89}','c860650a668ae6925efeaf60a8dd0ebc2b58cf836e7171ecc299fdc9098534f7','058c0b0bfa27f606c7c3811f4d9932503ecd6ca812738303e8971018ffaccf81');
INSERT INTO "event" VALUES(155,'2026-10-28 14:10:10.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 90, "kind": "call", "outcome": "no_answer_no_vm"}','058c0b0bfa27f606c7c3811f4d9932503ecd6ca812738303e8971018ffaccf81','f30ff4b9df2f80785e16fc2c74126ccd09af12e2951dbc510d54637e6b693ba5');
INSERT INTO "event" VALUES(156,'2026-10-29 17:55:55.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 91}','f30ff4b9df2f80785e16fc2c74126ccd09af12e2951dbc510d54637e6b693ba5','fcaac260534a2a3eefd679ef0ad3afd329b6ddc5f69f561628bc963bc4e7fff9');
INSERT INTO "event" VALUES(157,'2026-10-29 17:55:55.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 92, "kind": "call", "outcome": "connected_follow_up"}','fcaac260534a2a3eefd679ef0ad3afd329b6ddc5f69f561628bc963bc4e7fff9','d0e0211d34b6b3d5dce7285bf709d3b5c73cdb27cbe8c93feaed01df32a5a08b');
INSERT INTO "event" VALUES(158,'2026-10-29 17:58:46.000000',4,'deal',6,'move','active','active','{"from_stage": 7, "to_stage": 8}','d0e0211d34b6b3d5dce7285bf709d3b5c73cdb27cbe8c93feaed01df32a5a08b','2ca04a15dad751490cb84d0067866c9d85a4d8198db9cf970758e1b0c25c875a');
INSERT INTO "event" VALUES(159,'2026-10-30 14:19:43.000000',2,'customer',7,'enter',NULL,NULL,'{}','2ca04a15dad751490cb84d0067866c9d85a4d8198db9cf970758e1b0c25c875a','4e3e282c6dc7d91eabb051c61608d68d660e31ca7c3a26a695a52f2a4c98b6fd');
INSERT INTO "event" VALUES(160,'2026-10-30 14:19:43.000000',2,'deal',7,'take',NULL,'active','{"owner": null, "stage": 1}','4e3e282c6dc7d91eabb051c61608d68d660e31ca7c3a26a695a52f2a4c98b6fd','592907674a7f041074159839eb4fc0b551528322f581b1cf968f284d02214030');
INSERT INTO "event" VALUES(161,'2026-10-30 15:39:03.000000',7,'deal',7,'claim',NULL,NULL,'{"owner": 7, "was_owner": null}','592907674a7f041074159839eb4fc0b551528322f581b1cf968f284d02214030','e1a157cb7d79d6acbe34f92883722a5a1b380693a1805826e7cc39a10c468fef');
INSERT INTO "event" VALUES(162,'2026-10-30 17:18:06.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 94}','e1a157cb7d79d6acbe34f92883722a5a1b380693a1805826e7cc39a10c468fef','953ddce6a3068bdb2bd4c503c0b63cb92b6f5cb816e6c4244c392dc963f1e566');
INSERT INTO "event" VALUES(163,'2026-10-30 17:18:06.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 95, "kind": "call", "outcome": "connected_follow_up"}','953ddce6a3068bdb2bd4c503c0b63cb92b6f5cb816e6c4244c392dc963f1e566','7bd1665da18d6ef1275894187d52554fba55a035a6a04d008044ddbf026bf948');
INSERT INTO "event" VALUES(164,'2026-10-30 17:21:57.000000',7,'deal',7,'move','active','active','{"from_stage": 1, "to_stage": 2}','7bd1665da18d6ef1275894187d52554fba55a035a6a04d008044ddbf026bf948','b7a9938d0eb38334d77b4f6d59c7cf13ae3bd56003fb3b553cfa035644b309d4');
INSERT INTO "event" VALUES(165,'2026-11-02 16:20:20.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 96}','b7a9938d0eb38334d77b4f6d59c7cf13ae3bd56003fb3b553cfa035644b309d4','272458bab248c99523c3d4ef64bc71029a76af415fd519371e30605e55971497');
INSERT INTO "event" VALUES(166,'2026-11-02 16:20:20.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 97, "kind": "call", "outcome": "connected_needs"}','272458bab248c99523c3d4ef64bc71029a76af415fd519371e30605e55971497','7e7cffba96caa5220b594e42f106f268acd618578367366d6643e80604f19032');
INSERT INTO "event" VALUES(167,'2026-11-02 16:26:02.000000',7,'deal',7,'assess',NULL,NULL,'{"options": 2}','7e7cffba96caa5220b594e42f106f268acd618578367366d6643e80604f19032','cded448578cae26c7e195b1f6a8f563e11ac4dae60b13042b56e6c09bb17e4bc');
INSERT INTO "event" VALUES(168,'2026-11-02 16:28:16.000000',7,'deal',7,'move','active','active','{"from_stage": 2, "to_stage": 3}','cded448578cae26c7e195b1f6a8f563e11ac4dae60b13042b56e6c09bb17e4bc','a4bc38fefb5386feca1ffe9f2815abe42c71a31be4ae7301cf1520c2c46e1251');
INSERT INTO "event" VALUES(169,'2026-11-02 19:58:46.000000',6,'deal',5,'step_done',NULL,NULL,'{"activity": 86}','a4bc38fefb5386feca1ffe9f2815abe42c71a31be4ae7301cf1520c2c46e1251','2ac48db5a4b7eec1bf2ff6358f7805531532b870b0335734c15761e3833bb9ad');
INSERT INTO "event" VALUES(170,'2026-11-02 19:58:46.000000',6,'deal',5,'log',NULL,NULL,'{"activity": 99, "kind": "call", "outcome": null}','2ac48db5a4b7eec1bf2ff6358f7805531532b870b0335734c15761e3833bb9ad','beaec76717caa93e241cb2ca12484ac02a9a33ac4e9f390922b0f23c0e7ab278');
INSERT INTO "event" VALUES(171,'2026-11-02 20:18:06.000000',6,'deal',5,'hold','active','on_hold','{"follow_up_on": "2027-03-11", "sub_status": "months_out"}','beaec76717caa93e241cb2ca12484ac02a9a33ac4e9f390922b0f23c0e7ab278','c940d9e6d5f35ba37a1e588caba937d3d41e620c51b72b78eb7dbd0689f8bc62');
INSERT INTO "event" VALUES(172,'2026-11-03 14:58:46.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 93}','c940d9e6d5f35ba37a1e588caba937d3d41e620c51b72b78eb7dbd0689f8bc62','e94bc40e9f3ce8dd0d9240a740cb678b94005b0ea8c3ddc579f7ea9b866b3d53');
INSERT INTO "event" VALUES(173,'2026-11-03 14:58:46.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 102, "kind": "call", "outcome": "connected_needs"}','e94bc40e9f3ce8dd0d9240a740cb678b94005b0ea8c3ddc579f7ea9b866b3d53','2bbf239d0eec9afaf54e2ffb50b844c481cc0b4d9cbbe2fa25d38c024b238b07');
INSERT INTO "event" VALUES(174,'2026-11-03 15:04:28.000000',4,'deal',6,'assess',NULL,NULL,'{"options": 3}','2bbf239d0eec9afaf54e2ffb50b844c481cc0b4d9cbbe2fa25d38c024b238b07','c8e90e2bac89d9f88e433cab69c79ac4a98d8b471cd0d9b374c6af89fb709e86');
INSERT INTO "event" VALUES(175,'2026-11-03 15:06:42.000000',4,'deal',6,'move','active','active','{"from_stage": 8, "to_stage": 9}','c8e90e2bac89d9f88e433cab69c79ac4a98d8b471cd0d9b374c6af89fb709e86','f237881e2563f9e8c0b24f5a6d09f33df11a5443af24f3f79ff81ab430863a3c');
INSERT INTO "event" VALUES(176,'2026-11-03 22:28:16.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 98}','f237881e2563f9e8c0b24f5a6d09f33df11a5443af24f3f79ff81ab430863a3c','f660121e46e4ef8d3c1d7cef4cc95d46ffa83cbafb301a3553fd30fa152bed6e');
INSERT INTO "event" VALUES(177,'2026-11-03 22:28:16.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 104, "kind": "email", "outcome": "sent"}','f660121e46e4ef8d3c1d7cef4cc95d46ffa83cbafb301a3553fd30fa152bed6e','89d5e6de1fd450cba90b4f005ded44fcfb8fc06a4246f53a65645b5db1be5553');
INSERT INTO "event" VALUES(178,'2026-11-03 22:32:44.000000',7,'deal',7,'move','active','active','{"from_stage": 3, "to_stage": 4}','89d5e6de1fd450cba90b4f005ded44fcfb8fc06a4246f53a65645b5db1be5553','1654368d4ae70bb2ae44b4078bb9f8eb62b4e490b32a2737bd4be92f2ba6fd0f');
INSERT INTO "event" VALUES(179,'2026-11-04 17:20:20.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 88}','1654368d4ae70bb2ae44b4078bb9f8eb62b4e490b32a2737bd4be92f2ba6fd0f','1769b47e79cc9e5e38ab84efe710173edf528de6891dcfe55d370be4c1bca0ca');
INSERT INTO "event" VALUES(180,'2026-11-04 17:20:20.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 106, "kind": "call", "outcome": "connected_follow_up"}','1769b47e79cc9e5e38ab84efe710173edf528de6891dcfe55d370be4c1bca0ca','07c8118168bb3d859adf7fb79a4e3cc326cbf012f7751f2b54b3be01dd28477c');
INSERT INTO "event" VALUES(181,'2026-11-04 17:25:25.000000',7,'deal',4,'move','active','active','{"from_stage": 10, "to_stage": 11}','07c8118168bb3d859adf7fb79a4e3cc326cbf012f7751f2b54b3be01dd28477c','de7447fbe9950414637342e82ba97b4b7b6f40538dc123247ed7dea8d771f921');
INSERT INTO "event" VALUES(182,'2026-11-04 20:03:51.000000',2,'customer',8,'enter',NULL,NULL,'{}','de7447fbe9950414637342e82ba97b4b7b6f40538dc123247ed7dea8d771f921','32467865e368ab0b24abd1e9aa8880289f7e56dfe8fce329688033a6c9fd691a');
INSERT INTO "event" VALUES(183,'2026-11-04 20:03:51.000000',2,'deal',8,'take',NULL,'active','{"owner": null, "stage": 13}','32467865e368ab0b24abd1e9aa8880289f7e56dfe8fce329688033a6c9fd691a','15bc475fd0059c40dc2a69a0d6386277387ec7bdb6420cd112da75ceae764d09');
INSERT INTO "event" VALUES(184,'2026-11-04 20:44:08.000000',4,'deal',8,'claim',NULL,NULL,'{"owner": 4, "was_owner": null}','15bc475fd0059c40dc2a69a0d6386277387ec7bdb6420cd112da75ceae764d09','7422770d756bd0c86cd2cee02731aeed0835075df861fc152189e1453af58f2a');
INSERT INTO "event" VALUES(185,'2026-11-05 14:58:46.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 108}','7422770d756bd0c86cd2cee02731aeed0835075df861fc152189e1453af58f2a','9390bbe17331f7e4f0df38e4967ce0c5bdf1bf741bdcaa45345d95c656e1fa66');
INSERT INTO "event" VALUES(186,'2026-11-05 14:58:46.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 109, "kind": "call", "outcome": "no_answer_vm"}','9390bbe17331f7e4f0df38e4967ce0c5bdf1bf741bdcaa45345d95c656e1fa66','2e420f9ef8652f9f6350f327fc5da9c9e36b4be97319523fb64e7f8f105f92a9');
INSERT INTO "event" VALUES(187,'2026-11-05 15:20:20.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 110}','2e420f9ef8652f9f6350f327fc5da9c9e36b4be97319523fb64e7f8f105f92a9','2f3ccbf882a73df575126e09a5e9f26e9f9de842c74246ed63afca6aefbe36f9');
INSERT INTO "event" VALUES(188,'2026-11-05 15:20:20.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 111, "kind": "email", "outcome": "sent"}','2f3ccbf882a73df575126e09a5e9f26e9f9de842c74246ed63afca6aefbe36f9','7215885c233b42212bc723cf962cf7de70cc972be41a9668928394656af60d77');
INSERT INTO "event" VALUES(189,'2026-11-05 19:55:55.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 107}','7215885c233b42212bc723cf962cf7de70cc972be41a9668928394656af60d77','12e5dba55b7f49bf8bfbcc2d826430edd59418523d1fb83fd30d43eafa44ddf3');
INSERT INTO "event" VALUES(190,'2026-11-05 19:55:55.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 113, "kind": "email", "outcome": "sent"}','12e5dba55b7f49bf8bfbcc2d826430edd59418523d1fb83fd30d43eafa44ddf3','ec0366c06b0d9e39a7cd3f6223164fdaefb65041ce2f74a68753dd857f1df5bf');
INSERT INTO "event" VALUES(191,'2026-11-05 20:00:00.000000',7,'deal',4,'correct',NULL,NULL,'{"fields": ["agreement_on"]}','ec0366c06b0d9e39a7cd3f6223164fdaefb65041ce2f74a68753dd857f1df5bf','e1dc0cc8df9808d5d6a236bba94ed1760bbef33d174b20e8650778df38116433');
INSERT INTO "event" VALUES(192,'2026-11-05 20:02:14.000000',7,'deal',4,'move','active','active','{"from_stage": 11, "to_stage": 12}','e1dc0cc8df9808d5d6a236bba94ed1760bbef33d174b20e8650778df38116433','3c1ab959896594c24d544e6bfdddda1fabe65360cb33cff7891a29d716c314bc');
INSERT INTO "event" VALUES(193,'2026-11-06 14:21:57.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 105}','3c1ab959896594c24d544e6bfdddda1fabe65360cb33cff7891a29d716c314bc','1dbba24a1769751c6040f19fa68e885b4f00ef1160c41006efe8f50943792663');
INSERT INTO "event" VALUES(194,'2026-11-06 14:21:57.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 115, "kind": "call", "outcome": "connected_follow_up"}','1dbba24a1769751c6040f19fa68e885b4f00ef1160c41006efe8f50943792663','95b8f31c9c472a75edde97411d7549556e7ea5a6249b45cb610da64031719fd9');
INSERT INTO "event" VALUES(195,'2026-11-06 15:40:40.000000',2,'customer',9,'enter',NULL,NULL,'{}','95b8f31c9c472a75edde97411d7549556e7ea5a6249b45cb610da64031719fd9','dc4f54ce0777fc7f75674020239fab454e1ca92c9912d392ff6dc4b219573fd9');
INSERT INTO "event" VALUES(196,'2026-11-06 15:40:40.000000',2,'deal',9,'take',NULL,'active','{"owner": null, "stage": 7}','dc4f54ce0777fc7f75674020239fab454e1ca92c9912d392ff6dc4b219573fd9','34d2ba6b01cb9e40123eb313acdeb095be6d2885876c2ab937cea9b4ad2a8dd6');
INSERT INTO "event" VALUES(197,'2026-11-06 16:54:18.000000',12,'deal',9,'claim',NULL,NULL,'{"owner": 12, "was_owner": null}','34d2ba6b01cb9e40123eb313acdeb095be6d2885876c2ab937cea9b4ad2a8dd6','709d84085179fdffacc8f5107a8da4c546c87b29a96c050a92cb8213f286a3a6');
INSERT INTO "event" VALUES(198,'2026-11-06 19:27:39.000000',12,'deal',9,'step_done',NULL,NULL,'{"activity": 117}','709d84085179fdffacc8f5107a8da4c546c87b29a96c050a92cb8213f286a3a6','2eea5529f9439eef2240ba4ad7973af27cec5583ce766b5e9399b5210e5a3481');
INSERT INTO "event" VALUES(199,'2026-11-06 19:27:39.000000',12,'deal',9,'log',NULL,NULL,'{"activity": 118, "kind": "call", "outcome": "no_answer_vm"}','2eea5529f9439eef2240ba4ad7973af27cec5583ce766b5e9399b5210e5a3481','46982d9f0a71911e03fba17ca4715f1d93d4fd7a27714dd397bbb6ff405b79ec');
INSERT INTO "event" VALUES(200,'2026-11-06 20:01:37.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 103}','46982d9f0a71911e03fba17ca4715f1d93d4fd7a27714dd397bbb6ff405b79ec','e81a50b3cadce3140d9757ff388add2d9fff62fc5595059585f7fed9525dbe97');
INSERT INTO "event" VALUES(201,'2026-11-06 20:01:37.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 120, "kind": "email", "outcome": "sent"}','e81a50b3cadce3140d9757ff388add2d9fff62fc5595059585f7fed9525dbe97','f0695051a6eae96e6b6a055b767621b8c91a4e0f113d12fa18fe06cdee54c8c1');
INSERT INTO "event" VALUES(202,'2026-11-06 20:03:51.000000',4,'deal',6,'correct',NULL,NULL,'{"fields": ["value_cents"]}','f0695051a6eae96e6b6a055b767621b8c91a4e0f113d12fa18fe06cdee54c8c1','767c2d8a6175a3244759421d5361cfd640f51cfbb409e5b30d09814d587f1e08');
INSERT INTO "event" VALUES(203,'2026-11-06 20:05:05.000000',4,'deal',6,'move','active','active','{"from_stage": 9, "to_stage": 10}','767c2d8a6175a3244759421d5361cfd640f51cfbb409e5b30d09814d587f1e08','e77c482699e3eb93505c075893fa2d02ccd90f196d39e02535950b29395abe87');
INSERT INTO "event" VALUES(204,'2026-11-09 16:24:48.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 116}','e77c482699e3eb93505c075893fa2d02ccd90f196d39e02535950b29395abe87','b2ae28b9d8875713a0e3d8fab999c18ab89db354b64769c5e3c869f8b1cce3c8');
INSERT INTO "event" VALUES(205,'2026-11-09 16:24:48.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 122, "kind": "call", "outcome": "connected_follow_up"}','b2ae28b9d8875713a0e3d8fab999c18ab89db354b64769c5e3c869f8b1cce3c8','b5bf090d0f783f73be601b910962ead1631cebef4f8653e8a74b353fcfee5402');
INSERT INTO "event" VALUES(206,'2026-11-09 16:29:53.000000',7,'deal',7,'move','active','active','{"from_stage": 4, "to_stage": 5}','b5bf090d0f783f73be601b910962ead1631cebef4f8653e8a74b353fcfee5402','4d72c63f04619028146c190c5e591b6aa917e5d20510a3e33fa962ced6a881ba');
INSERT INTO "event" VALUES(207,'2026-11-10 17:21:57.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 112}','4d72c63f04619028146c190c5e591b6aa917e5d20510a3e33fa962ced6a881ba','b340fae8d3aad55fa79af7852b249643237789e4a3e5800db60d9e4863576a81');
INSERT INTO "event" VALUES(208,'2026-11-10 17:21:57.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 124, "kind": "call", "outcome": "no_answer_vm"}','b340fae8d3aad55fa79af7852b249643237789e4a3e5800db60d9e4863576a81','7c258c8bc6d55255135e377c4e89d765371548562dfd00f2663f943130c1d738');
INSERT INTO "event" VALUES(209,'2026-11-10 17:37:49.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 125}','7c258c8bc6d55255135e377c4e89d765371548562dfd00f2663f943130c1d738','36b3f1f771eccbb480537220fea7c225214d5292d2d64a5032d457a3fb6e4672');
INSERT INTO "event" VALUES(210,'2026-11-10 17:37:49.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 126, "kind": "email", "outcome": "sent"}','36b3f1f771eccbb480537220fea7c225214d5292d2d64a5032d457a3fb6e4672','95ebd5b4e2410437a0c90bb1742900c3305e860d8c8493b79e63b84d8bc77ce8');
INSERT INTO "event" VALUES(211,'2026-11-10 18:52:04.000000',7,'deal',4,'step_done',NULL,NULL,'{"activity": 114}','95ebd5b4e2410437a0c90bb1742900c3305e860d8c8493b79e63b84d8bc77ce8','ba33ef2b5d8214d720b58e12b2c8de2f45b3e44719bc046d8beea9f13c0424cb');
INSERT INTO "event" VALUES(212,'2026-11-10 18:52:04.000000',7,'deal',4,'log',NULL,NULL,'{"activity": 128, "kind": "call", "outcome": "connected_follow_up"}','ba33ef2b5d8214d720b58e12b2c8de2f45b3e44719bc046d8beea9f13c0424cb','a122feeb3061d384317a3c79049d318ee1f017ad852c3c391e78fb16ef18e628');
INSERT INTO "event" VALUES(213,'2026-11-10 18:56:32.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 123}','a122feeb3061d384317a3c79049d318ee1f017ad852c3c391e78fb16ef18e628','5bb9c2e81c6992717ecc822cc40f99bc2b358bf7dd5fa05dd17629921a940bba');
INSERT INTO "event" VALUES(214,'2026-11-10 18:56:32.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 130, "kind": "email", "outcome": "sent"}','5bb9c2e81c6992717ecc822cc40f99bc2b358bf7dd5fa05dd17629921a940bba','fb86bd983cb12cf03df55cddf7a10b5837d295063ea5fdfd8b32f5ed1d0c464c');
INSERT INTO "event" VALUES(215,'2026-11-10 18:56:32.000000',7,'deal',4,'win','active','won','{}','fb86bd983cb12cf03df55cddf7a10b5837d295063ea5fdfd8b32f5ed1d0c464c','5620890c07d7e1fa929565497d32ee30e72d57e457a45b61f61832cd385656b2');
INSERT INTO "event" VALUES(216,'2026-11-10 19:01:37.000000',7,'deal',7,'correct',NULL,NULL,'{"fields": ["agreement_on"]}','5620890c07d7e1fa929565497d32ee30e72d57e457a45b61f61832cd385656b2','4325c7d54afa4dfe9c8990e8f9d72143001e95ebd2dc2f69ea932e795113d29c');
INSERT INTO "event" VALUES(217,'2026-11-10 19:03:51.000000',7,'deal',7,'move','active','active','{"from_stage": 5, "to_stage": 6}','4325c7d54afa4dfe9c8990e8f9d72143001e95ebd2dc2f69ea932e795113d29c','a3103a0e4db7d127f1eb4fcebc3b79e6f077a9db19654381693b99f92642643a');
INSERT INTO "event" VALUES(218,'2026-11-10 21:08:56.000000',12,'deal',9,'step_done',NULL,NULL,'{"activity": 119}','a3103a0e4db7d127f1eb4fcebc3b79e6f077a9db19654381693b99f92642643a','b681780f5082470c62a9c8dca1c34225da25b0392d98889fd3bdfa91debb3b79');
INSERT INTO "event" VALUES(219,'2026-11-10 21:08:56.000000',12,'deal',9,'log',NULL,NULL,'{"activity": 132, "kind": "call", "outcome": "no_answer_vm"}','b681780f5082470c62a9c8dca1c34225da25b0392d98889fd3bdfa91debb3b79','3e5aee942a0e22e2a56edd28c06e6601d8bf9c58ab3ad971a0ac626057bb9978');
INSERT INTO "event" VALUES(220,'2026-11-10 23:48:36.000000',12,'deal',9,'step_done',NULL,NULL,'{"activity": 133}','3e5aee942a0e22e2a56edd28c06e6601d8bf9c58ab3ad971a0ac626057bb9978','52cf6cefb88a1c808076bb22b743d5963660ebeee90db979185d7cc9592d8e66');
INSERT INTO "event" VALUES(221,'2026-11-10 23:48:36.000000',12,'deal',9,'log',NULL,NULL,'{"activity": 134, "kind": "call", "outcome": "connected_follow_up"}','52cf6cefb88a1c808076bb22b743d5963660ebeee90db979185d7cc9592d8e66','894b9599f43fb4ab1e149f619f1067a1ebac0ec1ba7240f71a8e2dc7e7197b81');
INSERT INTO "event" VALUES(222,'2026-11-10 23:51:27.000000',12,'deal',9,'move','active','active','{"from_stage": 7, "to_stage": 8}','894b9599f43fb4ab1e149f619f1067a1ebac0ec1ba7240f71a8e2dc7e7197b81','99654e9a65afc88e7fd0700278e728b784bdf4b128dd2f5438481219cc3ee849');
INSERT INTO "event" VALUES(223,'2026-11-11 14:05:05.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 121}','99654e9a65afc88e7fd0700278e728b784bdf4b128dd2f5438481219cc3ee849','310450c487550aadb0a1a8864d987144a9783b827d41c0ec495a8d438e6525d3');
INSERT INTO "event" VALUES(224,'2026-11-11 14:05:05.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 136, "kind": "call", "outcome": "connected_follow_up"}','310450c487550aadb0a1a8864d987144a9783b827d41c0ec495a8d438e6525d3','cd5f5e30cfe7d55c765f9e62ef869d76c30353ad479a57676789b1475184f276');
INSERT INTO "event" VALUES(225,'2026-11-11 15:27:39.000000',7,'customer',10,'enter',NULL,NULL,'{}','cd5f5e30cfe7d55c765f9e62ef869d76c30353ad479a57676789b1475184f276','dd10412111e30b7f997ada4bc6eb9aca66199a173e7a4e55d0803a5b4865c208');
INSERT INTO "event" VALUES(226,'2026-11-11 15:27:39.000000',7,'deal',10,'take',NULL,'active','{"owner": 7, "stage": 7}','dd10412111e30b7f997ada4bc6eb9aca66199a173e7a4e55d0803a5b4865c208','f5cf86cdbec12af0bcf90ce864d65df640b375c974e3ce97e8fbf089e621bd38');
INSERT INTO "event" VALUES(227,'2026-11-11 18:54:18.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 137}','f5cf86cdbec12af0bcf90ce864d65df640b375c974e3ce97e8fbf089e621bd38','6d672bdf49beea7fc7cf3f8ff7c08eabbdcc6edfbfbfea525805a712c8b79ac9');
INSERT INTO "event" VALUES(228,'2026-11-11 18:54:18.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 139, "kind": "text", "outcome": "sent"}','6d672bdf49beea7fc7cf3f8ff7c08eabbdcc6edfbfbfea525805a712c8b79ac9','b48606d015046a8ac906973d50c1923dcde54a2267d4732a219b2c71d5c7c537');
INSERT INTO "event" VALUES(229,'2026-11-11 22:45:45.000000',7,'deal',7,'step_done',NULL,NULL,'{"activity": 131}','b48606d015046a8ac906973d50c1923dcde54a2267d4732a219b2c71d5c7c537','64779c666ae5797610ead067ad1d496b35e6a9391d1c6129467691f97eeed403');
INSERT INTO "event" VALUES(230,'2026-11-11 22:45:45.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 141, "kind": "call", "outcome": "connected_follow_up"}','64779c666ae5797610ead067ad1d496b35e6a9391d1c6129467691f97eeed403','312e0f26bd941c6cc30ea9cb599b0d6034b5093099ccd48fa16bd742de8bf41c');
INSERT INTO "event" VALUES(231,'2026-11-11 22:49:13.000000',7,'deal',7,'win','active','won','{}','312e0f26bd941c6cc30ea9cb599b0d6034b5093099ccd48fa16bd742de8bf41c','c7738e0bf69858ca83f8962334760ef438333e737de56fe12bd6e9ae545ea807');
INSERT INTO "event" VALUES(232,'2026-11-12 15:04:28.000000',6,'deal',5,'step_done',NULL,NULL,'{"activity": 100}','c7738e0bf69858ca83f8962334760ef438333e737de56fe12bd6e9ae545ea807','c4581a963e78297d6e40c7ab9233adcb272fe61851c002784adebf4d6b427fed');
INSERT INTO "event" VALUES(233,'2026-11-12 15:05:05.000000',6,'deal',5,'request_cancellation','on_hold','cancellation_requested','{"request": 4, "reviewer": 2}','c4581a963e78297d6e40c7ab9233adcb272fe61851c002784adebf4d6b427fed','70542d0f33b4b9603d414dd2807aa49765b17a2759f9636cee250efddd159fef');
INSERT INTO "event" VALUES(234,'2026-11-12 15:59:23.000000',2,'cancellation_request',4,'begin_review','requested','in_review','{}','70542d0f33b4b9603d414dd2807aa49765b17a2759f9636cee250efddd159fef','07f313875caf01ed8748bdc8724a0d61b57503e6493eaef2164db537829f2bad');
INSERT INTO "event" VALUES(235,'2026-11-12 17:55:55.000000',2,'customer',11,'enter',NULL,NULL,'{}','07f313875caf01ed8748bdc8724a0d61b57503e6493eaef2164db537829f2bad','0d67fe527bad9b64e7cb922a1ebeab5d98014689f2bb71320303f66b63365d8d');
INSERT INTO "event" VALUES(236,'2026-11-12 17:55:55.000000',2,'deal',11,'take',NULL,'active','{"owner": null, "stage": 1}','0d67fe527bad9b64e7cb922a1ebeab5d98014689f2bb71320303f66b63365d8d','3010d43a4ed45d2a48e257f37725976bae7a8d5743483fdc8e99dd4d461f480b');
INSERT INTO "event" VALUES(237,'2026-11-12 20:05:05.000000',12,'deal',9,'step_done',NULL,NULL,'{"activity": 135}','3010d43a4ed45d2a48e257f37725976bae7a8d5743483fdc8e99dd4d461f480b','2247d3fb3b0805dcb71f56a747c722fe7a7795121e6f1dfb099ad92b423d71f3');
INSERT INTO "event" VALUES(238,'2026-11-12 20:05:05.000000',12,'deal',9,'log',NULL,NULL,'{"activity": 145, "kind": "call", "outcome": "connected_needs"}','2247d3fb3b0805dcb71f56a747c722fe7a7795121e6f1dfb099ad92b423d71f3','d35e6b1938cf60b20851cfd639d894dd44a72d364304e01a16808d08e3943800');
INSERT INTO "event" VALUES(239,'2026-11-12 20:11:47.000000',12,'deal',9,'assess',NULL,NULL,'{"options": 2}','d35e6b1938cf60b20851cfd639d894dd44a72d364304e01a16808d08e3943800','f283b30585ab3958788ab07b7957b945e934bc55005fb380a9cf774c0a98a1a8');
INSERT INTO "event" VALUES(240,'2026-11-12 20:13:01.000000',12,'deal',9,'move','active','active','{"from_stage": 8, "to_stage": 9}','f283b30585ab3958788ab07b7957b945e934bc55005fb380a9cf774c0a98a1a8','ae9e44b22dd9785f96c14c70f66d3f09ccf9a30c37d598cd838a41a7bc0714d4');
INSERT INTO "event" VALUES(241,'2026-11-12 21:02:14.000000',4,'deal',11,'claim',NULL,NULL,'{"owner": 4, "was_owner": null}','ae9e44b22dd9785f96c14c70f66d3f09ccf9a30c37d598cd838a41a7bc0714d4','ef6b014beec6b1de24d51d4227f75367c3fb6166573075a7958ebcc368a6a41b');
INSERT INTO "event" VALUES(242,'2026-11-12 22:35:35.000000',4,'deal',11,'step_done',NULL,NULL,'{"activity": 147}','ef6b014beec6b1de24d51d4227f75367c3fb6166573075a7958ebcc368a6a41b','3f953701d7647da908d661e4d063a1090102dc2db6007ae96763169c81357149');
INSERT INTO "event" VALUES(243,'2026-11-12 22:35:35.000000',4,'deal',11,'log',NULL,NULL,'{"activity": 148, "kind": "call", "outcome": "no_answer_vm"}','3f953701d7647da908d661e4d063a1090102dc2db6007ae96763169c81357149','6032e2dc20a2996424a2731f1eeb9d15af4c3d56087df0ef5e620a4a9844569e');
INSERT INTO "event" VALUES(244,'2026-11-13 14:38:26.000000',7,'deal',10,'step_done',NULL,NULL,'{"activity": 138}','6032e2dc20a2996424a2731f1eeb9d15af4c3d56087df0ef5e620a4a9844569e','ec83ea944045c652232512329afcbcee7c7e26f3ee2cef96b63df0680cc9f0ec');
INSERT INTO "event" VALUES(245,'2026-11-13 14:38:26.000000',7,'deal',10,'log',NULL,NULL,'{"activity": 150, "kind": "call", "outcome": "connected_follow_up"}','ec83ea944045c652232512329afcbcee7c7e26f3ee2cef96b63df0680cc9f0ec','7459f7da7f40879ab9f9ed6d99e3709be4a03f89e6eb5da33b5122b26690f1dd');
INSERT INTO "event" VALUES(246,'2026-11-13 14:41:17.000000',7,'deal',10,'move','active','active','{"from_stage": 7, "to_stage": 8}','7459f7da7f40879ab9f9ed6d99e3709be4a03f89e6eb5da33b5122b26690f1dd','3d412918c36cd7e819e5f511a8deb8d6047061484e72621f072f92c0c4f709d3');
INSERT INTO "event" VALUES(247,'2026-11-13 15:08:56.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 127}','3d412918c36cd7e819e5f511a8deb8d6047061484e72621f072f92c0c4f709d3','06e1124e0fc9b5baecce541e1d847d379e4cfbc5492e831c921c62aa6f59ea29');
INSERT INTO "event" VALUES(248,'2026-11-13 15:08:56.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 152, "kind": "call", "outcome": "connected_follow_up"}','06e1124e0fc9b5baecce541e1d847d379e4cfbc5492e831c921c62aa6f59ea29','d57cbe93e4c27747f1fcf3186f8f08eb0b0b4babdfadce7b260b6684fc04fc2d');
INSERT INTO "event" VALUES(249,'2026-11-13 15:11:47.000000',4,'deal',8,'move','active','active','{"from_stage": 13, "to_stage": 14}','d57cbe93e4c27747f1fcf3186f8f08eb0b0b4babdfadce7b260b6684fc04fc2d','739c674689789a67d0fcc09499499319b3994534c86f45afb379116162c92e66');
INSERT INTO "event" VALUES(250,'2026-11-13 15:45:45.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 140}','739c674689789a67d0fcc09499499319b3994534c86f45afb379116162c92e66','fe0ae4d3a2b37cf40f660db90b3c71543f18b06db7b74506724484cf93459c92');
INSERT INTO "event" VALUES(251,'2026-11-13 15:45:45.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 154, "kind": "call", "outcome": "connected_follow_up"}','fe0ae4d3a2b37cf40f660db90b3c71543f18b06db7b74506724484cf93459c92','9aa730ecea19d209472b318bdf52b9b4a66c76c1dbb930e5ddd0c2f7f5013357');
INSERT INTO "event" VALUES(252,'2026-11-13 15:50:50.000000',4,'deal',6,'move','active','active','{"from_stage": 10, "to_stage": 11}','9aa730ecea19d209472b318bdf52b9b4a66c76c1dbb930e5ddd0c2f7f5013357','4f199f789a19d17206411c8f0a2a9d1e949b995349daf472372c041ffbc8b087');
INSERT INTO "event" VALUES(253,'2026-11-13 20:17:29.000000',2,'deal',5,'restore_hold','cancellation_requested','on_hold','{}','4f199f789a19d17206411c8f0a2a9d1e949b995349daf472372c041ffbc8b087','7306bd05cf083a43ad433c9496e2f7ac9f0b78c056f5433b6d84a240881b4815');
INSERT INTO "event" VALUES(254,'2026-11-13 20:17:29.000000',2,'cancellation_request',4,'withdraw','in_review','withdrawn','{"back_to": "on_hold", "because": "client"}','7306bd05cf083a43ad433c9496e2f7ac9f0b78c056f5433b6d84a240881b4815','b392281f70bda7a55330bbe856a9df119ce1c28c16436970ee2bf80ae9470296');
INSERT INTO "event" VALUES(255,'2026-11-16 18:01:37.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 155}','b392281f70bda7a55330bbe856a9df119ce1c28c16436970ee2bf80ae9470296','c8e29c6209771c474ee477f8c734c7cb36929808d4c8739b1377772d1f9b63ad');
INSERT INTO "event" VALUES(256,'2026-11-16 18:01:37.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 157, "kind": "email", "outcome": "sent"}','c8e29c6209771c474ee477f8c734c7cb36929808d4c8739b1377772d1f9b63ad','9c80e16eb8232fc5b070991376ebe192c381bcc7568292dd5c82cb710c8eb183');
INSERT INTO "event" VALUES(257,'2026-11-16 18:06:42.000000',4,'deal',6,'correct',NULL,NULL,'{"fields": ["agreement_on"]}','9c80e16eb8232fc5b070991376ebe192c381bcc7568292dd5c82cb710c8eb183','cacd2f51728edee42989214ffef4f541877337f10724eb1ce63c5c28488097b1');
INSERT INTO "event" VALUES(258,'2026-11-16 18:08:56.000000',4,'deal',6,'move','active','active','{"from_stage": 11, "to_stage": 12}','cacd2f51728edee42989214ffef4f541877337f10724eb1ce63c5c28488097b1','e9b3ae1d650ab2e87720c602e05be69d447d57b3703657e88053f5ff5766b64d');
INSERT INTO "event" VALUES(259,'2026-11-17 16:11:47.000000',4,'customer',12,'enter',NULL,NULL,'{}','e9b3ae1d650ab2e87720c602e05be69d447d57b3703657e88053f5ff5766b64d','eace8cd8b900ffe42d7073cf52e9ed69aa371fee9418c22afdfca37ff53abd20');
INSERT INTO "event" VALUES(260,'2026-11-17 16:11:47.000000',4,'deal',12,'take',NULL,'active','{"owner": 4, "stage": 7}','eace8cd8b900ffe42d7073cf52e9ed69aa371fee9418c22afdfca37ff53abd20','7f779d7b5a7a4674ecb3b643e761d11369a28211c89465c980c8e71d9370c3e4');
INSERT INTO "event" VALUES(261,'2026-11-17 20:03:51.000000',4,'deal',11,'step_done',NULL,NULL,'{"activity": 149}','7f779d7b5a7a4674ecb3b643e761d11369a28211c89465c980c8e71d9370c3e4','ae5612a0536153163c79257cd4ebc01467475354e5c7e700189f5d0ca16fe6b1');
INSERT INTO "event" VALUES(262,'2026-11-17 20:03:51.000000',4,'deal',11,'log',NULL,NULL,'{"activity": 160, "kind": "call", "outcome": "connected_follow_up"}','ae5612a0536153163c79257cd4ebc01467475354e5c7e700189f5d0ca16fe6b1','5847ce043d8d631b855e7cc014524f90912d9fae3679c8d803b765ab5b17d371');
INSERT INTO "event" VALUES(263,'2026-11-17 20:06:42.000000',4,'deal',11,'move','active','active','{"from_stage": 1, "to_stage": 2}','5847ce043d8d631b855e7cc014524f90912d9fae3679c8d803b765ab5b17d371','518701ed27cb4ba531fb306ba2f6cfe0b05b1512e7012498ba95fb466675eda3');
INSERT INTO "event" VALUES(264,'2026-11-17 21:57:09.000000',7,'deal',10,'step_done',NULL,NULL,'{"activity": 151}','518701ed27cb4ba531fb306ba2f6cfe0b05b1512e7012498ba95fb466675eda3','475d3d687e43bbe04321f2fcb05592494912a6b71fd7215166fcf6f88d1f7c21');
INSERT INTO "event" VALUES(265,'2026-11-17 21:57:09.000000',7,'deal',10,'log',NULL,NULL,'{"activity": 162, "kind": "call", "outcome": "connected_needs"}','475d3d687e43bbe04321f2fcb05592494912a6b71fd7215166fcf6f88d1f7c21','9a95ee47f6908e8d2448e6f54eff6a1e2892bcc8b641079c00a27a6c08d52d53');
INSERT INTO "event" VALUES(266,'2026-11-17 22:03:51.000000',7,'deal',10,'assess',NULL,NULL,'{"options": 2}','9a95ee47f6908e8d2448e6f54eff6a1e2892bcc8b641079c00a27a6c08d52d53','148ec1f3262a232501dbb93857446f0a6492edbf2ff1f00de7d6b52baa13472f');
INSERT INTO "event" VALUES(267,'2026-11-17 22:05:05.000000',7,'deal',10,'move','active','active','{"from_stage": 8, "to_stage": 9}','148ec1f3262a232501dbb93857446f0a6492edbf2ff1f00de7d6b52baa13472f','8bdf607143d7131eab88171457c64d500ab78bd563505c765f3ff97b2fb7765c');
INSERT INTO "event" VALUES(268,'2026-11-17 22:25:25.000000',4,'deal',6,'step_done',NULL,NULL,'{"activity": 158}','8bdf607143d7131eab88171457c64d500ab78bd563505c765f3ff97b2fb7765c','4a3032925f97b8ffc2962cf12b86dc0b5006efc829be3b46e3062b76621d66a1');
INSERT INTO "event" VALUES(269,'2026-11-17 22:25:25.000000',4,'deal',6,'log',NULL,NULL,'{"activity": 164, "kind": "call", "outcome": "connected_follow_up"}','4a3032925f97b8ffc2962cf12b86dc0b5006efc829be3b46e3062b76621d66a1','498630c130abfba38b7ba7aa877190a67e2513fd640835dedbb9402b06e3720d');
INSERT INTO "event" VALUES(270,'2026-11-17 22:29:53.000000',4,'deal',6,'win','active','won','{}','498630c130abfba38b7ba7aa877190a67e2513fd640835dedbb9402b06e3720d','7b31ba9e3fb0f4fc70ba7949a0347b5974a88753de3f90e49a4d3400d5e7814a');
INSERT INTO "event" VALUES(271,'2026-11-18 16:52:04.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 153}','7b31ba9e3fb0f4fc70ba7949a0347b5974a88753de3f90e49a4d3400d5e7814a','78afb6d37713fdcfcbff2710fb2a85b17f1b51c0bbb833c70092de1c22d827a8');
INSERT INTO "event" VALUES(272,'2026-11-18 16:52:04.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 166, "kind": "call", "outcome": "connected_needs"}','78afb6d37713fdcfcbff2710fb2a85b17f1b51c0bbb833c70092de1c22d827a8','d9178fa749be26d2af8d68a8d9c8b5ac658df4bdd483d3be48715ce8611d4dc5');
INSERT INTO "event" VALUES(273,'2026-11-18 16:58:46.000000',4,'deal',8,'assess',NULL,NULL,'{"options": 2}','d9178fa749be26d2af8d68a8d9c8b5ac658df4bdd483d3be48715ce8611d4dc5','4497c771609b01db262bd552524eaf0b6a5bd38ac4873056e45d3863700e069e');
INSERT INTO "event" VALUES(274,'2026-11-18 17:00:00.000000',4,'deal',8,'move','active','active','{"from_stage": 14, "to_stage": 15}','4497c771609b01db262bd552524eaf0b6a5bd38ac4873056e45d3863700e069e','3fbe7031c97175cedc1b76d7bacdc8597f705cbf2b1fb3ffa1556775da5e23ff');
INSERT INTO "event" VALUES(275,'2026-11-18 17:47:59.000000',4,'deal',12,'step_done',NULL,NULL,'{"activity": 159}','3fbe7031c97175cedc1b76d7bacdc8597f705cbf2b1fb3ffa1556775da5e23ff','1e8ea6edde9257219f2186ba9e0dfbe4e43a813f869a156f74b1824efe37c51b');
INSERT INTO "event" VALUES(276,'2026-11-18 17:47:59.000000',4,'deal',12,'log',NULL,NULL,'{"activity": 168, "kind": "call", "outcome": "connected_follow_up"}','1e8ea6edde9257219f2186ba9e0dfbe4e43a813f869a156f74b1824efe37c51b','632eec02a512717ffaaec34511094c4598f6672a95e08677e056dd70a734333d');
INSERT INTO "event" VALUES(277,'2026-11-18 17:50:50.000000',4,'deal',12,'move','active','active','{"from_stage": 7, "to_stage": 8}','632eec02a512717ffaaec34511094c4598f6672a95e08677e056dd70a734333d','12f457cb3e0c67f4400a912c1d1958ccc7b3d95c31e8503de3d4d98eb5da6de1');
INSERT INTO "event" VALUES(278,'2026-11-18 23:43:31.000000',12,'deal',9,'step_done',NULL,NULL,'{"activity": 146}','12f457cb3e0c67f4400a912c1d1958ccc7b3d95c31e8503de3d4d98eb5da6de1','b8cb95d4847ca0cf637ba77908f74d3b1750b506fc6c44e37e78a95b160e94e8');
INSERT INTO "event" VALUES(279,'2026-11-18 23:43:31.000000',12,'deal',9,'log',NULL,NULL,'{"activity": 170, "kind": "call", "outcome": "connected_follow_up"}','b8cb95d4847ca0cf637ba77908f74d3b1750b506fc6c44e37e78a95b160e94e8','25ef855173e03825e1d252c95c587982173a215ea58d83d706d0d226a6b479c1');
INSERT INTO "event" VALUES(280,'2026-11-19 15:03:51.000000',12,'deal',9,'hold','active','on_hold','{"follow_up_on": "2026-12-22", "sub_status": "event"}','25ef855173e03825e1d252c95c587982173a215ea58d83d706d0d226a6b479c1','e495d8095b9fe43601286acbb00b6bb6e51a7d08e752679e8010045fdc116173');
INSERT INTO "event" VALUES(281,'2026-11-19 17:13:01.000000',7,'deal',7,'log',NULL,NULL,'{"activity": 173, "kind": "email", "outcome": "sent"}','e495d8095b9fe43601286acbb00b6bb6e51a7d08e752679e8010045fdc116173','53f5b105b79d533e59750fe5fef2aecaef665d71610c1ff1d796a796aeb1097a');
INSERT INTO "event" VALUES(282,'2026-11-19 17:16:52.000000',7,'deal',7,'correct',NULL,NULL,'{"fields": ["eta_on"]}','53f5b105b79d533e59750fe5fef2aecaef665d71610c1ff1d796a796aeb1097a','717915cdfab5f52668939123651b92f33382de4e1b54761fdee314a9774d5a41');
INSERT INTO "event" VALUES(283,'2026-11-19 22:22:34.000000',7,'deal',10,'step_done',NULL,NULL,'{"activity": 163}','717915cdfab5f52668939123651b92f33382de4e1b54761fdee314a9774d5a41','2cbab276169053f539ee7cdbef42f974b21a64f00c170447788f281d3604eed8');
INSERT INTO "event" VALUES(284,'2026-11-19 22:22:34.000000',7,'deal',10,'log',NULL,NULL,'{"activity": 174, "kind": "call", "outcome": "connected_follow_up"}','2cbab276169053f539ee7cdbef42f974b21a64f00c170447788f281d3604eed8','71ff36917b0e79ef63f6e7af64720c099f111aa4c3533fd9d15a810e9ad3f470');
INSERT INTO "event" VALUES(285,'2026-11-19 22:42:54.000000',7,'deal',10,'hold','active','on_hold','{"follow_up_on": "2026-12-17", "sub_status": "event"}','71ff36917b0e79ef63f6e7af64720c099f111aa4c3533fd9d15a810e9ad3f470','6aa93d88b18bea10f142c61180b1e5622ea678a8bf7a7e507391780ee2ada5ce');
INSERT INTO "event" VALUES(286,'2026-11-23 15:20:20.000000',4,'deal',12,'step_done',NULL,NULL,'{"activity": 169}','6aa93d88b18bea10f142c61180b1e5622ea678a8bf7a7e507391780ee2ada5ce','d821239066b648999bed9a89afcb7d41229765151556121d9fcc6dece62a1f98');
INSERT INTO "event" VALUES(287,'2026-11-23 15:20:20.000000',4,'deal',12,'log',NULL,NULL,'{"activity": 177, "kind": "call", "outcome": "connected_needs"}','d821239066b648999bed9a89afcb7d41229765151556121d9fcc6dece62a1f98','3eb73835ed67d898fec2fb902a4e01e79a16fca2149c053c55183b97f987b9ce');
INSERT INTO "event" VALUES(288,'2026-11-23 15:26:02.000000',4,'deal',12,'assess',NULL,NULL,'{"options": 2}','3eb73835ed67d898fec2fb902a4e01e79a16fca2149c053c55183b97f987b9ce','b0c75deeb56ac31da693901866040e78a785cffcf92f9c1a8f330c4394654d22');
INSERT INTO "event" VALUES(289,'2026-11-23 15:28:16.000000',4,'deal',12,'move','active','active','{"from_stage": 8, "to_stage": 9}','b0c75deeb56ac31da693901866040e78a785cffcf92f9c1a8f330c4394654d22','97ceea776c494e8c70c499ee7c972ea80da54cfaccfbe726af356692d2472afc');
INSERT INTO "event" VALUES(290,'2026-11-23 19:21:57.000000',7,'deal',4,'request_cancellation','won','cancellation_requested','{"request": 5, "reviewer": 2}','97ceea776c494e8c70c499ee7c972ea80da54cfaccfbe726af356692d2472afc','c19b90fc1822c72569c82476162d8a73c5043615ff3f7d3a43e4eeb5746c2148');
INSERT INTO "event" VALUES(291,'2026-11-23 20:35:35.000000',2,'cancellation_request',5,'begin_review','requested','in_review','{}','c19b90fc1822c72569c82476162d8a73c5043615ff3f7d3a43e4eeb5746c2148','30669d522c12f72af15b21a05f9fd5841ed7228a3f2aa6230139a077b2ddac92');
INSERT INTO "event" VALUES(292,'2026-11-23 20:37:49.000000',4,'deal',11,'step_done',NULL,NULL,'{"activity": 161}','30669d522c12f72af15b21a05f9fd5841ed7228a3f2aa6230139a077b2ddac92','fbba4e91c50300cfae75b2ba531a488b3b96942808eabcb81135be503c61b4a3');
INSERT INTO "event" VALUES(293,'2026-11-23 20:37:49.000000',4,'deal',11,'log',NULL,NULL,'{"activity": 181, "kind": "call", "outcome": "connected_needs"}','fbba4e91c50300cfae75b2ba531a488b3b96942808eabcb81135be503c61b4a3','85db7cf01c27aa333726d7ee80ee76b8b7fa01b0494582d3c91bd324a846a30c');
INSERT INTO "event" VALUES(294,'2026-11-23 20:43:31.000000',4,'deal',11,'assess',NULL,NULL,'{"options": 3}','85db7cf01c27aa333726d7ee80ee76b8b7fa01b0494582d3c91bd324a846a30c','5206b53b550c93ac4934105e1ff04d07388261de846ea3c50ff2a862d918b3d9');
INSERT INTO "event" VALUES(295,'2026-11-23 20:45:45.000000',4,'deal',11,'move','active','active','{"from_stage": 2, "to_stage": 3}','5206b53b550c93ac4934105e1ff04d07388261de846ea3c50ff2a862d918b3d9','e09736e2aca09707e465d565b9cc716cb1de9fbea04fa4ce12a06ffe0e1521da');
INSERT INTO "event" VALUES(296,'2026-11-23 20:51:27.000000',2,'deal',4,'log',NULL,NULL,'{"activity": 184, "kind": "call", "outcome": "no_answer_no_vm"}','e09736e2aca09707e465d565b9cc716cb1de9fbea04fa4ce12a06ffe0e1521da','c9bb912c2890ba427056c94851b33443b1dde97c8152279ee92271c1504f8088');
INSERT INTO "event" VALUES(297,'2026-11-23 20:51:27.000000',2,'cancellation_request',5,'log_attempt','in_review','in_review','{"activity": 184, "kind": "call"}','c9bb912c2890ba427056c94851b33443b1dde97c8152279ee92271c1504f8088','3e2652fc64eae8d752f3af40da929bb89a93e44d381712818d2452cd8c293328');
INSERT INTO "event" VALUES(298,'2026-11-23 22:03:51.000000',2,'deal',4,'log',NULL,NULL,'{"activity": 186, "kind": "email", "outcome": "sent"}','3e2652fc64eae8d752f3af40da929bb89a93e44d381712818d2452cd8c293328','6076d57dd5994ada269754c2d03b79acfee1b7a8a489a53fea37976bc4844ab2');
INSERT INTO "event" VALUES(299,'2026-11-23 22:03:51.000000',2,'cancellation_request',5,'log_attempt','in_review','in_review','{"activity": 186, "kind": "email"}','6076d57dd5994ada269754c2d03b79acfee1b7a8a489a53fea37976bc4844ab2','6deb1a5a0eb9f8ac2952a95187b13599d48eaff5ebcc71ca4d1e37a2586b4c36');
INSERT INTO "event" VALUES(300,'2026-11-24 16:36:12.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 167}','6deb1a5a0eb9f8ac2952a95187b13599d48eaff5ebcc71ca4d1e37a2586b4c36','e35891d71b6e9417fbee97d9f53300e0a4f5bef1bf53f915db85fa3850eb26d8');
INSERT INTO "event" VALUES(301,'2026-11-24 16:36:12.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 187, "kind": "email", "outcome": "sent"}','e35891d71b6e9417fbee97d9f53300e0a4f5bef1bf53f915db85fa3850eb26d8','563083ceda265aeb470e7c8eb0b4537450eebe2860ea6546df2413055de485ac');
INSERT INTO "event" VALUES(302,'2026-11-24 16:38:26.000000',4,'deal',8,'correct',NULL,NULL,'{"fields": ["value_cents"]}','563083ceda265aeb470e7c8eb0b4537450eebe2860ea6546df2413055de485ac','cf54838ffbaaab4be04060a74634c96bf4ebaabaca0113529748818221ddad0e');
INSERT INTO "event" VALUES(303,'2026-11-24 16:40:40.000000',4,'deal',8,'move','active','active','{"from_stage": 15, "to_stage": 16}','cf54838ffbaaab4be04060a74634c96bf4ebaabaca0113529748818221ddad0e','b4bfb0bf3b6aad83eef05b66df148bc7f27a947bbe5a10166408931722b8764a');
INSERT INTO "event" VALUES(304,'2026-11-25 14:55:55.000000',4,'deal',12,'flag',NULL,NULL,'{}','b4bfb0bf3b6aad83eef05b66df148bc7f27a947bbe5a10166408931722b8764a','0ce77d298a4c25a6a2ebc368b6401ceb9986c27226ba620e9f47a5d7a5a2e016');
INSERT INTO "event" VALUES(305,'2026-11-25 17:37:49.000000',4,'deal',6,'request_cancellation','won','cancellation_requested','{"request": 6, "reviewer": 2}','0ce77d298a4c25a6a2ebc368b6401ceb9986c27226ba620e9f47a5d7a5a2e016','9c54ddd5277dfc894fc8423bea2611533a984edfd23d4e93f57749c106b7fcd9');
INSERT INTO "event" VALUES(306,'2026-11-25 18:41:17.000000',2,'cancellation_request',6,'begin_review','requested','in_review','{}','9c54ddd5277dfc894fc8423bea2611533a984edfd23d4e93f57749c106b7fcd9','6f4445e6c1ef6ce812ca9b15eef1f33df36ef2a7c696387ef1ba066819320576');
INSERT INTO "event" VALUES(307,'2026-11-25 19:13:01.000000',2,'deal',6,'log',NULL,NULL,'{"activity": 193, "kind": "call", "outcome": "connected_follow_up"}','6f4445e6c1ef6ce812ca9b15eef1f33df36ef2a7c696387ef1ba066819320576','e1727e5431909b4e8dce5f224fdfa0350be941d5ef3b207bbf7386c13ea0f814');
INSERT INTO "event" VALUES(308,'2026-11-25 19:13:01.000000',2,'cancellation_request',6,'log_first_contact','in_review','contacted','{"activity": 193, "how": "call", "main_reason": "remorse"}','e1727e5431909b4e8dce5f224fdfa0350be941d5ef3b207bbf7386c13ea0f814','cf7d6b0260f48e3c1df53705bb9d3e131cc6648b485f925421846a3e0a3fb2fb');
INSERT INTO "event" VALUES(309,'2026-11-25 19:27:39.000000',7,'deal',10,'step_done',NULL,NULL,'{"activity": 175}','cf7d6b0260f48e3c1df53705bb9d3e131cc6648b485f925421846a3e0a3fb2fb','7fe8e610deb5d407979bc206f5cd9596a0ef15c9e5c8b0cf048a3bd40d59950e');
INSERT INTO "event" VALUES(310,'2026-11-25 19:28:16.000000',7,'deal',10,'request_cancellation','on_hold','cancellation_requested','{"request": 7, "reviewer": 2}','7fe8e610deb5d407979bc206f5cd9596a0ef15c9e5c8b0cf048a3bd40d59950e','32c8e29b49ece1f9047a480a960959d697804975b0d51ad27263038c70bd19bc');
INSERT INTO "event" VALUES(311,'2026-11-25 19:38:26.000000',2,'cancellation_request',7,'begin_review','requested','in_review','{}','32c8e29b49ece1f9047a480a960959d697804975b0d51ad27263038c70bd19bc','2de2689bf534f415b96e298900fb3834b55fe23c76115c2ce6d8cfc2ef8021ad');
INSERT INTO "event" VALUES(312,'2026-11-25 19:56:32.000000',2,'deal',10,'log',NULL,NULL,'{"activity": 197, "kind": "call", "outcome": "connected_follow_up"}','2de2689bf534f415b96e298900fb3834b55fe23c76115c2ce6d8cfc2ef8021ad','e0067fb6eec2a306d211cf99eca16e804f490d9b9e8c8feb4fe702f2b4b63fcb');
INSERT INTO "event" VALUES(313,'2026-11-25 19:56:32.000000',2,'cancellation_request',7,'log_first_contact','in_review','contacted','{"activity": 197, "how": "call", "main_reason": "life"}','e0067fb6eec2a306d211cf99eca16e804f490d9b9e8c8feb4fe702f2b4b63fcb','886a8e907eac6c0901ad964bb0367e397261b8549c77a5289f9af195664d173d');
INSERT INTO "event" VALUES(314,'2026-11-25 22:48:36.000000',2,'cancellation_request',6,'assign_retention','contacted','retention','{"assignee": 14, "plan": 2}','886a8e907eac6c0901ad964bb0367e397261b8549c77a5289f9af195664d173d','c2175259244f5215bd9d64c4d4b7850cfefd5418468c2ff97bf24e4a2dab8b34');
INSERT INTO "event" VALUES(315,'2026-11-26 15:31:07.000000',2,'deal',10,'retain','cancellation_requested','active','{}','c2175259244f5215bd9d64c4d4b7850cfefd5418468c2ff97bf24e4a2dab8b34','9827829f618a1fd4f605b5e81f7d2cbaf2c1b0a14db842b280fba2683c3bfc77');
INSERT INTO "event" VALUES(316,'2026-11-26 15:31:07.000000',2,'cancellation_request',7,'retain','contacted','retained','{"back_to": 9}','9827829f618a1fd4f605b5e81f7d2cbaf2c1b0a14db842b280fba2683c3bfc77','36a3953f984c9e62e555b3b7feb4b964ca21279b8c7fe2ee9a2e7ec48e1c36da');
INSERT INTO "event" VALUES(317,'2026-11-26 18:49:13.000000',4,'deal',11,'step_done',NULL,NULL,'{"activity": 182}','36a3953f984c9e62e555b3b7feb4b964ca21279b8c7fe2ee9a2e7ec48e1c36da','a7390614920e7bf4a9b7d0e22b2cb755d67dfd8e7ee1e052d68b30408ec2e01e');
INSERT INTO "event" VALUES(318,'2026-11-26 18:49:13.000000',4,'deal',11,'log',NULL,NULL,'{"activity": 202, "kind": "call", "outcome": null}','a7390614920e7bf4a9b7d0e22b2cb755d67dfd8e7ee1e052d68b30408ec2e01e','954dede2d0a31e6c24072c883686ba9a815191854aca06225621b7655d5dcef8');
INSERT INTO "event" VALUES(319,'2026-11-26 19:22:34.000000',14,'deal',6,'log',NULL,NULL,'{"activity": 203, "kind": "call", "outcome": "connected_follow_up"}','954dede2d0a31e6c24072c883686ba9a815191854aca06225621b7655d5dcef8','9abe2e05db4b53a0640e60fcf3082e465157ccb850b8d327f603ee3b3c8efa63');
INSERT INTO "event" VALUES(320,'2026-11-26 19:22:34.000000',14,'cancellation_request',6,'present','retention','retention','{"activity": 203, "answer": "declined", "offer": 3, "plan": 2}','9abe2e05db4b53a0640e60fcf3082e465157ccb850b8d327f603ee3b3c8efa63','5b98a2607631de965b36b213fa1a351ec50dcc6a571f3bf93afdbe9bc1496b23');
INSERT INTO "event" VALUES(321,'2026-11-26 19:28:16.000000',14,'cancellation_request',6,'playbook',NULL,NULL,'{"diagnosis": "legitimate", "step": "diagnose"}','5b98a2607631de965b36b213fa1a351ec50dcc6a571f3bf93afdbe9bc1496b23','fc9a02a8ed1e27a0bd6fd4f37b2e69d15b19bf6faa0ec5389288dabb06d6b983');
INSERT INTO "event" VALUES(322,'2026-11-26 19:28:16.000000',14,'cancellation_request',6,'playbook',NULL,NULL,'{"step": "mission"}','fc9a02a8ed1e27a0bd6fd4f37b2e69d15b19bf6faa0ec5389288dabb06d6b983','2c71083886f94b1f92a1a5b9d2d7f6a3100f2071b76f6e2c1809f8915b3c9189');
INSERT INTO "event" VALUES(323,'2026-11-26 19:28:16.000000',14,'cancellation_request',6,'playbook',NULL,NULL,'{"step": "future"}','2c71083886f94b1f92a1a5b9d2d7f6a3100f2071b76f6e2c1809f8915b3c9189','4b6088ae89401f50cb3254a47305996a15ff1808998c11a65875c3cfcbeb3a0f');
INSERT INTO "event" VALUES(324,'2026-11-26 21:40:40.000000',2,'deal',4,'log',NULL,NULL,'{"activity": 205, "kind": "call", "outcome": "no_answer_no_vm"}','4b6088ae89401f50cb3254a47305996a15ff1808998c11a65875c3cfcbeb3a0f','b1709ef7822a258e65d0683ae32a3ca5ff5b89385e0b7053e62e92c496038469');
INSERT INTO "event" VALUES(325,'2026-11-26 21:40:40.000000',2,'cancellation_request',5,'log_attempt','in_review','in_review','{"activity": 205, "kind": "call"}','b1709ef7822a258e65d0683ae32a3ca5ff5b89385e0b7053e62e92c496038469','4a293178663257361e6a605edb7ab17f4abc6594d39195e3abe8a490850fe2a0');
INSERT INTO "event" VALUES(326,'2026-11-26 22:18:06.000000',2,'deal',12,'clear_flag',NULL,NULL,'{}','4a293178663257361e6a605edb7ab17f4abc6594d39195e3abe8a490850fe2a0','0d591e4dc5e1a8a21ab5b1f5c31120eb42252b6cde659122b33d1a19e74a4b62');
INSERT INTO "event" VALUES(327,'2026-11-27 17:59:23.000000',2,'cancellation_request',5,'conclude_unreachable','in_review','contacted','{}','0d591e4dc5e1a8a21ab5b1f5c31120eb42252b6cde659122b33d1a19e74a4b62','2b04754ff25bc6924b5ed0f73bb932998122c23957cd56931ff051181503678d');
INSERT INTO "event" VALUES(328,'2026-11-27 19:50:50.000000',14,'cancellation_request',6,'end_retention','retention','declined','{"because": "declined", "plan": 2}','2b04754ff25bc6924b5ed0f73bb932998122c23957cd56931ff051181503678d','707201f03fc654cacdd32f660c9aa86cf79824a1d0419396705cbb9548fea85e');
INSERT INTO "event" VALUES(329,'2026-11-27 20:20:20.000000',4,'deal',8,'step_done',NULL,NULL,'{"activity": 188}','707201f03fc654cacdd32f660c9aa86cf79824a1d0419396705cbb9548fea85e','3529a94246d90d5f96c33077ee61a60557be16615296733bbaece7a772982ab7');
INSERT INTO "event" VALUES(330,'2026-11-27 20:20:20.000000',4,'deal',8,'log',NULL,NULL,'{"activity": 211, "kind": "call", "outcome": "connected_follow_up"}','3529a94246d90d5f96c33077ee61a60557be16615296733bbaece7a772982ab7','f979f08eb1027986925d7480194a925810bdb2d472f57c27d9f48cfe03d61b70');
INSERT INTO "event" VALUES(331,'2026-11-30 02:15:53.000000',NULL,'deal',1,'loaded',NULL,'cancelled_by_client','{}','f979f08eb1027986925d7480194a925810bdb2d472f57c27d9f48cfe03d61b70','b85867a8a1a641a80d0486d4057c73efe57b9095be079c2b766d42b6293959d4');
INSERT INTO "event" VALUES(332,'2026-11-30 02:15:53.000000',NULL,'deal',2,'loaded',NULL,'cancelled_by_client','{}','b85867a8a1a641a80d0486d4057c73efe57b9095be079c2b766d42b6293959d4','7919b7c1ef3f0f1eda54eb19c962ec1d24e0ff1c75a5f4f622b06cdb7aaa0c70');
INSERT INTO "event" VALUES(333,'2026-11-30 02:15:53.000000',NULL,'deal',3,'loaded',NULL,'lost','{}','7919b7c1ef3f0f1eda54eb19c962ec1d24e0ff1c75a5f4f622b06cdb7aaa0c70','adce4008e914e059f895d639972298c789ed8a5650424ff164c0efb291ad41ac');
INSERT INTO "event" VALUES(334,'2026-11-30 02:15:53.000000',NULL,'deal',4,'loaded',NULL,'cancellation_requested','{}','adce4008e914e059f895d639972298c789ed8a5650424ff164c0efb291ad41ac','da0c28f6b8b9fbe3d33ef0e820d4a60285e7917e7ee5202b5e3b6bcf89b2651b');
INSERT INTO "event" VALUES(335,'2026-11-30 02:15:53.000000',NULL,'deal',5,'loaded',NULL,'on_hold','{}','da0c28f6b8b9fbe3d33ef0e820d4a60285e7917e7ee5202b5e3b6bcf89b2651b','05561c080ea1d677852fefb608053d56a92e4b1ce061fbb4ef2d6f593004e517');
INSERT INTO "event" VALUES(336,'2026-11-30 02:15:53.000000',NULL,'deal',6,'loaded',NULL,'cancellation_requested','{}','05561c080ea1d677852fefb608053d56a92e4b1ce061fbb4ef2d6f593004e517','450ab7898ea86781be86c3c9fc4c9893749608ae511ff292315a43c6d7e13517');
INSERT INTO "event" VALUES(337,'2026-11-30 02:15:53.000000',NULL,'deal',7,'loaded',NULL,'won','{}','450ab7898ea86781be86c3c9fc4c9893749608ae511ff292315a43c6d7e13517','baccb8f97c73fd2c942d091fcf88782b63df135c9fd02409bb464487b20f7380');
INSERT INTO "event" VALUES(338,'2026-11-30 02:15:53.000000',NULL,'deal',8,'loaded',NULL,'active','{}','baccb8f97c73fd2c942d091fcf88782b63df135c9fd02409bb464487b20f7380','308d2ca1b2b9e31de9fef8a2aeca1ed6482e014d9d6ecadba4eda0bc612f1f88');
INSERT INTO "event" VALUES(339,'2026-11-30 02:15:53.000000',NULL,'deal',9,'loaded',NULL,'on_hold','{}','308d2ca1b2b9e31de9fef8a2aeca1ed6482e014d9d6ecadba4eda0bc612f1f88','6083d60fc1b8b8bd1c492f0dbcf1daf219c0d78d6c2532959cc984548782625a');
INSERT INTO "event" VALUES(340,'2026-11-30 02:15:53.000000',NULL,'deal',10,'loaded',NULL,'active','{}','6083d60fc1b8b8bd1c492f0dbcf1daf219c0d78d6c2532959cc984548782625a','78b2941af49917a96111c91d3db740f44a5318d8db818288ed4e24771362bdcd');
INSERT INTO "event" VALUES(341,'2026-11-30 02:15:53.000000',NULL,'deal',11,'loaded',NULL,'active','{}','78b2941af49917a96111c91d3db740f44a5318d8db818288ed4e24771362bdcd','71daf6cd3338f10d213413cc95191a1209e62949cb3c9fe1081696e2dd0ad642');
INSERT INTO "event" VALUES(342,'2026-11-30 02:15:53.000000',NULL,'deal',12,'loaded',NULL,'active','{}','71daf6cd3338f10d213413cc95191a1209e62949cb3c9fe1081696e2dd0ad642','d85a19e028b2f6a00f4a3fb8a70676e198cc51ee4bffc72aa0c9796137fad498');
INSERT INTO "event" VALUES(343,'2026-11-26 14:00:00.000000',18,'user',13,'deactivate',NULL,NULL,'{}','d85a19e028b2f6a00f4a3fb8a70676e198cc51ee4bffc72aa0c9796137fad498','ab46a4b9cab9b710b5085d3ca97577e850d06dee9b94317dada30cfe0d24c9a8');
INSERT INTO "event" VALUES(344,'2026-11-26 02:15:53.000000',3,'user',9,'away',NULL,NULL,'{"absence": 1, "ends_on": "2026-12-05", "starts_on": "2026-11-26"}','ab46a4b9cab9b710b5085d3ca97577e850d06dee9b94317dada30cfe0d24c9a8','fe55e58e384327d66000a7e48f30c0231996123f48b40fd16b195558e27b2f33');
INSERT INTO "event" VALUES(345,'2026-11-30 02:15:53.000000',2,'user',6,'restrict',NULL,NULL,'{"ends_on": "2026-12-13", "stage": 12, "starts_on": "2026-11-29"}','fe55e58e384327d66000a7e48f30c0231996123f48b40fd16b195558e27b2f33','527c9423f73c84941bf1a4fa674e9755c0cf78c155df8330d85e191999fff70b');
INSERT INTO "business_hours" VALUES(0,'09:00','18:00');
INSERT INTO "business_hours" VALUES(1,'09:00','18:00');
INSERT INTO "business_hours" VALUES(2,'09:00','18:00');
INSERT INTO "business_hours" VALUES(3,'09:00','18:00');
INSERT INTO "business_hours" VALUES(4,'09:00','18:00');
INSERT INTO "business_hours" VALUES(5,'10:00','16:00');
INSERT INTO "business_hours" VALUES(6,NULL,NULL);
INSERT INTO "review_terms" VALUES(1,60,1);
INSERT INTO "cancellation_request" VALUES(1,1,'retained','2026-04-09 16:58:46.000000','won',5,'2026-04-07 18:05:05.000000','in_person','Needs the CX-5 before the move, and it is still in transit.','Waited long for the carrier''s answer.','calm','“Every call brings another date.”','2024 Mazda CX-5 Carbon Edition · $28,500 · agreed 31 Mar 2026',18,23,3,'2026-04-07 19:05:05.000000',NULL,'2026-04-07 18:54:18.000000',NULL,' activities emails recordings ','2026-04-07 18:54:18.000000',21,0,'The lease ends next month and a rental would cost them twice.','To be told before they have to ask.','delivery','Does not trust dates any more; nobody called when it moved.','fear',1,1,'Confirmed carrier slot, with a written update every Friday.','',NULL,NULL,NULL,NULL,'2026-04-09 16:58:46.000000',3,6);
INSERT INTO "cancellation_request" VALUES(2,1,'cancelled','2026-04-21 15:46:22.000000','won',5,'2026-04-21 13:25:25.000000','email','The father needs care at home; everything else has to wait.','None.','worried','“Life has other plans.”','2024 Mazda CX-5 Carbon Edition · $28,500 · agreed 31 Mar 2026',27,29,3,'2026-04-21 15:00:00.000000',NULL,'2026-04-21 14:14:38.000000',NULL,' activities emails recordings ','2026-04-21 14:14:38.000000',30,0,'Everything changed within two weeks.','Understanding, and a clear answer on what happens next.','life','Afraid to decide anything at all just now.','fear',1,0,'','Committed to cancelling: leaves the country. We parted as friends.',200000,0,0,NULL,'2026-04-21 15:46:22.000000',3,4);
INSERT INTO "cancellation_request" VALUES(3,2,'cancelled','2026-05-29 13:58:46.000000','won',13,'2026-05-27 19:02:14.000000','in_person','Needs the V60 Cross Country before the move, and it is still in transit.','Asked three times where the V60 Cross Country is.','disappointed','“My lease ends and I stand there without a car.”','2027 Volvo V60 Cross Country Ultra · $60,900 · agreed 19 May 2026',53,55,3,'2026-05-27 20:02:14.000000',NULL,'2026-05-27 19:30:30.000000',NULL,' activities emails recordings ','2026-05-27 19:30:30.000000',56,0,'Shares one car with the partner since the old one was sold.','A date that the carrier stands behind, or a car that is there.','delivery','Afraid to end up with no car at all. The V60 Cross Country itself is still the one.',NULL,1,0,'','Bought a car from a neighbour meanwhile. No way to save it.',500000,0,0,NULL,'2026-05-29 13:58:46.000000',3,4);
INSERT INTO "cancellation_request" VALUES(4,5,'withdrawn','2026-11-13 20:17:29.000000','on_hold',6,'2026-11-12 15:05:05.000000','in_person','The father needs care at home; everything else has to wait.','None.','calm','“Life has other plans.”','1965 Jaguar E-Type Roadster · $192,900',143,144,2,'2026-11-12 16:05:05.000000',NULL,NULL,NULL,'',NULL,NULL,0,'','',NULL,'',NULL,NULL,NULL,'','',NULL,NULL,NULL,'client','2026-11-13 20:17:29.000000',2,3);
INSERT INTO "cancellation_request" VALUES(5,4,'contacted','2026-11-27 17:59:23.000000','won',7,'2026-11-23 19:21:57.000000','phone','Won a GLC 300 in a raffle, of all things.','None.','confused','“You won''t believe this.”','2023 Audi Q5 Prestige · $41,500 · agreed 5 Nov 2026',179,207,2,'2026-11-23 20:21:57.000000',NULL,'2026-11-23 20:51:27.000000','2026-11-27 17:30:00.000000',' activities emails recordings ','2026-11-27 17:59:23.000000',NULL,1,'Not reached','','not_reached','',NULL,NULL,NULL,'','',NULL,NULL,NULL,NULL,NULL,NULL,6);
INSERT INTO "cancellation_request" VALUES(6,6,'declined','2026-11-27 19:50:50.000000','won',4,'2026-11-25 17:37:49.000000','phone','Slept badly and thinks it was too fast.','None; was delighted two days ago.','confused','“Maybe it is all a bit much.”','2017 Honda Ridgeline RTL · $11,500 · agreed 16 Nov 2026',190,210,2,'2026-11-25 18:37:49.000000',NULL,'2026-11-25 19:13:01.000000',NULL,' activities emails recordings ','2026-11-25 19:13:01.000000',193,0,'Signed on Friday, told the family on Sunday, got questions.','To talk it through without being talked into it.','remorse','They had agreed at home to wait until the autumn, and keep to it.','legitimate',0,1,'','',NULL,NULL,NULL,NULL,NULL,NULL,6);
INSERT INTO "cancellation_request" VALUES(7,10,'retained','2026-11-26 15:31:07.000000','on_hold',7,'2026-11-25 19:28:16.000000','phone','Separated; the money is needed for a second flat.','None known before this.','calm','“It is the right car at the wrong time.”','2022 Ford Maverick XLT',194,196,2,'2026-11-25 20:28:16.000000',NULL,'2026-11-25 19:56:32.000000',NULL,' activities emails recordings ','2026-11-25 19:56:32.000000',197,0,'Has a list of twenty things to settle and the car is one of them.','Understanding, and a clear answer on what happens next.','life','Needs seven seats from the summer on.',NULL,NULL,NULL,'Waiting a month, with a date to talk.','',NULL,NULL,NULL,NULL,'2026-11-26 15:31:07.000000',2,4);
INSERT INTO "evidence_gap" VALUES(2,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(4,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(6,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(10,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(12,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(14,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(16,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(21,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(24,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(27,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(30,'Older than our recordings.',3,'2026-04-21 15:43:31.000000');
INSERT INTO "evidence_gap" VALUES(33,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(35,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(37,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(39,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(41,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(43,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(45,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(47,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(49,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "evidence_gap" VALUES(52,'Older than our recordings.',3,'2026-05-29 13:55:55.000000');
INSERT INTO "retention_plan" VALUES(1,1,'Call Ágnes today. Listen first, then put the offers in this order.','Only what is written here. If they ask for more, bring it to me.',15,'2026-04-09 17:30:00.000000',3,'2026-04-07 20:22:34.000000','2026-04-09 16:58:46.000000','kept','',2);
INSERT INTO "retention_plan" VALUES(2,6,'Call Jianguo today. Listen first, then put the offers in this order.','Only what is written here. If they ask for more, bring it to me.',14,'2026-11-27 20:30:00.000000',2,'2026-11-25 22:48:36.000000','2026-11-27 19:50:50.000000','declined','Thanked us, but stays with the decision.',2);
INSERT INTO "offer" VALUES(1,1,'eta','Confirmed carrier slot, with a written update every Friday',NULL,'Only the slot that the carrier has confirmed in writing','2026-04-10 22:00:00.000000',3,'2026-04-07 20:22:34.000000',NULL);
INSERT INTO "offer" VALUES(2,1,'other','A loan car until the CX-5 is here, up to four weeks',NULL,'Insurance is theirs; at most 1,500 miles','2026-04-13 22:00:00.000000',3,'2026-04-07 20:22:34.000000',NULL);
INSERT INTO "offer" VALUES(3,2,'other','A call with the inspector who checked the car, both partners on the line',NULL,'One call','2026-12-02 23:00:00.000000',2,'2026-11-25 22:48:36.000000',NULL);
INSERT INTO "offer" VALUES(4,2,'price','$750 off the agreed price',75000,'Only after the call with both','2026-12-02 23:00:00.000000',2,'2026-11-25 22:48:36.000000',NULL);
INSERT INTO "presentation" VALUES(1,1,24,15,'2026-04-08 21:10:10.000000','accepted','Yes, that helps. Wants to go on.','2026-04-08 21:10:10.000000');
INSERT INTO "presentation" VALUES(2,3,203,14,'2026-11-26 19:22:34.000000','declined','No, that does not change it.','2026-11-26 19:22:34.000000');
INSERT INTO "commitment" VALUES(1,1,'other','Hand over the loan car, full tank',26,3,'2026-04-09 16:58:46.000000');
INSERT INTO "playbook_answer" VALUES(1,1,'empathise','Told of the time I cancelled a kitchen. They laughed, the tone changed.',NULL,3,'2026-04-07 18:56:32.000000',1);
INSERT INTO "playbook_answer" VALUES(2,1,'diagnose','What would happen if they owned it? A long silence, then: the first bill.',NULL,3,'2026-04-07 18:56:32.000000',1);
INSERT INTO "playbook_answer" VALUES(3,1,'mission','“It was never about the paint,” they said.',NULL,15,'2026-04-08 21:16:52.000000',1);
INSERT INTO "playbook_answer" VALUES(4,1,'future','The first trip would be to the lake, with the windows down.',NULL,15,'2026-04-08 21:16:52.000000',1);
INSERT INTO "playbook_answer" VALUES(5,1,'agreement','Asked plainly. A clear yes.',NULL,15,'2026-04-08 21:16:52.000000',1);
INSERT INTO "playbook_answer" VALUES(6,2,'empathise','Told of the time I cancelled a kitchen. They laughed, the tone changed.',NULL,3,'2026-04-21 14:16:52.000000',1);
INSERT INTO "playbook_answer" VALUES(7,2,'diagnose','What would happen if they owned it? A long silence, then: the first bill.',NULL,3,'2026-04-21 14:16:52.000000',1);
INSERT INTO "playbook_answer" VALUES(8,2,'social_proof','Told of another client in the same spot. Asked three questions about it.',NULL,3,'2026-04-21 14:16:52.000000',1);
INSERT INTO "playbook_answer" VALUES(9,6,'diagnose','Asked what would have to change. Nothing that we could change.',NULL,14,'2026-11-26 19:28:16.000000',1);
INSERT INTO "playbook_answer" VALUES(10,6,'mission','“It was never about the paint,” they said.',NULL,14,'2026-11-26 19:28:16.000000',1);
INSERT INTO "playbook_answer" VALUES(11,6,'future','Pictures the school run without the warning light.',NULL,14,'2026-11-26 19:28:16.000000',1);
INSERT INTO "script" VALUES(1,'request_acknowledge','request_acknowledge','agent','say','The customer wants to cancel','I understand you’d like to cancel your order. We do have a formal process for that so a manager can review everything and make sure it’s handled properly.','Cancellation SOP, step 1',10,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(2,'request_process','request_process','agent','say','Explain the process','I’ll note your cancellation request and submit it to my manager. They’ll review your file and contact you to go over next steps and options. I can’t confirm any refund or timeline right now — that’s handled by management according to our policies and your agreement.','Cancellation SOP, step 2',20,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(3,'request_noting','request_noting','agent','say','While noting the reason','I’m just noting the reason for my manager so they understand exactly what’s going on and can help you properly.','Cancellation SOP, step 3',30,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(4,'inbound_cancel_my_order','inbound_cancel_my_order','agent','say','A. “Cancel my order”','I understand you’d like to cancel. We have a formal process so a manager can review your order and make sure everything is handled properly. I’ll document your request and the reason, and my manager will contact you directly to go over next steps.','Cancellation SOP, script A',40,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(5,'inbound_deposit','inbound_deposit','agent','say','B. About the deposit','I can’t confirm any refund details on this call. Refunds and cancellations are reviewed by management according to our policies and the agreement you signed. The manager will go over that with you.','Cancellation SOP, script B',50,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(6,'inbound_closing','inbound_closing','agent','say','C. Closing the call','Thanks for explaining everything. I’ve added your cancellation request and the details for my manager. They’ll review your file and reach out to you directly with options and next steps.','Cancellation SOP, script C',60,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(7,'never_guaranteed_refundable','never_say','agent','never','No guarantee of the deposit','Your deposit is guaranteed refundable.','Cancellation SOP, step 2',70,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(8,'never_refund_everything','never_say','agent','never','No promise of a refund','We’ll definitely refund everything.','Cancellation SOP, step 2',80,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(9,'never_cancel_right_away','never_say','agent','never','No cancelling on the spot','We’ll cancel it right away and send the refund today.','Cancellation SOP, step 2',90,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(10,'manager_first_contact','manager_first_contact','manager','say','The manager’s first contact','Hi {first_name}, I’m {manager} from CarManana. I saw your request to cancel your order and I want to personally review everything with you and see what’s possible before we finalize anything.','Cancellation SOP, step 5',100,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(11,'manager_first_email','manager_first_email','manager','say','By email, when the call did not reach','Hi {first_name}, I’m {manager} from CarManana. I tried to call you today about your request to cancel your order. I want to personally review everything with you and see what’s possible before we finalize anything. When is a good time to call, and which number is best?','Cancellation SOP, step 5',110,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(12,'manager_listening','manager_listening','manager','say','Confirm the facts, hear the real reason','I have read the notes on your {vehicle}. Before I say anything, I’d like to hear it from you: what happened, and what would you want from us now?','Cancellation SOP, step 5',120,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(13,'retention_opening','retention_opening','retention','say','The retention team’s opening','Hi {first_name}, I’m {me} from CarManana. {manager} told me what you talked about and asked me to go through what we can do. May I tell you what is approved for your {vehicle}?','Cancellation SOP, step 6',130,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(14,'retention_beyond','retention_beyond','retention','say','They ask for something else','Thank you for telling me what it would take. I can’t offer more than what is approved, but I’ll write down exactly what you asked for and bring it to {manager}, who decides.','Cancellation SOP, step 6',140,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(15,'playbook_empathise','playbook_empathise','retention','say','Their tough spot comes first','Thank you for telling me, {first_name}. I’ve been close to cancelling something big myself, and I remember how it kept me awake. I’m not here to argue; I’d like to understand.','Saving a sale, step 1',150,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(16,'playbook_diagnose','playbook_diagnose','retention','say','The reason behind the reason','What are you imagining going wrong if you owned it?','Saving a sale, step 2',160,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(17,'playbook_diagnose_deeper','playbook_diagnose','retention','say','Is it the thing they named?','If that were solved today, would you want the {vehicle}, or is there something else underneath?','Saving a sale, step 2',170,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(18,'playbook_mission','playbook_mission','retention','say','Why they wanted it','When you ordered, you told {agent} why it mattered: {mission}. How is that today? What has it been like without the {vehicle}?','Saving a sale, step 3',180,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(19,'playbook_social_proof','playbook_social_proof','retention','say','A true story of somebody like them','May I tell you about another customer who stood where you stand now, and who stayed? It is a true story, and they let us tell it.','Saving a sale, step 4',190,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(20,'playbook_future','playbook_future','retention','say','Back to the future','Picture a morning in six months, with the {vehicle} outside. What specifically is better than it is now?','Saving a sale, step 5',200,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(21,'playbook_agreement','playbook_agreement','retention','say','Gain agreement','Let’s stay on track and get this car for you, okay?','Saving a sale, step 6',210,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "script" VALUES(22,'playbook_call','playbook_call','retention','say','From the email to a call','Thank you for writing, {first_name}. This matters too much for email. May I call you for ten minutes today, or is tomorrow better?','Saving a sale',220,1,'approved',NULL,NULL,'2026-11-30 02:15:53.148000','2026-11-30 02:15:53.148000',1);
INSERT INTO "word_list" VALUES(1,'not','not
no
never
nobody
nothing
none
neither
nor
non
without
unable
hardly
instead of
rather than','Denials. What follows one is no promise.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(2,'not_really','not worry
not have to worry
not need to worry
not be worried
not stress
not panic
not sweat
not fret
not be nervous
not be afraid
not a problem
not an issue
not be an issue
not be a problem
not be any problem
not be any issue
not be a big deal
not a big deal
not only
not kidding
not joking
not lying
not exaggerating
not just
not to worry
not to mention
not wait to
not hesitate
not later than
no later than
no problem*
no worries
no worry
no stress
no sweat
no doubt
no question
no questions
no need to worry
no matter
no strings
no hassle
no fuss
no issue
no issues
no drama
no biggie
no ifs
no catch
no reason to worry
nothing to worry
nothing to be
nothing to stress
nothing to fear
never fear
never mind
without a doubt
without doubt
without question
without any question
without fail
without any hassle
without a hassle
without any problem
without any issue','Denials that deny nothing: “don''t worry”.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(3,'stops','about !(a|an|#|one|half)
regarding
concerning
whether
if
explain*
review*
decid*
decision
discuss*
question*
ask
asks
asked
asking
answer*
clarif*
look into
go over
going over
goes over
went over
go through
talk*
speak*
update* !(to your card)
news
information
info
receipt*
invoice*
confirmation*
request*
wants
wanted
appointment*
test drive*
meeting*
viewing*
inspection*
loaner
rental
policy
policies
unless
until
options
option
expect*
why
how
what','Words that the dots in a phrase never step over: after them it is about something else.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(4,'matter','request*
question*
polic*
detail*
amount*
date*
process !(is|was|will)
inquir*
enquir*
matter*
topic
side
terms
rules
conditions
form
forms
option*
decision*
discussion*
information
or
if
while
team
department
clause
conversation
reason*
review
file
the difference
the shipping difference
the price difference
the freight difference
the tax difference
the delivery difference','A refund request, question or policy is no refund.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(5,'refund','refund !<matter>
refunds !<matter>
re fund
reimbursement* !<matter>
chargeback
money back
cash back
deposit back
payment back
payments back
funds back
refund check
refund payment','A refund, by any of its names.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(6,'refunding','refund !<matter>
refunding
reimburse
reimbursing
repay
repaying
pay you back
pay it back
pay it all back
pay everything back
paying you back
paying it back
give it back
give it all back
give you back
send it back to you
send it all back
wire it back
wire you back
wire you the full
credit it back
credit you back
credit your card
credit your account
credit back
hand it back
hand it all back
put it back on your card
put it all back
put it right back
put the charge back
reverse the charge
reverse the payment
reverse it on your card
reverse the charges
make you whole
compensate you
compensating you','To refund, in the active voice.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(7,'refunded','refunded
reimbursed
repaid
returned
released to you
credited back
credited to your card
credited to your account
sent back
paid back
given back
handed back
released
wired back
transferred back
put back
reversed
back to you
back with you
back in your
back on your
back into your
back in the
coming back
come back
comes back
going back to you
go back to you
goes back to you
goes right back
go right back
yours again
coming straight back
on its way back
heading back','What becomes of the money once it is refunded.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(8,'issued','issued
sent
send out
sent out
processed
approved
released
paid
paid out
wired
transferred
completed
complete
done
initiated
going out
going through
go out
go through
goes out
goes through
gone out
gone through
coming
come
comes
comes through
hit
hits
hitting
land
lands
arrive
arrives
arriving
show up
shows up
post
posts
posted
clear
clears
available
ready
yours
on its way
on the way
on your card
on your account
in your account
in the mail
in the works
in process
in progress
underway
under way
taken care of
handled
all set
sorted
sorted out
credited
deposited
made
no problem
automatic
a sure thing
a done deal
a given
happening
happen
in your hands
confirmed
granted
not a problem
not an issue
not a big deal','What is said of a refund that is promised.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(9,'money','deposit*
down payment*
downpayment*
money
funds
payment
payments
cash
holding fee
reservation fee
every cent
every penny
every dollar
every dime
every last cent
every last penny
every last dollar
every single cent
every single penny
each cent
full amount
whole amount
entire amount
full sum
whole sum
the lot
# grand
# dollars
# bucks
# thousand
thousand dollars
hundred dollars','What the customer has paid.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(10,'their_money','your deposit*
your down payment*
your downpayment*
your money
your funds
your payment
your payments
your cash
your holding fee
your reservation fee
your full deposit
your whole deposit
your entire deposit
your full payment
your full amount
the full deposit
the whole deposit
the entire deposit
the deposit
the money
the down payment
that deposit
that money
that payment
his deposit
her deposit
their deposit
everything you paid
everything you have paid
everything you put
all you paid
what you paid
what you have paid
what you put down
all your money
all of your money
all of it
it all
all the money
all that money
the full amount
the whole amount
the entire amount
the full sum
every cent
every penny
every dollar
every dime
every last cent
every last penny
every last dollar
every single cent
every single penny
100% of it
100% of your
the # deposit
your # deposit
your #
the $*
what you gave us
what you put in
everything you put in
your grand
the whole sum
your bucks
all #
that thousand
the thousand
that grand
the grand
that hundred
this money
this deposit
that sum
that cash','Wordings that mean the customer''s own money.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(11,'will','will
shall
going to
about to
can
are
am
is
let me
let us
happy to
glad to
ready to','What is going to be. “Can” is as good as a promise.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(12,'surely','definitely
certainly
absolutely
surely
gladly
happily
personally
just
simply
also
fully
then
all
immediately
instantly
promptly
quickly
right
now
always
of course
for sure
for certain
gonna
totally
completely
obviously
naturally
still
even
automatically
probably
likely
go ahead and
gone ahead and
went ahead and
be happy to
be glad to
be able to
make sure to
make sure they
make sure we
both
officially
already
soon
now be
today
no problem
no doubt
without question
without a doubt
most likely
100%
be
get to
try to
have to','Words that stand beside a promise.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(13,'guarantee','guarantee
guarantees
guaranteed
guaranteeing
promise
promises
promised
promising
assure
assured
assuring
swear
ensure
ensuring
vouch
rest assured
count on
bank on
my word
you bet
make sure
making sure
see to it
be sure
trust me
believe me
for certain
commit','Giving one''s word.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(14,'when','today
tonight
tomorrow
immediately
instantly
instantaneously
overnight
asap
eod
eow
right away
right now
straight away
right after
at once
on the spot
same day
monday
tuesday
wednesday
thursday
friday
saturday
sunday
the weekend
this morning
this afternoon
this evening
this week
this month
next week
next month
next business
next day
first thing
end of day
end of the day
end of week
end of the week
end of the month
end of next
the end of
end of business
close of business
# hour*
# day*
# business
# working
# week*
# month*
# minute*
24h
48h
72h
# to #
one day
# days
one week
# weeks
four weeks
a day
a week
a month
an hour
a few days
a few hours
a few minutes
a few business
a couple of
a couple days
couple of days
couple days
one business
four business
one to
# to
couple of hours
# hours
24 hours
within the hour
within the day
within the week
within days
within hours
in no time
in minutes
in seconds
january
february
march #
# march
# may
may #
april
june
july
august
september
october
november
december
the 1st
the 2nd
the 3rd
the 15th
the 20th
the 30th
shortly
soon
quickly
pronto
this very
before the
by then
by noon
by lunch*
by the time','When something is to be.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(15,'order','order
orders
deal
purchase
contract
agreement
sale
transaction
paperwork
it
that
this
everything
vehicle
car
truck
suv
whole thing
reservation','What would be cancelled.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(16,'other_things','appointment*
test drive*
meeting*
call
calls
reminder*
viewing*
inspection*
insurance
subscription
loaner
rental
booking
visit
delivery slot
transport
pickup
pick up
other quote
quote
quotation
zoom
tour
slot
invoice
alert*
notification*
newsletter
policy
membership
flight
hotel
ride
event
detailing
oil change
credit application
transfer','What anybody may cancel or close.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(17,'cancelled','cancelled
voided
void
null
nullified
scrapped
killed
terminated
undone
torn up
ripped up
called off
closed out
off the books
out of the system
dead
history
pulled
withdrawn
unwound
reversed
wiped
rescinded','Cancelled, by any of its names.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(18,'cancelling','cancel
cancelling
void
voiding
scrap
scrapping
kill
killing
terminate
terminating
undo
undoing
tear up
tearing up
rip up
ripping up
call off
calling off
close out
closing out
unwind
unwinding
rescind
rescinding','To cancel, in the active voice.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(19,'cancellation','cancellation !<matter>
cancellations !<matter>','A cancellation; a cancellation request is none yet.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(20,'management','management
manager
managers
supervisor
boss
they
he
she
retention team
head office
the office
somebody else','Who decides.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(21,'handles','review*
explain*
go over
goes over
go through
walk you through
walks you through
discuss*
decid*
look at
looks at
look into
handle*
call
calls
contact*
reach out
reaches out
talk
speak
answer*
assess*
consider*
evaluate*
confirm*
tell
tells
let you know
clarif*
be in touch
get in touch
get back to
follow up
give you
see what
determin*
cover
covers
advise*
respond*
have to
has to
need to
needs to
must','What a manager does with a request: no promise.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(22,'colleague','dealer
dealership
dealers
manager
management
boss
colleague
coworker
co worker
teammate
salesperson
salesman
rep
finance guy
finance
finance department
finance team
accounting
service department
service team
service guys
office
back office
previous agent
last agent
other agent
transport company
transporter
shipping company
auction
logistics team
logistics','People and places one could blame.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(23,'account','account
card
bank
statement
checking
credit card
debit card
bank account
bank statement
card statement
checking account
visa
mastercard
amex
pocket
wallet','Where a customer''s money would arrive.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(24,'loses','lose
loses
lost
losing
has lost
has ever lost
ever lost
ever loses
here loses
here lost
here has lost
forfeit
forfeits
forfeited
is going to lose
is going to keep
will lose
will keep
will take
keeps your
takes your
touches your','What would become of a deposit that is not given back.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(25,'offer_price','off !(the road|the lot|the truck|the ship|the phone|limits|to|work|for)
discount*
rebate*
price break
price cut
price match
match the price
match their
match his
match that
match any
match the
match it
beat the price
beat their
beat that
beat any
reduce the price
reduce your
reduce it
reduced
lower the price
lower your
lower it
lower price
lower payment*
lower rate
drop the price
drop your
bring the price
bring it down
come down !(to the|here|and)
coming down
knock
shave
slash
cut the price
cheaper
better price
better deal
better rate
special price
best price
sweeten
save you
saves you
you save
savings
half price
half off
store credit
compensat*
goodwill
concession*
make it worth','A price that comes down. While an order is being saved, only with an approved amount.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(26,'offer_gift','free !(to|of the|on|at|tomorrow|today|this|next|for a|around|after|before|monday|tuesday|wednesday|thursday|friday|saturday|sunday|when|all day|if|now|then|$)
for free
free of charge
free $
no charge
no cost
no extra cost
no additional cost
without charge
without extra cost
at our expense
our treat
complimentary
on us
on the house
on me
throw in
throwing in
thrown in
throw you
throw that
gift*
bonus*
perk*
waive*
waiving
upgrade*
upgrading
cover the cost*
cover your
cover the shipping
cover the delivery
cover the transport
pay for your
pay for the
take care of the cost*
absorb
pick up the tab
pick up the cost
extended warranty
extend the warranty
extend your warranty
extra warranty
longer warranty
more warranty
loan car
loaner
rental car
courtesy car
voucher*
gas card
expedite*
priority delivery
deliver it sooner
deliver sooner
top of the list
front of the line
put you in a
put you into
move you into
move you up
swap you
switch you
offer you
can offer
could offer
make an exception
special exception','Something thrown in. While an order is being saved, only what the approved terms name.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(27,'offer_more','on top of that
on top of it
on top of the
another # !(miles|minutes|minute|hours|days|day|weeks|options|photos|pictures)
extra # !(miles|minutes|days|photos|pictures)
additional # !(miles|minutes|days|photos|pictures)','More than what was approved.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "word_list" VALUES(28,'no_offer','day off
days off
time off
week off
drop off
dropped off
drops off
dropping off
better off
well off
sign off
signed off
signs off
kick off
start off
cut off
put off
hold off
call off
called off
take off
feel free
toll free
hands free
stress free
hassle free
accident free
rust free
free time
free minute
free moment
free hour
free slot
are you free
you are free
i am free
is free then
be free
found it cheaper
found one cheaper
found a cheaper
find it cheaper
found a better
find a better
better price elsewhere
better deal elsewhere
match the agreement
match the invoice
match the order
match that date
match that description
match the vin
match the photos
reduced hours
nothing to offer
on us to
depends on us
based on us
called on us
rely on us
count on us
on me to','Wordings that only sound like an offer.',NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(1,'refund_promise','<will> [<surely>] [<surely>] <refunding>','We’ll definitely refund everything.','The manager will explain how refunds work.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(2,'refund_promise','<will> [<surely>] [<surely>] (return|release|reimburse|repay|refund|reverse|credit) .. <their_money> !(toward*|to the new|receipt|invoice)','I will return your deposit.','We will credit your deposit toward the new order.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(3,'refund_promise','(<will>|i have|we have|to|and) [<surely>] [<surely>] (send|give|get|getting|pay|wire|put|hand|bring|have|transfer|see|mail|cut|process) .. (<their_money>|<money>|you everything|everything|you a check|a check) .. back','Let me get you your money back.','I will get your deposit recorded and come to you tomorrow.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(4,'refund_promise','<will> [<surely>] [<surely>] (send|give|get|pay|wire|put|hand|transfer|mail) [you] back ... (<their_money>|<money>|everything|it all)','We''ll send you back every dollar.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(5,'refund_promise','<will> [<surely>] .. (send|give|get|process|issue|push|submit|release|arrange|start|initiate|do|approve|grant|expedite|cut|make|put|sort|secure|handle|authorize|honor|wire|mail|offer|rush|hurry|speed up|fast track|run|trigger|file|organize|okay|back) ... <refund>','I''ll process your refund.','I''ll submit your refund request to my manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(6,'refund_promise','(issuing|processing|sending|starting|initiating|approving|authorizing|rushing|wiring|expediting|arranging|releasing|doing|cutting|pushing|granting|triggering|running) ... <refund>','We are processing your refund.','Processing a refund request is the manager''s work.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(7,'refund_promise','(have|just|already|had) [<surely>] [<surely>] (refunded|issued|sent|processed|approved|submitted|arranged|started|initiated|released|reimbursed|returned|credited|reversed|put|pushed|requested|cleared|secured) ... (<refund>|<their_money>|you !(the|a|an|your|some|#|two|three|several))','I''ve sent the refund, it''s on its way.','I have sent you the inspection report.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(8,'refund_promise','you [<will>] [<surely>] [<surely>] (get|have|receive|see|got|getting|receiving|gets|keep|expect|are due|are owed|recover|collect) ... <refund>','You''ll have your money back by Friday.','You will get an answer about your refund from the manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(9,'refund_promise','you [<will>] [<surely>] [<surely>] (get|have|receive|see|got|getting|receiving|recover|collect) ... (<their_money>|<money>|everything|all of that|it all|what you paid|100%|full amount) ... back','You get every penny back.','You will get a call back.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(10,'refund_promise','you [<will>] [<surely>] [<surely>] (get|have|receive|see|got|getting) [<surely>] back ... (<their_money>|<money>|everything|it all|all of)','You''ll get back everything you paid.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(11,'refund_promise','near (deposit*|money|refund*|payment*|cancel*) : (you|we) [<will>] [<surely>] [<surely>] (get|have|receive|see|send|give|pay|wire|put|return|release) [you] (it|that|this|them|those|everything|it all|all of it|the lot) [all|right|straight] back','About your deposit: you''ll get it back.','We will get it back to the shop for the paint.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(12,'refund_promise','(get|see|have|want) (your money|your deposit|your cash|your funds|your payment|it all|everything|every penny|every cent|every dollar) back (fast|quick*|today|tomorrow|soon|right|immediately|in full|to you|for you|no|100%|guaranteed|without|before|by|asap|within|in)','Let''s get your money back to you.','I understand that you want your money back.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(13,'refund_promise','(get|have|see|getting|make) you [<surely>] [<surely>] (refunded|reimbursed|paid back|made whole|repaid|your money|your deposit back)','I''ll get you refunded.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(14,'refund_promise','you [<will>|have] [<surely>] [<surely>] [be|been|being|get|getting] [<surely>] (refunded|reimbursed|paid back|made whole|repaid|credited back)','You will be refunded in full.','You will not be refunded before the manager has decided.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(15,'refund_promise','<refund> .. (will|shall|is|are|has been|have been|going to|can|gets|get|got|always|would|should|has|have) [<surely>] [<surely>] [be|been|being|get|gets] [<surely>] <issued>','Your refund will be issued shortly.','Your refund request is with my manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(16,'refund_promise','<refund> (goes|comes|hits|lands|arrives|posts|shows|clears|going|coming|issued|approved|processed|guaranteed|sent) [<surely>] [<surely>] [out|through|up|in|back|to you|on your|in your|straight]','The refund goes out as soon as I hang up.','How a refund goes is for the manager to explain.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(17,'refund_promise','(<their_money>|<money>) .. (will|is|are|gets|get|shall|going to|has been|have been|can|just) [<surely>] [<surely>] [be|been|being|get|gets|getting] [<surely>] [<surely>] <refunded>','The money will be returned to your card.','The deposit is the part of the price you pay first.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(18,'refund_promise','(<their_money>|<money>) [<surely>] [<surely>] (comes|goes|coming|going|heading) [<surely>] [straight] (back|right back|straight back|to you again)','Don''t worry, the deposit comes back.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(19,'refund_promise','(entitled to|owed|due|good for|eligible for|qualify for|approved for|down for|guaranteed) ... <refund>','You are entitled to your money back.','Whether you are entitled to a refund is for the manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(20,'refund_promise','(full|complete|total|entire|100%|instant|immediate|same day|guaranteed|automatic|quick|prompt|no questions asked) (refund|reimbursement) !<matter>','There''s a full refund for you.','I can''t promise a full refund.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(21,'refund_promise','<refund> .. (is yes|is a yes|in full|100%|guaranteed|no problem|no questions|for sure|no question|without question|no doubt|automatically|no strings)','Money back, no questions asked.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(22,'refund_promise','<guarantee> [you] [that] ... (<refund>|refunded|<their_money> .. back|reimburse*|everything .. back)','I promise you a refund.','I''ll make sure your refund request reaches my manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(23,'refund_promise','(<refund>|refunded|refunds) .. (guarantee*|promised|assured|certain|a sure thing|a given|a done deal|no brainer|a formality|just a formality|automatic)','The refund is a formality.','A refund is not guaranteed.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(24,'refund_promise','consider (<their_money>|<money>) [<surely>] [<surely>] (back|returned|refunded|yours)','Consider the money already back in your account.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(25,'refund_promise','(make|makes|get|getting|have) you whole','We''ll make you whole.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(26,'refund_promise','(waive|waiving|waived|skip|drop|dropping|forgive|remove|no|zero|not be|not have|not charge|not pay|not owe|without any|without a) [the|any|your|a|you] (cancellation|restocking|termination|early termination|cancel*) (fee*|penalt*|charge*|cost*)','I''ll waive the cancellation fee.','The manager will go over any cancellation fee.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(27,'refund_promise','near (cancel*|deposit*|refund*) : (make|making|made) [a|an|the|this|special] [special] exception','For your cancellation I''ll make an exception.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(28,'refund_promise','(refund|reimburse|repay) (you|everything|it all|all|your|every|the full|the whole|the entire|100%|that|the deposit|the money|in full)','We''d just refund you, simple as that.','I can''t say whether we refund the deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(29,'refund_promise','cancel* and (refund you|refund everything|refund the|refund it|get your money|get your deposit|get it all|get everything|your money|the money)','Cancel and get your money back, easy.','Cancellation and refund policies are the manager''s to explain.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(30,'refund_promise','near (deposit*|money|refund*|cancel*) : (check|payment|wire|transfer|cheque|credit) .. (in the mail|on its way|on the way|is coming|will be mailed|goes out|going out to you|out to you)','You cancelled, so the check is in the mail.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(31,'refund_promise','(<refund>|refunded|refunding|reimburse|reimbursed)','I''ll rush the refund so that you have it for the holidays.','A refund is a question for the manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(32,'refund_promise','near (deposit*|money|refund*|cancel*|hundred|thousand|grand|#) : (coming|comes|goes|going|go|heading) [<surely>] [right|straight|directly] back to (you|your)','That fifteen hundred is coming right back to you.','I will come right back to you with the price.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(33,'refund_promise','near (deposit*|money|refund*|payment*|cancel*) : you [<will>] [<surely>] (get|have|see) (it|that|this|everything|all of it|it all) [all] (returned|refunded|reimbursed|repaid|released|sent back|again)','About the deposit: you''ll get it returned.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(34,'refund_promise','(we|they|i|he|she|dealer|carmanana|manager) [<surely>] [<surely>] (give|gives|send|sends|pay|pays|hand|hands|put|puts|wire|get|gets) .. (<their_money>|<money>|you everything) .. back','If you''re unhappy we simply give the money back.','They give you a call back.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(35,'refund_promise','(we|they|i|dealer|carmanana) [<surely>] [<surely>] (return|returns|refund|refunds|release|releases|reimburse|reimburses|repay) .. (<their_money>|<money>|everything|you)','We always return the deposit.','We return your call within the hour.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(36,'refund_promise','(<refund>|refunding) .. (will not|is not|would not|should not|is never|will never) [be] (a|an|any|much of a) (issue|problem|big deal|trouble)','A refund won''t be an issue.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(37,'refund_promise','your (card|account|visa|mastercard|amex|bank|statement|credit card|bank account|bank card|debit card) .. (will|is|gets|going to|has been|are) [<surely>] [<surely>] [be|being|get|been] (credited|refunded|reimbursed|paid back)','Your card will be credited with the full amount.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(38,'refund_promise','(okay|ok|fine|good|cool|on board|happy|comfortable|alright) with (refunding|giving you|returning|reimbursing|paying you back|a refund|the refund|your refund|a full|sending you)','My boss is okay with refunding you completely.','My boss is fine with the price.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(39,'refund_promise','(said yes|says yes|say yes|agreed|agrees|ok|okay|okayed|green light|greenlit|gave the ok|signed off|signs off|sign off|approved|approves|approve|thumbs up|on board|go ahead|authorized|authorizes|cleared) [to|on|for|with] [the|a|your|his|my|giving you|it|full] [full] <refund>','They already said yes to the refund.','Nobody has agreed to a refund.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(40,'refund_promise','you [<will>|should] [<surely>] [<surely>] (get|have|receive|see|collect|be getting|be receiving|expect) [all] [of] (your money|your cash|your funds|your deposit again|the deposit again|your payment again|your money again) !(is worth|order|wire|transfer)','We''ll cancel and you''ll get your money the same day.','You will get your money''s worth.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(41,'refund_promise','(we|i) [<surely>] [<surely>] (honor|honour|approve|grant|give|issue|pay|do|offer|process) [every|all|full|your|the|any|instant|quick|out] [of] [the|our|your] (<refund>|refunds)','We honor every refund.','We do not handle refund requests in sales.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(42,'timeline_promise','you .. (expect|have|see|receive|get) .. (your money|your deposit|your funds|your cash|the money|the deposit|the funds) [back|again] .. [by|in|within|on|before] [the] <when>','You can expect your money by the end of next week.','You get the deposit invoice today.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(43,'instant_cancellation','(take|taking|taken|took|remove|removing|removed|pull|pulling|pulled) (you|your name) (off|out|from) [of] [the|this|that|your] (order|deal|contract|books|system|agreement|purchase|it)','I''m taking your name off the order now.','I''ll take you off the mailing list.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(44,'instant_cancellation','(i|we) <will> [<surely>] [<surely>] (cancel|cancelling) (right|now|today|for you|immediately|instantly|asap|over the phone|here|on my end|on our end|on the spot|$)','I can cancel right now over the phone.','I will cancel the call.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(45,'instant_cancellation','(i|we) [have|<will>|am|are|just|already] [<surely>] (taken|take|taking|took) care of ... (<cancellation>|cancelling)','I''ve taken care of the cancellation already.','We take care of the delivery.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(46,'instant_cancellation','(said yes|says yes|agreed|agrees|okayed|green light|gave the ok|signed off|signs off|sign off|approved|approves|on board|authorized|cleared) [to|on|for|with] [the|a|your|it] <cancellation>','My manager already signed off on the cancellation.','Nobody has agreed to the cancellation.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(47,'refund_promise','(it|that|this|everything|they|<money>|<their_money>|#) (will|would|should|going to|can|shall) [<surely>] [<surely>] (hit|hitting|reach|land in|land on|be in|be on|be back in|be back on|show up on|show up in|show on|post to|appear on|appear in|arrive in|arrive on|go into|go onto|pop up in|pop up on) your <account> !(as|statement as)','It''ll hit your account by Friday at the latest.','It will hit the road on Monday.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(48,'refund_promise','(it|that|this|everything|<money>|<their_money>|#) [<surely>] (hits|reaches|lands in|lands on|shows up on|shows up in|posts to|is back on|is back in|is already on|is already in|is on its way to|is heading to|is headed to|goes into|goes onto|pops up in) your <account> !(as|statement as)','It lands in your account overnight.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(49,'refund_promise','(see|expect|have|find|look for|watch for|get) (it|that|this|everything|<money>|<their_money>|the #|that #|#) [back] (on|in|into|onto|hit|land in|reach|show up on|show up in) your <account> !(as|statement as)','You''ll see the 1500 on your statement before the end of the month.','Did you find it in your inbox?',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(50,'refund_promise','(the|your|that) (money|cash) [<will>] [<surely>] (follows|follow|comes next|comes after|comes right after|comes along)','First the paperwork, then the money follows.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(51,'refund_promise','(cut|cuts|cutting|wrote you|writing you|write you|mailed you|mail you|mailing you) [out] [you] [up] (the|a|your|that) [big|full] (check|cheque) !(to the|to your|list*|mark*)','Gary in accounting already cut the check for you.','We cut the check to your lender on Monday.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(52,'refund_promise','near (deposit*|money|refund*|cancel*|sum) : (sent|mailed|signed|printed|issued|wrote|sending|mailing|signing|wiring|wired|prepared|preparing) [out] (the|a|your|that) (check|cheque|wire) (for|to|over to) you','Your deposit? She signed the check for you this morning.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(53,'refund_promise','(count on|bank on|rely on|depend on|look forward to|sure of|certain of) .. (having|getting|seeing|receiving|collecting) .. (<their_money>|<money>|it|everything|them) .. back','You can count on having that thousand back.','You can count on having the car back by Monday.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(54,'refund_promise','you (will|should|would|can|shall|might|could|going to) [<surely>] [<surely>] (have|get|see|receive) (it|everything|all of it|it all|that) [all|safely] back [<surely>] (by|in|within|before|on|no later than|<when>|$) !(the road|line|stock|the shop|your driveway)','You should have it back in a few days.','You should have it back on the road soon.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(55,'refund_promise','(always|usually|normally|generally|typically|every time|without exception) (give|gives|return|returns|pay|pays|send|sends|hand|hands|wire|wires|put) (it|that|them|everything|it all|all of it) [all|right] back !(to the|on the)','They always give it back, every single time.','They always give it back to the shop.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(56,'refund_promise','near (stop payment|stop the payment|stop your payment|dispute|disputing|charge it back|deposit*|money|refund*|cancel*) : (it|that|everything|all of it) [<will>|always] [<surely>] (comes|come|coming) [<surely>] [right|straight|all] back !(from|with|as|and)','Just stop payment with your bank and it comes back.','The title goes to the county and it comes back from there.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(57,'refund_promise','(stop payment|dispute the charge|dispute the payment|dispute it|disputing it|charge it back|chargeback|reverse the payment|file a dispute) [with|at|through] [your|the] [bank|card company|card] (and you|and it|and that|to get|and get|then you|then it|and they|so you)','Dispute the charge with your bank and you have it again.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(58,'refund_promise','(owe|owes|owing) you (<money>|<their_money>|$*|it all|it back|a refund|everything back|that back)','We owe you that money and you''ll get it.','We owe you an answer about the money.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(59,'refund_promise','(we|they|dealer|dealership|company|carmanana|law|accounting) (have to|has to|must|are required to|is required to|are obligated to|are obliged to|are bound to|has no choice but to|have no choice but to|requires us to|says we have to|says we must|makes us) [<surely>|legally|by law] (pay you|refund|reimburse|repay|pay .. back|return .. <their_money>|give .. <their_money>|hand .. <their_money>|release .. <their_money>|give it back|give it all back|return it to you|pay it back) !(a visit|request*)','By law we have to pay you.','We have to return your call first.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(60,'refund_promise','you [are|<surely>|would be|have been] [<surely>] [legally|fully|rightfully] (entitled to|owed|have a right to|have the right to|deserve) [<surely>] (<their_money>|<money>)','Legally you''re entitled to the whole deposit.','Whether you are entitled to the deposit is for the manager to say.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(61,'refund_promise','(it|that|everything|#|<money>|<their_money>) .. (going|goes|go|gone|coming|comes|sent|wired|transferred|credited|paid|posted|put|travelling|traveling|headed|flows|straight|right) [right|straight] (back to|back onto|back into|back on|back in) (the|your|that|whatever) [same|original|very] <account>','The full amount is going back to the card you used.','It goes back to the county for a signature.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(62,'refund_promise','(no|zero|not any|without|never any|without any|no such thing as a|not a) [hidden|extra|additional|further] (fee|fees|charge|charges|cost|costs|penalty|penalties) [at all|whatsoever] (for|to|if you|when you|on|of|should you|in case you) [a|you|decide to|want to|your|the] (cancel*|back out|backing out|call it off|calling it off|walk away|walking away|pull out|pulling out|change your mind)','No fees for cancelling.','There may be fees for cancelling, the manager will tell you.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(63,'refund_promise','(cancelling|<cancellation>|backing out|walking away|pulling out) [<will>] [<surely>] (is free|are free|free of charge|costs nothing|cost nothing|costs you nothing|cost you nothing|does not cost|will not cost|not cost|is on us|at no cost|costs zero|for free)','Cancelling costs you nothing.','Whether cancelling costs you anything is for the manager.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(64,'timeline_promise','(cancelling|to cancel|backing out) .. (takes|take|needs|is done in|done within|is through in) [<surely>] [about|around|only|just|roughly|up to|maybe|like|less than] <when>','Cancelling takes about a day.','To cancel the test drive I need your number.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(65,'instant_cancellation','(order|deal|contract|purchase|sale) [all|now|officially|already|has|been|is] (cancelled|killed|voided|scrapped|terminated|rescinded|nullified) ($|for you|already|just now|this morning|and done|and closed|on my end|effective|refund pending|per your|like you|as you)','Done! Order killed.','He wants the order cancelled.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(66,'instant_cancellation','(have|just|already|had|i|we) [<surely>] [<surely>] (cancelled|voided|scrapped|killed|terminated|called off|unwound) (your|that|this) !(.. <other_things>)','I''ve already cancelled your Tucson.','I''ve cancelled your Tucson test drive.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(67,'deposit_guarantee','(nobody|no one|none|not one|no customer|no client|not a single) [of our|of my|here] [customer|client|customers|clients|people|buyers] <loses> ... (deposit*|money|cent|penny|dime|dollar|cash|anything|payment*|thing)','Nobody loses their deposit with us.','Nobody can say whether you lose the deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(68,'deposit_guarantee','never [once] (seen|had|heard of|known) (it go wrong|it fail|it not|them keep|us keep|them not|us not|him keep|anyone lose|anybody lose|someone lose|a client lose|a customer lose|anyone not get|a refund refused|a refund denied|one refused|one denied|a problem with a refund|a problem with that|a deposit not)','I''ve never seen it go wrong.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(69,'deposit_guarantee','(<their_money>|<money>|it|that|this) .. (is|are|will be|be|stays|remains|was|being) [<surely>] [<surely>] [100%|fully|completely|totally|entirely|guaranteed] (refundable|returnable|recoverable)','Your deposit is guaranteed refundable.','Whether your deposit is refundable is for the manager to say.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(70,'deposit_guarantee','(fully|100%|completely|totally|entirely|always|guaranteed|percent|absolutely|definitely|# percent) refundable','It''s 100% refundable.','The deposit is not fully refundable in every case; the agreement says more.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(71,'deposit_guarantee','refundable (deposit*|payment*|holding|reservation|down)','It''s a refundable deposit, so relax.','I can''t say whether it is a refundable deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(72,'deposit_guarantee','(<their_money>|deposit*|money|down payment) .. (is|are|stays|remains|will be|will stay|be) [<surely>] [<surely>] (guaranteed|safe|protected|risk free|untouched|out of danger|still yours|yours|always yours|not at risk|not in danger|in good hands|100%)','Your deposit is safe, whatever you decide.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(73,'deposit_guarantee','<guarantee> !(anything|nothing|something) ... (<their_money>|your deposit*)','I personally guarantee your deposit.','I''ll make sure the manager looks at the question of your deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(74,'deposit_guarantee','(will not|not going to|would not|do not|can not|never|no way [you|that you] [would|will|could|can]) [ever] (lose|be out|forfeit|be losing) [a|any|one|your|even a|even one|the|single|out on] [single] (cent*|penn*|dime*|dollar*|deposit*|money|anything|nickel*|buck*|thing)','You won''t lose a cent.','I can''t tell you whether you would lose the deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(75,'deposit_guarantee','(will not|not going to|would not|do not|never) [ever] [let them|let anyone|let anybody|let him|let us] (keep|hold on to|hold onto|withhold|touch|pocket|deduct) [a|any|one|your|even|of] [single|of] (your|cent*|penn*|dime*|dollar*|deposit*|money|anything|of your)','We''d never keep your deposit.','We will not charge your card again.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(76,'deposit_guarantee','near (deposit*|cancel*|money|refund*|agreement) : (risk free|no risk|zero risk|without risk|without any risk|nothing to lose|no obligation|no strings attached|no penalty|no penalties)','The deposit is no risk for you.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(77,'deposit_guarantee','near (deposit*|cancel*|money|payment*|refund*) : (nothing|no money|not a cent|not a penny|not one cent) (will be|is|gets|is going to be|will get) (kept|withheld|deducted|lost|taken|held)','If you cancel, nothing will be deducted.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(78,'deposit_guarantee','money back guarantee','There''s a money-back guarantee.','We don''t have a money back guarantee.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(79,'deposit_guarantee','(no matter what|either way|whatever happens|in any case|regardless|always) .. (get|have|keep) ... (<their_money>|deposit*|money) [back]','Either way you keep your deposit.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(80,'deposit_guarantee','(get out|back out|walk away|cancel|change your mind|pull out) [of it|any time|anytime|at any time|whenever] .. (free|for free|at no cost|no cost|with no cost|without penalty|without any penalty|without losing|without cost|penalty free|with no penalty|no penalty|scot free|and keep|without paying)','You can back out anytime for free.','The agreement says how an order can be cancelled.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(81,'timeline_promise','<refund> ... [by|on|within|in|before|until|no later than] [the] <when>','You can expect the refund within 5 business days.','I''ll call you tomorrow about your refund.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(82,'timeline_promise','(refunded|reimbursed|refunding|refundable|repaid|refund) ... [by|on|within|in|before] [the] <when>','We will have you refunded by Tuesday.','I noted your refund request today.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(83,'timeline_promise','(<their_money>|<money>) ... (back|returned|released|reversed|on your card|in your account|on your account|in your hands|in the bank) ... <when>','The money is back on your card in two days.','Your deposit was received today, thank you.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(84,'timeline_promise','near (refund*|deposit|money back) : (it|they|these|those|that) [usually|normally|only|just|typically|always|will|generally|should] [only|just|usually] (take|takes|taking|hits|lands|arrives|comes|goes out|post|posts|show up|shows up|clear|clears) ... <when>','About the refund: it usually takes three days.','It takes two days to ship the car.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(85,'timeline_promise','near (refund*|cancel*) : (done|processed|complete|completed|finalized|finished|sorted|handled|taken care of|wrapped up|settled|closed) [by|on|within|in|before|for you] [by] [the] <when>','You want to cancel? It''ll be done by Friday.','The paperwork will be done by Friday.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(86,'timeline_promise','(<when>|by <when>|within <when>|in <when>) [at the latest] ... (<refund> !(about)|refunded|reimbursed|<their_money> .. back)','Within 48 hours you have the refund.','Tomorrow the manager will explain refunds.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(87,'timeline_promise','<cancellation> ... (take|takes|taking|be|is|goes|done|complete*|process*|final*|effective|through|happen*|approved|confirmed|go) ... <when>','The cancellation takes two days.','I noted your cancellation request today.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(88,'timeline_promise','(<order> .. (will|is|be|are|get|gets|going to|can|has been) .. <cancelled>|(will|going to|can|am|are|let me) .. <cancelling> .. <order>) ... [by|on|within|in|before|effective|as of] [the] <when>','We’ll cancel it right away and send the refund today.','You asked to have the order cancelled today; I have noted that.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(89,'instant_cancellation','(have|just|already|had) [<surely>] [<surely>] [gone ahead and|went ahead and|got|gotten] <cancelled> !<other_things> !(your <other_things>) !(the <other_things>) .. <order>','I''ve cancelled it for you.','I have cancelled your test drive on Tuesday.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(90,'instant_cancellation','(i|we) [just|already|went ahead and|have] (cancelled|voided|scrapped|killed|terminated|tore up|ripped up|called off|closed out|pulled) ((it|that|this|everything|all of it) !<other_things> !(invoice|entry|meeting)|(your|the|that|this) .. (order|deal|car|vehicle|contract|agreement|purchase|sale|truck))','We cancelled your order.','We cancelled the appointment as you asked.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(91,'instant_cancellation','<order> [for] [you] [<surely>] [<surely>] (is|are|has been|have been|gets|been|being|will be|shall be|now|going to be|as good as) [<surely>] [<surely>] [being|been|as good as] <cancelled>','Your order is cancelled.','Your order is not cancelled on the spot.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(92,'instant_cancellation','(consider|call|think of) [<order>|your|the] [order|deal] [already|as|officially|all|fully] (<cancelled>|gone|closed|as cancelled|as good as cancelled)','Consider it cancelled.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(93,'instant_cancellation','near (cancel*|refund*) : (consider it|consider that|it is|that is|you are|and) [all|already|as good as] (done|taken care of|handled|sorted|all set|all taken care of|a done deal)','Cancelling? Consider it done.','The inspection is done, and it is all sorted.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(94,'instant_cancellation','<will> [<surely>] [<surely>] <cancelling> [you|out] !<other_things> !(your <other_things>) !(the <other_things>) !(that <other_things>) .. <order>','I can cancel that for you right here.','I will cancel your Saturday appointment.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(95,'instant_cancellation','<will> [<surely>] [<surely>] (be|get|got|getting|have|having) .. <order> [all] (<cancelled>|taken care of and cancelled)','I''ll have that cancelled for you.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(96,'instant_cancellation','(<will>|have|just|already|am|are) [<surely>] [<surely>] (process|processing|processed|finalize|finalized|finalizing|complete|completing|completed|push|pushed|pushing|approve|approved|approving|honor|put|do|did|make|confirm|confirmed|confirming|execute|executed|finish|finished|perform) ... <cancellation> [through]','I''m processing your cancellation now.','I have noted your cancellation request.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(97,'instant_cancellation','<cancellation> .. (went through|goes through|is through|has gone through|is as good as|is as good as done)','Your cancellation went through.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(98,'instant_cancellation','<cancellation> .. (is|has been|was|are) [<surely>] [<surely>] [being] (done|complete|completed|confirmed|approved|final|finalized|processed|effective|through|all set|executed|granted|accepted|official|taken care of|handled)','The cancellation is confirmed.','The cancellation is not confirmed; a manager reviews it.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(99,'instant_cancellation','you are [now|all|officially|already|good and|as good as|hereby] [all|officially] (cancelled|off the hook|out of the deal|out of the contract|out of the order|out of the agreement|out of it|no longer on the hook|released from|a free man|a free woman|free to walk)','You''re all cancelled.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(100,'instant_cancellation','(let|letting|get|getting|take|taking|taken|got|released|releasing|release) you (out of|off) [of] (it|[the|your|this|that] (deal|contract|order|agreement|hook|books|purchase))','I''ll let you out of the contract.','I''ll get you out of the rain and into a car.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(101,'instant_cancellation','(as|per|like|just like) (you|your) (asked|requested|wanted|wished|request|said|instructed|instructions|told me) ... <cancelled>','As you asked your order has been cancelled.','As you asked, I have written down that you want it cancelled.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(102,'instant_cancellation','(what|if|whenever|as|when) you (want|like|wish|prefer|need) [then] (i|we) <will> ... <cancelling>','If that''s what you want we can cancel the order now.','If you want we can look for another car.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(103,'refund_promise','(what|if|whenever|as|when) you (want|like|wish|prefer|need) [then] (i|we|you) <will> ... (<refund>|<refunding>|<their_money> .. back)','If that''s what you want we will refund you.','If you want we will call you about the deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(104,'instant_cancellation','(pull|pulled|pulling) the plug','I''ve pulled the plug on the order.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(105,'instant_cancellation','<cancelled> [it|and done|as of|effective|on the spot|right here] (on the spot|as of today|as of now|effective immediately|effective today|right here|and done|here and now|just like that|with one click)','Cancelled, effective immediately.','The order is not cancelled on the spot.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(106,'instant_cancellation','(tear*|tore|torn|rip*|shred*|rescind*) up [the|your|that] (contract|agreement|paperwork|order|papers)','I tore up the paperwork.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(107,'instant_cancellation','[instant*|immediate|same day|on the spot] (instant*|immediate|same day|on the spot) <cancellation>','We do an immediate cancellation for you.','There is no instant cancellation.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(108,'instant_cancellation','(order|deal|purchase|contract|agreement|sale) .. (no longer exists|is off the books|is dead|is gone|is history|has been deleted|is deleted|is off|is finished|is over)','The order no longer exists.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(109,'refund_promise','(deposit*|your money|your cash|your funds|down payment|that money|the $*) ... (<refunded>|back|again|back again) !(toward*|to the shop|to the seller)','Getting the deposit returned is a piece of cake.','Your deposit was received; I''ll come back to you with the VIN.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(110,'refund_promise','(return|returning|returns|reimburse|reimbursing|repaying|releasing|refunding|handing back|giving back|sending back|paying back) .. (your deposit !(slip|receipt|form|invoice)|your money|your funds|your payment*|your down payment|your cash|what you paid|what you gave us|what you put in|every penny|every cent|every dollar|the deposit !(slip|receipt|form|invoice))','Accounting confirmed they''re returning your funds.','Please return the deposit slip with your signature.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(111,'refund_promise','near (deposit*|money|refund*|cancel*|dollars|grand) : you [<will>] [<surely>] [<surely>] (have|get|see|receive|be getting|getting) (that|it|those|all that|all of that|them|everything|all of it) (you|again|back|by|within|in|today|tomorrow|next|this week|you paid|you put|you have paid|you have put|you gave)','The thousand dollars? You''ll have that again by next week.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(112,'refund_promise','[a] (check|cheque|wire|transfer|payment) for (the|your|that) [full|whole|entire] (deposit|down payment|money|amount|sum)','I''ll get you a check for the deposit.','I can''t say whether you get a check for the deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(113,'refund_promise','near (deposit*|money|refund*) : (it|that|they|all|everything) .. be [<surely>] (given|paid|sent|handed|wired|credited) [right|straight] back','Don''t stress about the money, it''ll all be given back.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(114,'refund_promise','you [<will>] [<surely>] [<surely>] (get|receive|have) (the|your|that) [full|whole|entire] (deposit|money|down payment|cash) !<matter> !(receipt*|invoice*|slip|link|instructions|number|account|recorded|is worth|confirm*|wire|transfer)','Even if you cancel you''ll get the deposit.','You will get the deposit receipt by email.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(115,'refund_promise','you [<will>] [<surely>] [<surely>] (get|receive|have|see) (everything|all|whatever|what) [that] you [have] (paid|put|given|gave|spent|sent|deposited)','You''ll receive everything you''ve put in so far.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(116,'refund_promise','(deposit*|your money|the money|cash|your funds) .. (will|is|are|should|would) [<surely>] [<surely>] [be] [<surely>] (in|on|with) your (account|card|bank|pocket|hands|checking)','The deposit will be in your account before Christmas.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(117,'refund_promise','(they|accounting|manager|boss|finance|office|we|i|he|she) [have|has|just|already] (released|returned|refunded|reimbursed|gave back|sent back|okayed|freed) .. (your|the) [full|whole] (deposit|money|down payment|payment)','Good news, they released your deposit!','We returned your call this morning.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(118,'instant_cancellation','(order|deal|contract|purchase|sale|agreement) no longer (stands|exists|applies|holds|is active|is valid)','Your order no longer stands.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(119,'instant_cancellation','make (it|the order|this order|your order|the deal|this deal|that order|the contract) go away','I can make the order go away right now.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(120,'instant_cancellation','(cancelling|<cancellation>) (is|are) [<surely>] (instant*|immediate*|quick|fast|easy|simple|one click|no problem|not a problem|not an issue)','Cancelling is instant, I press one button.','How quick cancelling is I can''t say.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(121,'deposit_guarantee','(not|never|zero percent|zero|no) [chance] ... (lose|losing|forfeit|lost|taken|hang on to|hold on to|hold back|keep|keeping|kept|touch|withhold) ... (deposit*|your money|down payment|your cash)','It''s not like we''d hang on to your deposit.','I can''t say whether they keep the deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(122,'deposit_guarantee','(deposit*|your money|down payment|your cash|that money) [<surely>] ((can|will|would|could|is|are) not|is never|will never) [ever] [be] [going to be] (taken|lost|touched|kept|withheld|forfeited|at risk|in danger|going anywhere)','The deposit can''t be taken from you.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(123,'deposit_guarantee','you [<will>] [<surely>] (keep|keeping|hold on to|retain) (your|the|that|all) [of] [your] [full|whole] (deposit*|money|down payment|cash)','You keep your deposit, full stop.','I don''t know whether you keep your deposit.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(124,'deposit_guarantee','(deposit*|money|down payment) (belongs|belong|stays|remains|is still|will stay|will remain) [with|to] (you|yours)','That money belongs to you whether or not you buy.','The deposit belongs to the price that you pay.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(125,'timeline_promise','<cancellation> [<surely>] [only|just] (takes|take|needs|is) [<surely>] [about|around|only] [a] (<when>|# minute*|minutes|seconds|few minutes)','The cancellation only takes five minutes.','How long a cancellation takes I can''t say.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(126,'instant_cancellation','you [<will>] [<surely>] [<surely>] [be] (out of|off|free of|done with|released from) (the|this|your|that) (contract|deal|order|agreement|purchase|sale)','You''ll be out of the contract by tonight.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(127,'instant_cancellation','(i|we) [have|will|am|are|just|can|already|went into the system and] [<surely>] (remove|removed|removing|delete|deleted|deleting|drop|dropped|dropping|erase|erased|erasing|wipe|wiped|wiping|mark|marked|marking|trash|trashed) (your|the|this|that) [whole|entire] (order|deal|contract|purchase|sale) !(form|sheet|date|number|confirmation|price)','We''ll drop the order today.','We''ll drop the order form at the dealer.',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(128,'instant_cancellation','(order|deal|contract|purchase|sale) (as|to) <cancelled>','I''ve marked your order as cancelled.','',1,NULL,'2026-11-30 02:15:53.162000',1);
INSERT INTO "phrase" VALUES(129,'instant_cancellation','(order|deal|contract|purchase|sale) .. (is|be|are) [now|already] (gone|removed|deleted|erased|wiped) [from|out]','By tomorrow your order will be gone from our system.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(130,'instant_cancellation','you no longer have [an|the|your] (order|contract|deal|agreement)','As of this minute you no longer have an order with us.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(131,'instant_cancellation','(sure|done|ok|okay|yes|yep|yup|alright|great|perfect|boom|there) (<cancelled>|cancelling) [now|already|$]','Sure, cancelled!','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(132,'instant_cancellation','cancelling (now|right now|it now|as we speak|today|for you)','Cancelling now... done.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(133,'instant_cancellation','(skip|skipping|bypass|bypassing|no need for) (the|a|any) [formal|manager|management] (review|manager|process|approval)','I''ll skip the review and cancel it straight.','I can''t do that without a review.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(134,'instant_cancellation','(wrap up|wrapping up|wrapped up|knock out|knocking out|close|closing) [the|your|that|this] <cancellation>','We''ll wrap up your cancellation this afternoon.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(135,'instant_cancellation','(i|we) ... (and|then) cancel (it|everything|your order|the order|this|that order)','I''ll go in and cancel it straight.','You''d like us to stop and cancel it; I noted that.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(136,'legal_tax_advice','(legally|by law|under the law|under state law|the law says|according to the law|under federal law) ... (you|they|we|dealer|must|have to|entitled|obligated|required|owe*|allowed|the)','Legally they have to take it back.','I can''t tell you what applies legally.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(137,'legal_tax_advice','you (can|could|should|would|may|are able to) [also|always|just|even|probably|easily] (sue|take them to court|take us to court|go to court|file a claim|file a lawsuit|take legal action|press charges|go to small claims|win in court|write it off|write off|deduct|claim it|claim the|depreciate|dispute the charge|do a chargeback|break the contract|void the contract)','You could take them to court.','You can sign the agreement online.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(138,'legal_tax_advice','(small claims|tax deductible|tax deduction*|tax write off|write off on your|tax loophole|section 179|lemon law|cooling off period|statute of|consumer protection law|uniform commercial|legally binding|legally enforceable|breach of contract|legal right*|legal ground*|legal obligation*|legal advice is|my legal advice|tax advice is|my tax advice)','That would be tax deductible for you.','I can''t give legal or tax advice; please ask your accountant.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(139,'legal_tax_advice','(contract|agreement) .. (is not|would not be|will not be|is never) [really|actually|even] (binding|enforceable|valid|worth)','The agreement isn''t really binding.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(140,'legal_tax_advice','you (have|got) (a|the|every|no) [legal] right (to|under)','You have a right to cancel within three days.','You have the right idea.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(141,'legal_tax_advice','you (will not|do not|would not|never|not) [have to|need to] (owe|pay) [any|the|a] [sales|luxury|import] tax*','You won''t have to pay any sales tax.','The price on page two includes sales tax.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(142,'legal_tax_advice','(avoid|save|dodge|skip|get around|get out of|save on) [paying] [the|any|your|on] [sales|luxury|import|state] tax*','Register it in Montana and avoid the sales tax.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(143,'legal_tax_advice','(register|title) (it|the car|the vehicle) in (another|a different|your parents) (state|name)','Register it in another state and pay less.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(144,'legal_tax_advice','(deduct|write) (it|this|the car|the vehicle|the interest|the truck) [off] (on|from|as|against) [your] (taxes|a business|your business|business|return|tax return|income)','Write it off as a business expense.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(145,'aggressive','(idiot*|moron*|stupid*|dumb|liar|liars|lying to|pathetic|ungrateful|shameless|clown|jerk|bullshit|bull crap|crap|goddamn|damn|wtf|asshole*|bastard*|screw you|shut up|go to hell|what the hell|get lost|piss*|scumbag*|cheapskate)','Don''t be stupid.','No silly questions; ask me anything.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(146,'aggressive','(how dare you|are you kidding|are you crazy|are you serious|are you out of your mind|you have to be kidding|you must be joking|you are joking|you are being ridiculous|you are being unreasonable|you are being childish|this is ridiculous|that is ridiculous|that is insane|you are crazy|grow up|calm down|get over it|deal with it|be reasonable)','Are you kidding me? Calm down.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(147,'aggressive','(wasting|waste|wasted) (my|our|everyone''s|everybody''s) [whole|entire] (time|day|week|month)','You are wasting my time.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(148,'aggressive','you [will|are going to] [really|so] (regret|be sorry|pay for this|live to regret)','You''ll regret this.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(149,'aggressive','(or else|last warning|final warning|last chance or|i am warning you|see you in court|you will hear from our lawyer*|hear from our lawyer*|you to collections|ruin your credit|blacklist*)','Pay by Friday or else.','Thank you, or call me any time.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(150,'aggressive','(sick of you|sick of this|sick and tired|fed up|had enough of you|done with you|tired of your|tired of this|can not stand)','I''m fed up with this.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(151,'aggressive','you [have to|must|need to|had better|better] (decide|sign|pay|buy|commit) (now|right now|today|this minute) [or]','You have to decide right now.','You can decide any time this week.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(152,'aggressive','(i am begging you|i beg you|you are killing me|you are breaking my heart|breaks my heart|i will lose my job|i could lose my job|get fired|be fired|lose my commission|i need this sale|do this to me|doing this to me|after all i have done|after everything i have done|i am devastated|how could you|so disappointed in you|betray*|stabbed)','Please, I will lose my job over this.','I''m sorry that you were disappointed.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(153,'aggressive','(huge|big|terrible|stupid|massive|biggest) mistake [of your life|you]','You''re making a huge mistake.','We made a mistake on the invoice, here is the right one.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(154,'blame','(your|his|her|their|<colleague>|<colleague> is) [own|team''s] fault','This is your own fault.','That was our fault, and I apologise.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(155,'blame','you should [have|not have|of|have not] [just|really|simply|actually] (read|known|told|called|thought|checked|asked|listened|signed|waited|paid|said|mentioned|answered|been)','You should have read the agreement.','You should have received the email by now.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(156,'blame','you (never|did not|do not|failed to|refused to|forgot to|keep not) [even|ever|bother to|bother] (read*|listen*|tell|told|pay|answer|call|say|said|understand|check|send|sent|bother*|pick up|reply)','You didn''t even read what you signed.','Did you not get my email?',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(157,'blame','(blame|blaming) ... (you|yourself|dealer*|manager|colleague|him|her|them|<colleague>)','You can blame the dealer for that.','Nobody is to blame here.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(158,'blame','<colleague> [<surely>|really|just|has|have|had|clearly|completely|keeps|always|totally] [<surely>|really|just] (messed up|screwed up|screwed|messed|dropped the ball|lied|lies|lost your|lost the|forgot|dropped|botched|blew|dragged their feet|dragging|made a mess|was wrong|is wrong|failed|misled|did not do|does not know|do not know|is useless|is incompetent|are incompetent|are useless|is lazy|can not be trusted|overcharged|cheated|ripped)','The dealer messed up your paperwork.','The dealer sent the paperwork today.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(159,'blame','(because|since) [the|my|our|of the|of my|of our|of] <colleague> (did not|does not|could not|was|is|were|are|never|forgot|failed|messed|screwed) ... (job|late|lazy|slow|useless|wrong|incompetent|tell|told|care|check|checked|right|on time|attention|up)','It''s late because the dealer didn''t do his job.','It takes longer because the dealer is waiting for the title.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(160,'blame','(incompetent|useless|lazy|clueless|dishonest|unprofessional|crooked|shady) (dealer*|manager*|colleague*|coworker*|salesperson|salesman|team|people|rep|staff|office|agent|<colleague>)','Our lazy back office again.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(161,'blame','(dealer*|manager*|colleague*|coworker*|salesperson|salesman|rep|back office|accounting|finance guy) .. (is|are|was|were|being) [so|just|really|totally|completely|all] (incompetent|useless|lazy|clueless|dishonest|unprofessional|crooked|shady|liar*|an idiot|a joke|to blame|at fault|terrible|the worst|the problem)','My manager is useless with these things.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(162,'blame','(that is on|that one is on|this is on) (you|the dealer|my manager|him|her|them|<colleague>|the <colleague>)','That''s on the dealer, not on me.','The plate is on the car.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(163,'blame','(dealer|dealership|manager|colleague|salesperson|agent|they|he|she) (is|are|was|were|keeps|keep) (lying|cheating|ripping|stalling|playing games|scamming|dodging)','They are ripping you off over there.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(164,'honest','(can|could|will|do|would|am|are|is|may|must|should|did|have|has) not [be] [able to|allowed to|yet|really|in a position to|going to|authorized to|permitted to|even|the one to|ever|currently] (promise*|confirm*|guarantee*|say|tell|commit*|give|discuss|speak to|speak for|quote|know|decide|offer|state|comment|make|answer|approve|said|told|assure|predict|estimate|mean)','I can''t confirm any refund or timeline.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(165,'honest','(unable to|not able to|not allowed to|not authorized to|not in a position to|not up to me|not mine to|not my|no authority|nobody !<loses>|no one !<loses>|none of us !<loses>|never promise*|never said|never say|not for me|not the one|not the person|not the right person|beyond me to|without knowing|no way of knowing|not permitted) ','I am not able to promise that you get your money back.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(166,'honest','(whether|not sure|unsure|unclear|uncertain|do not know|can not know|not decided|no decision|remains to be seen|depends on|open question)','Whether your deposit is refundable is for the manager.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(167,'honest','(ask|asks|asked|asking|know|knows|check|checking|find out|confirm|decide|decides|determine|see|wonder*|clarify|tell you|let you know|explain*|asked you) [my|the|our|me|us] [manager|manager*|management|him|her|them] (if|when|how|whether|about|what)','The manager will tell you when your refund will be sent.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(168,'honest','(you|customer|client|he|she|they|husband|wife|buyer) [also|still|now|just|really|would|clearly|again|originally|both|have|has|had|are|is|was|were] (asked|ask|asks|asking|request*|want|wants|wanted|wanting|would like|demand*|insist*|expect|expects|expected|expecting|wish*|wrote|writes|mentioned|hope|hopes|hoped|hoping|demanded|think|thinks|thought|believe*|assume*|understood|prefer*|wondering|wondered|feel|feels|like|claim*|complain*|say|says|said|keep* asking)','You asked to have the order cancelled today.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(169,'honest','(wants|demands|insists|requests|expects|asks|hopes|believes|thinks|claims|says|wishes|requested|demanded|told the client|told the customer|told him|told her|explained|complains|requesting|demanding|reason for)','Client is angry, wants the order cancelled today and the money back on his card.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(170,'honest','(want|like|wish|need|trying|decided|decide|ready|asking|hoping|looking|thinking of|request|requests|requested|requesting|threaten*|plans|planning|intend*) (to|us to|me to|him to|her to|our|that) (cancel*|get|have|receive|void|be refunded|refund|see)','I understand that you’d like to get your deposit back.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(171,'honest','[my|the|our|a|your] <management> [is the one to|and only|is the one who] [will|can|would|may|should|is going to|might|does] [also|then|personally|first|happily|gladly|be able to|be the one to|now] <handles>','The manager will explain refunds tomorrow.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(172,'honest','(reviewed|handled|decided|explained|discussed|approved|assessed|determined|covered|made|set|answered) by (management|a manager|the manager|my manager|our manager|my supervisor|our policies|the agreement)','That is decided by management.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(173,'honest','(only|nobody but|just) (a|the|my|our) (manager|management|supervisor) (can|may|could|decides|knows|is able)','Only my manager can refund a deposit.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(174,'honest','(question*|request*|policy|policies|information|details|rules|terms|decision*|conversation|discussion|inquiry|concern*|note*|news|anything|something|answer*|word|update*|feedback|details) (about|on|regarding|of|for|around|concerning|that|is whether|whether|as to|to)','I have passed on your question about getting the deposit back today.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(175,'honest','(about|regarding|concerning|re) [your|the|a|any|possible|getting|having|you] (refund*|deposit*|cancel*|money|reimbursement)','I will call you about the refund tomorrow.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(176,'honest','(agreement|policy|contract|clause|section) [you signed|we signed] (says|explains|covers|states|describes|sets out|tells|determines|lists)','The agreement says how the deposit is returned.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(177,'honest','(somebody|someone|anybody|anyone|no one|nobody|previous agent|another dealer|other dealer|my colleague|first dealer) [had|has|have|there|at|else|can|could|may] [already|ever] (told|said|promised|promise|promises|confirm*|guarantee*)','Someone told you that the deposit is refundable; I can''t confirm that.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(178,'condition','(unless|until|before|than|rather than) ... (<cancelled>|<cancelling>|cancellation)','Before we cancel the order, a manager will review it.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(179,'condition','(if|once|when|after|in case|should|even if|or) ... (is|be|gets|get|was|were|are|being|has been|have been) [ever|actually|fully] (<cancelled>|cancelling)','If the order is cancelled, the manager will tell you about the deposit.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(180,'condition','(was|were) <cancelled>','The order at the other dealer was cancelled in May.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(181,'decision','(up to|is for|are for|one for|question for|decision of|left to|rests with|lies with|depends on|subject to|approved by|reviewed by|handled by|decided by|matter for|case by case|at the discretion of|approval from|approval of) [the|my|our|a|your|his|by] [review|approval|decision] [of|by] [the|my|our|a] (manager*|management|supervisor|policy|policies|agreement|approval|review|contract|terms)','Any refund will be subject to management approval.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(182,'decision','(if|unless|only if|in case|should) [it|this|that|your|the|a|my|our] [request|refund|cancellation] [is|gets|be] [approved|granted|agreed] [by|the|my] (manager|management|approv*|granted|they approve|he approves|she approves) [approves|agrees|decides|allows]','If the manager approves it, your order will be cancelled.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(183,'decision','(<refund>|refunded|refundable) (is|was|are|were|will|has|have|can|may|would|should) !<not_really> not','A refund is not guaranteed.','Refunds are not mine to decide.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(184,'honest','(cancel|want|send|give|get|refund|return) (my|me) [my|back|the] [money|deposit|order]','Message from client: “cancel my order and send my money back today”.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(185,'honest','(discuss*|comment on|go over|talk through|talk about|walk you through|have no say)','You''d have to discuss the refund with my manager.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(186,'honest','(insurance|insurer|insurance company|leasing company|warranty company|lender|landlord|airline|utility company|phone company) [company] (will|would|may|might|can|should|could|usually|refunds|refund|returns|pays|reimburses) !(... (your deposit|the deposit|your money|the money|it all|everything|your payment*|every penny|every cent|in full|you by))','The insurance company will refund the rest of your old policy.','Your leasing company usually refunds the unused part of the old contract.',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "phrase" VALUES(187,'honest','(old|previous|former|earlier) (lease|leasing|policy|insurance|plan|loan|apartment|rental|subscription|warranty) [deposit*|premium*|payment*]','Your old lease deposit comes back from your leasing company.','',1,NULL,'2026-11-30 02:15:53.163000',1);
INSERT INTO "finding" VALUES(1,2,1,1,NULL,'refund_promise',NULL,'every penny back','note','refused','2026-11-21 15:00:00.000000',NULL,NULL,'',1);
INSERT INTO "letter_template" VALUES(1,'call_missed','After a call that did not reach','You called and nobody answered.',' agent manager ','I tried to call you about the [Vehicle]','Hello [Name],

I tried to reach you by phone today about the [Vehicle]. I have a few questions so that I look for exactly the right one for you.

When would be a good time to talk? A reply with a day and a time is enough, and I will call you then.

Kind regards
[My name]
CarManana
[My phone]
',1,0,NULL,NULL,1);
INSERT INTO "letter_template" VALUES(2,'needs','What they are looking for','You need to know more before you can look.',' agent manager ','A few questions about the car you are looking for','Hello [Name],

thank you for getting in touch. To find what suits you best, it would help to know:

- which brands and models you would consider
- from which year, and up to how many miles
- colours and features that matter to you
- when you would like to have it, and where you are

Two or three cars that you would be happy with are even better than one. Just answer below each line.

Kind regards
[My name]
CarManana
[My phone]
',2,0,NULL,NULL,1);
INSERT INTO "letter_template" VALUES(3,'options','Options for them to look at','You found vehicles that fit what they want.',' agent manager ','Options for you to look at','Hello [Name],

here is what I found for you:

1. [first vehicle]
2. [second vehicle]
3. [third vehicle]

Have a look at them in your own time. Tell me which one you like best and what you would change, and I will go on from there.

Kind regards
[My name]
CarManana
[My phone]
',3,0,NULL,NULL,1);
INSERT INTO "letter_template" VALUES(4,'agreement_reminder','The agreement is waiting','They decided, and the agreement is not signed yet.',' agent manager ','Your agreement for the [Vehicle]','Hello [Name],

your agreement for the [Vehicle] is ready for you to read and sign. Please take your time with it.

If anything in it is unclear, call me or reply to this email, and we will go through it together.

Kind regards
[My name]
CarManana
[My phone]
',4,0,NULL,NULL,1);
INSERT INTO "letter_template" VALUES(5,'cancellation_asked','They asked to cancel by email','A request to cancel came in writing. Answer with this, then submit the request: after that the next contact must be the manager.',' agent manager ','Your request about the [Vehicle]','Hello [Name],

I understand you’d like to cancel your order. We do have a formal process for that so a manager can review everything and make sure it’s handled properly.

I’ll document your request and the reason, and my manager will contact you directly to go over next steps.

Thank you for telling me openly.

Kind regards
[My name]
CarManana
[My phone]
',5,0,NULL,NULL,1);
INSERT INTO "letter_template" VALUES(6,'cancellation_unreachable','Manager: first contact by email','You called about a cancellation request and could not reach the client. Cancellation SOP, step 5.',' manager ','Your request to cancel, and a call with me','Hello [Name],

I’m [My name], a manager at CarManana. I saw your request to cancel your order and I want to personally review everything with you and see what’s possible before we finalize anything.

I tried to call you today and could not reach you. I would like to hear in your own words what happened and what you expect from us. When may I call you? Reply with a day and a time that suit you, or call me on the number below.

Kind regards
[My name]
Manager, CarManana
[My phone]
',6,0,NULL,NULL,1);
INSERT INTO "letter_template" VALUES(7,'retention_follow_up','Retention: after our talk','You spoke about an approved offer, or could not reach the client with it.',' manager retention ','Following up on your order','Hello [Name],

my manager has gone through your order with me and asked me to look with you at what would still make it the right one for you.

I would rather talk than write: it is quicker, and I can answer your questions at once. When may I call you?

Kind regards
[My name]
CarManana
[My phone]
',7,0,NULL,NULL,1);
INSERT INTO "deal_tally" VALUES(1,'active',3,'live',4,1,0);
INSERT INTO "deal_tally" VALUES(1,'cancelled_by_client',6,'live',13,1,6090000);
INSERT INTO "deal_tally" VALUES(1,'won',6,'live',7,1,3490000);
INSERT INTO "deal_tally" VALUES(2,'active',9,'organic',4,1,1390000);
INSERT INTO "deal_tally" VALUES(2,'active',9,'organic',7,1,0);
INSERT INTO "deal_tally" VALUES(2,'cancellation_requested',12,'live',4,1,1150000);
INSERT INTO "deal_tally" VALUES(2,'cancellation_requested',12,'live',7,1,4150000);
INSERT INTO "deal_tally" VALUES(2,'cancelled_by_client',12,'live',5,1,2850000);
INSERT INTO "deal_tally" VALUES(2,'lost',7,'live',4,1,1250000);
INSERT INTO "deal_tally" VALUES(2,'on_hold',9,'organic',12,1,0);
INSERT INTO "deal_tally" VALUES(3,'active',16,'live',4,1,8790000);
INSERT INTO "deal_tally" VALUES(3,'on_hold',15,'organic',6,1,19290000);
INSERT INTO "board_change" VALUES(1,NULL,NULL,NULL,NULL,0);
INSERT INTO "board_change" VALUES(2,NULL,NULL,NULL,NULL,1);
INSERT INTO "board_change" VALUES(3,NULL,NULL,NULL,NULL,2);
INSERT INTO "board_change" VALUES(4,NULL,NULL,NULL,NULL,3);
INSERT INTO "board_change" VALUES(5,NULL,NULL,NULL,NULL,4);
INSERT INTO "board_change" VALUES(6,NULL,NULL,NULL,NULL,5);
INSERT INTO "board_change" VALUES(7,NULL,NULL,NULL,NULL,6);
INSERT INTO "board_change" VALUES(8,NULL,NULL,NULL,NULL,7);
INSERT INTO "board_change" VALUES(9,NULL,NULL,NULL,NULL,8);
INSERT INTO "board_change" VALUES(10,NULL,NULL,NULL,NULL,9);
INSERT INTO "board_change" VALUES(11,NULL,NULL,NULL,NULL,10);
INSERT INTO "board_change" VALUES(12,NULL,NULL,NULL,NULL,11);
INSERT INTO "board_change" VALUES(13,NULL,NULL,NULL,NULL,12);
INSERT INTO "board_change" VALUES(14,NULL,NULL,NULL,NULL,13);
INSERT INTO "board_change" VALUES(15,NULL,NULL,NULL,NULL,14);
INSERT INTO "board_change" VALUES(16,NULL,NULL,NULL,NULL,15);
INSERT INTO "board_change" VALUES(17,NULL,NULL,NULL,NULL,16);
INSERT INTO "board_change" VALUES(18,NULL,NULL,NULL,NULL,342);
INSERT INTO "board_change" VALUES(19,NULL,NULL,NULL,NULL,342);
INSERT INTO "board_change" VALUES(20,1,2,6,'cancelled_by_client',345);
INSERT INTO "board_change" VALUES(21,1,2,6,'cancelled_by_client',345);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('user',18);
INSERT INTO sqlite_sequence VALUES('pipeline',3);
INSERT INTO sqlite_sequence VALUES('stage',18);
INSERT INTO sqlite_sequence VALUES('script',22);
INSERT INTO sqlite_sequence VALUES('word_list',28);
INSERT INTO sqlite_sequence VALUES('phrase',187);
INSERT INTO sqlite_sequence VALUES('letter_template',7);
INSERT INTO sqlite_sequence VALUES('board_change',21);
INSERT INTO sqlite_sequence VALUES('event',345);
INSERT INTO sqlite_sequence VALUES('customer',12);
INSERT INTO sqlite_sequence VALUES('customer_phone',12);
INSERT INTO sqlite_sequence VALUES('customer_email',12);
INSERT INTO sqlite_sequence VALUES('deal',12);
INSERT INTO sqlite_sequence VALUES('hold',3);
INSERT INTO sqlite_sequence VALUES('payment',6);
INSERT INTO sqlite_sequence VALUES('needs_assessment',11);
INSERT INTO sqlite_sequence VALUES('vehicle_option',24);
INSERT INTO sqlite_sequence VALUES('activity',212);
INSERT INTO sqlite_sequence VALUES('notification',29);
INSERT INTO sqlite_sequence VALUES('cancellation_request',7);
INSERT INTO sqlite_sequence VALUES('retention_plan',2);
INSERT INTO sqlite_sequence VALUES('offer',4);
INSERT INTO sqlite_sequence VALUES('presentation',2);
INSERT INTO sqlite_sequence VALUES('commitment',1);
INSERT INTO sqlite_sequence VALUES('playbook_answer',11);
INSERT INTO sqlite_sequence VALUES('absence',1);
INSERT INTO sqlite_sequence VALUES('stage_restriction',1);
INSERT INTO sqlite_sequence VALUES('attachment',18);
INSERT INTO sqlite_sequence VALUES('finding',1);
CREATE UNIQUE INDEX "schema_migration_name" ON "schema_migration" ("name");
CREATE INDEX absence_user ON absence (user_id, ends_on);
CREATE INDEX session_user ON session (user_id);
CREATE INDEX signin_attempt_account ON signin_attempt (account, at);
CREATE INDEX signin_attempt_address ON signin_attempt (address, at);
CREATE INDEX password_reset_user ON password_reset (user_id);
CREATE INDEX outgoing_mail_waiting ON outgoing_mail (id) WHERE sent_at IS NULL;
CREATE INDEX customer_name ON customer (name COLLATE NOCASE);
CREATE INDEX customer_owner ON customer (owner_id);
CREATE INDEX customer_import ON customer (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX customer_phone_customer ON customer_phone (customer_id, position);
CREATE INDEX customer_email_customer ON customer_email (customer_id, position);
CREATE INDEX stage_pipeline ON stage (pipeline_id, position);
CREATE INDEX stage_restriction_user ON stage_restriction (user_id, stage_id);
CREATE INDEX deal_column ON deal (pipeline_id, state, stage_id, position);
CREATE INDEX deal_ended ON deal (pipeline_id, state, state_since);
CREATE INDEX deal_owner ON deal (owner_id, state);
CREATE INDEX deal_customer ON deal (customer_id);
CREATE INDEX deal_stage ON deal (stage_id);
CREATE INDEX deal_import ON deal (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX deal_external ON deal (external_id) WHERE external_id <> '';
CREATE INDEX deal_previous ON deal (previous_deal_id) WHERE previous_deal_id IS NOT NULL;
CREATE UNIQUE INDEX hold_standing ON hold (deal_id) WHERE lifted_at IS NULL;
CREATE INDEX hold_deal ON hold (deal_id);
CREATE INDEX payment_deal ON payment (deal_id);
CREATE INDEX vehicle_option_needs ON vehicle_option (needs_id, position);
CREATE INDEX activity_deal ON activity (deal_id, at);
CREATE INDEX activity_customer ON activity (customer_id, at);
CREATE INDEX activity_open_step ON activity (deal_id, due_at) WHERE kind = 'task' AND done_at IS NULL;
CREATE INDEX activity_assignee ON activity (assignee_id, due_at) WHERE kind = 'task' AND done_at IS NULL;
CREATE INDEX activity_follows ON activity (follows_id) WHERE follows_id IS NOT NULL;
CREATE INDEX attachment_activity ON attachment (activity_id);
CREATE INDEX notification_user ON notification (user_id, id);
CREATE INDEX notification_unread ON notification (user_id) WHERE read_at IS NULL;
CREATE INDEX notification_deal ON notification (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX notification_customer ON notification (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX import_batch_waiting ON import_batch (id) WHERE state IN ('queued', 'running', 'undoing');
CREATE INDEX import_row_batch ON import_row (batch_id, number);
CREATE INDEX event_subject ON event (subject, subject_id, id);
CREATE UNIQUE INDEX cancellation_one_open ON cancellation_request (deal_id) WHERE ended_at IS NULL;
CREATE INDEX cancellation_deal ON cancellation_request (deal_id, id);
CREATE INDEX cancellation_waiting ON cancellation_request (requested_at) WHERE ended_at IS NULL;
CREATE INDEX cancellation_reviewer ON cancellation_request (reviewer_id) WHERE ended_at IS NULL;
CREATE INDEX cancellation_ended ON cancellation_request (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX direction_request ON direction (request_id, user_id, until);
CREATE UNIQUE INDEX retention_one_open ON retention_plan (request_id) WHERE ended_at IS NULL;
CREATE INDEX retention_request ON retention_plan (request_id);
CREATE INDEX retention_assignee ON retention_plan (assignee_id, ended_at);
CREATE INDEX offer_plan ON offer (plan_id);
CREATE INDEX counter_offer_plan ON counter_offer (plan_id);
CREATE INDEX commitment_request ON commitment (request_id);
CREATE INDEX deal_retention ON deal (retention_id) WHERE retention_id IS NOT NULL;
CREATE UNIQUE INDEX script_approved ON script (key) WHERE standing = 'approved';
CREATE UNIQUE INDEX script_draft ON script (key) WHERE standing = 'draft';
CREATE INDEX script_situation ON script (situation, standing, position);
CREATE INDEX phrase_sort ON phrase (sort, id);
CREATE INDEX finding_unreviewed ON finding (id) WHERE reviewed_at IS NULL;
CREATE INDEX finding_user ON finding (user_id, id);
CREATE INDEX finding_deal ON finding (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX finding_customer ON finding (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX finding_activity ON finding (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX finding_phrase ON finding (phrase_id) WHERE phrase_id IS NOT NULL
;
CREATE INDEX letter_deal ON letter (deal_id);
CREATE INDEX letter_waiting ON letter (try_after) WHERE activity_id IS NOT NULL AND sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX known_mail_activity ON known_mail (activity_id);
CREATE INDEX customer_folded ON customer (folded);
CREATE INDEX deal_ended_seen ON deal (pipeline_id, state, state_since, owner_id, retention_id, value_cents);
CREATE INDEX deal_ageing ON deal (stage_id, in_stage_since, owner_id, retention_id) WHERE state = 'active';
CREATE INDEX deal_due ON deal (pipeline_id, state, next_due_at, owner_id, retention_id) WHERE next_due_at IS NOT NULL;
CREATE INDEX deal_held_until ON deal (pipeline_id, state, held_until, owner_id, retention_id);
CREATE INDEX deal_losing ON deal (customer_id) WHERE state = 'cancellation_requested';
CREATE INDEX deal_flagged ON deal (pipeline_id, state) WHERE flagged_at IS NOT NULL;
CREATE VIRTUAL TABLE search_name USING fts5 (
  told, content='', contentless_delete=1, prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 2"
);
CREATE VIEW search_name_words AS SELECT id, name AS words, name AS step_0 FROM customer;
CREATE VIEW search_name_step_1 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_0, 'ё', 'е'), 'Ё', 'е'), 'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'), 'đ', 'd'), 'Đ', 'd'), 'ı', 'i'), 'æ', 'ae') AS step_1 FROM search_name_words;
CREATE VIEW search_name_step_2 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_1, 'Æ', 'ae'), 'ß', 'ss'), 'ẞ', 'ss'), 'ά', 'α'), 'Ά', 'α'), 'έ', 'ε'), 'Έ', 'ε'), 'ή', 'η'), 'Ή', 'η'), 'ί', 'ι') AS step_2 FROM search_name_step_1;
CREATE VIEW search_name_step_3 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(step_2, 'Ί', 'ι'), 'ό', 'ο'), 'Ό', 'ο'), 'ύ', 'υ'), 'Ύ', 'υ'), 'ώ', 'ω'), 'Ώ', 'ω') AS step_3 FROM search_name_step_2;
CREATE VIEW search_name_told AS SELECT id, CASE WHEN words GLOB '*[^ -~]*' THEN step_3 ELSE words END AS told FROM search_name_step_3;
CREATE VIRTUAL TABLE search_address USING fts5 (
  told, content='', contentless_delete=1, prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 2"
);
CREATE VIEW search_address_words AS SELECT id, address AS words, address AS step_0 FROM customer_email;
CREATE VIEW search_address_step_1 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_0, 'ё', 'е'), 'Ё', 'е'), 'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'), 'đ', 'd'), 'Đ', 'd'), 'ı', 'i'), 'æ', 'ae') AS step_1 FROM search_address_words;
CREATE VIEW search_address_step_2 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_1, 'Æ', 'ae'), 'ß', 'ss'), 'ẞ', 'ss'), 'ά', 'α'), 'Ά', 'α'), 'έ', 'ε'), 'Έ', 'ε'), 'ή', 'η'), 'Ή', 'η'), 'ί', 'ι') AS step_2 FROM search_address_step_1;
CREATE VIEW search_address_step_3 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(step_2, 'Ί', 'ι'), 'ό', 'ο'), 'Ό', 'ο'), 'ύ', 'υ'), 'Ύ', 'υ'), 'ώ', 'ω'), 'Ώ', 'ω') AS step_3 FROM search_address_step_2;
CREATE VIEW search_address_told AS SELECT id, CASE WHEN words GLOB '*[^ -~]*' THEN step_3 ELSE words END AS told FROM search_address_step_3;
CREATE VIRTUAL TABLE search_number USING fts5 (told, content='', contentless_delete=1, tokenize='trigram');
CREATE VIEW search_number_told AS SELECT id, coalesce(substr(e164, 2), '') || ' ' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(typed, ' ', ''), '+', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), '–', ''), '·', ''), ' ', '') AS told FROM customer_phone;
CREATE VIRTUAL TABLE search_order USING fts5 (
  told, content='', contentless_delete=1, prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 2"
);
CREATE VIEW search_order_words AS SELECT id, (SELECT name FROM customer WHERE customer.id = customer_id) || ' ' || coalesce(vehicle_year, '') || ' ' || vehicle_make || ' ' || vehicle_model || ' ' || external_id AS words, (SELECT name FROM customer WHERE customer.id = customer_id) || ' ' || coalesce(vehicle_year, '') || ' ' || vehicle_make || ' ' || vehicle_model || ' ' || external_id AS step_0 FROM deal;
CREATE VIEW search_order_step_1 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_0, 'ё', 'е'), 'Ё', 'е'), 'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'), 'đ', 'd'), 'Đ', 'd'), 'ı', 'i'), 'æ', 'ae') AS step_1 FROM search_order_words;
CREATE VIEW search_order_step_2 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_1, 'Æ', 'ae'), 'ß', 'ss'), 'ẞ', 'ss'), 'ά', 'α'), 'Ά', 'α'), 'έ', 'ε'), 'Έ', 'ε'), 'ή', 'η'), 'Ή', 'η'), 'ί', 'ι') AS step_2 FROM search_order_step_1;
CREATE VIEW search_order_step_3 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(step_2, 'Ί', 'ι'), 'ό', 'ο'), 'Ό', 'ο'), 'ύ', 'υ'), 'Ύ', 'υ'), 'ώ', 'ω'), 'Ώ', 'ω') AS step_3 FROM search_order_step_2;
CREATE VIEW search_order_told AS SELECT id, CASE WHEN words GLOB '*[^ -~]*' THEN step_3 ELSE words END AS told FROM search_order_step_3;
CREATE VIRTUAL TABLE search_conversation USING fts5 (
  told, content='', contentless_delete=1, prefix='3 4 5 6', tokenize="unicode61 remove_diacritics 2"
);
CREATE VIEW search_conversation_words AS SELECT id, subject || ' ' || summary AS words, subject || ' ' || summary AS step_0 FROM activity;
CREATE VIEW search_conversation_step_1 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_0, 'ё', 'е'), 'Ё', 'е'), 'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'), 'đ', 'd'), 'Đ', 'd'), 'ı', 'i'), 'æ', 'ae') AS step_1 FROM search_conversation_words;
CREATE VIEW search_conversation_step_2 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(step_1, 'Æ', 'ae'), 'ß', 'ss'), 'ẞ', 'ss'), 'ά', 'α'), 'Ά', 'α'), 'έ', 'ε'), 'Έ', 'ε'), 'ή', 'η'), 'Ή', 'η'), 'ί', 'ι') AS step_2 FROM search_conversation_step_1;
CREATE VIEW search_conversation_step_3 AS SELECT id, words, replace(replace(replace(replace(replace(replace(replace(step_2, 'Ί', 'ι'), 'ό', 'ο'), 'Ό', 'ο'), 'ύ', 'υ'), 'Ύ', 'υ'), 'ώ', 'ω'), 'Ώ', 'ω') AS step_3 FROM search_conversation_step_2;
CREATE VIEW search_conversation_told AS SELECT id, CASE WHEN words GLOB '*[^ -~]*' THEN step_3 ELSE words END AS told FROM search_conversation_step_3;
CREATE INDEX undo_step_at ON undo_step (at);
CREATE INDEX deal_by_client ON deal (pipeline_id, state, client, id, owner_id, retention_id);
CREATE INDEX deal_by_stage ON deal (pipeline_id, state, stage_id, id, owner_id, retention_id);
CREATE INDEX deal_by_value ON deal (pipeline_id, state, COALESCE(value_cents, -1), id, owner_id, retention_id);
CREATE INDEX deal_by_due ON deal (pipeline_id, state, COALESCE(held_until, next_due_at, '~'), id, owner_id, retention_id);
CREATE INDEX deal_by_age ON deal (pipeline_id, state, in_stage_since, id, owner_id, retention_id);
CREATE INDEX deal_by_vehicle ON deal (pipeline_id, state, LOWER(vehicle_make || ' ' || vehicle_model || ' ' || COALESCE(vehicle_year, '')), id);
CREATE UNIQUE INDEX saved_view_first ON saved_view (user_id) WHERE opens_first;
CREATE INDEX saved_view_shared ON saved_view (pipeline_id) WHERE shared;
CREATE INDEX activity_due ON activity (due_at, deal_id) WHERE kind = 'task' AND done_at IS NULL;
CREATE INDEX hold_follow_up ON hold (follow_up_on, deal_id) WHERE lifted_at IS NULL;
CREATE INDEX bulk_run_user ON bulk_run (user_id);
CREATE INDEX bulk_run_waiting ON bulk_run (id) WHERE finished_at IS NULL;
CREATE INDEX merged_customer_into ON merged_customer (into_id);
CREATE INDEX customer_phone_e164 ON customer_phone (e164, customer_id) WHERE e164 IS NOT NULL;
CREATE INDEX customer_email_address ON customer_email (LOWER(address), customer_id);
INSERT INTO search_name (rowid, told) SELECT id, told FROM search_name_told;
INSERT INTO search_address (rowid, told) SELECT id, told FROM search_address_told;
INSERT INTO search_number (rowid, told) SELECT id, told FROM search_number_told;
INSERT INTO search_order (rowid, told) SELECT id, told FROM search_order_told;
INSERT INTO search_conversation (rowid, told) SELECT id, told FROM search_conversation_told;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER presentation_of_an_approved_offer BEFORE INSERT ON presentation
WHEN NOT EXISTS (SELECT 1 FROM offer WHERE id = NEW.offer_id AND withdrawn_at IS NULL AND expires_at > NEW.presented_at)
BEGIN SELECT RAISE(ABORT, 'only an approved offer that has not expired is presented'); END;
CREATE TRIGGER story_of_a_retained_order BEFORE INSERT ON story
WHEN NOT EXISTS (SELECT 1 FROM cancellation_request WHERE id = NEW.request_id AND state = 'retained')
BEGIN SELECT RAISE(ABORT, 'a story is told of a retained order only'); END;
CREATE TRIGGER deal_cancelled_after_review BEFORE UPDATE OF state ON deal
WHEN NEW.state = 'cancelled_by_client' AND OLD.state <> NEW.state AND NOT EXISTS (
  SELECT 1 FROM cancellation_request WHERE deal_id = NEW.id AND ended_at IS NULL
  AND state IN ('contacted', 'declined') AND contacted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an order is cancelled after a manager has reviewed it'); END;
CREATE TRIGGER deal_tally_more AFTER INSERT ON deal
BEGIN INSERT INTO deal_tally VALUES (NEW.pipeline_id, NEW.state, NEW.stage_id, NEW.readiness, COALESCE(NEW.owner_id, 0), +1, +COALESCE(NEW.value_cents, 0)) ON CONFLICT DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents; END;
CREATE TRIGGER deal_tally_less AFTER DELETE ON deal
BEGIN INSERT INTO deal_tally VALUES (OLD.pipeline_id, OLD.state, OLD.stage_id, OLD.readiness, COALESCE(OLD.owner_id, 0), -1, -COALESCE(OLD.value_cents, 0)) ON CONFLICT DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents; END;
CREATE TRIGGER deal_tally_moved AFTER UPDATE OF pipeline_id, state, stage_id, readiness, owner_id, value_cents ON deal
WHEN (OLD.pipeline_id, OLD.state, OLD.stage_id, OLD.readiness, OLD.owner_id, OLD.value_cents)
  IS NOT (NEW.pipeline_id, NEW.state, NEW.stage_id, NEW.readiness, NEW.owner_id, NEW.value_cents)
BEGIN INSERT INTO deal_tally VALUES (OLD.pipeline_id, OLD.state, OLD.stage_id, OLD.readiness, COALESCE(OLD.owner_id, 0), -1, -COALESCE(OLD.value_cents, 0)) ON CONFLICT DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents; INSERT INTO deal_tally VALUES (NEW.pipeline_id, NEW.state, NEW.stage_id, NEW.readiness, COALESCE(NEW.owner_id, 0), +1, +COALESCE(NEW.value_cents, 0)) ON CONFLICT DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents; END;
CREATE TRIGGER deal_due_of_step AFTER INSERT ON activity
WHEN NEW.deal_id IS NOT NULL AND NEW.kind = 'task' AND NEW.done_at IS NULL
BEGIN UPDATE deal SET next_due_at = (SELECT MIN(due_at) FROM activity WHERE deal_id = NEW.deal_id AND kind = 'task' AND done_at IS NULL) WHERE id = NEW.deal_id; END;
CREATE TRIGGER deal_due_of_changed AFTER UPDATE OF deal_id, kind, due_at, done_at ON activity
WHEN OLD.kind = 'task' OR NEW.kind = 'task'
BEGIN UPDATE deal SET next_due_at = (SELECT MIN(due_at) FROM activity WHERE deal_id = OLD.deal_id AND kind = 'task' AND done_at IS NULL) WHERE id = OLD.deal_id; UPDATE deal SET next_due_at = (SELECT MIN(due_at) FROM activity WHERE deal_id = NEW.deal_id AND kind = 'task' AND done_at IS NULL) WHERE id = NEW.deal_id; END;
CREATE TRIGGER deal_due_of_gone AFTER DELETE ON activity
WHEN OLD.deal_id IS NOT NULL AND OLD.kind = 'task' AND OLD.done_at IS NULL
BEGIN UPDATE deal SET next_due_at = (SELECT MIN(due_at) FROM activity WHERE deal_id = OLD.deal_id AND kind = 'task' AND done_at IS NULL) WHERE id = OLD.deal_id; END;
CREATE TRIGGER deal_held AFTER INSERT ON hold
BEGIN UPDATE deal SET held_until = (SELECT follow_up_on FROM hold WHERE deal_id = NEW.deal_id AND lifted_at IS NULL) WHERE id = NEW.deal_id; END;
CREATE TRIGGER deal_held_changed AFTER UPDATE OF deal_id, follow_up_on, lifted_at ON hold
BEGIN UPDATE deal SET held_until = (SELECT follow_up_on FROM hold WHERE deal_id = OLD.deal_id AND lifted_at IS NULL) WHERE id = OLD.deal_id; UPDATE deal SET held_until = (SELECT follow_up_on FROM hold WHERE deal_id = NEW.deal_id AND lifted_at IS NULL) WHERE id = NEW.deal_id; END;
CREATE TRIGGER deal_held_gone AFTER DELETE ON hold
BEGIN UPDATE deal SET held_until = (SELECT follow_up_on FROM hold WHERE deal_id = OLD.deal_id AND lifted_at IS NULL) WHERE id = OLD.deal_id; END;
CREATE TRIGGER search_name_delete AFTER DELETE ON customer BEGIN
  DELETE FROM search_name WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_name_update AFTER UPDATE OF name ON customer WHEN OLD.name IS NOT NEW.name BEGIN
  UPDATE search_name SET told = (SELECT told FROM search_name_told WHERE id = NEW.id) WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_address_delete AFTER DELETE ON customer_email BEGIN
  DELETE FROM search_address WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_address_update AFTER UPDATE OF address ON customer_email WHEN OLD.address IS NOT NEW.address BEGIN
  UPDATE search_address SET told = (SELECT told FROM search_address_told WHERE id = NEW.id) WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_number_delete AFTER DELETE ON customer_phone BEGIN
  DELETE FROM search_number WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_number_update AFTER UPDATE OF typed, e164 ON customer_phone WHEN OLD.typed IS NOT NEW.typed OR OLD.e164 IS NOT NEW.e164 BEGIN
  UPDATE search_number SET told = (SELECT told FROM search_number_told WHERE id = NEW.id) WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_order_delete AFTER DELETE ON deal BEGIN
  DELETE FROM search_order WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_order_update AFTER UPDATE OF customer_id, vehicle_year, vehicle_make, vehicle_model, external_id ON deal WHEN OLD.customer_id IS NOT NEW.customer_id OR OLD.vehicle_year IS NOT NEW.vehicle_year OR OLD.vehicle_make IS NOT NEW.vehicle_make OR OLD.vehicle_model IS NOT NEW.vehicle_model OR OLD.external_id IS NOT NEW.external_id BEGIN
  UPDATE search_order SET told = (SELECT told FROM search_order_told WHERE id = NEW.id) WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_conversation_delete AFTER DELETE ON activity BEGIN
  DELETE FROM search_conversation WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_conversation_update AFTER UPDATE OF subject, summary ON activity WHEN OLD.subject IS NOT NEW.subject OR OLD.summary IS NOT NEW.summary BEGIN
  UPDATE search_conversation SET told = (SELECT told FROM search_conversation_told WHERE id = NEW.id) WHERE rowid = OLD.id;
END;
CREATE TRIGGER search_order_renamed AFTER UPDATE OF name ON customer WHEN OLD.name IS NOT NEW.name BEGIN
  UPDATE search_order SET told = (SELECT told FROM search_order_told WHERE id = search_order.rowid)
  WHERE rowid IN (SELECT id FROM deal WHERE customer_id = NEW.id);
END;
CREATE TRIGGER deal_client AFTER INSERT ON deal
BEGIN UPDATE deal SET client = (SELECT folded FROM customer WHERE id = NEW.customer_id) WHERE id = NEW.id; END;
CREATE TRIGGER deal_client_other AFTER UPDATE OF customer_id ON deal
BEGIN UPDATE deal SET client = (SELECT folded FROM customer WHERE id = NEW.customer_id) WHERE id = NEW.id; END;
CREATE TRIGGER deal_client_renamed AFTER UPDATE OF folded ON customer WHEN OLD.folded <> NEW.folded
BEGIN UPDATE deal SET client = NEW.folded WHERE customer_id = NEW.id; END;
CREATE TRIGGER search_name_insert AFTER INSERT ON customer WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN
  INSERT INTO search_name (rowid, told) SELECT id, told FROM search_name_told WHERE id = NEW.id;
END;
CREATE TRIGGER search_address_insert AFTER INSERT ON customer_email WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN
  INSERT INTO search_address (rowid, told) SELECT id, told FROM search_address_told WHERE id = NEW.id;
END;
CREATE TRIGGER search_number_insert AFTER INSERT ON customer_phone WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN
  INSERT INTO search_number (rowid, told) SELECT id, told FROM search_number_told WHERE id = NEW.id;
END;
CREATE TRIGGER search_order_insert AFTER INSERT ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN
  INSERT INTO search_order (rowid, told) SELECT id, told FROM search_order_told WHERE id = NEW.id;
END;
CREATE TRIGGER search_conversation_insert AFTER INSERT ON activity WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN
  INSERT INTO search_conversation (rowid, told) SELECT id, told FROM search_conversation_told WHERE id = NEW.id;
END;
CREATE TRIGGER board_change_deal_new AFTER INSERT ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NEW.pipeline_id, NEW.id, NEW.stage_id, NEW.state, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_deal_gone AFTER DELETE ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (OLD.pipeline_id, OLD.id, OLD.stage_id, OLD.state, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_deal AFTER UPDATE OF pipeline_id, state, stage_id, version, customer_id, readiness, owner_id, currency, value_cents, vehicle_year, vehicle_make, vehicle_model, loss_reason, flagged_at, retention_id, in_stage_since, state_since ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.pipeline_id, OLD.state, OLD.stage_id, OLD.version, OLD.customer_id, OLD.readiness, OLD.owner_id, OLD.currency, OLD.value_cents, OLD.vehicle_year, OLD.vehicle_make, OLD.vehicle_model, OLD.loss_reason, OLD.flagged_at, OLD.retention_id, OLD.in_stage_since, OLD.state_since) IS NOT (NEW.pipeline_id, NEW.state, NEW.stage_id, NEW.version, NEW.customer_id, NEW.readiness, NEW.owner_id, NEW.currency, NEW.value_cents, NEW.vehicle_year, NEW.vehicle_make, NEW.vehicle_model, NEW.loss_reason, NEW.flagged_at, NEW.retention_id, NEW.in_stage_since, NEW.state_since)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NEW.pipeline_id, NEW.id, NEW.stage_id, NEW.state, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_deal_left AFTER UPDATE OF pipeline_id, state, stage_id ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.pipeline_id, OLD.state, OLD.stage_id) IS NOT (NEW.pipeline_id, NEW.state, NEW.stage_id)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (OLD.pipeline_id, OLD.id, OLD.stage_id, OLD.state, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_step_new AFTER INSERT ON activity WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND (NEW.kind = 'task' AND NEW.done_at IS NULL AND NEW.deal_id IS NOT NULL) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = NEW.deal_id; END;
CREATE TRIGGER board_change_step_gone AFTER DELETE ON activity WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND (OLD.kind = 'task' AND OLD.done_at IS NULL AND OLD.deal_id IS NOT NULL) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = OLD.deal_id; END;
CREATE TRIGGER board_change_step AFTER UPDATE OF deal_id, kind, subject, due_at, done_at ON activity WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.deal_id, OLD.kind, OLD.subject, OLD.due_at, OLD.done_at) IS NOT (NEW.deal_id, NEW.kind, NEW.subject, NEW.due_at, NEW.done_at) AND 'task' IN (OLD.kind, NEW.kind)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = OLD.deal_id;INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = NEW.deal_id; END;
CREATE TRIGGER board_change_hold_new AFTER INSERT ON hold WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = NEW.deal_id; END;
CREATE TRIGGER board_change_hold_gone AFTER DELETE ON hold WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = OLD.deal_id; END;
CREATE TRIGGER board_change_hold AFTER UPDATE OF deal_id, sub_status, follow_up_on, lifted_at ON hold WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.deal_id, OLD.sub_status, OLD.follow_up_on, OLD.lifted_at) IS NOT (NEW.deal_id, NEW.sub_status, NEW.follow_up_on, NEW.lifted_at)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = NEW.deal_id; END;
CREATE TRIGGER board_change_review_new AFTER INSERT ON cancellation_request WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = NEW.deal_id; END;
CREATE TRIGGER board_change_review AFTER UPDATE OF state, due_at, attempted_at, reviewer_id, ended_at ON cancellation_request WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.state, OLD.due_at, OLD.attempted_at, OLD.reviewer_id, OLD.ended_at) IS NOT (NEW.state, NEW.due_at, NEW.attempted_at, NEW.reviewer_id, NEW.ended_at)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id = NEW.deal_id; END;
CREATE TRIGGER board_change_client AFTER UPDATE OF name, no_calls ON customer WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.name, OLD.no_calls) IS NOT (NEW.name, NEW.no_calls)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id = NEW.id; END;
CREATE TRIGGER board_change_stage_new AFTER INSERT ON stage WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NEW.pipeline_id, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_stage AFTER UPDATE OF version, name, position, accent, ageing_days, archived, probability, most_deals ON stage WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.version, OLD.name, OLD.position, OLD.accent, OLD.ageing_days, OLD.archived, OLD.probability, OLD.most_deals) IS NOT (NEW.version, NEW.name, NEW.position, NEW.accent, NEW.ageing_days, NEW.archived, NEW.probability, NEW.most_deals)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NEW.pipeline_id, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_pruned AFTER INSERT ON board_change WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND (NEW.id % 1000 = 0) BEGIN DELETE FROM board_change WHERE id <= NEW.id - 10000; END;
CREATE TRIGGER board_change_lock AFTER UPDATE OF state ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.state = 'cancellation_requested') IS NOT (NEW.state = 'cancellation_requested')) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id <> NEW.id AND customer_id IN (
  SELECT NEW.customer_id
  UNION SELECT same.customer_id FROM customer_phone AS theirs JOIN customer_phone AS same ON same.e164 = theirs.e164
  WHERE theirs.customer_id = NEW.customer_id
  UNION SELECT same.customer_id FROM customer_email AS theirs JOIN customer_email AS same ON LOWER(same.address) = LOWER(theirs.address)
  WHERE theirs.customer_id = NEW.customer_id); END;
CREATE TRIGGER board_change_other_client AFTER UPDATE OF customer_id ON deal WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.customer_id) IS NOT (NEW.customer_id)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id <> NEW.id AND customer_id IN (
  SELECT OLD.customer_id
  UNION SELECT same.customer_id FROM customer_phone AS theirs JOIN customer_phone AS same ON same.e164 = theirs.e164
  WHERE theirs.customer_id = OLD.customer_id
  UNION SELECT same.customer_id FROM customer_email AS theirs JOIN customer_email AS same ON LOWER(same.address) = LOWER(theirs.address)
  WHERE theirs.customer_id = OLD.customer_id);INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE id <> NEW.id AND customer_id IN (
  SELECT NEW.customer_id
  UNION SELECT same.customer_id FROM customer_phone AS theirs JOIN customer_phone AS same ON same.e164 = theirs.e164
  WHERE theirs.customer_id = NEW.customer_id
  UNION SELECT same.customer_id FROM customer_email AS theirs JOIN customer_email AS same ON LOWER(same.address) = LOWER(theirs.address)
  WHERE theirs.customer_id = NEW.customer_id); END;
CREATE TRIGGER board_change_customer_phone_new AFTER INSERT ON customer_phone WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT NEW.customer_id UNION SELECT customer_id FROM customer_phone WHERE e164 = NEW.e164); END;
CREATE TRIGGER board_change_customer_phone_gone AFTER DELETE ON customer_phone WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT OLD.customer_id UNION SELECT customer_id FROM customer_phone WHERE e164 = OLD.e164); END;
CREATE TRIGGER board_change_customer_phone AFTER UPDATE OF customer_id, e164, typed, position ON customer_phone WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.customer_id, OLD.e164, OLD.typed, OLD.position) IS NOT (NEW.customer_id, NEW.e164, NEW.typed, NEW.position)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT OLD.customer_id UNION SELECT customer_id FROM customer_phone WHERE e164 = OLD.e164);INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT NEW.customer_id UNION SELECT customer_id FROM customer_phone WHERE e164 = NEW.e164); END;
CREATE TRIGGER board_change_customer_email_new AFTER INSERT ON customer_email WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT NEW.customer_id UNION SELECT customer_id FROM customer_email WHERE LOWER(address) = LOWER(NEW.address)); END;
CREATE TRIGGER board_change_customer_email_gone AFTER DELETE ON customer_email WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT OLD.customer_id UNION SELECT customer_id FROM customer_email WHERE LOWER(address) = LOWER(OLD.address)); END;
CREATE TRIGGER board_change_customer_email AFTER UPDATE OF customer_id, address ON customer_email WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.customer_id, OLD.address) IS NOT (NEW.customer_id, NEW.address)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT OLD.customer_id UNION SELECT customer_id FROM customer_email WHERE LOWER(address) = LOWER(OLD.address));INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id IN (SELECT NEW.customer_id UNION SELECT customer_id FROM customer_email WHERE LOWER(address) = LOWER(NEW.address)); END;
CREATE TRIGGER board_change_person AFTER UPDATE OF name, email, roles, deactivated_at ON user WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.name, OLD.email, OLD.roles, OLD.deactivated_at) IS NOT (NEW.name, NEW.email, NEW.roles, NEW.deactivated_at)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NULL, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_person_new AFTER INSERT ON user WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NULL, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_pipeline AFTER UPDATE OF name, slug, position ON pipeline WHEN NOT EXISTS (SELECT 1 FROM search_paused) AND ((OLD.name, OLD.slug, OLD.position) IS NOT (NEW.name, NEW.slug, NEW.position)) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NULL, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
CREATE TRIGGER board_change_pipeline_new AFTER INSERT ON pipeline WHEN NOT EXISTS (SELECT 1 FROM search_paused) BEGIN INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) VALUES (NULL, NULL, NULL, NULL, (SELECT COALESCE(MAX(id), 0) FROM event)); END;
