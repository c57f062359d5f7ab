"""The records behind a number, whatever they are, as lines of one list: which record, what of it, who, when and how
much."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from peewee import ForeignKeyField

from carmanana.core.audit import Event
from carmanana.core.db import Record
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Hold
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.retention import Commitment
from carmanana.records.sequences import SequenceCall
from carmanana.records.stage_visits import StageVisit
from carmanana.schema.sqlite import OfIds


@dataclass(frozen=True)
class Behind:
    """`record` is the deal or lead that it is about; `seen` tells whether the viewer may see it, who else learns its
    number alone. `figure` is days, `cents` money in the deal's currency."""

    id: int
    record: Deal | Lead | None
    seen: bool = False
    about: str = ""
    who: str = ""
    at: datetime | date | None = None
    figure: int | None = None
    cents: int | None = None

    @property
    def is_lead(self) -> bool:
        return isinstance(self.record, Lead)

    @property
    def name(self) -> str:
        if self.record is None:
            return "Gone since"
        number = f"{'Lead' if self.is_lead else 'Deal'} {self.record.id}"
        return self.record.customer.name if self.seen else f"{number}, which is not yours"

    @property
    def money(self) -> Decimal | str:
        return "" if self.cents is None else Decimal(self.cents).scaleb(-2)


@dataclass(frozen=True)
class Subject:
    """What is counted: its words, its table, and how a row of it becomes a line; `deal` and `lead` are its columns that
    name what it is about, `who` the one that names a person; `beside` are columns whose records are asked for with
    it."""

    one: str
    many: str
    model: type[Record]
    told: Callable[[Record], dict]
    deal: Callable[[Record], int | None] = lambda row: row.deal_id
    lead: Callable[[Record], int | None] = lambda row: None
    who: Callable[[Record], int | None] = lambda row: None
    beside: tuple[ForeignKeyField, ...] = ()

    def load(self, ids: list[int], viewer: User) -> list[Behind]:
        rows = _rows_of(self.model, self.beside)(ids)
        deals = _by_id(_deals, {self.deal(row) for row in rows})
        leads = _by_id(_leads, {self.lead(row) for row in rows})
        people = _by_id(_people, {self.who(row) for row in rows})
        found = []
        for row in rows:
            record = deals.get(self.deal(row)) or leads.get(self.lead(row))
            who = getattr(people.get(self.who(row)), "name", "")
            found.append(Behind(row.get_id(), record, _sees(viewer, record), who=who, **self.told(row)))
        return found


@cache
def _rows_of(model: type[Record], beside: tuple[ForeignKeyField, ...]) -> OfIds:
    """With the records beside them, in one query."""

    def rows(ids):
        found = model.select(model, *(field.rel_model for field in beside))
        for field in beside:
            found = found.join_from(model, field.rel_model, on=field)
        return found.where(model._meta.primary_key.in_(ids))

    return OfIds(rows)


def _sees(viewer: User, record: Deal | Lead | None) -> bool:
    """As `visible`, of a record that is at hand."""
    if record is None or viewer.sees_all:
        return record is not None
    if isinstance(record, Deal) and viewer.sees_every_deal:
        return True
    own = viewer.id in (record.owner_id, record.retention_id)
    return own or (viewer.sight == "unowned" and record.unowned)


def _with_customer(model) -> OfIds:
    named = model.select(model, Customer.id, Customer.name).join(Customer).switch(model)
    return OfIds(lambda ids: named.where(model.id.in_(ids)))


_deals, _leads = _with_customer(Deal), _with_customer(Lead)
_people = OfIds(lambda ids: User.select(User.id, User.name).where(User.id.in_(ids)))


def _by_id(found: OfIds, ids: set) -> dict:
    ids = [number for number in ids if number]
    return {record.id: record for record in found(ids)} if ids else {}


def _of_deal(deal: Deal) -> dict:
    return {
        "about": f"{deal.state_name} · {deal.stage.name}",
        "at": deal.created_at,
        "cents": deal.value_cents,
    }


def stage_names() -> dict[int, str]:
    return dict(Stage.select(Stage.id, Stage.name).tuples())


def _of_visit(visit: StageVisit) -> dict:
    return {"about": visit.stage.name, "at": visit.left_at, "figure": visit.stood // 86_400}


SUBJECTS = {
    "deal": Subject(
        "deal", "deals", Deal, _of_deal, lambda deal: deal.id, who=lambda deal: deal.owner_id, beside=(Deal.stage,)
    ),
    "lead": Subject(
        "lead", "leads", Lead, lambda lead: {"about": f"{lead.state_name} · {lead.kind_name}", "at": lead.received_at},
        lambda lead: None, lambda lead: lead.id, lambda lead: lead.owner_id,
    ),
    "visit": Subject("stay", "stays", StageVisit, _of_visit, who=lambda visit: visit.left_by_id,
        beside=(StageVisit.stage,)),
    "hold": Subject(
        "hold", "holds", Hold, lambda hold: {"about": hold.sub_status_name, "at": hold.placed_at},
        who=lambda hold: hold.placed_by_id,
    ),
    "contact": Subject(
        "contact", "contacts", Activity,
        lambda a: {"about": f"{a.kind_name} · {a.outcome_name or 'from them'}", "at": a.at},
        lead=lambda a: a.lead_id, who=lambda a: a.author_id,
    ),
    "step": Subject(
        "next step", "next steps", Activity,
        lambda a: {"about": "Dropped" if a.dropped else "Done" if a.done_at else "Open", "at": a.done_at or a.due_at},
        lead=lambda a: a.lead_id, who=lambda a: a.done_by_id or a.assignee_id,
    ),
    "call": Subject(
        "call", "calls", SequenceCall, lambda call: {"about": call.result, "at": call.finished_at},
        lambda call: None, lambda call: call.lead_id, lambda call: call.sequence.user_id, (SequenceCall.sequence,),
    ),
    "request": Subject(
        "request", "requests", CancellationRequest,
        lambda request: {"about": request.state_name, "at": request.ended_at or request.requested_at,
            "cents": request.pending_cents},
        who=lambda request: request.reviewer_id,
    ),
    "promise": Subject(
        "promise", "promises", Commitment,
        lambda promise: {"about": promise.kind_name, "at": promise.made_at, "cents": promise.value_cents},
        lambda promise: promise.request.deal_id, who=lambda promise: promise.task.assignee_id,
        beside=(Commitment.request, Commitment.task),
    ),
    "claim": Subject(
        "claim", "claims", Event, lambda event: {"about": "Claimed", "at": event.at},
        lambda event: event.subject_id, who=lambda event: event.actor_id,
    ),
}  # fmt: skip
