"""Addresses of several customers are found by one walk along an index that holds all that is asked of a row."""

STATEMENTS = (
    "DROP INDEX customer_email_address",
    "CREATE INDEX customer_email_address ON customer_email (LOWER(address), customer_id, address)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
