"""The deals that are on hold, as the calendar shows them: a row for each, by the day of its follow-up, with all that an
entry says of it."""

from .declared import Fill, Part, changed, trigger

TABLE = """
CREATE TABLE held_deal (
  id INTEGER PRIMARY KEY,
  pipeline_id INTEGER NOT NULL,
  held_until TEXT NOT NULL,
  sub_status TEXT NOT NULL,
  owner_id INTEGER,
  retention_id INTEGER,
  customer_id INTEGER NOT NULL,
  client TEXT NOT NULL
)
""".strip()
ENTER = """
INSERT INTO held_deal SELECT deal.id, deal.pipeline_id, deal.held_until, hold.sub_status, deal.owner_id, deal.retention_id,
  customer.id, customer.name
FROM deal JOIN hold ON hold.deal_id = deal.id AND hold.lifted_at IS NULL JOIN customer ON customer.id = deal.customer_id
WHERE deal.state = 'on_hold' AND deal.held_until IS NOT NULL AND {rows}
""".strip()
DEAL = ("state", "owner_id", "retention_id", "pipeline_id", "held_until", "customer_id")


def again(deal: str) -> tuple[str, str]:
    return f"DELETE FROM held_deal WHERE id = {deal};", f"{ENTER.format(rows=f'deal.id = {deal}')};"


PARTS = (
    Part(
        "held_deal",
        (
            TABLE,
            trigger("held_deal_changed", f"AFTER {changed('deal', *DEAL)} AND 'on_hold' IN (OLD.state, NEW.state)", *again("NEW.id")),
            trigger("held_deal_gone", "AFTER DELETE ON deal WHEN OLD.state = 'on_hold'", "DELETE FROM held_deal WHERE id = OLD.id;"),
            trigger("held_deal_of_hold", "AFTER INSERT ON hold WHEN NEW.lifted_at IS NULL", *again("NEW.deal_id")),
            trigger("held_deal_of_other_hold", f"AFTER {changed('hold', 'sub_status', 'lifted_at')}", *again("NEW.deal_id")),
            trigger(
                "held_deal_of_customer",
                f"AFTER {changed('customer', 'name')}",
                "UPDATE held_deal SET client = NEW.name WHERE id IN (SELECT id FROM deal WHERE customer_id = NEW.id);",
            ),
        ),
        (Fill("deal", ENTER.format(rows="deal.id > :after AND deal.id <= :until")),),
        (
            "CREATE INDEX held_deal_on ON held_deal (pipeline_id, held_until, id, sub_status, owner_id, retention_id, customer_id, client)",
        ),
    ),
)  # fmt: skip
