"""Cards: everything that one shows, as one plain row, with every fact that card_text.py reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import NamedTuple

from carmanana.core.db import UtcField, database
from carmanana.core.rows import maker_of
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSING, ON_HOLD, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.schema.sqlite import by_index

# `lock.losing` in two steps, each along an index of its own: a third of the work for a page of cards
LOCKED = f"""
EXISTS (SELECT 1 FROM deal AS own WHERE own.customer_id = deal.customer_id AND own.state = '{LOSING}')
OR EXISTS (SELECT 1 FROM locked_customer AS held JOIN deal AS locking ON locking.id = held.deal_id
  JOIN deal AS other ON other.customer_id = locking.customer_id AND other.state = '{LOSING}'
  WHERE held.customer_id = deal.customer_id)
"""

FACTS = {
    "id": "deal.id",
    "state": "deal.state",
    "stage_id": "deal.stage_id",
    "position": "deal.position",
    "state_since": "deal.state_since",
    "in_stage_since": "deal.in_stage_since",
    "won_since": "COALESCE(deal.won_at, deal.state_since)",
    "eta_on": "deal.eta_on",
    "delivered_on": "deal.delivered_on",
    "version": "deal.version",
    "readiness": "deal.readiness",
    "value_cents": "deal.value_cents",
    "currency": "deal.currency",
    "vehicle_year": "deal.vehicle_year",
    "vehicle_make": "deal.vehicle_make",
    "vehicle_model": "deal.vehicle_model",
    "loss_reason": "deal.loss_reason",
    "flagged_at": "deal.flagged_at",
    "client_locked": f"({LOCKED})",
    "client": "customer.name",
    "no_calls": "customer.no_calls OR customer.status = 'cancelled'",
    "number": "(SELECT COALESCE(e164, typed) FROM customer_phone WHERE customer_id = deal.customer_id"
    " ORDER BY wrong_at IS NOT NULL, position LIMIT 1)",
    "owner_id": "deal.owner_id",
    "owner": "owner.name",
    "owner_email": "owner.email",
    "owner_house": "owner.house",
    "rescuer": "rescuer.name",
    "stage": "stage.name",
    "ageing_days": "stage.ageing_days",
    "hold": "hold.sub_status",
    "held_until": "hold.follow_up_on",
    "request": "request.state",
    "request_due_at": "request.due_at",
    "attempted_at": "request.attempted_at",
    "reviewer": "reviewer.name",
    "step_id": "step.id",
    "step": "step.subject",
    "step_due_at": "step.due_at",
}
CARD_ROWS = f"""
SELECT {", ".join(FACTS.values())} FROM deal
JOIN customer ON customer.id = deal.customer_id
JOIN stage ON stage.id = deal.stage_id
LEFT JOIN user AS owner ON owner.id = deal.owner_id
LEFT JOIN user AS rescuer ON rescuer.id = deal.retention_id
LEFT JOIN hold ON hold.deal_id = deal.id AND hold.lifted_at IS NULL
LEFT JOIN cancellation_request AS request ON request.deal_id = deal.id AND request.ended_at IS NULL
LEFT JOIN user AS reviewer ON reviewer.id = request.reviewer_id
LEFT JOIN activity AS step {by_index("activity_open_step")}
  ON step.deal_id = deal.id AND step.due_at = deal.next_due_at AND step.kind = 'task' AND step.done_at IS NULL
WHERE deal.id IN
"""

CardRow = NamedTuple("CardRow", [(name, object) for name in FACTS])
card_row_of = partial(tuple.__new__, CardRow)  # of what the database answers
OWN = {name: name for name, column in FACTS.items() if column == f"deal.{name}" and name in Deal._meta.fields}


_maker = partial(maker_of, CardRow)
the_deal = _maker(Deal, OWN)
the_client = _maker(Customer, {"name": "client", "no_calls": "no_calls"})
the_stage = _maker(Stage, {"id": "stage_id", "name": "stage", "ageing_days": "ageing_days"})
the_owner = _maker(User, {"id": "owner_id", "name": "owner", "email": "owner_email", "house": "owner_house"})
the_rescuer, the_reviewer = _maker(User, {"name": "rescuer"}), _maker(User, {"name": "reviewer"})
the_step = _maker(Activity, {"id": "step_id", "subject": "step", "due_at": "step_due_at"})
the_hold = _maker(Hold, {"sub_status": "hold", "follow_up_on": "held_until"})
the_request = _maker(
    CancellationRequest, {"state": "request", "due_at": "request_due_at", "attempted_at": "attempted_at"}
)


@dataclass
class Card:
    """`deal` and the others are records made of the row: they know what it tells, and no more."""

    row: CardRow

    @cached_property
    def deal(self) -> Deal:
        deal = the_deal(self.row)
        deal.customer, deal.stage = the_client(self.row), the_stage(self.row)
        if self.row.owner_id:
            deal.owner = the_owner(self.row)
        if self.row.rescuer:
            deal.retention = the_rescuer(self.row)
        return deal

    @cached_property
    def step(self) -> Activity | None:
        return the_step(self.row) if self.row.step_id else None

    @cached_property
    def hold(self) -> Hold | None:
        return the_hold(self.row) if self.row.state == ON_HOLD and self.row.hold else None

    @cached_property
    def request(self) -> CancellationRequest | None:
        """The cancellation review of this order."""
        if not self.row.request:
            return None
        request = the_request(self.row)
        request.reviewer = the_reviewer(self.row)
        return request

    @property
    def delivery(self) -> tuple[str, date | datetime] | None:
        """What is due of a won order until it is delivered: its next step or its ETA, whichever is first."""
        if self.row.state != WON or self.row.delivered_on:
            return None
        due = [(self.row.step_due_at, self.row.step or "")] if self.row.step_id else []
        due += [(self.row.eta_on, "ETA")] if self.row.eta_on else []
        if not due:
            return None
        when, what = min(due)
        return what, date.fromisoformat(when) if len(when) == len("2026-01-31") else UtcField().python_value(when)

    @property
    def locked(self) -> bool:
        """An order of the customer's, this one or another, is under cancellation review."""
        return self.row.state == LOSING or bool(self.row.client_locked)

    @property
    def phone(self) -> str:
        """The number to call, where the customer may be called."""
        return "" if self.row.no_calls or self.locked else self.row.number or ""


def cards_of(ids: list[int] | tuple[str, list]) -> list[Card]:
    """The cards of ids, or of a query for ids with what it is given; in no order."""
    places, given = ids if isinstance(ids, tuple) else (", ".join("?" * len(ids)), ids)
    rows = list(map(card_row_of, database.execute_sql(f"{CARD_ROWS} ({places})", given).fetchall()))
    by_deal = {row.id: row for row in rows}
    return list(map(Card, by_deal.values() if len(by_deal) == len(rows) else _with_one_step(rows)))


def _with_one_step(rows: list[CardRow]) -> Iterable[CardRow]:
    """Of steps that are due at the same time the one that was planned first."""
    return {row.id: row for row in sorted(rows, key=lambda row: row.step_id or 0, reverse=True)}.values()


def cards_among(ids: tuple[str, list], known: dict[int, Card]) -> list[Card]:
    """The cards of a query for ids, some of which are known already."""
    found = [number for (number,) in database.execute_sql(*ids).fetchall()]
    others = [number for number in found if number not in known]
    return [*(known[number] for number in found if number in known), *(cards_of(others) if others else ())]


def card_of(deal: Deal) -> Card:
    (card,) = cards_of([deal.id])
    return card
