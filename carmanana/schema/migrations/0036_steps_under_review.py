"""To whom a next step returns that the reviewer of a cancellation has meanwhile; what is open of an order under review goes
to whoever may contact its customer."""

LENT = """
UPDATE activity SET returns_to_id = assignee_id, version = version + 1, assignee_id = (
  SELECT COALESCE(CASE WHEN request.state = 'retention' THEN deal.retention_id END, request.reviewer_id)
  FROM cancellation_request AS request JOIN deal ON deal.id = request.deal_id
  WHERE request.deal_id = activity.deal_id AND request.ended_at IS NULL)
WHERE kind = 'task' AND done_at IS NULL
AND deal_id IN (SELECT deal_id FROM cancellation_request WHERE ended_at IS NULL)
AND id NOT IN (SELECT task_id FROM cancellation_request WHERE task_id IS NOT NULL)
AND id NOT IN (SELECT return_task_id FROM cancellation_request WHERE return_task_id IS NOT NULL)
AND id NOT IN (SELECT task_id FROM commitment)
AND assignee_id IN (SELECT owner_id FROM deal WHERE deal.id = activity.deal_id)
"""


def up(migrator, db):
    db.execute_sql("ALTER TABLE activity ADD COLUMN returns_to_id INTEGER REFERENCES user (id)")
    db.execute_sql("CREATE INDEX activity_returns ON activity (returns_to_id) WHERE returns_to_id IS NOT NULL")
    db.execute_sql(LENT)
