"""Approved wording for calls to leads, in the customer's language and with what a region asks for."""

import tomllib

from carmanana.config import ROOT

COLUMNS = [
    "ALTER TABLE script ADD COLUMN language TEXT NOT NULL DEFAULT 'en'",
    "ALTER TABLE script ADD COLUMN region TEXT NOT NULL DEFAULT ''",
]
NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
SCRIPT = f"""
INSERT INTO script (key, situation, who, kind, title, words, sop, language, region, position, number, standing, approved_at, created_at)
VALUES (:key, :situation, 'agent', 'say', :title, :words, :sop, :language, :region, :position, 1, 'approved', {NOW}, {NOW})
"""


def up(migrator, db):
    for statement in COLUMNS:
        db.execute_sql(statement)
    scripts = tomllib.loads((ROOT / "data" / "reference" / "lead_scripts.toml").read_text("utf-8"))["script"]
    first = db.execute_sql("SELECT COALESCE(MAX(position), 0) FROM script").fetchone()[0]
    for number, script in enumerate(scripts, 1):
        db.execute_sql(SCRIPT, {"language": "en", "region": ""} | script | {"position": first + number * 10})
