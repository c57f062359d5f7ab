"""A mark of the calling rules and their holidays as they stand: another one with every change, whoever writes. By it
they are kept in memory once they were read (contacting/calling/permission.py)."""

from .declared import Fill, Part, trigger

TABLE = """
CREATE TABLE calling_mark (
  id INTEGER PRIMARY KEY,
  mark INTEGER NOT NULL
)
""".strip()
MARKED = "INSERT INTO calling_mark VALUES (1, RANDOM()) ON CONFLICT DO UPDATE SET mark = excluded.mark"
READ = ("calling_rule", "region_holiday")
FILL = (
    "INSERT INTO calling_mark SELECT 1, RANDOM() WHERE :after < :until ON CONFLICT DO UPDATE SET mark = excluded.mark"
)

PARTS = (
    Part(
        "calling_mark",
        (
            TABLE,
            *(
                trigger(f"{table}_{name}", f"AFTER {event} ON {table}", f"{MARKED};")
                for table in READ
                for name, event in (("added", "INSERT"), ("changed", "UPDATE"), ("gone", "DELETE"))
            ),
        ),
        tuple(Fill(table, FILL) for table in READ),
    ),
)
