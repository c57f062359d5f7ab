"""A large demo makes the search tables anew when its rows are there; nothing is left out meanwhile any more."""


def up(migrator, db):
    # each asks the table whether it is to rest, and is made anew as it is declared
    asking = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%search_paused%'"
    for (name,) in db.execute_sql(asking).fetchall():
        db.execute_sql(f"DROP TRIGGER {name}")
    db.execute_sql("DROP TABLE search_paused")
