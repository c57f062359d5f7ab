"""When and on what terms somebody may be called, texted or mailed, region by region, as rows that an admin edits; holidays of
those regions, and do-not-call registers as dated files."""

import csv
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
TABLES = """
CREATE TABLE calling_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  region TEXT NOT NULL CHECK (region <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('call', 'text', 'email')),
  weekdays TEXT NOT NULL CHECK (weekdays <> ''),
  opens TEXT NOT NULL,
  closes TEXT NOT NULL,
  clock TEXT NOT NULL DEFAULT 'called party',
  holidays_allowed INTEGER NOT NULL DEFAULT 1,
  cap INTEGER CHECK (cap > 0),
  cap_hours INTEGER CHECK (cap_hours > 0),
  consent TEXT NOT NULL DEFAULT 'none',
  relationship_purchase_months INTEGER,
  relationship_inquiry_months INTEGER,
  inquiry_excuses INTEGER NOT NULL DEFAULT 0,
  register_days INTEGER,
  optout_days INTEGER,
  identify_within_s INTEGER,
  end_within_s INTEGER,
  source TEXT NOT NULL,
  effective_from TEXT,
  effective_until TEXT,
  confidence TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (opens < closes),
  CHECK ((cap IS NULL) = (cap_hours IS NULL)),
  CHECK (effective_until IS NULL OR effective_from IS NULL OR effective_until >= effective_from)
);
CREATE INDEX calling_rule_region ON calling_rule (region, kind);

CREATE TABLE region_holiday (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  region TEXT NOT NULL,
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (region, day)
);

CREATE TABLE do_not_call_register (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  region TEXT NOT NULL,
  taken_on TEXT NOT NULL,
  name TEXT NOT NULL,
  numbers INTEGER NOT NULL DEFAULT 0,
  loaded_by INTEGER REFERENCES user (id),
  loaded_at TEXT NOT NULL
);
CREATE INDEX do_not_call_register_region ON do_not_call_register (region, taken_on);

CREATE TABLE registered_number (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  register_id INTEGER NOT NULL REFERENCES do_not_call_register (id) ON DELETE CASCADE,
  e164 TEXT NOT NULL
);
CREATE INDEX registered_number_e164 ON registered_number (e164, register_id);
CREATE INDEX registered_number_register ON registered_number (register_id)
"""
WORDS = ("region", "kind", "opens", "closes", "clock", "consent", "source", "confidence", "note")
NUMBERS = (
    "cap", "cap_hours", "relationship_purchase_months", "relationship_inquiry_months", "register_days", "optout_days",
    "identify_within_s", "end_within_s",
)  # fmt: skip


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        db.execute_sql(statement)
    for row in _rows("calling_rules.csv"):
        _insert(db, "calling_rule", _rule(row))
    for row in _rows("region_holidays.csv"):
        _insert(db, "region_holiday", row)


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rule(row: dict[str, str]) -> dict:
    return {
        **{name: row[name] for name in WORDS},
        **{name: int(row[name]) if row[name] else None for name in NUMBERS},
        "weekdays": _weekdays(row["weekdays"]),
        "holidays_allowed": int(row["holidays"] == "allowed"),
        "inquiry_excuses": int(row["inquiry_excuses"] == "yes"),
        "effective_from": row["effective_from"] or None,
    }


def _weekdays(text: str) -> str:
    """ "1-5" or "6,E" as the digits that they stand for."""
    found = ""
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        found += "".join(map(str, range(int(first), int(last) + 1))) if last else first
    return found


def _insert(db, table: str, row: dict) -> None:
    places = ", ".join("?" * len(row))
    db.execute_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", tuple(row.values()))
