"""What happens on a board, in its order, so that whoever looks at it asks for what is new alone; who looks at a deal;
how likely a stage is to end in a sale, and how many cards it may hold.

`schema/derived/board_changes.py` writes the log."""

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


def up(migrator, db):
    for statement in (LOG, PRESENCE, *STAGES):
        db.execute_sql(statement)
