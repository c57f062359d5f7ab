"""What reports count of activities and stages is counted along indexes that hold all that is asked of a row."""

STATEMENTS = (
    "DROP INDEX activity_at",
    "CREATE INDEX activity_at ON activity (at, author_id, kind, direction, outcome) WHERE direction IS NOT NULL",
    "CREATE INDEX activity_done_when ON activity (done_at, done_by_id, kind, closed_as, due_at) WHERE done_at IS NOT NULL",
    "CREATE INDEX deal_counted ON deal (state, owner_id, currency, value_cents, stage_id, expected_close_on, pipeline_id, in_stage_since)",
    "CREATE INDEX lead_counted ON lead (state, owner_id, first_answered_at)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
