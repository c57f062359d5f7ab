"""Lists of cases begin with what is due first; those whose clock stands are the last."""

ORDER = "CREATE INDEX customer_case_order ON customer_case (COALESCE(due_at, '9999'), id)"
OPEN = "CREATE INDEX customer_case_still_open ON customer_case (assignee_id) WHERE closed_at IS NULL"


def up(migrator, db):
    db.execute_sql(ORDER)
    db.execute_sql(OPEN)
