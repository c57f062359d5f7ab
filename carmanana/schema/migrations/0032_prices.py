"""Phrases know what quotes or negotiates a price, for text to leads; findings too. Leads are found by
their place."""

import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parents[3] / "data" / "reference" / "phrases_prices.toml"
NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
PHRASE = f"INSERT INTO phrase (sort, pattern, catches, passes, language, changed_at) VALUES ('price_quote', ?, ?, ?, ?, {NOW})"
KNOWN = {"phrase": "'refund_promise'", "finding": "'refund_promise'"}
PLACE = "CREATE INDEX lead_place ON lead (region, timezone) WHERE state IN ('new', 'working', 'connected', 'assessed')"


def up(migrator, db):
    db.execute_sql("CREATE TEMP TABLE found_by AS SELECT id, phrase_id FROM finding WHERE phrase_id IS NOT NULL")
    for table, known in KNOWN.items():
        _know_one_more(db, table, known)
    db.execute_sql(
        "UPDATE finding SET phrase_id = (SELECT phrase_id FROM found_by WHERE found_by.id = finding.id) "
        "WHERE id IN (SELECT id FROM found_by)"
    )
    db.execute_sql("DROP TABLE found_by")
    for phrase in tomllib.loads(FILE.read_text("utf-8"))["phrase"]:
        db.execute_sql(PHRASE, tuple(phrase[name] for name in ("pattern", "catches", "passes", "language")))
    db.execute_sql(PLACE)


def _know_one_more(db, table: str, known: str) -> None:
    """The table once more as it is, with the new sort among those that it takes."""
    sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    (made,) = db.execute_sql(sql, (table,)).fetchone()
    others = db.execute_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
        (table,),
    ).fetchall()
    columns = made.split("(", 1)[1].replace(known, f"'price_quote', {known}", 1)
    db.execute_sql(f"CREATE TABLE {table}_again ({columns}")
    db.execute_sql(f"INSERT INTO {table}_again SELECT * FROM {table}")
    db.execute_sql(f"DROP TABLE {table}")
    db.execute_sql(f"ALTER TABLE {table}_again RENAME TO {table}")
    for (statement,) in others:
        db.execute_sql(statement)
