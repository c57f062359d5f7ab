"""A pipeline's board: its columns, their cards, and what is counted over them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from carmanana.boards.card_rows import Card, Face, cards_of
from carmanana.boards.column_totals import head_sums
from carmanana.boards.deal_filter import WON_AT, Filter
from carmanana.core.limits import COUNTED
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.house import house_currency
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage

PAGE = 20
ANY_STAGE, ANY_LIMIT = -1, -2
DOCKED = 4

RAIL = {
    "on_hold": ("On Hold", (ON_HOLD,)),
    "losing": ("Losing Order", (LOSING,)),
    "won": ("Won", (WON,)),
    "lost": ("Lost", (LOST, CANCELLED)),
}
KEY_OF_STATE = {state: key for key, (_, states) in RAIL.items() for state in states}


SUMS = ("count", "value_cents", "weight", "month_count", "month_cents", "aged", "cancelled", "others", "month_others")


@dataclass
class Column:
    """A stage, or a state that the rail shows."""

    key: str
    name: str
    stage: Stage | None = None
    cards: list[Card] = field(default_factory=list)
    count: int = 0
    value_cents: int = 0
    weight: int = 0  # cents times the percentage that they count for
    month_count: int = 0
    month_cents: int = 0
    aged: int = 0
    cancelled: int = 0
    others: int = 0  # with a value in another currency than the house's
    month_others: int = 0
    limit: int = PAGE
    uncounted: bool = False  # more deals are in its state than a filter counts

    @property
    def is_stage(self) -> bool:
        return self.stage is not None

    @property
    def sums(self) -> tuple:
        return tuple(getattr(self, name) for name in SUMS)

    @sums.setter
    def sums(self, sums: tuple) -> None:
        for name, value in zip(SUMS, sums, strict=True):
            setattr(self, name, value)

    @property
    def likely_cents(self) -> int:
        """What will probably come of it: the value by how likely its stage is won, to the nearest cent."""
        return (self.weight + 50) // 100

    @property
    def overfull(self) -> bool:
        return self.is_stage and self.count > (self.stage.most_deals or self.count)

    @property
    def more(self) -> bool:
        return (self.uncounted or len(self.cards) < self.count) and len(self.cards) >= self.limit

    @property
    def last_id(self) -> int | None:
        return self.cards[-1].face.id if self.cards else None


def column_key(deal: Deal | Face) -> str:
    return f"s{deal.stage_id}" if deal.state == ACTIVE else KEY_OF_STATE[deal.state]


class Board:
    def __init__(self, pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter, open_key: str = ""):
        self.pipeline, self.user, self.filter = pipeline, user, chosen
        self.open_key = open_key if open_key in RAIL else ""
        self.columns = [Column(f"s{stage.id}", stage.name, stage) for stage in stages]
        self.rail = [
            Column(key, name, limit=PAGE if key == self.open_key else DOCKED) for key, (name, _) in RAIL.items()
        ]
        self.by_key = {column.key: column for column in self.columns + self.rail}
        self.probability = {stage.id: stage.probability for stage in stages}

    @property
    def scope(self):
        return self.filter.on(Deal.pipeline, self.pipeline.id) & Deal.visible(self.user)

    @property
    def open_count(self) -> int:
        return sum(column.count for column in self.columns) + self.by_key["on_hold"].count

    @property
    def uncounted(self) -> bool:
        """Are there more open deals than a filter counts?"""
        return any(column.uncounted for column in [*self.columns, self.by_key["on_hold"]])

    @property
    def open_cents(self) -> int:
        return sum(column.value_cents for column in self.columns) + self.by_key["on_hold"].value_cents

    @property
    def likely_cents(self) -> int:
        return sum(column.likely_cents for column in self.columns) + self.by_key["on_hold"].likely_cents

    @property
    def open_others(self) -> int:
        """Open deals with a value in another currency, which no sum holds."""
        return sum(column.others for column in self.columns) + self.by_key["on_hold"].others

    @cached_property
    def currency(self) -> str:
        """The house's, which comes with the heads."""
        return house_currency()

    @property
    def aged(self) -> int:
        return sum(column.aged for column in self.columns)

    @property
    def counts_all(self) -> bool:
        """Do the heads count every card, so that a column's limit can be held against them?"""
        return self.user.sees_every_deal and not self.filter

    def column(self, key: str) -> Column | None:
        return self.by_key.get(key)

    @property
    def unrolled(self) -> bool:
        """Does a column show more than its first cards?"""
        return any(column.limit > PAGE for column in self.by_key.values())

    def load_cards(self, keys: Iterable[str]) -> list[Column]:
        """The cards of some columns, whose heads are loaded."""
        columns = [self.by_key[key] for key in keys]
        if shown := [one for one in columns if (one.count or one.uncounted) and self._shows_cards(one)]:
            pages = self._pages(shown)
            one_query = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _ in pages)
            self._fill(shown, (one_query, [value for _, given in pages for value in given]))
        return columns

    def load_more(self, key: str, after: Deal) -> Column:
        """The next cards of one column, below `after`."""
        column = self.by_key[key]
        self.load_heads()
        column.limit = PAGE
        self._fill([column], self._page(column).where(_below(column, after)).sql())
        return column

    def _shows_cards(self, column: Column) -> bool:
        return column.is_stage or column.key in ("on_hold", "losing") or column.key == self.open_key

    def load_heads(self) -> None:
        """Counts and values of every column, in one query."""
        stages, counted = [column.stage for column in self.columns], Counter()
        for state, stage_id, *sums, currency in head_sums(self.pipeline, stages, self.user, self.filter):
            self.currency = currency
            self._add_to_head(state, stage_id, *sums)
            counted[state] += sums[0]
        if self.filter.in_tallies(self.user) is None:
            self._say_where_counting_stopped({state for state, count in counted.items() if count > COUNTED})

    def _say_where_counting_stopped(self, states: set[str]) -> None:
        for column in self.by_key.values():
            column.uncounted = not states.isdisjoint((ACTIVE,) if column.is_stage else RAIL[column.key][1])

    def _add_to_head(self, state, stage_id, count, cents, month_count, month_cents, aged, others, month_others) -> None:
        column = self.by_key.get(f"s{stage_id}" if state == ACTIVE else KEY_OF_STATE[state])
        if column is None:
            return
        column.count += count
        column.value_cents += cents
        column.weight += cents * self.probability.get(stage_id, 0)
        column.month_count += month_count
        column.month_cents += month_cents
        column.aged += aged
        column.others += others
        column.month_others += month_others
        if state == CANCELLED:
            column.cancelled += month_count

    def _page(self, column: Column):
        states = (ACTIVE,) if column.is_stage else RAIL[column.key][1] if column.key in RAIL else ()
        alone = states[0] if len(states) == 1 else ""
        deals = self.filter.apply(Deal.select(Deal.id), self.user, alone).where(self.scope)
        if column.is_stage:
            deals = deals.where(Deal.state == ACTIVE, self.filter.on(Deal.stage, column.stage.id)).order_by(
                Deal.position, Deal.id
            )
        else:
            deals = deals.where(Deal.state == alone if alone else Deal.state.in_(states))
            deals = _in_rail_order(deals, column.key)
        return deals.limit(column.limit)

    def _pages(self, columns: list[Column]) -> list[tuple[str, list]]:
        """The stages ask the same but for their number and how many they show, so that one query stands for all."""
        stages = [{ANY_STAGE: column.stage.id, ANY_LIMIT: column.limit} for column in columns if column.is_stage]
        rest = [self._written(column) for column in columns if not column.is_stage]
        if not stages:
            return rest
        sql, given = self._written(Column("", "", Stage(id=ANY_STAGE), limit=ANY_LIMIT))
        return [(sql, [stage.get(value, value) for value in given]) for stage in stages] + rest

    def _written(self, column: Column) -> tuple[str, list]:
        """Writing a query takes longer than running it; without a filter it is the same for a person until their roles
        change."""
        if self.filter:
            return self._page(column).sql()
        return _unfiltered(self.user, self.user.roles, self.pipeline, column.key, column.limit)

    def _fill(self, columns: list[Column], ids) -> None:
        for card in cards_of(ids):
            self.by_key[column_key(card.face)].cards.append(card)
        for column in columns:
            column.cards.sort(key=lambda card: _place_in(column, card.face), reverse=column.key in ("won", "lost"))


