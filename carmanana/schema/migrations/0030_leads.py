"""Leads: people who asked and have had no price. A customer is one person or several, to whom numbers, addresses, language,
consents and wishes belong; everybody who is here becomes a customer of one person.

A wish not to be contacted counts for the numbers and addresses that it was said of (`do_not_contact`), wherever they come
again. The customer's own columns say what holds for every person of theirs; see schema/derived/people.py."""

TABLES = """
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  name TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  no_calls INTEGER NOT NULL DEFAULT 0,
  no_emails INTEGER NOT NULL DEFAULT 0,
  no_texts INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX person_customer ON person (customer_id, position, id);

CREATE TABLE do_not_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL CHECK (channel IN ('no_calls', 'no_emails', 'no_texts')),
  value TEXT NOT NULL CHECK (value <> ''),
  since TEXT NOT NULL,
  lifted_at TEXT,
  lifted_by_id INTEGER REFERENCES user (id),
  lift_reason TEXT NOT NULL DEFAULT '',
  CHECK ((lifted_at IS NULL) = (lift_reason = ''))
);
CREATE UNIQUE INDEX do_not_contact_standing ON do_not_contact (value, channel) WHERE lifted_at IS NULL;
CREATE INDEX do_not_contact_lifted_by ON do_not_contact (lifted_by_id) WHERE lifted_by_id IS NOT NULL;

CREATE TABLE consent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  channels TEXT NOT NULL CHECK (channels <> ''),
  purpose TEXT NOT NULL CHECK (purpose IN ('inquiry', 'offers', 'recorded_voicemail')),
  words TEXT NOT NULL CHECK (words <> ''),
  how TEXT NOT NULL CHECK (how IN ('form', 'phone', 'email', 'text', 'in_person', 'paper', 'import')),
  given_at TEXT NOT NULL,
  taken_by_id INTEGER REFERENCES user (id),
  proof_id INTEGER REFERENCES attachment (id) ON DELETE SET NULL,
  withdrawn_at TEXT,
  withdrawn_words TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX consent_person ON consent (person_id, withdrawn_at);
CREATE INDEX consent_taken_by ON consent (taken_by_id) WHERE taken_by_id IS NOT NULL;
CREATE INDEX consent_proof ON consent (proof_id) WHERE proof_id IS NOT NULL;

CREATE TABLE lead (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  person_id INTEGER REFERENCES person (id),
  kind TEXT NOT NULL DEFAULT 'inquiry' CHECK (kind IN ('inquiry', 'price_shopper')),
  state TEXT NOT NULL DEFAULT 'new'
    CHECK (state IN ('new', 'working', 'connected', 'assessed', 'on_hold', 'closed', 'converted')),
  source TEXT NOT NULL DEFAULT '',
  asked_by TEXT NOT NULL DEFAULT '',
  answer_by TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  vehicle TEXT NOT NULL DEFAULT '',
  region TEXT NOT NULL DEFAULT '',
  timezone TEXT NOT NULL DEFAULT '',
  owner_id INTEGER REFERENCES user (id),
  claimed_at TEXT,
  received_at TEXT NOT NULL,
  touched_at TEXT,
  first_answered_at TEXT,
  first_answered_by_id INTEGER REFERENCES user (id),
  first_answer_minutes INTEGER CHECK (first_answer_minutes >= 0),
  state_since TEXT NOT NULL,
  held_from TEXT CHECK (held_from IN ('new', 'working', 'connected', 'assessed')),
  hold_status TEXT CHECK (hold_status IN ('months_out', 'financing', 'event', 'later_date')),
  hold_reason TEXT NOT NULL DEFAULT '',
  follow_up_on TEXT,
  close_reason TEXT,
  close_words TEXT NOT NULL DEFAULT '',
  flagged_at TEXT,
  flagged_by_id INTEGER REFERENCES user (id),
  deal_id INTEGER REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
  deal_version INTEGER,
  import_id INTEGER,
  external_id TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'on_hold') = (follow_up_on IS NOT NULL)),
  CHECK (state <> 'on_hold' OR (hold_status IS NOT NULL AND hold_reason <> '' AND held_from IS NOT NULL)),
  CHECK ((state = 'closed') = (close_reason IS NOT NULL)),
  CHECK ((state = 'converted') = (deal_id IS NOT NULL))
);
CREATE INDEX lead_received ON lead (received_at, id);
CREATE INDEX lead_state ON lead (state, received_at);
CREATE INDEX lead_owner ON lead (owner_id, state, received_at);
CREATE INDEX lead_customer ON lead (customer_id);
CREATE INDEX lead_person ON lead (person_id);
CREATE INDEX lead_source ON lead (source, received_at);
CREATE INDEX lead_region ON lead (region, received_at);
CREATE INDEX lead_untouched ON lead (received_at) WHERE touched_at IS NULL AND state = 'new';
CREATE UNIQUE INDEX lead_deal ON lead (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX lead_flagged_by ON lead (flagged_by_id) WHERE flagged_by_id IS NOT NULL;
CREATE INDEX lead_first_answered_by ON lead (first_answered_by_id) WHERE first_answered_by_id IS NOT NULL;
CREATE INDEX lead_import ON lead (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX lead_external ON lead (external_id) WHERE external_id <> '';

ALTER TABLE customer_phone ADD COLUMN person_id INTEGER REFERENCES person (id) ON DELETE CASCADE;
ALTER TABLE customer_email ADD COLUMN person_id INTEGER REFERENCES person (id) ON DELETE CASCADE;
ALTER TABLE activity ADD COLUMN lead_id INTEGER REFERENCES lead (id) ON DELETE CASCADE;
ALTER TABLE activity ADD COLUMN person_id INTEGER REFERENCES person (id) ON DELETE SET NULL;
ALTER TABLE notification ADD COLUMN lead_id INTEGER REFERENCES lead (id) ON DELETE CASCADE;
CREATE INDEX customer_phone_person ON customer_phone (person_id, position);
CREATE INDEX customer_email_person ON customer_email (person_id, position);
CREATE INDEX activity_lead ON activity (lead_id, at) WHERE lead_id IS NOT NULL;
CREATE INDEX activity_lead_due ON activity (due_at, lead_id) WHERE lead_id IS NOT NULL AND kind = 'task' AND done_at IS NULL;
CREATE INDEX activity_person ON activity (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX notification_lead ON notification (lead_id) WHERE lead_id IS NOT NULL
"""
NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
PEOPLE = """
INSERT INTO person (customer_id, no_calls, no_emails, no_texts) SELECT id, no_calls, no_emails, no_texts FROM customer;
UPDATE customer_phone SET person_id = (SELECT id FROM person WHERE person.customer_id = customer_phone.customer_id);
UPDATE customer_email SET person_id = (SELECT id FROM person WHERE person.customer_id = customer_email.customer_id)
"""
CHANNELS = {"no_calls": "phone", "no_texts": "phone", "no_emails": "email"}
VALUE = {"phone": "e164", "email": "LOWER(address)"}
WISHES = ("no_calls", "no_emails", "no_texts")


