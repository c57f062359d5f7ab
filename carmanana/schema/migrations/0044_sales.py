"""Quotations of deals with their lines, sales orders, and the vehicles and subscriptions that customers hold. What was won or
delivered before gets its order and its asset."""

TABLES = """
CREATE TABLE quotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number INTEGER NOT NULL UNIQUE,
  deal_id INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sent', 'won', 'lost', 'expired', 'cancelled')),
  state_since TEXT NOT NULL,
  leading INTEGER NOT NULL DEFAULT 0 CHECK (leading IN (0, 1)),
  title TEXT NOT NULL DEFAULT '',
  terms TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  valid_until TEXT,
  net_cents INTEGER NOT NULL DEFAULT 0,
  tax_cents INTEGER NOT NULL DEFAULT 0,
  sent_at TEXT,
  sent_how TEXT CHECK (sent_how IN ('email', 'hand')),
  accepted_on TEXT,
  reason TEXT NOT NULL DEFAULT '',
  made_by_id INTEGER REFERENCES user (id),
  import_id INTEGER,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((sent_at IS NULL) = (sent_how IS NULL)),
  CHECK (state NOT IN ('sent', 'won', 'expired') OR (sent_at IS NOT NULL AND valid_until IS NOT NULL)),
  CHECK ((state = 'won') = (accepted_on IS NOT NULL))
);
CREATE INDEX quotation_deal ON quotation (deal_id, number);
CREATE UNIQUE INDEX quotation_leading ON quotation (deal_id) WHERE leading = 1;
CREATE INDEX quotation_customer ON quotation (customer_id, state);
CREATE INDEX quotation_validity ON quotation (valid_until) WHERE state = 'sent';
CREATE INDEX quotation_made_by ON quotation (made_by_id) WHERE made_by_id IS NOT NULL;

CREATE TABLE quotation_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  quotation_id INTEGER NOT NULL REFERENCES quotation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  what TEXT NOT NULL CHECK (what <> ''),
  quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 999),
  price_cents INTEGER NOT NULL,
  tax_rate INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 100000)
);
CREATE INDEX quotation_line_quotation ON quotation_line (quotation_id, position, id);

CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number INTEGER NOT NULL UNIQUE,
  deal_id INTEGER NOT NULL UNIQUE REFERENCES deal (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'completed', 'cancelled')),
  state_since TEXT NOT NULL,
  opened_on TEXT,
  completed_on TEXT,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'completed') = (completed_on IS NOT NULL))
);
CREATE INDEX sales_order_customer ON sales_order (customer_id, state);

CREATE TABLE asset (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL,
  kind TEXT NOT NULL DEFAULT 'vehicle' CHECK (kind IN ('vehicle', 'subscription')),
  name TEXT NOT NULL CHECK (name <> ''),
  identifier TEXT NOT NULL DEFAULT '',
  held_since TEXT,
  state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'ceased')),
  state_since TEXT NOT NULL,
  cease_on TEXT,
  reason TEXT NOT NULL DEFAULT '',
  import_id INTEGER,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (state <> 'ceased' OR cease_on IS NOT NULL)
);
CREATE INDEX asset_customer ON asset (customer_id, state);
CREATE UNIQUE INDEX asset_deal ON asset (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX asset_ceasing ON asset (cease_on) WHERE state = 'live' AND cease_on IS NOT NULL;

INSERT INTO sales_order (number, deal_id, customer_id, state, state_since, opened_on, completed_on, created_at)
  SELECT ROW_NUMBER() OVER (ORDER BY COALESCE(won_at, state_since), id), id, customer_id,
    CASE WHEN state = 'cancelled_by_client' THEN 'cancelled' WHEN delivered_on IS NOT NULL THEN 'completed' ELSE 'open' END,
    state_since, COALESCE(agreement_on, DATE(won_at), DATE(state_since)),
    CASE WHEN state <> 'cancelled_by_client' THEN delivered_on END, state_since
  FROM deal WHERE state = 'won' OR (won_at IS NOT NULL AND state IN ('cancellation_requested', 'cancelled_by_client'));
INSERT INTO asset (customer_id, deal_id, name, held_since, state_since, created_at)
  SELECT customer_id, id, COALESCE(NULLIF(TRIM(COALESCE(vehicle_year || ' ', '') || vehicle_make || ' ' || vehicle_model), ''), 'Vehicle'),
    delivered_on, state_since, state_since
  FROM deal WHERE delivered_on IS NOT NULL AND state IN ('won', 'cancellation_requested')
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
