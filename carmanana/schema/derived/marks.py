"""Marks of what is kept in memory once it was read, as it stands: the calling rules with their holidays, and the phrases
with their lists of words. Every change makes another mark, whoever writes (contacting/marks.py)."""

from .declared import Fill, Part, trigger

TABLE = """
CREATE TABLE {mark} (
  id INTEGER PRIMARY KEY,
  mark INTEGER NOT NULL
)
""".strip()
MARKED = "INSERT INTO {mark} VALUES (1, RANDOM()) ON CONFLICT DO UPDATE SET mark = excluded.mark"
FILL = "INSERT INTO {mark} SELECT 1, RANDOM() WHERE :after < :until ON CONFLICT DO UPDATE SET mark = excluded.mark"


def _part(mark: str, *tables: str) -> Part:
    marked = [
        trigger(f"{table}_{name}", f"AFTER {event} ON {table}", f"{MARKED.format(mark=mark)};")
        for table in tables
        for name, event in (("added", "INSERT"), ("changed", "UPDATE"), ("gone", "DELETE"))
    ]
    fills = tuple(Fill(table, FILL.format(mark=mark)) for table in tables)
    return Part(mark, (TABLE.format(mark=mark), *marked), fills)


PARTS = (
    _part("calling_mark", "calling_rule", "region_holiday"),
    _part("phrase_mark", "phrase", "word_list"),
)
