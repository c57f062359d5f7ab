"""The last line of the boards' log that is of no single deal is found at once."""

STATEMENTS = ("CREATE INDEX board_change_of_all ON board_change (id) WHERE deal_id IS NULL",)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
