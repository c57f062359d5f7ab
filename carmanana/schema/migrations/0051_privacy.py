"""What is kept of a person, for how long, and what was erased. A number or an address of somebody erased who asked not to be
contacted is kept as a keyed hash. A merge keeps for a day what it takes to undo it."""

TABLES = """
CREATE TABLE suppressed_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL UNIQUE,
  since TEXT NOT NULL
);

CREATE TABLE erasure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_number INTEGER NOT NULL,
  customer_made TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'period', 'no_basis')),
  by_id INTEGER REFERENCES user (id),
  at TEXT NOT NULL,
  rows_erased INTEGER NOT NULL DEFAULT 0,
  files_erased INTEGER NOT NULL DEFAULT 0,
  digests TEXT NOT NULL DEFAULT '',
  UNIQUE (customer_number, customer_made)
);

CREATE TABLE erasure_proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('leads', 'cancelled', 'recordings')),
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  since TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  decision TEXT NOT NULL DEFAULT 'open' CHECK (decision IN ('open', 'erased', 'kept')),
  decided_by_id INTEGER REFERENCES user (id),
  decided_at TEXT,
  keep_until TEXT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX erasure_proposal_open ON erasure_proposal (customer_id, kind) WHERE decision = 'open';
CREATE INDEX erasure_proposal_decision ON erasure_proposal (decision, since);
CREATE INDEX erasure_proposal_customer ON erasure_proposal (customer_id);

CREATE TABLE privacy_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  leads_months INTEGER NOT NULL DEFAULT 0 CHECK (leads_months BETWEEN 0 AND 240),
  cancelled_months INTEGER NOT NULL DEFAULT 0 CHECK (cancelled_months BETWEEN 0 AND 240),
  recordings_months INTEGER NOT NULL DEFAULT 0 CHECK (recordings_months BETWEEN 0 AND 240),
  version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO privacy_settings (id) VALUES (1);
ALTER TABLE merged_customer ADD COLUMN undo TEXT
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
