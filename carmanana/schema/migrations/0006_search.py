"""From which row on what is written in bulk is still to be indexed."""


def up(migrator, db):
    db.execute_sql("CREATE TABLE search_paused (index_name TEXT PRIMARY KEY, after_id INTEGER NOT NULL)")
