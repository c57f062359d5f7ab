"""Claims are counted along their deals, as the contacts that follow them lie."""

STATEMENTS = (
    "DROP INDEX event_claim",
    "CREATE INDEX event_claim ON event (verb, subject, subject_id, at, actor_id) WHERE verb = 'claim' AND subject = 'deal'",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
