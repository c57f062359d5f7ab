"""What the list and the board show of a lead, as one plain row. What is drawn of it once is kept by that row, which
holds every fact of the lead that is drawn."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from carmanana.core.db import database
from carmanana.core.rows import maker_of
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.schema.sqlite import by_index

FACTS = {
    "id": "lead.id",
    "version": "lead.version",
    "state": "lead.state",
    "kind": "lead.kind",
    "source": "lead.source",
    "vehicle": "lead.vehicle",
    "region": "lead.region",
    "timezone": "lead.timezone",
    "owner_id": "lead.owner_id",
    "received_at": "lead.received_at",
    "first_answered_at": "lead.first_answered_at",
    "import_id": "lead.import_id",
    "state_since": "lead.state_since",
    "hold_status": "lead.hold_status",
    "follow_up_on": "lead.follow_up_on",
    "close_reason": "lead.close_reason",
    "flagged_at": "lead.flagged_at",
    "customer": "customer.name",
    "owner": "owner.name",
    "owner_email": "owner.email",
    "owner_house": "owner.house",
    "owner_zone": "owner.timezone",
    "step": "step.subject",
    "step_due_at": "step.due_at",
    "wants": "(SELECT GROUP_CONCAT(TRIM(brand || ' ' || model), ', ' ORDER BY position, id) FROM vehicle_option"
    " WHERE needs_id = needs.id)",
    "facts": "(timeline <> '') + (location <> '') + (COALESCE(budget_to_cents, 0) + COALESCE(budget_from_cents, 0) > 0)"
    " + (matters_most <> '')",
}
CARD_ROWS = f"""
SELECT {", ".join(FACTS.values())} FROM lead
JOIN customer ON customer.id = lead.customer_id
LEFT JOIN user AS owner ON owner.id = lead.owner_id
LEFT JOIN needs_assessment AS needs ON needs.lead_id = lead.id
LEFT JOIN activity AS step ON step.id = (
  SELECT id FROM activity {by_index("activity_lead_due")}
  WHERE due_at = lead.next_due_at AND lead_id = lead.id AND kind = 'task' AND done_at IS NULL ORDER BY id LIMIT 1)
WHERE lead.id IN
"""

CardRow = NamedTuple("CardRow", [(name, object) for name in FACTS])
OWN = {name: name for name, column in FACTS.items() if column == f"lead.{name}" and name in Lead._meta.fields}
made_of = partial(maker_of, CardRow)
the_lead, the_customer = made_of(Lead, OWN), made_of(Customer, {"name": "customer"})
the_owner = made_of(
    User, {"id": "owner_id", "name": "owner", "email": "owner_email", "house": "owner_house", "timezone": "owner_zone"}
)
the_step = made_of(Activity, {"subject": "step", "due_at": "step_due_at"})


@dataclass
class Card:
    """`lead` and the others are records made of the row: they know what it tells, and no more. `facts` of an
    assessment are four, beside the vehicles that they want."""

    row: CardRow

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def state(self) -> str:
        return self.row.state

    @cached_property
    def lead(self) -> Lead:
        lead = the_lead(self.row)
        lead.customer = the_customer(self.row)
        if self.row.owner_id:
            lead.owner = the_owner(self.row)
        return lead

    @property
    def step(self) -> Activity | None:
        """Its soonest."""
        return the_step(self.row) if self.row.step_due_at else None

    @property
    def vehicles(self) -> str:
        return self.row.wants or self.row.vehicle

    @property
    def known(self) -> int:
        """Of five things that an assessment asks for."""
        return (self.row.facts or 0) + (self.row.wants is not None)


def cards_of(ids: list[int] | tuple[str, list]) -> list[Card]:
    """The cards of ids, or of a query for ids with what it is given; in no order."""
    found, given = ids if isinstance(ids, tuple) else (", ".join("?" * len(ids)), ids)
    return [Card(CardRow._make(row)) for row in database.execute_sql(f"{CARD_ROWS} ({found})", given).fetchall()]