def remembered(wish: str, whose: str) -> str:
    """Every number or address of these people, as not to be contacted."""
    reach = CHANNELS[wish]
    value = VALUE[reach]
    return (
        f"INSERT OR IGNORE INTO do_not_contact (channel, value, since) SELECT '{wish}', {value}, {NOW} FROM customer_{reach} "
        f"WHERE {whose} AND {value} <> ''"
    )


NEEDS = """
CREATE TABLE needs_again (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER UNIQUE REFERENCES deal (id) ON DELETE CASCADE,
  lead_id INTEGER UNIQUE REFERENCES lead (id) ON DELETE CASCADE,
  timeline TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '',
  budget_from_cents INTEGER,
  budget_to_cents INTEGER,
  matters_most TEXT NOT NULL DEFAULT '',
  mission TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (budget_to_cents IS NULL OR budget_from_cents IS NULL OR budget_to_cents >= budget_from_cents),
  CHECK (deal_id IS NOT NULL OR lead_id IS NOT NULL)
);
INSERT INTO needs_again (id, deal_id, timeline, location, budget_from_cents, budget_to_cents, matters_most, mission, version)
SELECT id, deal_id, timeline, location, budget_from_cents, budget_to_cents, matters_most, mission, version FROM needs_assessment;
CREATE TEMP TABLE kept_option AS SELECT * FROM vehicle_option;
DROP TABLE needs_assessment;
ALTER TABLE needs_again RENAME TO needs_assessment;
INSERT OR IGNORE INTO vehicle_option SELECT * FROM kept_option;
DROP TABLE kept_option
"""


def up(migrator, db):
    for statement in [*TABLES.split(";\n"), *PEOPLE.split(";\n"), *NEEDS.split(";\n")]:
        if statement.strip():
            db.execute_sql(statement)
    for wish in WISHES:
        db.execute_sql(remembered(wish, f"person_id IN (SELECT id FROM person WHERE {wish})"))
