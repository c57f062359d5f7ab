"""Open steps by when they are due and standing holds by their follow-up day, for the calendar."""

INDEXES = """
CREATE INDEX activity_due ON activity (due_at, deal_id) WHERE kind = 'task' AND done_at IS NULL;
CREATE INDEX hold_follow_up ON hold (follow_up_on, deal_id) WHERE lifted_at IS NULL;
"""


def up(migrator, db):
    for statement in INDEXES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
