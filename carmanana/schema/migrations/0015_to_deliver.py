"""Won orders that are still to be delivered, for what is overdue of them."""


def up(migrator, db):
    db.execute_sql(
        "CREATE INDEX deal_to_deliver ON deal (pipeline_id, next_due_at, eta_on) WHERE state = 'won' AND delivered_on IS NULL"
    )
