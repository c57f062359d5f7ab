"""What the law of a region says about a right to cancel: facts with their source, and how sure we are of each."""

import csv
from pathlib import Path

FILE = Path(__file__).resolve().parents[3] / "data" / "reference" / "cancellation_rights.csv"
TABLE = """
CREATE TABLE cancellation_right (
  id INTEGER PRIMARY KEY,
  region TEXT NOT NULL,
  applies_to TEXT NOT NULL,
  agreed_how TEXT NOT NULL,
  price_up_to_cents INTEGER,
  currency TEXT,
  agreed_from TEXT,
  days INTEGER NOT NULL CHECK (days > 0),
  runs_from TEXT NOT NULL CHECK (runs_from IN ('delivery', 'later')),
  conditions TEXT NOT NULL,
  money TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence TEXT NOT NULL
) STRICT
"""
MAY_BE_NULL = ("price_up_to_cents", "currency", "agreed_from")


def up(migrator, db):
    db.execute_sql(TABLE)
    db.execute_sql("CREATE INDEX cancellation_right_region ON cancellation_right (region)")
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = [None if name in MAY_BE_NULL and not value else value for name, value in row.items()]
            places = ", ".join("?" * len(row))
            db.execute_sql(f"INSERT INTO cancellation_right ({', '.join(row)}) VALUES ({places})", values)
