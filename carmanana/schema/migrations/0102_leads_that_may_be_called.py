"""A lead knows whether there is a number of its person to call, so that who may be called now is told by one index."""

STATEMENTS = (
    "ALTER TABLE lead ADD COLUMN callable INTEGER NOT NULL DEFAULT 0 CHECK (callable IN (0, 1))",
    "DROP INDEX lead_place",
    "CREATE INDEX lead_place ON lead (region, timezone, owner_id, received_at)"
    " WHERE state IN ('new', 'working', 'connected', 'assessed') AND callable",
    "DROP INDEX person_no_calls",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
