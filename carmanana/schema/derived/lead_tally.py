"""Leads per owner, state and kind, and whether somebody reached out yet, kept as they change. Owner 0 is nobody, -1
everybody together."""

from .declared import Fill, Part, trigger

TABLE = """
CREATE TABLE lead_tally (
  owner_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  touched INTEGER NOT NULL,
  leads INTEGER NOT NULL,
  PRIMARY KEY (owner_id, state, kind, touched)
) WITHOUT ROWID
""".strip()
OWNER = "CASE COALESCE({0}owner_id, 1) WHEN 1 THEN 0 ELSE {0}owner_id END"
COUNTED = ("owner_id", "state", "kind", "touched_at")
ADDED = "ON CONFLICT DO UPDATE SET leads = leads + excluded.leads"


def group(row: str = "", owner: str = OWNER) -> str:
    return f"{owner.format(row)}, {row}state, {row}kind, {row}touched_at IS NOT NULL"


def counted(row: str, number: str) -> str:
    return f"INSERT INTO lead_tally VALUES ({group(row)}, {number}), ({group(row, '-1')}, {number}) {ADDED};"


def filled(owner: str = OWNER) -> Fill:
    rows = f"SELECT {group(owner=owner)}, COUNT(*) FROM lead WHERE id > :after AND id <= :until GROUP BY 1, 2, 3, 4"
    return Fill("lead", f"INSERT INTO lead_tally {rows} {ADDED}")


MORE, LESS = counted("NEW.", "1"), counted("OLD.", "-1")
GROUPS_DIFFER = f"({group('OLD.')}) IS NOT ({group('NEW.')})"

PARTS = (
    Part(
        "lead_tally",
        (
            TABLE,
            trigger("lead_tally_more", "AFTER INSERT ON lead", MORE),
            trigger("lead_tally_less", "AFTER DELETE ON lead", LESS),
            trigger(
                "lead_tally_changed", f"AFTER UPDATE OF {', '.join(COUNTED)} ON lead WHEN {GROUPS_DIFFER}", LESS, MORE
            ),
        ),
        (filled(), filled("-1")),
    ),
)
