"""What a filter of a board or a list counts stands in the index along which it is counted; nobody's deals have an index of
their own, in the order of the list."""

STATEMENTS = (
    "DROP INDEX deal_due",
    "CREATE INDEX deal_due ON deal (pipeline_id, state, next_due_at, owner_id, retention_id, stage_id)"
    " WHERE next_due_at IS NOT NULL",
    "DROP INDEX deal_ageing",
    "CREATE INDEX deal_ageing ON deal (stage_id, in_stage_since, owner_id, retention_id, readiness) WHERE state = 'active'",
    "DROP INDEX deal_owner",
    "CREATE INDEX deal_owner ON deal (owner_id, state, pipeline_id)",
    *(
        statement
        for name, mark in (
            ("client", "client"),
            ("stage", "stage_id"),
            ("value", "COALESCE(value_cents, -1)"),
            ("due", "COALESCE(held_until, next_due_at, '~')"),
            ("age", "in_stage_since"),
            ("won", "COALESCE(won_at, state_since)"),
        )
        for statement in (
            f"DROP INDEX deal_by_{name}",
            f"CREATE INDEX deal_by_{name} ON deal (pipeline_id, state, {mark}, id, owner_id, retention_id, readiness)",
        )
    ),
    "CREATE INDEX deal_of_nobody ON deal (pipeline_id, state, COALESCE(held_until, next_due_at, '~'), id, owner_id,"
    " retention_id, readiness) WHERE owner_id IS NULL OR owner_id = 1",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
