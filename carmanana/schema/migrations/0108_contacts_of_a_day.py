"""What somebody has done today is counted along its index, without a look at each contact."""

STATEMENTS = (
    "DROP INDEX activity_contacts",
    "CREATE INDEX activity_contacts ON activity (author_id, created_at, kind, direction, outcome)"
    " WHERE direction IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