@lru_cache(maxsize=1_000)
def _unfiltered(user: User, roles: frozenset[str], pipeline: Pipeline, key: str, limit: int) -> tuple[str, list]:
    column = Column(key, "", None if key else Stage(id=ANY_STAGE), limit=limit)
    return Board(pipeline, [], user, Filter())._page(column).sql()


def _in_rail_order(deals, key: str):
    if key == "on_hold":
        return deals.join_from(Deal, Hold, on=(Hold.deal == Deal.id) & Hold.lifted_at.is_null()).order_by(
            Hold.follow_up_on, Deal.id
        )
    if key == "losing":
        return deals.order_by(Deal.state_since, Deal.id)
    return deals.order_by((WON_AT if key == "won" else Deal.state_since).desc(), Deal.id.desc())


def _place_in(column: Column, face: Face):
    if column.is_stage:
        return face.position, face.id
    marks = {"on_hold": face.held_until, "won": face.won_since}
    return marks.get(column.key, face.state_since), face.id


def _below(column: Column, after: Deal):
    """The condition for cards that come after one in the column's own order."""
    if column.is_stage:
        return _later(Deal.position, after.position, after)
    if column.key == "on_hold":
        return _later(Hold.follow_up_on, after.hold.follow_up_on if after.hold else date.min, after)
    if column.key == "losing":
        return _later(Deal.state_since, after.state_since, after)
    mark, since = (
        (WON_AT, after.won_at or after.state_since) if column.key == "won" else (Deal.state_since, after.state_since)
    )
    return (mark < Deal.state_since.db_value(since)) | (
        (mark == Deal.state_since.db_value(since)) & (Deal.id < after.id)
    )


def _later(by, mark, after: Deal):
    return (by > mark) | ((by == mark) & (Deal.id > after.id))
