"""Clients that were two records of one person: where the one that is gone leads to. Numbers and addresses are
indexed with whose they are, so that shared ones are found without a look at each row."""

STATEMENTS = """
CREATE TABLE merged_customer (
  id INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  by_id INTEGER NOT NULL REFERENCES user (id),
  at TEXT NOT NULL
);
CREATE INDEX merged_customer_into ON merged_customer (into_id);
DROP INDEX customer_phone_e164;
CREATE INDEX customer_phone_e164 ON customer_phone (e164, customer_id) WHERE e164 IS NOT NULL;
DROP INDEX customer_email_address;
CREATE INDEX customer_email_address ON customer_email (LOWER(address), customer_id);
"""


def up(migrator, db):
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
