"""The contact lock goes by person: it remembers the numbers and addresses that a customer's records had when a cancellation was
requested or got since, and which records that makes one. What is under review when this comes is filled in."""

from carmanana.schema.locked_people import fill

TABLES = """
CREATE TABLE locked_key (
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  extension TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (deal_id, form, extension)
) WITHOUT ROWID;
CREATE INDEX locked_key_form ON locked_key (form);
CREATE TABLE locked_customer (
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  PRIMARY KEY (customer_id, deal_id) ON CONFLICT REPLACE
) WITHOUT ROWID;
CREATE INDEX locked_customer_deal ON locked_customer (deal_id)
"""
FREED = """
CREATE TRIGGER lock_ends AFTER UPDATE OF state ON deal WHEN OLD.state = 'cancellation_requested' AND NEW.state <> OLD.state
BEGIN
  DELETE FROM locked_key WHERE deal_id = NEW.id;
  DELETE FROM locked_customer WHERE deal_id = NEW.id;
END
"""
TOLD = """
CREATE TRIGGER board_change_locked_{what} AFTER {event} ON locked_customer WHEN NOT EXISTS (SELECT 1 FROM search_paused)
BEGIN
  INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id)
  SELECT pipeline_id, id, stage_id, state, (SELECT COALESCE(MAX(id), 0) FROM event) FROM deal WHERE customer_id = {row}.customer_id;
END
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        db.execute_sql(statement)
    db.execute_sql(FREED)
    db.execute_sql(TOLD.format(what="new", event="INSERT", row="NEW"))
    db.execute_sql(TOLD.format(what="gone", event="DELETE", row="OLD"))
    fill()
