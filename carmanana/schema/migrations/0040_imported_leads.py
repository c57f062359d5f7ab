"""How many leads an import has made."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE import_batch ADD COLUMN leads_made INTEGER NOT NULL DEFAULT 0")
