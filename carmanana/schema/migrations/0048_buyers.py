"""What a buyer must have of what they want; vehicles on offer and to whom they were offered; changes of the buyers list that can
be taken back; views of lists beside those of pipelines; mail to many that can be unsubscribed from."""

TABLES = """
ALTER TABLE vehicle_option ADD COLUMN musts TEXT NOT NULL DEFAULT ' model ';
ALTER TABLE outgoing_mail ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';

CREATE TABLE offered_vehicle (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  make TEXT NOT NULL CHECK (make <> ''),
  model TEXT NOT NULL DEFAULT '',
  year INTEGER,
  distance INTEGER CHECK (distance >= 0),
  distance_unit TEXT NOT NULL DEFAULT 'mi' CHECK (distance_unit IN ('mi', 'km')),
  colour TEXT NOT NULL DEFAULT '',
  price_cents INTEGER CHECK (price_cents >= 0),
  currency TEXT NOT NULL DEFAULT 'USD',
  region TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  until TEXT,
  deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL,
  entered_by_id INTEGER NOT NULL REFERENCES user (id),
  gone_at TEXT,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX offered_vehicle_make ON offered_vehicle (make, model);
CREATE INDEX offered_vehicle_on_offer ON offered_vehicle (created_at) WHERE gone_at IS NULL;
CREATE INDEX offered_vehicle_deal ON offered_vehicle (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX offered_vehicle_entered_by ON offered_vehicle (entered_by_id);

CREATE TABLE vehicle_offer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  vehicle_id INTEGER NOT NULL REFERENCES offered_vehicle (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  lead_id INTEGER REFERENCES lead (id) ON DELETE SET NULL,
  deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL,
  how TEXT NOT NULL CHECK (how IN ('email', 'sequence')),
  by_id INTEGER NOT NULL REFERENCES user (id),
  at TEXT NOT NULL
);
CREATE INDEX vehicle_offer_vehicle ON vehicle_offer (vehicle_id, customer_id);
CREATE INDEX vehicle_offer_customer ON vehicle_offer (customer_id);
CREATE INDEX vehicle_offer_lead ON vehicle_offer (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX vehicle_offer_deal ON vehicle_offer (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX vehicle_offer_by ON vehicle_offer (by_id);

CREATE TABLE wants_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  how TEXT NOT NULL CHECK (how IN ('cell', 'paste', 'bulk', 'file')),
  cells INTEGER NOT NULL,
  before TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT
);
CREATE INDEX wants_change_user ON wants_change (user_id, id);
CREATE INDEX wants_change_at ON wants_change (at);

CREATE TABLE saved_view_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  pipeline_id INTEGER REFERENCES pipeline (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (LENGTH(name) BETWEEN 1 AND 60),
  ending TEXT NOT NULL,
  query TEXT NOT NULL,
  shared INTEGER NOT NULL DEFAULT 0,
  opens_first INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  UNIQUE (user_id, name)
);
INSERT INTO saved_view_new SELECT id, user_id, pipeline_id, name, ending, query, shared, opens_first, created_at FROM saved_view;
DROP TABLE saved_view;
ALTER TABLE saved_view_new RENAME TO saved_view;
CREATE UNIQUE INDEX saved_view_first ON saved_view (user_id) WHERE opens_first;
CREATE INDEX saved_view_shared ON saved_view (pipeline_id) WHERE shared;
CREATE INDEX saved_view_of_list ON saved_view (ending) WHERE pipeline_id IS NULL
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
