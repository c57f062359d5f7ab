"""What people did is grouped along indexes that are in that order already, so that nothing is sorted."""

STATEMENTS = (
    "DROP INDEX IF EXISTS activity_done_when",
    "DROP INDEX IF EXISTS activity_done_closed",
    "CREATE INDEX activity_of_author ON activity (author_id, at, kind, direction, outcome) WHERE direction IS NOT NULL",
    "CREATE INDEX activity_of_outcome ON activity (outcome, at, direction, author_id) WHERE direction IS NOT NULL",
    "CREATE INDEX activity_done_of ON activity (done_by_id, done_at, kind, closed_as, due_at) WHERE done_at IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
