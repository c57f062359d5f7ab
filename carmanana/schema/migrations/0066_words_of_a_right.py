"""What is said and written where the law gives a right to cancel."""

import tomllib

from carmanana.config import ROOT

NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
SCRIPT = f"""
INSERT INTO script (key, situation, who, kind, title, words, sop, position, number, standing, approved_at, created_at)
VALUES (:situation, :situation, :who, 'say', :title, :words, '', :position, 1, 'approved', {NOW}, {NOW})
"""
LETTER = """
INSERT INTO letter_template (code, name, used_when, may_use, subject, body, position)
VALUES (:code, :name, :used_when, ' manager ', :subject, :body, :position)
"""


def up(migrator, db):
    told = tomllib.loads((ROOT / "data" / "reference" / "right_to_cancel.toml").read_text("utf-8"))
    last = db.execute_sql("SELECT COALESCE(MAX(position), 0) FROM script").fetchone()[0]
    for number, script in enumerate(told["script"], 1):
        db.execute_sql(SCRIPT, script | {"position": last + number * 10})
    last = db.execute_sql("SELECT COALESCE(MAX(position), 0) FROM letter_template").fetchone()[0]
    db.execute_sql(LETTER, told["letter"] | {"position": last + 1})
