"""Who has put away the first steps of which of their roles."""

STATEMENTS = (
    "CREATE TABLE first_visit (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " user_id INTEGER NOT NULL REFERENCES user (id), role TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE UNIQUE INDEX first_visit_role ON first_visit (user_id, role)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
