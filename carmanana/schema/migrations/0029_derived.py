"""Triggers, views, tallies and search tables are declared in `schema/derived`; which declaration each was made of."""


def up(migrator, db):
    db.execute_sql("CREATE TABLE derived_part (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID")
