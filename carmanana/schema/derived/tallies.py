"""Deals and their value per column of a board and owner, over all owners, and per day on which they were lost or won,
kept as they change. Owner 0 is nobody; a value is of the house's currency, and `others` are deals with a value in
another one."""

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
OF_ALL = """
CREATE TABLE board_tally (
  pipeline_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  stage_id INTEGER NOT NULL,
  readiness TEXT NOT NULL,
  deals INTEGER NOT NULL,
  value_cents INTEGER NOT NULL,
  others INTEGER NOT NULL,
  PRIMARY KEY (pipeline_id, state, stage_id, readiness)
) WITHOUT ROWID
""".strip()
# an order counts as won on the day on which it was won, whatever happens to it later; days are of UTC
OF_DAYS = """
CREATE TABLE ended_tally (
  pipeline_id INTEGER NOT NULL,
  ended TEXT NOT NULL,
  day TEXT NOT NULL,
  readiness TEXT NOT NULL,
  deals INTEGER NOT NULL,
  value_cents INTEGER NOT NULL,
  others INTEGER NOT NULL,
  PRIMARY KEY (pipeline_id, ended, day, readiness)
) WITHOUT ROWID
""".strip()
COLUMN = ("pipeline_id", "state", "stage_id", "readiness")
COUNTED = (*COLUMN, "owner_id", "value_cents", "currency")
ENDED = ("pipeline_id", "state", "state_since", "won_at", "readiness", "value_cents", "currency")
HOUSE = "(SELECT currency FROM house)"
ADDED = "DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents, others = others + excluded.others"
BADLY = "{row}state IN ('lost', 'cancelled_by_client')"


def value(row: str = "") -> str:
    return f"CASE WHEN {row}currency = {HOUSE} THEN COALESCE({row}value_cents, 0) ELSE 0 END"


def other(row: str = "") -> str:
    return f"({row}value_cents IS NOT NULL AND {row}currency <> {HOUSE})"


def columns_of(row: str = "") -> str:
    return ", ".join(f"{row}{name}" for name in COLUMN)


def lost_on(row: str = "") -> str:
    return f"{row}pipeline_id, {row}state, substr({row}state_since, 1, 10), {row}readiness"


def won_on(row: str = "") -> str:
    return f"{row}pipeline_id, 'won', substr({row}won_at, 1, 10), {row}readiness"


def counted(row: str, sign: str) -> tuple[str, str, str, str]:
    """One deal more, or less."""
    row = f"{row}."
    sums = f"{sign}1, {sign}({value(row)}), {sign}{other(row)}"
    return (
        f"INSERT INTO deal_tally VALUES ({columns_of(row)}, COALESCE({row}owner_id, 0), {sums}) ON CONFLICT {ADDED};",
        f"INSERT INTO board_tally VALUES ({columns_of(row)}, {sums}) ON CONFLICT {ADDED};",
        f"INSERT INTO ended_tally SELECT {lost_on(row)}, {sums} WHERE {BADLY.format(row=row)} ON CONFLICT {ADDED};",
        f"INSERT INTO ended_tally SELECT {won_on(row)}, {sums} WHERE {row}won_at IS NOT NULL ON CONFLICT {ADDED};",
    )


MORE, LESS = counted("NEW", "+"), counted("OLD", "-")
SUMS = f"COUNT(*), SUM({value()}), SUM({other()})"
SUMMED = tuple(
    f"INSERT INTO {table} SELECT {columns}, {SUMS} FROM deal WHERE {{rows}}{condition} GROUP BY {groups}"
    for table, columns, condition, groups in (
        ("deal_tally", f"{columns_of()}, COALESCE(owner_id, 0)", "", "1, 2, 3, 4, 5"),
        ("board_tally", columns_of(), "", "1, 2, 3, 4"),
        ("ended_tally", lost_on(), f" AND {BADLY.format(row='')}", "1, 2, 3, 4"),
        ("ended_tally", won_on(), " AND won_at IS NOT NULL", "1, 2, 3, 4"),
    )
)
ENDS = " OR ".join(f"{BADLY.format(row=row)} OR {row}won_at IS NOT NULL" for row in ("OLD.", "NEW."))

PARTS = (
    Part(
        "deal_tally",
        (
            TABLE,
            OF_ALL,
            OF_DAYS,
            trigger("deal_tally_more", "AFTER INSERT ON deal", *MORE),
            trigger("deal_tally_less", "AFTER DELETE ON deal", *LESS),
            trigger(
                "deal_tally_moved",
                f"AFTER UPDATE OF {', '.join(COUNTED)} ON deal WHEN {differs(*COUNTED)}",
                *LESS[:2],
                *MORE[:2],
            ),
            trigger(
                "ended_tally_moved",
                f"AFTER UPDATE OF {', '.join(ENDED)} ON deal WHEN ({ENDS}) AND {differs(*ENDED)}",
                *LESS[2:],
                *MORE[2:],
            ),
            trigger(
                "house_currency",
                "AFTER UPDATE OF currency ON house",
                *(f"DELETE FROM {table};" for table in ("deal_tally", "board_tally", "ended_tally")),
                *(f"{summed.format(rows='1')};" for summed in SUMMED),
                ALL_BOARDS,
            ),
        ),
        tuple(
            Fill("deal", f"{summed.format(rows='id > :after AND id <= :until')} ON CONFLICT {ADDED}")
            for summed in SUMMED
        ),
        ("CREATE INDEX deal_tally_owner ON deal_tally (owner_id, pipeline_id, state, deals)",),
    ),
)
