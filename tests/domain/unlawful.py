"""What must never stand in the tables, however it came about: domain.md 3 and 4 in SQL, written without the code."""

from datetime import UTC, datetime

from carmanana.core.db import database

CASE_TASKS = ("Review the cancellation", "Try again to reach", "Decide: save", "Decide again", "Save the order:")
OF_A_CASE = " OR ".join(f"subject LIKE '{task}%'" for task in CASE_TASKS)

FORBIDDEN = {
    "an order cancelled without a manager's review, contact and decision": """
        SELECT id FROM deal WHERE state = 'cancelled_by_client' AND NOT EXISTS (SELECT 1 FROM cancellation_request r
        JOIN user u ON u.id = r.reviewer_id AND u.roles LIKE '% manager %' JOIN user e ON e.id = r.ended_by_id AND e.roles LIKE '% manager %'
        WHERE r.deal_id = deal.id AND r.state = 'cancelled' AND decision <> '' AND (acknowledged_at IS NOT NULL AND ground = 'right_to_cancel'
        OR contacted_at IS NOT NULL AND ground IN ('committed', 'not_reached', 'nothing_to_save') AND (ground = 'not_reached') <= unreachable))""",
    "a right to cancel acknowledged after its last day, or without what is owed as a task": """
        SELECT r.id FROM cancellation_request r JOIN cancellation_right l ON l.id = r.right_id JOIN deal d ON d.id = r.deal_id
        WHERE r.acknowledged_at IS NOT NULL AND (r.state <> 'cancelled' OR (r.pending_cents > 0) <> (r.return_task_id IS NOT NULL)
        OR (l.runs_from = 'delivery' AND r.sent_on > date(d.delivered_on, '+' || l.days || ' days')))""",
    "an order up for retention while its customer uses a right to cancel": """
        SELECT id FROM cancellation_request WHERE acknowledged_at IS NOT NULL AND ended_at IS NULL""",
    "a losing order without its one open request, or another with one": """
        SELECT id FROM deal WHERE (state = 'cancellation_requested') <>
        (SELECT COUNT(*) FROM cancellation_request WHERE deal_id = deal.id AND ended_at IS NULL)""",
    "an open request without its one open task": f"""
        SELECT r.id FROM cancellation_request r LEFT JOIN activity t ON t.id = r.task_id WHERE r.ended_at IS NULL AND (t.done_at IS NOT NULL OR t.id IS NULL
        OR (SELECT COUNT(*) FROM activity WHERE deal_id = r.deal_id AND done_at IS NULL AND kind = 'task'
        AND ({OF_A_CASE})) <> 1)""",
    "a task of the case that outlives it": f"""
        SELECT id FROM activity WHERE kind = 'task' AND done_at IS NULL AND ({OF_A_CASE})
        AND deal_id NOT IN (SELECT deal_id FROM cancellation_request WHERE ended_at IS NULL)""",
    "a presentation of what was not approved, had expired or was taken back": """
        SELECT p.id FROM presentation p JOIN offer o ON o.id = p.offer_id JOIN user u ON u.id = o.approved_by_id
        WHERE u.roles NOT LIKE '% manager %' OR p.presented_at < o.approved_at OR p.presented_at >= o.expires_at OR p.presented_at > o.withdrawn_at""",
    "an offer presented twice": "SELECT offer_id FROM presentation GROUP BY offer_id HAVING COUNT(*) > 1",
    "an acceptance after the offer had expired": """
        SELECT p.id FROM presentation p JOIN offer o ON o.id = p.offer_id WHERE p.answer = 'accepted' AND p.answered_at >= o.expires_at""",
    "a retention member who is not the plan's, or a plan out of its time": """
        SELECT d.id FROM deal d LEFT JOIN cancellation_request r ON r.deal_id = d.id AND r.ended_at IS NULL
        LEFT JOIN retention_plan p ON p.request_id = r.id AND p.ended_at IS NULL
        WHERE d.retention_id IS NOT p.assignee_id OR (COALESCE(r.state, '') = 'retention') <> (p.id IS NOT NULL)""",
    "a plan left open by a request that has ended": """
        SELECT p.id FROM retention_plan p JOIN cancellation_request r ON r.id = p.request_id WHERE p.ended_at IS NULL AND r.state <> 'retention'""",
    "a review or a case with whoever owns the order": """
        SELECT d.id FROM deal d JOIN cancellation_request r ON r.deal_id = d.id AND r.ended_at IS NULL
        WHERE d.owner_id IN (r.reviewer_id, COALESCE(d.retention_id, 0))""",
    "a request that went on without a contact": """
        SELECT id FROM cancellation_request WHERE state IN ('contacted', 'retention', 'declined', 'retained', 'cancelled') AND contacted_at IS NULL AND acknowledged_at IS NULL""",
    "a live order on hold, or a hold that is not one": """
        SELECT id FROM deal WHERE (state = 'on_hold' AND readiness = 'live') OR (state NOT IN ('on_hold', 'cancellation_requested')
        AND EXISTS (SELECT 1 FROM hold WHERE deal_id = deal.id AND lifted_at IS NULL))""",
    ("a won order without value or agreement"): (
        "SELECT id FROM deal WHERE state = 'won' AND (value_cents IS NULL OR agreement_on IS NULL)"
    ),
    "more money given back than came in": """
        SELECT deal_id FROM payment GROUP BY deal_id HAVING SUM(CASE kind WHEN 'received' THEN amount_cents ELSE -amount_cents END) < 0""",
}

# of the customer's orders under review, how many do not let this person reach out now: written from domain.md 4
CLOSED = """
    SELECT COUNT(*) FROM deal d LEFT JOIN cancellation_request r ON r.deal_id = d.id AND r.ended_at IS NULL
    WHERE d.customer_id = ? AND d.state = 'cancellation_requested' AND (r.contacted_at IS NULL OR NOT (
      EXISTS (SELECT 1 FROM direction WHERE request_id = r.id AND user_id = ? AND until > ?)
      OR (r.state = 'retention' AND EXISTS (SELECT 1 FROM retention_plan WHERE request_id = r.id AND ended_at IS NULL AND assignee_id = ?))))"""


def nothing_unlawful_stands() -> None:
    for what, sql in FORBIDDEN.items():
        assert not database.execute_sql(sql).fetchall(), what


def closed_to(customer: int, person: int, at: datetime) -> bool:
    """Does an order of the customer's under review keep this person, no manager, from reaching out?"""
    moment = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return database.execute_sql(CLOSED, (customer, person, moment, person)).fetchone()[0] > 0
