"""What happens on a board, in its order, so that whoever looks at it asks for what is new alone; who looks at a deal;
how likely a stage is to end in a sale, and how many cards it may hold.

A line of `board_change` names a deal and the column that it stands in, or stood in until then. Without a deal the whole
board is meant; without a pipeline, all of them. `event_id` is the last event before the change."""

from collections.abc import Iterator

KEPT = 10_000
PRUNED_EVERY = 1_000

LOG = """
CREATE TABLE board_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pipeline_id INTEGER,
  deal_id INTEGER,
  stage_id INTEGER,
  state TEXT,
  event_id INTEGER NOT NULL
)
"""
PRESENCE = """
CREATE TABLE deal_presence (
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  seen_at TEXT NOT NULL,
  PRIMARY KEY (deal_id, user_id)
) WITHOUT ROWID
"""
STAGES = [
    "ALTER TABLE stage ADD COLUMN probability INTEGER NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100)",
    "ALTER TABLE stage ADD COLUMN most_deals INTEGER CHECK (most_deals > 0)",
    """
    UPDATE stage SET probability = json_extract('[10, 20, 40, 60, 80, 90]', '$[' || (5 * (place - 1) / max(stages - 1, 1)) || ']')
    FROM (SELECT id, row_number() OVER board AS place, count(*) OVER (PARTITION BY pipeline_id) AS stages
          FROM stage WINDOW board AS (PARTITION BY pipeline_id ORDER BY position)) AS placed
    WHERE placed.id = stage.id
    """,
]

TELL = "INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id)"
BEFORE = "(SELECT COALESCE(MAX(id), 0) FROM event)"
THE_DEAL = f"{TELL} VALUES ({{row}}.pipeline_id, {{row}}.id, {{row}}.stage_id, {{row}}.state, {BEFORE});"
DEALS = f"{TELL} SELECT pipeline_id, id, stage_id, state, {BEFORE} FROM deal WHERE {{whose}};"
THE_BOARD = f"{TELL} VALUES ({{pipeline}}, NULL, NULL, NULL, {BEFORE});"

OLD, NEW = THE_DEAL.format(row="OLD"), THE_DEAL.format(row="NEW")
OF_DEAL = {row: DEALS.format(whose=f"id = {row}.deal_id") for row in ("OLD", "NEW")}
OF_CLIENT = {row: DEALS.format(whose=f"customer_id = {row}.customer_id") for row in ("OLD", "NEW")}
OF_SAME_PERSON = DEALS.format(
    whose="""id <> NEW.id AND state IN ('active', 'on_hold') AND customer_id IN (
  SELECT NEW.customer_id
  UNION SELECT same.customer_id FROM customer_phone AS theirs JOIN customer_phone AS same ON same.e164 = theirs.e164
  WHERE theirs.customer_id = NEW.customer_id
  UNION SELECT same.customer_id FROM customer_email AS theirs JOIN customer_email AS same ON LOWER(same.address) = LOWER(theirs.address)
  WHERE theirs.customer_id = NEW.customer_id)"""
)

COLUMN = ("pipeline_id", "state", "stage_id")
SHOWN = (
    *COLUMN, "version", "customer_id", "readiness", "owner_id", "currency", "value_cents", "vehicle_year", "vehicle_make", "vehicle_model",
    "loss_reason", "flagged_at", "retention_id", "in_stage_since", "state_since",
)  # fmt: skip
OPEN_STEP = "{row}.kind = 'task' AND {row}.done_at IS NULL AND {row}.deal_id IS NOT NULL"


def differs(*columns: str) -> str:
    return f"({', '.join(f'OLD.{name}' for name in columns)}) IS NOT ({', '.join(f'NEW.{name}' for name in columns)})"


def changed(table: str, *columns: str) -> str:
    return f"UPDATE OF {', '.join(columns)} ON {table} WHEN {differs(*columns)}"


def triggers() -> Iterator[tuple[str, str, str]]:
    """A name, when it is, and what is told then."""
    yield "deal_new", "INSERT ON deal", NEW
    yield "deal_gone", "DELETE ON deal", OLD
    yield "deal", changed("deal", *SHOWN), NEW
    yield "deal_left", changed("deal", *COLUMN), OLD
    under_review = "(OLD.state = 'cancellation_requested') IS NOT (NEW.state = 'cancellation_requested')"
    yield "lock", f"UPDATE OF state ON deal WHEN {under_review}", OF_SAME_PERSON
    yield "step_new", f"INSERT ON activity WHEN {OPEN_STEP.format(row='NEW')}", OF_DEAL["NEW"]
    yield "step_gone", f"DELETE ON activity WHEN {OPEN_STEP.format(row='OLD')}", OF_DEAL["OLD"]
    yield (
        "step",
        f"{changed('activity', 'deal_id', 'kind', 'subject', 'due_at', 'done_at')} AND 'task' IN (OLD.kind, NEW.kind)",
        OF_DEAL["OLD"] + OF_DEAL["NEW"],
    )
    yield "hold_new", "INSERT ON hold", OF_DEAL["NEW"]
    yield "hold_gone", "DELETE ON hold", OF_DEAL["OLD"]
    yield "hold", changed("hold", "deal_id", "sub_status", "follow_up_on", "lifted_at"), OF_DEAL["NEW"]
    yield "review_new", "INSERT ON cancellation_request", OF_DEAL["NEW"]
    yield (
        "review",
        changed("cancellation_request", "state", "due_at", "attempted_at", "reviewer_id", "ended_at"),
        OF_DEAL["NEW"],
    )
    yield "client", changed("customer", "name", "no_calls"), DEALS.format(whose="customer_id = NEW.id")
    for table, word in (("customer_phone", "e164"), ("customer_email", "address")):
        yield f"{table}_new", f"INSERT ON {table}", OF_CLIENT["NEW"]
        yield f"{table}_gone", f"DELETE ON {table}", OF_CLIENT["OLD"]
        yield table, changed(table, "customer_id", word), OF_CLIENT["OLD"] + OF_CLIENT["NEW"]
    yield "person", changed("user", "name", "email"), THE_BOARD.format(pipeline="NULL")
    yield "stage_new", "INSERT ON stage", THE_BOARD.format(pipeline="NEW.pipeline_id")
    yield (
        "stage",
        changed(
            "stage", "version", "name", "position", "accent", "ageing_days", "archived", "probability", "most_deals"
        ),
        THE_BOARD.format(pipeline="NEW.pipeline_id"),
    )
    yield (
        "pruned",
        f"INSERT ON board_change WHEN NEW.id % {PRUNED_EVERY} = 0",
        f"DELETE FROM board_change WHERE id <= NEW.id - {KEPT};",
    )


def up(migrator, db):
    for statement in (LOG, PRESENCE, *STAGES):
        db.execute_sql(statement)
    for name, when, told in triggers():
        db.execute_sql(f"CREATE TRIGGER board_change_{name} AFTER {_unless_in_bulk(when)} BEGIN {told} END")


def _unless_in_bulk(when: str) -> str:
    """Whatever is written in bulk is told of once, at its end."""
    event, _, holds = when.partition(" WHEN ")
    return f"{event} WHEN NOT EXISTS (SELECT 1 FROM search_paused)" + (f" AND ({holds})" if holds else "")
