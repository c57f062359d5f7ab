"""Until when the review of an order has time is read from an index: the rows themselves are long."""


def up(migrator, db):
    db.execute_sql(
        "CREATE INDEX cancellation_in_time ON cancellation_request (deal_id, state, next_attempt_at, due_at, task_id)"
        " WHERE ended_at IS NULL"
    )
