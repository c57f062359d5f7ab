"""The cards of a column are found in its order by one index that holds what the filters of a board ask: who sees a deal,
how it was found ready, when it is due; and stalled ones by the index of how long they are in their stage."""

STATEMENTS = (
    "DROP INDEX deal_ageing",
    "CREATE INDEX deal_ageing ON deal (stage_id, in_stage_since, owner_id, retention_id, readiness, position, pipeline_id)"
    " WHERE state = 'active'",
    "DROP INDEX deal_column",
    "CREATE INDEX deal_column ON deal (pipeline_id, state, stage_id, position, id, owner_id, retention_id, readiness,"
    " next_due_at)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
