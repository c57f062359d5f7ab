"""Approved wording, the phrases that may not be said, and what was found of them."""

import tomllib

from carmanana.config import ROOT

TABLES = """
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
CREATE UNIQUE INDEX script_approved ON script (key) WHERE standing = 'approved';
CREATE UNIQUE INDEX script_draft ON script (key) WHERE standing = 'draft';
CREATE INDEX script_situation ON script (situation, standing, position);

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
CREATE INDEX phrase_sort ON phrase (sort, id);

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
CREATE INDEX finding_unreviewed ON finding (id) WHERE reviewed_at IS NULL;
CREATE INDEX finding_user ON finding (user_id, id);
CREATE INDEX finding_deal ON finding (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX finding_customer ON finding (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX finding_activity ON finding (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX finding_phrase ON finding (phrase_id) WHERE phrase_id IS NOT NULL
"""

NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
SCRIPT = f"""
INSERT INTO script (key, situation, who, kind, title, words, sop, position, number, standing, approved_at, created_at)
VALUES (:key, :situation, :who, :kind, :title, :words, :sop, :position, 1, 'approved', {NOW}, {NOW})
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    for position, script in enumerate(_reference("scripts.toml")["script"], 1):
        told = {"kind": "say", "sop": "", "key": script["situation"]} | script | {"position": position * 10}
        db.execute_sql(SCRIPT, told)
    phrases = _reference("phrases.toml")
    for entry in phrases["list"]:
        db.execute_sql(
            f"INSERT INTO word_list (name, words, about, changed_at) VALUES (?, ?, ?, {NOW})",
            (entry["name"], entry["words"].strip(), entry.get("about", "")),
        )
    for phrase in phrases["phrase"]:
        db.execute_sql(
            f"INSERT INTO phrase (sort, pattern, catches, passes, changed_at) VALUES (?, ?, ?, ?, {NOW})",
            (phrase["sort"], phrase["pattern"], phrase["catches"], phrase.get("passes", "")),
        )


def _reference(name: str) -> dict:
    return tomllib.loads((ROOT / "data" / "reference" / name).read_text("utf-8"))
