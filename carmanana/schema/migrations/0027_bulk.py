"""A bulk step is for records of any kind, not for deals alone."""

STATEMENTS = (
    "ALTER TABLE bulk_run ADD COLUMN subject TEXT NOT NULL DEFAULT 'deal'",
    "ALTER TABLE bulk_line RENAME COLUMN deal_id TO subject_id",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
