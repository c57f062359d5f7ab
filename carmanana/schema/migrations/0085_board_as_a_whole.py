"""The last line of the boards' log that is of no single deal is found at once. What a card shows of its next step and of
its customer's numbers is read from their indexes alone."""

STATEMENTS = (
    "CREATE INDEX board_change_of_all ON board_change (id) WHERE deal_id IS NULL",
    "DROP INDEX activity_open_step",
    "CREATE INDEX activity_open_step ON activity (deal_id, due_at, kind, done_at, subject)"
    " WHERE kind = 'task' AND done_at IS NULL",
    "CREATE INDEX customer_phone_shown ON customer_phone (customer_id, wrong_at IS NOT NULL, position, e164, typed)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
