"""What is SQLite's own in the SQL that we write, by names that another database's module of the same names could answer."""

from pathlib import Path

from carmanana.core.db import database

# full-text search: kinds of index

WORDS = """CREATE VIRTUAL TABLE {index} USING fts5 (
  told, content='', contentless_delete=1, prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 2"
)"""
LONG_WORDS = WORDS.replace("1 2 3", "3")
DIGITS = """CREATE VIRTUAL TABLE {index} USING fts5 (told, content='', contentless_delete=1, tokenize='trigram')"""


def search_table(name: str, kind: str) -> str:
    return kind.format(index=name)


# what there is


def objects() -> dict[str, str]:
    """Tables, views and triggers by their name, and the kind of each."""
    found = "SELECT name, UPPER(type) FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')"
    return dict(database.execute_sql(found).fetchall())


# files


def copy_into(path: Path) -> None:
    """A copy of the database as it stands now, while others work; into an empty file, which keeps who may read it."""
    database.execute_sql("VACUUM INTO ?", (str(path),))
