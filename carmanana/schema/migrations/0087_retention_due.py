"""The cases of the retention desk in the order of when they are due, and of when they ended, of all and of a person."""

STATEMENTS = (
    "CREATE INDEX retention_due ON retention_plan (due_at, id) WHERE ended_at IS NULL",
    "CREATE INDEX retention_due_of ON retention_plan (assignee_id, due_at, id) WHERE ended_at IS NULL",
    "CREATE INDEX retention_ended ON retention_plan (ended_at) WHERE ended_at IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
