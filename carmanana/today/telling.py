"""What the rows of the duties of a day show, of all that a page has in one query."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from carmanana.core.db import as_json, database
from carmanana.records.activities import Activity
from carmanana.schema.sqlite import members_named
from carmanana.today.rows import DEAL, Due

TOLD = f"""
SELECT shown.kind, shown.id, shown.step_id, customer.name,
       COALESCE(deal.vehicle_year || ' ', '')
         || COALESCE(deal.vehicle_make || ' ' || deal.vehicle_model, (
         SELECT GROUP_CONCAT(TRIM(brand || ' ' || model), ', ' ORDER BY position, id) FROM vehicle_option
          WHERE needs_id = (SELECT id FROM needs_assessment WHERE lead_id = lead.id)), lead.vehicle) AS vehicle,
       COALESCE(stage.name, ''), COALESCE(deal.version, lead.version), activity.subject,
       COALESCE(hold.reason, lead.hold_reason, ''), COALESCE(lead.message, ''),
       CASE WHEN person.no_calls OR EXISTS (SELECT 1 FROM locked_customer WHERE customer_id = customer.id)
         THEN NULL ELSE (
         SELECT e164 FROM customer_phone WHERE customer_id = customer.id AND e164 IS NOT NULL AND wrong_at IS NULL
          ORDER BY position, id LIMIT 1) END
  FROM ({members_named("kind", "id", "step_id")}) AS shown
  LEFT JOIN deal ON shown.kind = 'deal' AND deal.id = shown.id
  LEFT JOIN lead ON shown.kind = 'lead' AND lead.id = shown.id
  LEFT JOIN stage ON stage.id = deal.stage_id
  LEFT JOIN hold ON hold.deal_id = deal.id AND hold.lifted_at IS NULL
  LEFT JOIN activity ON activity.id = shown.step_id
  JOIN customer ON customer.id = COALESCE(deal.customer_id, lead.customer_id)
  LEFT JOIN person ON person.id = COALESCE(lead.person_id, (
         SELECT id FROM person WHERE customer_id = customer.id ORDER BY position, id LIMIT 1))
"""


class Row(NamedTuple):
    kind: str
    id: int
    step_id: int | None
    name: str
    vehicle: str
    stage: str
    version: int
    subject: str | None
    reason: str
    message: str
    phone: str | None
    due: datetime | date | None = None

    @property
    def is_deal(self) -> bool:
        return self.kind == DEAL


def told(dues: Iterable[Due]) -> dict[Due, Row]:
    """What is told of each."""
    dues = list(dues)
    asked = as_json(list({due[:3]: None for due in dues}))
    rows = {row[:3]: row for row in database.execute_sql(TOLD, (asked,)).fetchall()} if dues else {}
    return {due: Row(*rows[due[:3]], moment(due.at)) for due in dues if due[:3] in rows}


def moment(at: str | None) -> datetime | date | None:
    if not at:
        return None
    return date.fromisoformat(at) if len(at) == 10 else Activity.due_at.python_value(at)
