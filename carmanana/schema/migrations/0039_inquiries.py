"""How inquiries come in: what is set for them, arrivals counted by address, files that wait for their preview to be confirmed;
when a lead that nobody answered was put before the manager."""

TABLES = """
CREATE TABLE inquiry_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  origins TEXT NOT NULL DEFAULT '',
  owner_id INTEGER REFERENCES user (id),
  answer_minutes INTEGER NOT NULL DEFAULT 60 CHECK (answer_minutes > 0),
  privacy_url TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO inquiry_settings (id) VALUES (1);
CREATE INDEX inquiry_settings_owner ON inquiry_settings (owner_id) WHERE owner_id IS NOT NULL;
CREATE TABLE arrival (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  way TEXT NOT NULL,
  address TEXT NOT NULL,
  nonce TEXT,
  lead_id INTEGER REFERENCES lead (id) ON DELETE SET NULL,
  at TEXT NOT NULL
);
CREATE INDEX arrival_address ON arrival (way, address, at);
CREATE INDEX arrival_at ON arrival (at);
CREATE INDEX arrival_lead ON arrival (lead_id) WHERE lead_id IS NOT NULL;
CREATE UNIQUE INDEX arrival_nonce ON arrival (nonce) WHERE nonce IS NOT NULL;
CREATE TABLE lead_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  name TEXT NOT NULL,
  stored TEXT NOT NULL,
  created_at TEXT NOT NULL,
  taken_at TEXT
);
CREATE INDEX lead_file_user ON lead_file (user_id, created_at);
ALTER TABLE lead ADD COLUMN escalated_at TEXT;
CREATE INDEX lead_unanswered ON lead (received_at)
  WHERE first_answered_at IS NULL AND escalated_at IS NULL AND state IN ('new', 'working', 'connected', 'assessed')
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        db.execute_sql(statement)
