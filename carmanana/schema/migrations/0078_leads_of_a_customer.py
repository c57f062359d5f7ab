"""How the leads of a customer stand, and whose they are, is told by their index."""

STATEMENTS = (
    "DROP INDEX lead_customer",
    "CREATE INDEX lead_customer ON lead (customer_id, state, owner_id)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
