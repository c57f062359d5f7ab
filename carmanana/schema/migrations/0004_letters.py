"""Emails to and from clients, and the templates they begin with."""

import tomllib

from carmanana.config import ROOT

TABLES = """
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
CREATE INDEX letter_deal ON letter (deal_id);
CREATE INDEX letter_waiting ON letter (try_after) WHERE activity_id IS NOT NULL AND sent_at IS NULL AND given_up_at IS NULL;

CREATE TABLE known_mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  UNIQUE (deal_id, message_id)
);
CREATE INDEX known_mail_activity ON known_mail (activity_id);
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    told = tomllib.loads((ROOT / "data" / "reference" / "letters.toml").read_text("utf-8"))
    for position, template in enumerate(told["template"], 1):
        row = template | {"may_use": f" {' '.join(sorted(template['may_use']))} ", "position": position}
        names = ", ".join(row)
        db.execute_sql(
            f"INSERT INTO letter_template ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
