"""Price shoppers are listed in their order, of each owner and of all; how many they are is kept (lead_tally). What is
overdue is found by one index, for the day of a person as for their list."""

from carmanana.schema.sqlite import as_literals

WORKED = f"state IN ({as_literals(('new', 'working', 'connected', 'assessed'))})"
STATEMENTS = (
    "DROP INDEX lead_shoppers",
    "CREATE INDEX lead_shoppers ON lead (received_at, state) WHERE kind = 'price_shopper'",
    "CREATE INDEX lead_kind_of ON lead (owner_id, kind, received_at, state)",
    "DROP INDEX lead_next_due_of",
    "DROP INDEX lead_due_of",
    f"CREATE INDEX lead_due_of ON lead (owner_id, next_due_at, customer_id, received_at) WHERE {WORKED}",
    "DROP INDEX lead_follow_up_of",
    "CREATE INDEX lead_follow_up_of ON lead (owner_id, follow_up_on, customer_id, next_due_at) WHERE state = 'on_hold'",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
