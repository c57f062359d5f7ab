"""An event is chained to the one before by its own hash; what it was chained to need not stand beside it again. The
number of a row stands in every index already."""

STATEMENTS = (
    "DROP INDEX event_subject",
    "DROP INDEX event_at",
    "DROP INDEX event_actor",
    "DROP INDEX event_verb",
    "ALTER TABLE event DROP COLUMN previous_hash",
    "CREATE INDEX event_subject ON event (subject, subject_id)",
    "CREATE INDEX event_at ON event (at)",
    "CREATE INDEX event_actor ON event (actor_id, at)",
    "CREATE INDEX event_verb ON event (verb, at)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
