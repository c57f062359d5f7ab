"""Money that is still owed to customers is found by an index of its own, among all cancellations that there were."""


def up(migrator, db):
    db.execute_sql(
        "CREATE INDEX cancellation_still_owed ON cancellation_request (return_task_id, deal_id)"
        " WHERE return_task_id IS NOT NULL AND returned_on IS NULL"
    )
