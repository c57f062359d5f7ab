"""A cancellation is approved on one of three grounds; an accepted offer is a commitment with its value. Reviews that are in the hands of
who sold the order are told to the managers, and left as they are."""

COLUMNS = (
    "ALTER TABLE cancellation_request ADD COLUMN ground TEXT",
    "ALTER TABLE commitment ADD COLUMN offer_id INTEGER REFERENCES offer (id)",
    "ALTER TABLE commitment ADD COLUMN value_cents INTEGER",
)
GROUNDS = """
UPDATE cancellation_request SET ground = CASE WHEN unreachable THEN 'not_reached' WHEN committed THEN 'committed' ELSE 'nothing_to_save' END
WHERE state = 'cancelled'
"""
SOLD_BY_THE_REVIEWER = """
SELECT request.deal_id, customer.name, reviewer.name, reviewer.id FROM cancellation_request AS request
JOIN deal ON deal.id = request.deal_id JOIN customer ON customer.id = deal.customer_id JOIN user AS reviewer ON reviewer.id = request.reviewer_id
WHERE request.ended_at IS NULL AND (deal.owner_id = reviewer.id OR request.requested_by_id = reviewer.id OR EXISTS (
  SELECT 1 FROM event WHERE event.subject = 'deal' AND event.subject_id = deal.id
  AND event.at >= datetime(request.requested_at, '-90 days')
  AND reviewer.id IN (json_extract(event.data, '$.owner'), json_extract(event.data, '$.was_owner'))))
"""
MANAGERS = "SELECT id FROM user WHERE roles LIKE '% manager %' AND deactivated_at IS NULL AND NOT house"
TELL = "INSERT INTO notification (user_id, text, deal_id, created_at) VALUES (?, ?, ?, strftime('%Y-%m-%d %H:%M:%f000', 'now'))"


def up(migrator, db):
    for statement in COLUMNS:
        db.execute_sql(statement)
    db.execute_sql(GROUNDS)
    _ask_for_the_ground(db)
    managers = [id for (id,) in db.execute_sql(MANAGERS).fetchall()]
    for deal_id, customer, reviewer, reviewer_id in db.execute_sql(SOLD_BY_THE_REVIEWER).fetchall():
        text = (
            f"{customer}: {reviewer} sold this order and reviews its cancellation. Give the review to another manager"
        )
        for manager in managers if managers != [reviewer_id] else ():
            db.execute_sql(TELL, (manager, text, deal_id))


def _ask_for_the_ground(db):
    """The table's own check asks for the ground instead of one answer, in place: every row meets both already."""
    (version,) = db.execute_sql("PRAGMA schema_version").fetchone()
    db.execute_sql("PRAGMA writable_schema = ON")
    db.execute_sql(
        "UPDATE sqlite_master SET sql = replace(sql, '(committed = 1 AND decision', '(ground IS NOT NULL AND decision')"
        " WHERE type = 'table' AND name = 'cancellation_request'"
    )
    db.execute_sql(f"PRAGMA schema_version = {version + 1}")
    db.execute_sql("PRAGMA writable_schema = OFF")
