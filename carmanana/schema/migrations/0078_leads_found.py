"""Leads of a person are found by when their next step is due, and by where they are; who may be called is told by two
small indexes, without a look at the people and their numbers themselves."""

STATEMENTS = (
    "CREATE INDEX lead_next_due_of ON lead (owner_id, next_due_at, state, received_at) WHERE next_due_at IS NOT NULL",
    "DROP INDEX lead_place",
    "CREATE INDEX lead_place ON lead (region, timezone, owner_id, received_at, person_id)"
    " WHERE state IN ('new', 'working', 'connected', 'assessed')",
    "CREATE INDEX person_no_calls ON person (id) WHERE no_calls",
    "CREATE INDEX customer_phone_callable ON customer_phone (person_id) WHERE wrong_at IS NULL AND e164 IS NOT NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
