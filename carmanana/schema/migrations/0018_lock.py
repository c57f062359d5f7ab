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


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        db.execute_sql(statement)
    fill()
