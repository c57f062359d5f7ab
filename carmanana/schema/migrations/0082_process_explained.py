"""That the process was explained to the customer, and nothing promised, is ticked on each request."""


def up(migrator, db):
    db.execute_sql(
        "ALTER TABLE cancellation_request ADD COLUMN explained INTEGER NOT NULL DEFAULT 0 CHECK (explained IN (0, 1))"
    )
