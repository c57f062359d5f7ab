"""What somebody has to do is found, counted and told apart along one index of the open steps."""

STATEMENTS = (
    "DROP INDEX activity_assignee",
    "CREATE INDEX activity_assignee ON activity (assignee_id, due_at, deal_id, lead_id, kind, done_at, subject) WHERE kind = 'task' AND done_at IS NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
