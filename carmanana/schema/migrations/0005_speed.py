"""What a board would otherwise count again and again: deals and values per column, the soonest open step and the
standing hold of a deal, each kept by triggers; and a client's name as it is sorted and searched.

A tally's owner 0 is nobody."""

import carmanana.core.text  # noqa: F401 - brings the database its function `fold`

TABLES = """
CREATE TABLE deal_tally (
  pipeline_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  stage_id INTEGER NOT NULL,
  readiness TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  deals INTEGER NOT NULL,
  value_cents INTEGER NOT NULL,
  PRIMARY KEY (pipeline_id, state, stage_id, readiness, owner_id)
) WITHOUT ROWID;
INSERT INTO deal_tally
SELECT pipeline_id, state, stage_id, readiness, COALESCE(owner_id, 0), COUNT(*), COALESCE(SUM(value_cents), 0)
FROM deal GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER deal_tally_more AFTER INSERT ON deal
BEGIN {more} END;
CREATE TRIGGER deal_tally_less AFTER DELETE ON deal
BEGIN {less} END;
CREATE TRIGGER deal_tally_moved AFTER UPDATE OF pipeline_id, state, stage_id, readiness, owner_id, value_cents ON deal
WHEN (OLD.pipeline_id, OLD.state, OLD.stage_id, OLD.readiness, OLD.owner_id, OLD.value_cents)
  IS NOT (NEW.pipeline_id, NEW.state, NEW.stage_id, NEW.readiness, NEW.owner_id, NEW.value_cents)
BEGIN {less} {more} END;

ALTER TABLE deal ADD COLUMN next_due_at TEXT;
UPDATE deal SET next_due_at = step.due_at
FROM (SELECT deal_id, MIN(due_at) AS due_at FROM activity WHERE kind = 'task' AND done_at IS NULL GROUP BY deal_id) AS step
WHERE step.deal_id = deal.id;
CREATE TRIGGER deal_due_of_step AFTER INSERT ON activity
WHEN NEW.deal_id IS NOT NULL AND NEW.kind = 'task' AND NEW.done_at IS NULL
BEGIN {soonest_new} END;
CREATE TRIGGER deal_due_of_changed AFTER UPDATE OF deal_id, kind, due_at, done_at ON activity
WHEN OLD.kind = 'task' OR NEW.kind = 'task'
BEGIN {soonest_old} {soonest_new} END;
CREATE TRIGGER deal_due_of_gone AFTER DELETE ON activity
WHEN OLD.deal_id IS NOT NULL AND OLD.kind = 'task' AND OLD.done_at IS NULL
BEGIN {soonest_old} END;

ALTER TABLE deal ADD COLUMN held_until TEXT;
UPDATE deal SET held_until = hold.follow_up_on FROM hold WHERE hold.deal_id = deal.id AND hold.lifted_at IS NULL;
CREATE TRIGGER deal_held AFTER INSERT ON hold
BEGIN {held_new} END;
CREATE TRIGGER deal_held_changed AFTER UPDATE OF deal_id, follow_up_on, lifted_at ON hold
BEGIN {held_old} {held_new} END;
CREATE TRIGGER deal_held_gone AFTER DELETE ON hold
BEGIN {held_old} END;

ALTER TABLE customer ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE customer SET folded = fold(name);
CREATE INDEX customer_folded ON customer (folded);

CREATE INDEX deal_ended_seen ON deal (pipeline_id, state, state_since, owner_id, retention_id, value_cents);
CREATE INDEX deal_ageing ON deal (stage_id, in_stage_since, owner_id, retention_id) WHERE state = 'active';
CREATE INDEX deal_due ON deal (pipeline_id, state, next_due_at, owner_id, retention_id) WHERE next_due_at IS NOT NULL;
CREATE INDEX deal_held_until ON deal (pipeline_id, state, held_until, owner_id, retention_id);
CREATE INDEX deal_losing ON deal (customer_id) WHERE state = 'cancellation_requested';
CREATE INDEX deal_flagged ON deal (pipeline_id, state) WHERE flagged_at IS NOT NULL;
"""

COUNTED = """
INSERT INTO deal_tally VALUES
({row}.pipeline_id, {row}.state, {row}.stage_id, {row}.readiness, COALESCE({row}.owner_id, 0), {sign}1, {sign}COALESCE({row}.value_cents, 0))
ON CONFLICT DO UPDATE SET deals = deals + excluded.deals, value_cents = value_cents + excluded.value_cents;
"""
SOONEST = """
UPDATE deal SET next_due_at = (SELECT MIN(due_at) FROM activity WHERE deal_id = {row}.deal_id AND kind = 'task' AND done_at IS NULL)
WHERE id = {row}.deal_id;
"""
HELD = """
UPDATE deal SET held_until = (SELECT follow_up_on FROM hold WHERE deal_id = {row}.deal_id AND lifted_at IS NULL)
WHERE id = {row}.deal_id;
"""


def up(migrator, db):
    for statement in _statements():
        db.execute_sql(statement)


def _statements() -> list[str]:
    """A statement ends where a line ends in a semicolon; what triggers do stands in one line."""
    triggered = {"more": COUNTED.format(row="NEW", sign="+"), "less": COUNTED.format(row="OLD", sign="-")}
    triggered |= {f"soonest_{row.lower()}": SOONEST.format(row=row) for row in ("NEW", "OLD")}
    triggered |= {f"held_{row.lower()}": HELD.format(row=row) for row in ("NEW", "OLD")}
    whole = TABLES.format(**{name: " ".join(text.split()) for name, text in triggered.items()})
    return [statement for statement in whole.split(";\n") if statement.strip()]
