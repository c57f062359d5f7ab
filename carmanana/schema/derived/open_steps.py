"""The next steps of deals and leads that are not done, as Today and the calendar ask for them: a row for each, with
what decides on whose page it stands and under which heading, so that neither looks up anything else to count them.

`asks` is what a step is: a promise, the task of a review that goes on, the first call of a lead of theirs that nobody
has reached out to, or just a step. `held_until` is the day of a hold of theirs, which asks for the step itself once it
is due. `pipeline_id` is there while the deal is worked or waits for its delivery."""

from .declared import Fill, Part, changed, trigger

TABLE = """
CREATE TABLE open_step (
  id INTEGER PRIMARY KEY,
  due_at TEXT NOT NULL,
  assignee_id INTEGER,
  asks TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  held_until TEXT NOT NULL,
  pipeline_id INTEGER,
  owner_id INTEGER,
  retention_id INTEGER,
  customer_id INTEGER NOT NULL,
  client TEXT NOT NULL,
  subject TEXT NOT NULL
)
""".strip()
OPEN = "{0}kind = 'task' AND {0}done_at IS NULL AND COALESCE({0}deal_id, {0}lead_id) IS NOT NULL"
REVIEWED = (
    "EXISTS (SELECT 1 FROM cancellation_request WHERE deal_id = deal.id AND ended_at IS NULL AND task_id = activity.id)"
)
CALL = "activity.deal_id IS NULL AND lead.state = 'new' AND lead.touched_at IS NULL AND lead.owner_id = activity.assignee_id"
WORKED = "deal.state IN ('active', 'on_hold') OR (deal.state = 'won' AND deal.delivered_on IS NULL)"
ENTER = f"""
INSERT INTO open_step SELECT activity.id, activity.due_at, activity.assignee_id,
  CASE WHEN EXISTS (SELECT 1 FROM commitment WHERE task_id = activity.id) THEN 'promise'
       WHEN {REVIEWED} THEN 'review' WHEN {CALL} THEN 'call' ELSE 'step' END,
  IIF(deal.id IS NULL, 'lead', 'deal'), COALESCE(deal.id, lead.id),
  COALESCE(CASE WHEN COALESCE(deal.owner_id, lead.owner_id) = activity.assignee_id AND COALESCE(deal.state, lead.state) = 'on_hold'
    THEN IIF(deal.id IS NULL, lead.follow_up_on, deal.held_until) END, ''),
  IIF({WORKED}, deal.pipeline_id, NULL), deal.owner_id, deal.retention_id, customer.id, customer.name, activity.subject
FROM activity LEFT JOIN deal ON deal.id = activity.deal_id
LEFT JOIN lead ON lead.id = activity.lead_id AND activity.deal_id IS NULL
JOIN customer ON customer.id = COALESCE(deal.customer_id, lead.customer_id)
WHERE {OPEN.format("activity.")} AND {{rows}}
""".strip()


def again(steps: str) -> tuple[str, str]:
    """What stands of these steps is made anew."""
    return f"DELETE FROM open_step WHERE id IN ({steps});", f"{ENTER.format(rows=f'activity.id IN ({steps})')};"


def steps_of(column: str, row: str) -> str:
    return f"SELECT id FROM activity WHERE {column} = {row} AND kind = 'task' AND done_at IS NULL"


OF_CUSTOMER = (
    "SELECT activity.id FROM deal JOIN activity ON activity.deal_id = deal.id AND activity.kind = 'task'"
    " AND activity.done_at IS NULL WHERE deal.customer_id = NEW.id"
)
STEP = ("kind", "done_at", "due_at", "assignee_id", "deal_id", "lead_id", "subject")
DEAL = ("state", "owner_id", "retention_id", "pipeline_id", "held_until", "delivered_on", "customer_id")
LEAD = ("state", "owner_id", "touched_at", "follow_up_on", "customer_id")
REVIEW = ("deal_id", "task_id", "ended_at")
REVIEWS_OLD_AND_NEW = (
    "SELECT OLD.task_id WHERE OLD.task_id IS NOT NULL UNION SELECT NEW.task_id WHERE NEW.task_id IS NOT NULL"
)
FORGET = "DELETE FROM open_step WHERE id = OLD.id;"

PARTS = (
    Part(
        "open_step",
        (
            TABLE,
            trigger("open_step_new", f"AFTER INSERT ON activity WHEN {OPEN.format('NEW.')}", f"{ENTER.format(rows='activity.id = NEW.id')};"),
            trigger("open_step_gone", f"AFTER DELETE ON activity WHEN {OPEN.format('OLD.')}", FORGET),
            trigger("open_step_changed", f"AFTER {changed('activity', *STEP)} AND (OLD.kind = 'task' OR NEW.kind = 'task')", FORGET, *again("NEW.id")[1:]),
            trigger("open_step_of_new_deal", "AFTER INSERT ON deal", *again(steps_of("deal_id", "NEW.id"))),
            trigger("open_step_of_deal", f"AFTER {changed('deal', *DEAL)}", *again(steps_of("deal_id", "NEW.id"))),
            trigger("open_step_of_new_lead", "AFTER INSERT ON lead", *again(steps_of("lead_id", "NEW.id"))),
            trigger("open_step_of_lead", f"AFTER {changed('lead', *LEAD)}", *again(steps_of("lead_id", "NEW.id"))),
            trigger("open_step_of_customer", f"AFTER {changed('customer', 'name')}", f"UPDATE open_step SET client = NEW.name WHERE id IN ({OF_CUSTOMER});"),
            trigger("open_step_promised", "AFTER INSERT ON commitment", "UPDATE open_step SET asks = 'promise' WHERE id = NEW.task_id;"),
            trigger("open_step_promised_no_more", "AFTER DELETE ON commitment", *again("OLD.task_id")),
            trigger("open_step_reviewed", "AFTER INSERT ON cancellation_request WHEN NEW.task_id IS NOT NULL", *again("NEW.task_id")),
            trigger("open_step_reviewed_no_more", "AFTER DELETE ON cancellation_request WHEN OLD.task_id IS NOT NULL", *again("OLD.task_id")),
            trigger("open_step_of_review", f"AFTER {changed('cancellation_request', *REVIEW)}", *again(REVIEWS_OLD_AND_NEW)),
        ),
        (Fill("activity", ENTER.format(rows="activity.id > :after AND activity.id <= :until")),),
        (
            "CREATE INDEX open_step_of ON open_step (assignee_id, asks, due_at, kind, record_id, id, held_until)",
            "CREATE INDEX open_step_on ON open_step (pipeline_id, due_at, id, owner_id, retention_id, record_id, customer_id, client, subject)"
            " WHERE pipeline_id IS NOT NULL",
        ),
    ),
)  # fmt: skip
