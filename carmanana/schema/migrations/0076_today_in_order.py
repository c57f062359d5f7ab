"""What asks for somebody today is found in order of when it is due, along an index of its own; and so is what is stuck."""

WORKED = "state IN ('new', 'working', 'connected', 'assessed')"
STATEMENTS = (
    "CREATE INDEX deal_held_first ON deal (COALESCE(held_until, ''), owner_id, customer_id) WHERE state = 'on_hold'",
    "CREATE INDEX deal_held_of ON deal (owner_id, COALESCE(held_until, ''), readiness, customer_id) WHERE state = 'on_hold'",
    "CREATE INDEX deal_due_of ON deal (owner_id, next_due_at, customer_id) WHERE state = 'active'",
    "CREATE INDEX deal_without_step ON deal (state_since, owner_id, customer_id)"
    " WHERE state = 'active' AND owner_id > 1 AND next_due_at IS NULL",
    "CREATE INDEX deal_to_deliver_of ON deal (owner_id, eta_on) WHERE state = 'won' AND delivered_on IS NULL",
    f"CREATE INDEX lead_due_of ON lead (owner_id, next_due_at, customer_id) WHERE {WORKED}",
    f"CREATE INDEX lead_without_step ON lead (state_since, owner_id, customer_id) WHERE {WORKED} AND owner_id > 1 AND next_due_at IS NULL",
    "CREATE INDEX lead_follow_up_of ON lead (owner_id, follow_up_on, customer_id) WHERE state = 'on_hold'",
    "CREATE INDEX lead_brought_on ON lead (state, owner_id) WHERE state IN ('working', 'connected', 'assessed') AND touched_at IS NULL",
    "CREATE INDEX hold_placed ON hold (placed_by_id, placed_at, deal_id) WHERE lifted_at IS NULL",
    "CREATE INDEX event_reassigned ON event (subject, subject_id, at) WHERE verb = 'reassign'",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
