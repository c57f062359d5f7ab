"""What the chips of the lists count is counted along indexes that hold all that is asked."""

STATEMENTS = (
    "CREATE INDEX quotation_state ON quotation (state, number)",
    "DROP INDEX quotation_deal",
    "CREATE INDEX quotation_deal ON quotation (deal_id, number, state)",
    "CREATE INDEX sales_order_state ON sales_order (state, number)",
    "CREATE INDEX sales_order_of_deal ON sales_order (deal_id, state)",
    "CREATE INDEX asset_ceased ON asset (state) WHERE state = 'ceased'",
    "CREATE INDEX customer_case_open_order ON customer_case (COALESCE(due_at, '9999'), id) WHERE closed_at IS NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
