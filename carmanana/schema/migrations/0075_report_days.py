"""What the reports count of many rows stands in indexes that hold all of it; what people did is counted by day, in `derived`."""

STATEMENTS = (
    "DROP INDEX activity_of_author",
    "DROP INDEX activity_of_outcome",
    "DROP INDEX activity_done_of",
    "CREATE INDEX activity_done_at ON activity (done_at, done_by_id, closed_as, due_at, kind) WHERE done_at IS NOT NULL",
    "DROP INDEX activity_deal",
    "CREATE INDEX activity_deal ON activity (deal_id, at, kind, direction, author_id)",
    "CREATE INDEX event_claim ON event (verb, at, subject_id, actor_id) WHERE verb = 'claim' AND subject = 'deal'",
    "DROP INDEX deal_created",
    "CREATE INDEX deal_created ON deal (created_at, owner_id, pipeline_id, state, value_cents, won_at)",
    "DROP INDEX deal_counted",
    "CREATE INDEX deal_counted ON deal (state, owner_id, currency, value_cents, stage_id, expected_close_on, pipeline_id,"
    " in_stage_since, readiness)",
    "DROP INDEX lead_received",
    "CREATE INDEX lead_received ON lead (received_at, owner_id, source, kind, state, held_from, first_answer_minutes, touched_at)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
