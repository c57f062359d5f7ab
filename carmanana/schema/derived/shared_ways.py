"""Numbers and addresses of more than one customer, kept as they change, so that nobody goes through all of them."""

from .declared import Fill, Part, differs, trigger

TABLE = """
CREATE TABLE shared_way (
  kind TEXT NOT NULL,
  told TEXT NOT NULL,
  PRIMARY KEY (kind, told)
) WITHOUT ROWID
""".strip()
KINDS = {"number": ("customer_phone", "e164", "{0}e164"), "address": ("customer_email", "address", "LOWER({0}address)")}


def triggers(kind: str, table: str, column: str, told: str) -> tuple[str, ...]:
    way = {row: told.format(row) for row in ("", "NEW.", "OLD.")}
    several = f"SELECT MIN(customer_id) <> MAX(customer_id) FROM {table} WHERE {way['']} = {{0}}"
    new = (
        f"INSERT INTO shared_way SELECT '{kind}', {way['NEW.']} WHERE ({several.format(way['NEW.'])})"
        " ON CONFLICT DO NOTHING;"
    )
    gone = (
        f"DELETE FROM shared_way WHERE kind = '{kind}' AND told = {way['OLD.']}"
        f" AND NOT COALESCE(({several.format(way['OLD.'])}), 0);"
    )
    changes = ("customer_id", column)
    return (
        trigger(f"shared_{kind}_new", f"AFTER INSERT ON {table} WHEN NEW.{column} IS NOT NULL", new),
        trigger(
            f"shared_{kind}_changed",
            f"AFTER UPDATE OF {', '.join(changes)} ON {table} WHEN {differs(*changes)}",
            gone,
            new,
        ),
        trigger(f"shared_{kind}_gone", f"AFTER DELETE ON {table} WHEN OLD.{column} IS NOT NULL", gone),
    )


def fill(kind: str, table: str, column: str, told: str) -> Fill:
    """A group is found with whichever of its rows comes by."""
    way, other = (told.format(f"{name}.") for name in ("way", "other"))
    shared = f"EXISTS (SELECT 1 FROM {table} AS other WHERE {other} = {way} AND other.customer_id <> way.customer_id)"
    rows = f"way.id > :after AND way.id <= :until AND {shared}"
    return Fill(
        table, f"INSERT INTO shared_way SELECT '{kind}', {way} FROM {table} AS way WHERE {rows} ON CONFLICT DO NOTHING"
    )


PARTS = (
    Part(
        "shared_way",
        (TABLE, *(one for kind, of in KINDS.items() for one in triggers(kind, *of))),
        tuple(fill(kind, *of) for kind, of in KINDS.items()),
    ),
)
