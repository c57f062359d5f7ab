"""Won orders by when they were won, by what is due of them until they are delivered, and by their ETA."""

INDEXES = (
    "deal_by_won ON deal (pipeline_id, state, COALESCE(won_at, state_since), id, owner_id, retention_id)",
    "deal_by_delivery ON deal (pipeline_id, state, CASE WHEN delivered_on IS NULL THEN "
    "MIN(COALESCE(next_due_at, '~'), COALESCE(eta_on, '~')) ELSE '~' END, id)",
    "deal_eta ON deal (pipeline_id, eta_on) WHERE state = 'won' AND delivered_on IS NULL AND eta_on IS NOT NULL",
)


def up(migrator, db):
    for index in INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
