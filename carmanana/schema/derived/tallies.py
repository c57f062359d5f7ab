"""Deals and their value per column of a board and owner, kept as they change. Owner 0 is nobody; a value is of the
house's currency, and `others` are deals with a value in another one."""

from .board_changes import ALL_BOARDS
from .declared import Fill, Part, differs, trigger

TABLE = """
CREATE TABLE deal_tally (
  pipeline_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  stage_id INTEGER NOT NULL,
  readiness TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  deals INTEGER NOT NULL,
  value_cents INTEGER NOT NULL,
  others INTEGER NOT NULL,
  PRIMARY KEY (pipeline_id, state, stage_id, readiness, owner_id)
) WITHOUT ROWID
""".strip()
COUNTED = ("pipeline_id", "state", "stage_id", "readiness", "owner_id", "value_cents", "currency")
HOUSE = "(SELECT currency FROM house)"
ADDED = "DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents, others = others + excluded.others"


def value(row: str = "") -> str:
    return f"CASE WHEN {row}currency = {HOUSE} THEN COALESCE({row}value_cents, 0) ELSE 0 END"


def other(row: str = "") -> str:
    return f"({row}value_cents IS NOT NULL AND {row}currency <> {HOUSE})"


def counted(row: str, sign: str) -> str:
    column = f"{row}.pipeline_id, {row}.state, {row}.stage_id, {row}.readiness, COALESCE({row}.owner_id, 0)"
    sums = f"{sign}1, {sign}({value(f'{row}.')}), {sign}{other(f'{row}.')}"
    return f"INSERT INTO deal_tally VALUES ({column}, {sums}) ON CONFLICT {ADDED};"


MORE, LESS = counted("NEW", "+"), counted("OLD", "-")
SUMMED = f"""
INSERT INTO deal_tally SELECT pipeline_id, state, stage_id, readiness, COALESCE(owner_id, 0), COUNT(*), SUM({value()}), SUM({other()})
FROM deal WHERE {{rows}} GROUP BY 1, 2, 3, 4, 5
""".strip()

PARTS = (
    Part(
        "deal_tally",
        (
            TABLE,
            trigger("deal_tally_more", "AFTER INSERT ON deal", MORE),
            trigger("deal_tally_less", "AFTER DELETE ON deal", LESS),
            trigger(
                "deal_tally_moved", f"AFTER UPDATE OF {', '.join(COUNTED)} ON deal WHEN {differs(*COUNTED)}", LESS, MORE
            ),
            trigger(
                "house_currency",
                "AFTER UPDATE OF currency ON house",
                "DELETE FROM deal_tally;",
                f"{SUMMED.format(rows='1')};",
                ALL_BOARDS,
            ),
        ),
        (Fill("deal", f"{SUMMED.format(rows='id > :after AND id <= :until')} ON CONFLICT {ADDED}"),),
    ),
)
