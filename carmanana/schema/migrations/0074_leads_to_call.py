"""Leads that nobody has reached out to yet are found by whose they are, price shoppers by how they stand."""

STATEMENTS = (
    "CREATE INDEX lead_to_call ON lead (owner_id, received_at) WHERE touched_at IS NULL AND state = 'new'",
    "CREATE INDEX lead_shoppers ON lead (state, owner_id, kind) WHERE kind = 'price_shopper'",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
