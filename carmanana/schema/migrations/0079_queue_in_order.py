"""The queue of requests is counted and sorted in indexes that hold all that its order is made of."""

ORDER = "state, next_attempt_at, due_at, task_id, state_since"
STATEMENTS = (
    "DROP INDEX cancellation_reviewer",
    f"CREATE INDEX cancellation_reviewer ON cancellation_request (reviewer_id, {ORDER}) WHERE ended_at IS NULL",
    f"CREATE INDEX cancellation_open ON cancellation_request ({ORDER}) WHERE ended_at IS NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
