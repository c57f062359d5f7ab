"""Customers who leave: the Customer Cancellation Tool (customer cancellation help, domain 7). A customer has one pending
cancellation at a time, which is done in stages."""

TABLES = """
CREATE TABLE departure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'processed', 'removed', 'reactivated')),
  state_since TEXT NOT NULL,
  begun_by_id INTEGER NOT NULL REFERENCES user (id),
  begun_at TEXT NOT NULL,
  new_owner_id INTEGER REFERENCES user (id),
  ended_by_id INTEGER REFERENCES user (id),
  ended_at TEXT,
  words TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (state = 'pending' OR ended_at IS NOT NULL)
);
CREATE UNIQUE INDEX departure_pending ON departure (customer_id) WHERE state = 'pending';
CREATE INDEX departure_customer ON departure (customer_id, id);
CREATE INDEX departure_state ON departure (state, state_since);
CREATE INDEX departure_new_owner ON departure (new_owner_id) WHERE new_owner_id IS NOT NULL;

CREATE TABLE departure_reason (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  departure_id INTEGER NOT NULL REFERENCES departure (id) ON DELETE CASCADE,
  reason TEXT NOT NULL CHECK (LENGTH(reason) > 0),
  extra TEXT NOT NULL DEFAULT '',
  written_by_id INTEGER NOT NULL REFERENCES user (id),
  written_at TEXT NOT NULL
);
CREATE INDEX departure_reason_departure ON departure_reason (departure_id);

CREATE TABLE departure_presence (
  departure_id INTEGER NOT NULL REFERENCES departure (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  seen_at TEXT NOT NULL,
  PRIMARY KEY (departure_id, user_id)
) WITHOUT ROWID;
CREATE INDEX departure_presence_user ON departure_presence (user_id);

CREATE TABLE departure_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  notifies INTEGER NOT NULL DEFAULT 0 CHECK (notifies IN (0, 1)),
  roles TEXT NOT NULL DEFAULT '',
  people TEXT NOT NULL DEFAULT '',
  addresses TEXT NOT NULL DEFAULT '',
  future_cease INTEGER NOT NULL DEFAULT 0 CHECK (future_cease IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO departure_settings (id) VALUES (1);
CREATE INDEX customer_status ON customer (status) WHERE status <> 'live'
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
