"""The deals of each owner that have aged in a stage, were lost or were won, and those that have aged of whoever tries to
save them: the heads of an agent's board count theirs without going through all. Deals on hold stand in their order, by
their days and then by their numbers, in one index."""

STATEMENTS = (
    "CREATE INDEX deal_ageing_of ON deal (owner_id, stage_id, in_stage_since, retention_id, readiness) "
    "WHERE state = 'active'",
    "CREATE INDEX deal_ageing_saved ON deal (retention_id, stage_id, in_stage_since, owner_id, readiness) "
    "WHERE state = 'active' AND retention_id IS NOT NULL",
    "CREATE INDEX deal_lost_of ON deal (owner_id, state, state_since) WHERE state IN ('lost', 'cancelled_by_client')",
    "DROP INDEX deal_held_until",
    "CREATE INDEX deal_held_until ON deal (pipeline_id, state, held_until, id, owner_id, retention_id)",
    "CREATE INDEX deal_won_of ON deal (owner_id, won_at) WHERE won_at IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
