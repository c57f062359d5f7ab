"""When mail of the house that failed is tried again."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE outgoing_mail ADD COLUMN try_after TEXT")
