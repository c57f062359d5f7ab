"""A pipeline's board: its columns, their cards, and what is counted over them."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_

from peewee import JOIN, Case, fn

from carmanana import clock
from carmanana.activities.models import Activity
from carmanana.cancellations import lock
from carmanana.cancellations.models import CancellationRequest
from carmanana.customers.models import Customer, CustomerPhone
from carmanana.db import database
from carmanana.people.models import User

from .filtering import Filter
from .models import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, WON, Deal, Hold, Pipeline, Stage

PAGE = 20
DOCKED = 4

RAIL = {
    "on_hold": ("On Hold", (ON_HOLD,)),
    "losing": ("Losing Order", (LOSING,)),
    "won": ("Won", (WON,)),
    "lost": ("Lost", (LOST, CANCELLED)),
}
KEY_OF_STATE = {state: key for key, (_, states) in RAIL.items() for state in states}


@database.func("fold")
def fold(text: str | None) -> str:
    """Lower case without accents, so that a filter finds what a person means."""
    if not text or text.isascii():
        return (text or "").lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@dataclass
class Card:
    deal: Deal
    step: Activity | None = None

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


@dataclass
class Column:
    """A stage, or a state that the rail shows."""

    key: str
    name: str
    stage: Stage | None = None
    cards: list[Card] = field(default_factory=list)
    count: int = 0
    value_cents: int = 0
    month_count: int = 0
    month_cents: int = 0
    aged: int = 0
    cancelled: int = 0
    due: int = 0
    limit: int = PAGE

    @property
    def is_stage(self) -> bool:
        return self.stage is not None

    @property
    def more(self) -> bool:
        return len(self.cards) < self.count and len(self.cards) >= self.limit

    @property
    def last_id(self) -> int | None:
        return self.cards[-1].deal.id if self.cards else None


def column_key(deal: Deal) -> str:
    return f"s{deal.stage_id}" if deal.state == ACTIVE else KEY_OF_STATE[deal.state]


class Board:
    def __init__(self, pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter, open_key: str = ""):
        self.pipeline, self.user, self.filter = pipeline, user, chosen
        self.open_key = open_key if open_key in RAIL else ""
        self.columns = [Column(f"s{stage.id}", stage.name, stage) for stage in stages]
        self.rail = [Column(key, name, limit=PAGE if key == self.open_key else DOCKED) for key, (name, _) in RAIL.items()]
        self.by_key = {column.key: column for column in self.columns + self.rail}

    @property
    def scope(self):
        return (Deal.pipeline == self.pipeline) & Deal.visible(self.user)

    @property
    def open_count(self) -> int:
        return sum(column.count for column in self.columns) + self.by_key["on_hold"].count

    @property
    def open_cents(self) -> int:
        return sum(column.value_cents for column in self.columns) + self.by_key["on_hold"].value_cents

    def column(self, key: str) -> Column | None:
        return self.by_key.get(key)

    def load(self) -> "Board":
        self.load_heads()
        wanted = [column for column in self.by_key.values() if column.count and self._shows_cards(column)]
        self._load_cards(wanted)
        return self

    def load_more(self, key: str, after: Deal) -> Column:
        """The next cards of one column, below `after`."""
        column = self.by_key[key]
        self.load_heads()
        column.limit = PAGE
        self._fill([column], self._page(column).where(_below(column, after)))
        return column

    def load_cards_of(self, column: Column) -> None:
        if column.count and self._shows_cards(column):
            self._load_cards([column])

    def _shows_cards(self, column: Column) -> bool:
        return column.is_stage or column.key in ("on_hold", "losing") or column.key == self.open_key

    def load_heads(self) -> None:
        """Counts and values of every column, in one query."""
        zone = self.user.timezone
        month = clock.start_of_day(clock.today(zone).replace(day=1), zone)
        this_month = Deal.state_since >= month
        aged = Deal.in_stage_since < fn.strftime("%Y-%m-%d %H:%M:%f", _text(clock.now()), fn.printf("-%d days", Stage.ageing_days + 1))
        rows = (
            self.filter.apply(Deal.select(), self.user)
            .select(
                Deal.state,
                Deal.stage,
                fn.COUNT(Deal.id),
                fn.COALESCE(fn.SUM(Deal.value_cents), 0),
                fn.SUM(Case(None, [(this_month, 1)], 0)),
                fn.COALESCE(fn.SUM(Case(None, [(this_month, Deal.value_cents)], 0)), 0),
                fn.SUM(Case(None, [(aged, 1)], 0)),
            )
            .join_from(Deal, Stage)
            .where(self.scope)
            .group_by(Deal.state, Deal.stage)
        )
        for state, stage_id, *sums in rows.tuples():
            self._add_to_head(state, stage_id, *sums)

    def _add_to_head(self, state, stage_id, count, cents, month_count, month_cents, aged) -> None:
        column = self.by_key.get(f"s{stage_id}" if state == ACTIVE else KEY_OF_STATE[state])
        if column is None:
            return
        column.count += count
        column.value_cents += cents
        column.month_count += month_count
        column.month_cents += month_cents
        if state == ACTIVE:
            column.aged += aged
        if state == CANCELLED:
            column.cancelled += month_count

    def _page(self, column: Column):
        deals = self.filter.apply(Deal.select(Deal.id), self.user).where(self.scope)
        if column.is_stage:
            deals = deals.where(Deal.state == ACTIVE, Deal.stage == column.stage).order_by(Deal.position, Deal.id)
        else:
            deals = deals.where(Deal.state.in_(RAIL[column.key][1]))
            deals = _in_rail_order(deals, column.key)
        return deals.limit(column.limit)

    def _load_cards(self, columns: list[Column]) -> None:
        if columns:
            pages = [Deal.id.in_(self._page(column)) for column in columns]
            self._fill(columns, None, reduce(or_, pages))

    def _fill(self, columns: list[Column], page=None, condition=None) -> None:
        deals = list(_with_faces(condition if page is None else Deal.id.in_(page)))
        steps = next_steps([deal.id for deal in deals])
        for deal in deals:
            self.by_key[column_key(deal)].cards.append(Card(deal, steps.get(deal.id)))
        for column in columns:
            column.cards.sort(key=lambda card: _place_in(column, card.deal))


def _with_faces(condition):
    """Deals with what a card shows: the client, the owner, the stage, the hold, the review, the lock."""
    standing = (Hold.deal == Deal.id) & Hold.lifted_at.is_null()
    under_way = (CancellationRequest.deal == Deal.id) & CancellationRequest.ended_at.is_null()
    number = CustomerPhone.select(fn.COALESCE(CustomerPhone.e164, CustomerPhone.typed)).where(CustomerPhone.customer == Deal.customer)
    other, reviewer, rescuer = Deal.alias("other"), User.alias("reviewer"), User.alias("rescuer")
    locked = fn.EXISTS(lock.losing(other, Deal.customer))
    number = number.order_by(CustomerPhone.position).limit(1)
    return (
        Deal.select(Deal, Customer, User, Stage, Hold, CancellationRequest, reviewer, rescuer, number.alias("number"), locked.alias("client_locked"))
        .join(Customer)
        .join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
        .join_from(Deal, rescuer, JOIN.LEFT_OUTER, on=Deal.retention == rescuer.id, attr="retention")
        .join_from(Deal, Stage)
        .join_from(Deal, Hold, JOIN.LEFT_OUTER, on=standing, attr="standing_hold")
        .join_from(Deal, CancellationRequest, JOIN.LEFT_OUTER, on=under_way, attr="standing_request")
        .join_from(CancellationRequest, reviewer, JOIN.LEFT_OUTER, on=CancellationRequest.reviewer == reviewer.id, attr="reviewer")
        .where(condition)
    )


def card_of(deal: Deal) -> Card:
    fresh = _with_faces(Deal.id == deal.id).get()
    return Card(fresh, next_steps([deal.id]).get(deal.id))


def next_steps(deal_ids: list[int]) -> dict[int, Activity]:
    """The soonest open step of each deal."""
    steps: dict[int, Activity] = {}
    for step in Activity.open_steps().where(Activity.deal.in_(deal_ids)):
        steps.setdefault(step.deal_id, step)
    return steps


def _in_rail_order(deals, key: str):
    if key == "on_hold":
        return deals.join_from(Deal, Hold, on=(Hold.deal == Deal.id) & Hold.lifted_at.is_null()).order_by(Hold.follow_up_on, Deal.id)
    if key == "losing":
        return deals.order_by(Deal.state_since, Deal.id)
    return deals.order_by(Deal.state_since.desc(), Deal.id.desc())


def _place_in(column: Column, deal: Deal):
    if column.is_stage:
        return deal.position, deal.id
    if column.key == "on_hold":
        return deal.standing_hold.follow_up_on, deal.id
    if column.key == "losing":
        return deal.state_since, deal.id
    return -deal.state_since.timestamp(), -deal.id


def _below(column: Column, after: Deal):
    """The condition for cards that come after one in the column's own order."""
    if column.is_stage:
        return _later(Deal.position, after.position, after)
    if column.key == "on_hold":
        return _later(Hold.follow_up_on, after.hold.follow_up_on if after.hold else date.min, after)
    if column.key == "losing":
        return _later(Deal.state_since, after.state_since, after)
    return (Deal.state_since < after.state_since) | ((Deal.state_since == after.state_since) & (Deal.id < after.id))


def _later(by, mark, after: Deal):
    return (by > mark) | ((by == mark) & (Deal.id > after.id))


def _text(at: datetime) -> str:
    return Deal.created_at.db_value(at)


def all_stages() -> list[Stage]:
    """Every open stage with its pipeline, in the order of the boards."""
    stages = Stage.select(Stage, Pipeline).join(Pipeline).where(~Stage.archived)
    return list(stages.order_by(Pipeline.position, Stage.position))
