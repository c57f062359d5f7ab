"""Phrases and lists belong to a language: Spanish and French come, English by what a promise is made of, and the small
words by which a language is told. An email may wait for a manager's approval. Findings know two sorts more."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FILES = ("phrases_english.toml", "phrases_spanish.toml", "phrases_french.toml", "languages.toml")
NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"

COLUMNS = """
ALTER TABLE phrase ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE word_list ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE letter ADD COLUMN asked_at TEXT;
ALTER TABLE letter ADD COLUMN approved_at TEXT;
ALTER TABLE letter ADD COLUMN approved_by_id INTEGER REFERENCES user (id);
ALTER TABLE letter ADD COLUMN sent_back TEXT NOT NULL DEFAULT '';
CREATE INDEX letter_asked ON letter (id) WHERE asked_at IS NOT NULL AND approved_at IS NULL;
CREATE INDEX letter_approved_by ON letter (approved_by_id) WHERE approved_by_id IS NOT NULL
"""
KNOWN = "'beyond_offers'"
LIST = f"INSERT OR IGNORE INTO word_list (name, words, about, language, changed_at) VALUES (?, ?, ?, ?, {NOW})"
PHRASE = f"INSERT INTO phrase (sort, pattern, catches, passes, language, changed_at) VALUES (?, ?, ?, ?, ?, {NOW})"


def up(migrator, db):
    for statement in COLUMNS.split(";\n"):
        db.execute_sql(statement.strip())
    for name in FILES:
        _load(db, tomllib.loads((ROOT / "data" / "reference" / name).read_text("utf-8")))
    _know_more_findings(db)


def _load(db, reference: dict) -> None:
    language = reference.get("language", "en")
    for entry in reference.get("list", ()):
        db.execute_sql(
            LIST, (entry["name"], entry["words"].strip(), entry.get("about", ""), entry.get("language", language))
        )
    for phrase in reference.get("phrase", ()):
        db.execute_sql(
            PHRASE, (phrase["sort"], phrase["pattern"], phrase["catches"], phrase.get("passes", ""), language)
        )


def _know_more_findings(db) -> None:
    """The table once more as it is, with the two sorts among those that it takes."""
    (table,) = db.execute_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'finding'").fetchone()
    others = db.execute_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'finding' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    columns = table.split("(", 1)[1].replace(KNOWN, f"{KNOWN}, 'unread_language', 'unquoted_price'")
    db.execute_sql(f"CREATE TABLE finding_again ({columns}")
    db.execute_sql("INSERT INTO finding_again SELECT * FROM finding")
    db.execute_sql("DROP TABLE finding")
    db.execute_sql("ALTER TABLE finding_again RENAME TO finding")
    for (statement,) in others:
        db.execute_sql(statement)
