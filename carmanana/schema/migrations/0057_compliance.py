"""Findings go through a machine of their own and know what they are about; consequences stand in one ledger, which takes up
what was a table of restricted stages; calls and emails are reviewed against scorecards in versions."""

FINDING = """
CREATE TABLE finding_again (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  customer_id INTEGER REFERENCES customer (id) ON DELETE SET NULL,
  deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL,
  lead_id INTEGER REFERENCES lead (id) ON DELETE SET NULL,
  request_id INTEGER REFERENCES cancellation_request (id) ON DELETE SET NULL,
  activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
  sort TEXT NOT NULL CHECK (sort <> ''),
  phrase_id INTEGER REFERENCES phrase (id) ON DELETE SET NULL,
  excerpt TEXT NOT NULL CHECK (LENGTH(excerpt) <= 200),
  place TEXT NOT NULL CHECK (place IN ('note', 'email', 'text', 'call', 'voicemail', 'review', 'deal', 'lead')),
  spot TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL CHECK (outcome IN ('refused', 'confirmed', 'happened', 'rule', 'hand')),
  at TEXT NOT NULL,
  raised_by_id INTEGER REFERENCES user (id),
  source TEXT,
  words TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'reviewed', 'dismissed', 'disputed', 'upheld', 'overturned')),
  reviewed_at TEXT,
  reviewed_by_id INTEGER REFERENCES user (id),
  note TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  dispute TEXT NOT NULL DEFAULT '',
  disputed_at TEXT,
  decision TEXT NOT NULL DEFAULT '',
  decided_at TEXT,
  decided_by_id INTEGER REFERENCES user (id),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((reviewed_at IS NULL) = (reviewed_by_id IS NULL)),
  CHECK ((decided_at IS NULL) = (decided_by_id IS NULL)),
  CHECK (decided_by_id IS NULL OR decided_by_id <> user_id)
);
INSERT INTO finding_again (id, user_id, customer_id, deal_id, activity_id, sort, phrase_id, excerpt, place, outcome, at, state,
  reviewed_at, reviewed_by_id, note, version)
  SELECT id, user_id, customer_id, deal_id, activity_id, sort, phrase_id, excerpt, place, outcome, at,
  CASE WHEN reviewed_at IS NULL THEN 'open' ELSE 'reviewed' END, reviewed_at, reviewed_by_id, note, version FROM finding;
DROP TABLE finding;
ALTER TABLE finding_again RENAME TO finding;
CREATE INDEX finding_state ON finding (state, id);
CREATE INDEX finding_user ON finding (user_id, id);
CREATE INDEX finding_at ON finding (at);
CREATE INDEX finding_deal ON finding (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX finding_customer ON finding (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX finding_lead ON finding (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX finding_request ON finding (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX finding_activity ON finding (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX finding_phrase ON finding (phrase_id) WHERE phrase_id IS NOT NULL;
CREATE UNIQUE INDEX finding_source ON finding (source) WHERE source IS NOT NULL
"""

LEDGER = """
CREATE TABLE consequence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  kind TEXT NOT NULL CHECK (kind IN ('coaching', 'retraining', 'access', 'disciplinary')),
  state TEXT NOT NULL DEFAULT 'standing'
    CHECK (state IN ('standing', 'acknowledged', 'done', 'ended', 'taken_back')),
  finding_id INTEGER REFERENCES finding (id),
  stage_id INTEGER REFERENCES stage (id),
  reason TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  due_on TEXT,
  created_by_id INTEGER NOT NULL REFERENCES user (id),
  created_at TEXT NOT NULL,
  reminded_at TEXT,
  acknowledged_at TEXT,
  closed_at TEXT,
  closed_by_id INTEGER REFERENCES user (id),
  closed_because TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((kind = 'access') = (stage_id IS NOT NULL))
);
INSERT INTO consequence (id, user_id, kind, stage_id, reason, starts_on, ends_on, created_by_id, created_at)
  SELECT id, user_id, 'access', stage_id, reason, starts_on, ends_on, created_by_id, created_at FROM stage_restriction;
UPDATE one_time_key SET made = 'consequence' WHERE made = 'stage_restriction';
DROP TABLE stage_restriction;
CREATE INDEX consequence_user ON consequence (user_id, id);
CREATE INDEX consequence_state ON consequence (state, id);
CREATE INDEX consequence_barring ON consequence (user_id, stage_id) WHERE kind = 'access' AND state = 'standing';
CREATE INDEX consequence_finding ON consequence (finding_id) WHERE finding_id IS NOT NULL;
CREATE INDEX consequence_stage ON consequence (stage_id) WHERE stage_id IS NOT NULL;
ALTER TABLE notification ADD COLUMN finding_id INTEGER REFERENCES finding (id) ON DELETE CASCADE;
ALTER TABLE notification ADD COLUMN consequence_id INTEGER REFERENCES consequence (id) ON DELETE CASCADE;
CREATE INDEX notification_finding ON notification (finding_id) WHERE finding_id IS NOT NULL;
CREATE INDEX notification_consequence ON notification (consequence_id) WHERE consequence_id IS NOT NULL
"""

