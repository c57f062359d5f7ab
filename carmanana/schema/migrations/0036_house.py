"""All that is set for the house stands in one row; when a deal is expected to close is a field of its own, filled from what
earlier imports wrote down in words."""

from datetime import datetime

CLOSES = "Expected close: "
STATEMENTS = (
    "ALTER TABLE house ADD COLUMN distance_unit TEXT NOT NULL DEFAULT 'mi'",
    "UPDATE house SET distance_unit = value FROM house_setting WHERE name = 'distance_unit'",
    "DROP TABLE house_setting",
    "ALTER TABLE deal ADD COLUMN expected_close_on TEXT",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for deal_id, details in db.execute_sql(
        "SELECT id, details FROM deal WHERE instr(details, ?) > 0", (CLOSES,)
    ).fetchall():
        _read(db, deal_id, details.split("\n"))


def _read(db, deal_id: int, lines: list[str]) -> None:
    """Words that are no day stay where they are."""
    for line in lines:
        day = _day(line.strip().removeprefix(CLOSES)) if line.strip().startswith(CLOSES) else None
        if day:
            rest = "\n".join(other for other in lines if other is not line)
            db.execute_sql("UPDATE deal SET expected_close_on = ?, details = ? WHERE id = ?", (day, rest, deal_id))
            return


def _day(text: str) -> str | None:
    for written in ("%d %b %Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), written).date().isoformat()
        except ValueError:
            continue
    return None
