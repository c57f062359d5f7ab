"""One-time keys are remembered for 60 days, for phones without a signal: a person's are found, and old ones go, along indexes."""

STATEMENTS = (
    "CREATE INDEX one_time_key_of_user ON one_time_key (user_id, key)",
    "CREATE INDEX one_time_key_at ON one_time_key (at)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
