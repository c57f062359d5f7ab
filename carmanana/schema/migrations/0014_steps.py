"""A next step may be dropped instead of done, and is done by the contact that answers it. A deal keeps when it was
claimed and when it was won, a number and an address when they were found to be wrong."""

COLUMNS = """
ALTER TABLE activity ADD COLUMN closed_as TEXT CHECK (closed_as IN ('done', 'dropped'));
ALTER TABLE activity ADD COLUMN answered_by_id INTEGER REFERENCES activity (id) ON DELETE SET NULL;
ALTER TABLE deal ADD COLUMN claimed_at TEXT;
ALTER TABLE deal ADD COLUMN won_at TEXT;
ALTER TABLE customer_phone ADD COLUMN wrong_at TEXT;
ALTER TABLE customer_email ADD COLUMN wrong_at TEXT;
CREATE INDEX activity_answered_by ON activity (answered_by_id) WHERE answered_by_id IS NOT NULL;
CREATE INDEX deal_won ON deal (pipeline_id, won_at, owner_id, retention_id, value_cents) WHERE won_at IS NOT NULL;
"""

# a step that ended in the very moment in which its order was lost, cancelled or won, by whoever ended it, was not done
CLOSED = """
UPDATE activity SET closed_as = CASE WHEN EXISTS (
  SELECT 1 FROM event WHERE event.subject = 'deal' AND event.subject_id = activity.deal_id
  AND event.verb IN ('lose', 'cancel', 'win') AND event.actor_id = activity.done_by_id
  AND ABS(JULIANDAY(event.at) - JULIANDAY(activity.done_at)) * 86400 < 1
) THEN 'dropped' ELSE 'done' END
WHERE kind = 'task' AND done_at IS NOT NULL
"""
CLAIMED = """
UPDATE deal SET claimed_at = (
  SELECT MAX(at) FROM event WHERE subject = 'deal' AND subject_id = deal.id AND (verb = 'claim'
  OR (verb = 'reassign' AND COALESCE(json_extract(data, '$.was_owner'), {house}) = {house}))
) WHERE COALESCE(owner_id, {house}) <> {house}
"""
WON = """
UPDATE deal SET won_at = (
  SELECT MIN(won.at) FROM event AS won WHERE won.subject = 'deal' AND won.subject_id = deal.id AND won.verb = 'win'
  AND won.id > COALESCE((SELECT MAX(id) FROM event AS again WHERE again.subject = 'deal' AND again.subject_id = deal.id
                         AND again.verb = 'reopen'), 0))
"""
WON_UNTOLD = """
UPDATE deal SET won_at = CASE WHEN state = 'won' THEN state_since ELSE agreement_on || ' 12:00:00.000000' END
WHERE won_at IS NULL AND (state = 'won' OR (agreement_on IS NOT NULL AND id IN (
  SELECT deal_id FROM cancellation_request WHERE return_state = 'won')))
"""
# the latest bounce or wrong number of somebody who has one number, or one address
WRONG = """
UPDATE {table} SET wrong_at = (
  SELECT MAX(at) FROM activity WHERE customer_id = {table}.customer_id AND outcome = 'wrong' AND kind IN ({kinds})
) WHERE (SELECT COUNT(*) FROM {table} AS other WHERE other.customer_id = {table}.customer_id) = 1
"""


def up(migrator, db):
    for statement in COLUMNS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    db.execute_sql(CLOSED)
    db.execute_sql(CLAIMED.format(house=1))
    db.execute_sql(WON)
    db.execute_sql(WON_UNTOLD)
    db.execute_sql(WRONG.format(table="customer_phone", kinds="'call', 'voicemail', 'text'"))
    db.execute_sql(WRONG.format(table="customer_email", kinds="'email'"))
