"""What is nobody's, what has no next step and what waits on hold is found along indexes that begin with what is asked first."""

INDEXES = {
    "deal_next_due": "deal (state, next_due_at, owner_id)",
    "deal_held": "deal (state, held_until, owner_id)",
    "lead_next_due": "lead (state, next_due_at, owner_id, received_at)",
    "lead_follow_up": "lead (state, follow_up_on, owner_id)",
    "deal_unowned": "deal (COALESCE(owner_id, 1), state, created_at)",
    "lead_unowned": "lead (COALESCE(owner_id, 1), state, received_at)",
}


def up(migrator, db):
    for name, columns in INDEXES.items():
        db.execute_sql(f"DROP INDEX IF EXISTS {name}")
        db.execute_sql(f"CREATE INDEX {name} ON {columns}")
