"""What earlier cancellations left pending becomes a task of the reviewer, or counts as returned where nothing is with us any more."""

LEFT = """
SELECT COALESCE(SUM(CASE kind WHEN 'received' THEN amount_cents ELSE -amount_cents END), 0) FROM payment
WHERE deal_id = ? AND voided_at IS NULL
"""
GONE = "SELECT MAX(paid_on) FROM payment WHERE deal_id = ? AND kind <> 'received' AND voided_at IS NULL"
PENDING = """
SELECT request.id, request.deal_id, request.reviewer_id, request.pending_cents, request.ended_at, deal.customer_id, deal.currency, customer.name
FROM cancellation_request AS request JOIN deal ON deal.id = request.deal_id JOIN customer ON customer.id = deal.customer_id
WHERE request.state = 'cancelled' AND request.pending_cents > 0 AND request.return_task_id IS NULL
"""
TASK = """
INSERT INTO activity (customer_id, deal_id, kind, subject, at, author_id, assignee_id, due_at, done_at, done_by_id, created_at)
VALUES (?, ?, 'task', ?, ?, ?, ?, strftime('%Y-%m-%d %H:%M:%S', ?, '+14 days') || '.000000', ?, ?, ?)
"""


# what stands over a column reads the currency with the value
ENDED = [
    "DROP INDEX IF EXISTS deal_ended_seen",
    "CREATE INDEX deal_ended_seen ON deal (pipeline_id, state, state_since, owner_id, retention_id, value_cents, currency)",
]


def up(migrator, db):
    for statement in ENDED:
        db.execute_sql(statement)
    for row in db.execute_sql(PENDING).fetchall():
        _owe(db, *row)


def _owe(db, request, deal, reviewer, cents, ended_at, customer, currency, name):
    left, gone = db.execute_sql(LEFT, (deal,)).fetchone()[0], db.execute_sql(GONE, (deal,)).fetchone()[0]
    returned = gone if left <= 0 else None
    done_at, done_by = (f"{gone} 18:00:00.000000", reviewer) if returned else (None, None)
    subject = f"Return {currency} {cents / 100:,.2f} to {name}"[:250]
    cursor = db.execute_sql(
        TASK, (customer, deal, subject, ended_at, reviewer, reviewer, ended_at, done_at, done_by, ended_at)
    )
    db.execute_sql(
        "UPDATE cancellation_request SET return_task_id = ?, returned_on = ? WHERE id = ?",
        (cursor.lastrowid, returned, request),
    )
