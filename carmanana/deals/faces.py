"""Cards: everything that one shows as one plain row, its face, and the records behind it where they are wanted.

A card that is drawn once is kept by its face, so a face holds every fact that boards/_card.html and _dock_row.html read."""

from dataclasses import dataclass, field
from typing import NamedTuple

from peewee import JOIN, fn

from carmanana.activities.models import Activity
from carmanana.cancellations import lock
from carmanana.cancellations.models import CancellationRequest
from carmanana.customers.models import Customer, CustomerPhone
from carmanana.db import database
from carmanana.people.models import User

from .models import ON_HOLD, Deal, Hold, Stage

LOSING_ORDERS = "deal AS losing WHERE losing.state = 'cancellation_requested'"
LOCKED = f"""
SELECT losing.customer_id FROM {LOSING_ORDERS}
UNION SELECT same.customer_id FROM customer_phone AS same WHERE same.e164 IN (
  SELECT e164 FROM customer_phone WHERE customer_id IN (SELECT losing.customer_id FROM {LOSING_ORDERS}))
UNION SELECT same.customer_id FROM customer_email AS same WHERE LOWER(same.address) IN (
  SELECT LOWER(address) FROM customer_email WHERE customer_id IN (SELECT losing.customer_id FROM {LOSING_ORDERS}))
"""

FACTS = {
    "id": "deal.id",
    "state": "deal.state",
    "stage_id": "deal.stage_id",
    "position": "deal.position",
    "state_since": "deal.state_since",
    "in_stage_since": "deal.in_stage_since",
    "version": "deal.version",
    "readiness": "deal.readiness",
    "value_cents": "deal.value_cents",
    "currency": "deal.currency",
    "vehicle_year": "deal.vehicle_year",
    "vehicle_make": "deal.vehicle_make",
    "vehicle_model": "deal.vehicle_model",
    "loss_reason": "deal.loss_reason",
    "flagged_at": "deal.flagged_at",
    "client_locked": f"deal.customer_id IN ({LOCKED})",
    "client": "customer.name",
    "no_calls": "customer.no_calls",
    "number": "(SELECT COALESCE(e164, typed) FROM customer_phone WHERE customer_id = deal.customer_id ORDER BY position LIMIT 1)",
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
FACES = f"""
SELECT {", ".join(FACTS.values())} FROM deal
JOIN customer ON customer.id = deal.customer_id
JOIN stage ON stage.id = deal.stage_id
LEFT JOIN user AS owner ON owner.id = deal.owner_id
LEFT JOIN user AS rescuer ON rescuer.id = deal.retention_id
LEFT JOIN hold ON hold.deal_id = deal.id AND hold.lifted_at IS NULL
LEFT JOIN cancellation_request AS request ON request.deal_id = deal.id AND request.ended_at IS NULL
LEFT JOIN user AS reviewer ON reviewer.id = request.reviewer_id
LEFT JOIN activity AS step ON step.id = (
  SELECT id FROM activity WHERE deal_id = deal.id AND kind = 'task' AND done_at IS NULL ORDER BY due_at, id LIMIT 1)
WHERE deal.id IN
"""

Face = NamedTuple("Face", [(name, object) for name in FACTS])


@dataclass
class Card:
    """`bare` are the cards that were read with this one and whose records nobody has asked for yet."""

    face: Face
    bare: "list[Card]" = field(default_factory=list, repr=False)
    html: str | None = None
    records: Deal | None = None

    @property
    def deal(self) -> Deal:
        if self.records is None:
            dress(self.bare)
        return self.records

    @property
    def step(self) -> Activity | None:
        return getattr(self.deal, "next_step", None)

    @property
    def hold(self) -> Hold | None:
        return getattr(self.deal, "standing_hold", None) if self.deal.state == ON_HOLD else None

    @property
    def request(self) -> CancellationRequest | None:
        """The cancellation review of this order."""
        return getattr(self.deal, "standing_request", None)

    @property
    def locked(self) -> bool:
        """An order of the client's, this one or another, is under cancellation review."""
        return self.deal.locked or bool(getattr(self.deal, "client_locked", False))

    @property
    def phone(self) -> str:
        """The number to call, where the client may be called."""
        closed = self.deal.customer.no_calls or self.locked
        return "" if closed else getattr(self.deal, "number", None) or ""


def cards_of(ids) -> list[Card]:
    """The cards of a query for ids, or of a list; in no order."""
    chosen = ids if isinstance(ids, list) else None
    places, given = (", ".join("?" * len(chosen)), chosen) if chosen is not None else ids.sql()
    bare: list[Card] = []
    bare += [Card(Face._make(row), bare) for row in database.execute_sql(f"{FACES} ({places})", given).fetchall()]
    return list(bare)


def card_of(deal: Deal) -> Card:
    (card,) = cards_of([deal.id])
    return card


def dress(bare: list[Card]) -> None:
    """Give the cards their records, all at once."""
    deals = {deal.id: deal for deal in _with_faces([card.face.id for card in bare])}
    for card in bare:
        card.records = deals[card.face.id]
    bare.clear()


def _with_faces(ids: list[int]):
    """Deals with what a card shows: the client, the owner, the stage, the hold, the review, the lock, the next step."""
    standing = (Hold.deal == Deal.id) & Hold.lifted_at.is_null()
    under_way = (CancellationRequest.deal == Deal.id) & CancellationRequest.ended_at.is_null()
    number = CustomerPhone.select(fn.COALESCE(CustomerPhone.e164, CustomerPhone.typed)).where(CustomerPhone.customer == Deal.customer)
    other, reviewer, rescuer, step = Deal.alias("other"), User.alias("reviewer"), User.alias("rescuer"), Activity.alias("step")
    locked = fn.EXISTS(lock.losing(other, Deal.customer))
    number = number.order_by(CustomerPhone.position).limit(1)
    soonest = step.select(step.id).where(step.deal == Deal.id, step.kind == "task", step.done_at.is_null()).order_by(step.due_at, step.id).limit(1)
    shown = (Deal, Customer, User, Stage, Hold, CancellationRequest, reviewer, rescuer, Activity)
    return (
        Deal.select(*shown, number.alias("number"), locked.alias("client_locked"))
        .join(Customer)
        .join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
        .join_from(Deal, rescuer, JOIN.LEFT_OUTER, on=Deal.retention == rescuer.id, attr="retention")
        .join_from(Deal, Stage)
        .join_from(Deal, Hold, JOIN.LEFT_OUTER, on=standing, attr="standing_hold")
        .join_from(Deal, CancellationRequest, JOIN.LEFT_OUTER, on=under_way, attr="standing_request")
        .join_from(CancellationRequest, reviewer, JOIN.LEFT_OUTER, on=CancellationRequest.reviewer == reviewer.id, attr="reviewer")
        .join_from(Deal, Activity, JOIN.LEFT_OUTER, on=Activity.id == soonest, attr="next_step")
        .where(Deal.id.in_(ids))
    )
