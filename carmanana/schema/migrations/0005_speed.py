"""Columns by which boards find deals, and a client's name as it is sorted and searched.

They follow other rows: `schema/derived` keeps and fills them."""

import carmanana.schema.sqlite  # noqa: F401 - brings the database its function `fold`

TABLES = """
ALTER TABLE deal ADD COLUMN next_due_at TEXT;
ALTER TABLE deal ADD COLUMN held_until TEXT;
ALTER TABLE customer ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE customer SET folded = fold(name);
CREATE INDEX customer_folded ON customer (folded);

CREATE INDEX deal_ended_seen ON deal (pipeline_id, state, state_since, owner_id, retention_id, value_cents);
CREATE INDEX deal_ageing ON deal (stage_id, in_stage_since, owner_id, retention_id) WHERE state = 'active';
CREATE INDEX deal_due ON deal (pipeline_id, state, next_due_at, owner_id, retention_id) WHERE next_due_at IS NOT NULL;
CREATE INDEX deal_held_until ON deal (pipeline_id, state, held_until, owner_id, retention_id);
CREATE INDEX deal_losing ON deal (customer_id) WHERE state = 'cancellation_requested';
CREATE INDEX deal_flagged ON deal (pipeline_id, state) WHERE flagged_at IS NOT NULL;
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
