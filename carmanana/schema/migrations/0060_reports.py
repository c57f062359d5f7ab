"""The weekly report and who wants it; checks of the audit trail; the trail by time, person and verb.
How deals went through their stages, and what was tried on leads, as `derived` keeps them."""

STATEMENTS = (
    """
CREATE TABLE weekly_report (
  user_id INTEGER PRIMARY KEY REFERENCES user (id),
  since TEXT NOT NULL,
  last_on TEXT
)
""",
    """
CREATE TABLE audit_check (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'whole', 'broken')),
  total INTEGER NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0,
  last_event_id INTEGER NOT NULL DEFAULT 0,
  last_hash TEXT NOT NULL,
  broken_id INTEGER,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  CHECK ((state = 'waiting') = (finished_at IS NULL)),
  CHECK ((state = 'broken') = (broken_id IS NOT NULL))
)
""",
    """
CREATE TABLE stage_visit (
  id INTEGER PRIMARY KEY,
  deal_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  entered_at TEXT NOT NULL,
  entered_by_id INTEGER,
  stood INTEGER NOT NULL DEFAULT 0,
  runs_since TEXT,
  left_at TEXT,
  left_as TEXT,
  left_by_id INTEGER
)
""",
    "CREATE INDEX stage_visit_deal ON stage_visit (deal_id, stage_id, left_as, left_by_id)",
    "CREATE INDEX stage_visit_left ON stage_visit (left_at, stage_id, stood, left_as, left_by_id, deal_id)"
    " WHERE left_at IS NOT NULL",
    "CREATE TABLE lead_reach (lead_id INTEGER PRIMARY KEY, attempts INTEGER NOT NULL DEFAULT 0,"
    " conversations INTEGER NOT NULL DEFAULT 0, assessed INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX audit_check_user ON audit_check (user_id)",
    "CREATE UNIQUE INDEX audit_check_waiting ON audit_check (state) WHERE state = 'waiting'",
    "CREATE INDEX event_at ON event (at, id)",
    "CREATE INDEX event_actor ON event (actor_id, at, id)",
    "CREATE INDEX event_verb ON event (verb, at, id)",
    "CREATE INDEX deal_created ON deal (created_at, owner_id)",
    "CREATE INDEX deal_won_when ON deal (won_at, owner_id) WHERE won_at IS NOT NULL",
    "CREATE INDEX deal_ended_when ON deal (state, state_since)",
    "CREATE INDEX activity_at ON activity (at, kind, direction, outcome, author_id, deal_id, lead_id)"
    " WHERE kind IN ('call', 'voicemail', 'email', 'text')",
    "CREATE INDEX activity_done_closed ON activity (done_at, closed_as, done_by_id, due_at) WHERE kind = 'task' AND done_at IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
