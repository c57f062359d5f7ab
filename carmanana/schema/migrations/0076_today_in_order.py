"""What asks for somebody today is found in order of when it is due, along an index of its own; and so is what is stuck."""

WORKED = "state IN ('new', 'working', 'connected', 'assessed')"
STATEMENTS = (
    "DROP INDEX deal_held",
    "DROP INDEX deal_next_due",
    "CREATE INDEX deal_next_due ON deal (state, next_due_at, owner_id, customer_id)",
    "DROP INDEX lead_next_due",
    "CREATE INDEX lead_next_due ON lead (state, next_due_at, owner_id, received_at, customer_id)",
    "DROP INDEX lead_follow_up",
    "CREATE INDEX lead_follow_up ON lead (state, follow_up_on, owner_id, customer_id)",
    "DROP INDEX deal_flagged_at",
    "CREATE INDEX deal_flagged_at ON deal (flagged_at, owner_id, state) WHERE flagged_at IS NOT NULL",
    "DROP INDEX lead_flagged",
    "CREATE INDEX lead_flagged ON lead (flagged_at, owner_id, state) WHERE flagged_at IS NOT NULL",
    "DROP INDEX deal_unowned",
    "CREATE INDEX deal_unowned ON deal (COALESCE(owner_id, 1), state, created_at, id, customer_id, next_due_at, owner_id, retention_id)"
    " WHERE COALESCE(owner_id, 1) = 1",
    "DROP INDEX lead_unowned",
    "CREATE INDEX lead_unowned ON lead (COALESCE(owner_id, 1), state, received_at, id, created_at, customer_id, touched_at, owner_id)"
    " WHERE COALESCE(owner_id, 1) = 1",
    "CREATE INDEX deal_held_first ON deal (state, COALESCE(held_until, ''), owner_id, customer_id) WHERE state = 'on_hold'",
    "CREATE INDEX deal_held_of ON deal (owner_id, state, COALESCE(held_until, ''), readiness, customer_id) WHERE state = 'on_hold'",
    "CREATE INDEX deal_due_of ON deal (owner_id, next_due_at, customer_id) WHERE state = 'active'",
    "CREATE INDEX deal_without_step ON deal (state, COALESCE(state_since, ''), id, owner_id, customer_id)"
    " WHERE state = 'active' AND owner_id > 1 AND next_due_at IS NULL",
    "CREATE INDEX deal_to_deliver_of ON deal (owner_id, eta_on) WHERE state = 'won' AND delivered_on IS NULL",
    f"CREATE INDEX lead_due_of ON lead (owner_id, next_due_at, customer_id) WHERE {WORKED}",
    f"CREATE INDEX lead_without_step ON lead (state, COALESCE(state_since, ''), id, owner_id, customer_id, created_at, touched_at) WHERE {WORKED} AND owner_id > 1 AND next_due_at IS NULL",
    "CREATE INDEX lead_follow_up_of ON lead (owner_id, follow_up_on, customer_id) WHERE state = 'on_hold'",
    f"CREATE INDEX lead_untouched_of ON lead (owner_id, state, received_at) WHERE {WORKED} AND touched_at IS NULL",
    "CREATE INDEX lead_brought_on ON lead (state, owner_id) WHERE state IN ('working', 'connected', 'assessed') AND touched_at IS NULL",
    "CREATE INDEX lead_uncalled ON lead (COALESCE(id, 0), owner_id) WHERE state = 'new' AND touched_at IS NULL",
    "CREATE INDEX hold_placed ON hold (placed_by_id, placed_at, deal_id) WHERE lifted_at IS NULL",
    "CREATE INDEX event_reassigned ON event (subject, subject_id, at) WHERE verb = 'reassign'",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
