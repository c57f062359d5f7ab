"""Lists sorted by their columns (the client's sorted name stands in the deal), views that people save, and how close they like their cards."""

TABLES = """
ALTER TABLE deal ADD COLUMN client TEXT NOT NULL DEFAULT '';
CREATE INDEX deal_by_client ON deal (pipeline_id, state, client, id, owner_id, retention_id);
CREATE INDEX deal_by_stage ON deal (pipeline_id, state, stage_id, id, owner_id, retention_id);
CREATE INDEX deal_by_value ON deal (pipeline_id, state, COALESCE(value_cents, -1), id, owner_id, retention_id);
CREATE INDEX deal_by_due ON deal (pipeline_id, state, COALESCE(held_until, next_due_at, '~'), id, owner_id, retention_id);
CREATE INDEX deal_by_age ON deal (pipeline_id, state, in_stage_since, id, owner_id, retention_id);
CREATE INDEX deal_by_vehicle ON deal (pipeline_id, state, LOWER(vehicle_make || ' ' || vehicle_model || ' ' || COALESCE(vehicle_year, '')), id);

ALTER TABLE user ADD COLUMN density TEXT NOT NULL DEFAULT 'comfortable' CHECK (density IN ('comfortable', 'compact'));

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  pipeline_id INTEGER NOT NULL REFERENCES pipeline (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (LENGTH(name) BETWEEN 1 AND 60),
  ending TEXT NOT NULL,
  query TEXT NOT NULL,
  shared INTEGER NOT NULL DEFAULT 0,
  opens_first INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  UNIQUE (user_id, name)
);
CREATE UNIQUE INDEX saved_view_first ON saved_view (user_id) WHERE opens_first;
CREATE INDEX saved_view_shared ON saved_view (pipeline_id) WHERE shared;
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
