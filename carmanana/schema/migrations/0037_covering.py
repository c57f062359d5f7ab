"""What is counted with every page is counted along indexes that hold all that is asked of a row."""

INDEXES = {
    "activity_due": "activity (due_at, deal_id, kind, done_at) WHERE kind = 'task' AND done_at IS NULL",
    "hold_follow_up": "hold (follow_up_on, deal_id, lifted_at) WHERE lifted_at IS NULL",
    "deal_customer": "deal (customer_id, owner_id, retention_id)",
    "deal_flagged": "deal (pipeline_id, state, flagged_at) WHERE flagged_at IS NOT NULL",
    "deal_won": "deal (pipeline_id, won_at, owner_id, retention_id, value_cents, currency) WHERE won_at IS NOT NULL",
    "cancellation_reviewer": "cancellation_request (reviewer_id, state) WHERE ended_at IS NULL",
}


def up(migrator, db):
    for name, columns in INDEXES.items():
        db.execute_sql(f"DROP INDEX {name}")
        db.execute_sql(f"CREATE INDEX {name} ON {columns}")