REVIEWS = """
CREATE TABLE compliance_settings (
  id INTEGER PRIMARY KEY,
  sample_percent INTEGER NOT NULL DEFAULT 3 CHECK (sample_percent BETWEEN 0 AND 100),
  least_a_month INTEGER NOT NULL DEFAULT 1 CHECK (least_a_month BETWEEN 0 AND 20),
  second_percent INTEGER NOT NULL DEFAULT 10 CHECK (second_percent BETWEEN 0 AND 100),
  version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO compliance_settings (id) VALUES (1);

CREATE TABLE scorecard (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'retired', 'declined')),
  about TEXT NOT NULL DEFAULT '',
  made_by_id INTEGER REFERENCES user (id),
  made_at TEXT NOT NULL,
  decided_by_id INTEGER REFERENCES user (id),
  decided_at TEXT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX scorecard_approved ON scorecard (state) WHERE state = 'approved';
CREATE UNIQUE INDEX scorecard_proposed ON scorecard (state) WHERE state = 'proposed';

CREATE TABLE scorecard_question (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scorecard_id INTEGER NOT NULL REFERENCES scorecard (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  words TEXT NOT NULL CHECK (LENGTH(words) BETWEEN 1 AND 120),
  sop TEXT NOT NULL DEFAULT '',
  fatal INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX scorecard_question_scorecard ON scorecard_question (scorecard_id, position);

CREATE TABLE review_case (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activity_id INTEGER NOT NULL UNIQUE REFERENCES activity (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  why TEXT NOT NULL CHECK (why IN ('flagged', 'sampled')),
  flags TEXT NOT NULL DEFAULT '',
  scores_wanted INTEGER NOT NULL DEFAULT 1 CHECK (scores_wanted IN (1, 2)),
  created_at TEXT NOT NULL,
  done_at TEXT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX review_case_waiting ON review_case (why, id) WHERE done_at IS NULL;
CREATE INDEX review_case_done ON review_case (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX review_case_user ON review_case (user_id, id);

CREATE TABLE score (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL REFERENCES review_case (id) ON DELETE CASCADE,
  scorecard_id INTEGER NOT NULL REFERENCES scorecard (id),
  reviewer_id INTEGER NOT NULL REFERENCES user (id),
  state TEXT NOT NULL DEFAULT 'begun' CHECK (state IN ('begun', 'submitted')),
  points INTEGER CHECK (points BETWEEN 0 AND 100),
  takeaway TEXT NOT NULL DEFAULT '',
  began_at TEXT NOT NULL,
  submitted_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (case_id, reviewer_id)
);
CREATE INDEX score_reviewer ON score (reviewer_id, state);
CREATE INDEX score_scorecard ON score (scorecard_id);

CREATE TABLE score_answer (
  score_id INTEGER NOT NULL REFERENCES score (id) ON DELETE CASCADE,
  question_id INTEGER NOT NULL REFERENCES scorecard_question (id),
  answer TEXT NOT NULL CHECK (answer IN ('', 'yes', 'partly', 'no', 'na')),
  spot TEXT NOT NULL DEFAULT '',
  quote TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (score_id, question_id)
);
CREATE INDEX score_answer_question ON score_answer (question_id);

CREATE TABLE transcript (
  activity_id INTEGER PRIMARY KEY REFERENCES activity (id) ON DELETE CASCADE,
  lines TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('typed', 'text', 'srt', 'vtt')),
  written_by_id INTEGER NOT NULL REFERENCES user (id),
  written_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX transcript_written_by ON transcript (written_by_id)
"""

NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
QUESTIONS = (
    ("Accurate and honest", "Cancellation SOP, review of calls and emails", 0),
    ("No promise of refunds or times", "Cancellation SOP, step 2", 1),
    ("SOP wording used", "Cancellation SOP, scripts A to C", 0),
    ("Reason logged in full", "Cancellation SOP, step 3", 0),
    ("Status and task set at once", "Cancellation SOP, step 4", 0),
)


def up(migrator, db):
    for statement in f"{FINDING};\n{LEDGER};\n{REVIEWS}".split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    db.execute_sql(f"INSERT INTO scorecard (number, state, made_at, decided_at) VALUES (1, 'approved', {NOW}, {NOW})")
    for position, question in enumerate(QUESTIONS, 1):
        db.execute_sql(
            "INSERT INTO scorecard_question (scorecard_id, position, words, sop, fatal) VALUES (1, ?, ?, ?, ?)",
            (position, *question),
        )
