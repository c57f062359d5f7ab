"""A pipeline's board: its columns, their cards, and what is counted over them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from carmanana.boards.card_rows import Card, CardRow, cards_among, cards_of
from carmanana.boards.column_pages import ANY_LIMIT, ANY_STAGE, STAGES, below, page, page_written
from carmanana.boards.column_totals import kept_sums
from carmanana.boards.deal_filter import Filter, filled
from carmanana.boards.filtered import Found, Row, found_at
from carmanana.core.limits import COUNTED
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, STATES, WON
from carmanana.records.deals import Deal
from carmanana.records.house import house_currency
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage

PAGE = 20
DOCKED = 4

RAIL = {
    "on_hold": ("On Hold", (ON_HOLD,)),
    "losing": ("Losing Order", (LOSING,)),
    "won": ("Won", (WON,)),
    "lost": ("Lost", (LOST, CANCELLED)),
}
ENDS = {"won", "lost"}  # those that tell of the month
KEY_OF_STATE = {state: key for key, (_, states) in RAIL.items() for state in states}


SUMS = (
    "count", "value_cents", "weight", "month_count", "month_cents", "aged", "cancelled", "others", "month_others",
    "uncounted", "unsummed",
)  # fmt: skip


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
    unsummed: bool = False  # they are too many for a filter to look at each

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
        return self.cards[-1].row.id if self.cards else None


def column_key(deal: Deal | CardRow) -> str:
    return f"s{deal.stage_id}" if deal.state == ACTIVE else KEY_OF_STATE[deal.state]


class Board:
    def __init__(self, pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter, open_key: str = ""):
        self.pipeline, self.user, self.filter = pipeline, user, chosen
        self.stages = stages
        self.open_key = open_key if open_key in RAIL else ""
        self.columns = [Column(f"s{stage.id}", stage.name, stage) for stage in stages]
        self.rail = [
            Column(key, name, limit=PAGE if key == self.open_key else DOCKED) for key, (name, _) in RAIL.items()
        ]
        self.by_key = {column.key: column for column in self.columns + self.rail}
        self.probability = {stage.id: stage.probability for stage in stages}
        self.found: Found | None = None  # what is looked for once, where no tallies tell
        self.version: int | None = None  # the last change of the board, where it is known
        self.cut = False  # does the text find more than is shown?

    @property
    def open_count(self) -> int:
        return sum(column.count for column in self.columns) + self.by_key["on_hold"].count

    @property
    def uncounted(self) -> bool:
        """Are there more open deals than a filter counts?"""
        return any(column.uncounted for column in [*self.columns, self.by_key["on_hold"]])

    @property
    def unsummed(self) -> bool:
        return any(column.unsummed for column in [*self.columns, self.by_key["on_hold"]])

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
    def counts_all(self) -> bool:
        """Do the heads count every card, so that a column's limit can be held against them?"""
        return self.user.sees_every_deal and not self.filter

    def column(self, key: str) -> Column | None:
        return self.by_key.get(key)

    @property
    def unrolled(self) -> bool:
        """Does a column show more than its first cards?"""
        return any(column.limit > PAGE for column in self.by_key.values())

    def load_cards(self, keys: Iterable[str], known: dict[int, Card] | None = None) -> list[Column]:
        """The cards of some columns, whose heads are loaded; some may be `known`, by the ids of their deals."""
        columns = [self.by_key[key] for key in keys]
        shown = [one for one in columns if (one.count or one.uncounted) and self._shows_cards(one)]
        pages = [
            page for page in (self._known(shown), *self._pages([one for one in shown if not self._knows(one)])) if page
        ]
        if pages:
            one_query = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _ in pages)
            self._fill(shown, (one_query, [value for _, given in pages for value in given]), known)
        return columns

    def load_more(self, key: str, after: Deal) -> Column:
        """The next cards of one column, below `after`."""
        column = self.by_key[key]
        self.load_heads(whole=False)
        column.limit = PAGE
        if self._knows(column):
            self._fill([column], _of_ids(self._first_of(column, after)))
        else:
            key, stage = ("", column.stage.id) if column.is_stage else (column.key, 0)
            rest = page(self.pipeline, self.user, self.filter, key, _states_in(key), column.limit, stage=stage)
            self._fill([column], rest.where(below(key, after)).sql())
        return column

    def _knows(self, column: Column) -> bool:
        """Are its deals found already?"""
        return self.found is not None and (self.found.cut or not column.unsummed)

    def _known(self, columns: list[Column]) -> tuple[str, list] | None:
        ids = [number for column in columns if self._knows(column) for number in self._first_of(column)]
        return _of_ids(ids) if ids else None

    def _first_of(self, column: Column, after: Deal | None = None) -> list[int]:
        """The ids of its first deals, or of those below one, among the found ones."""
        backwards = column.key in ("won", "lost")
        kinds = [column.stage.id] if column.is_stage else _states_in(column.key)
        rows = [row for kind in kinds for row in self.found.by_column.get(kind, ())]
        rows.sort(key=Row.place.fget, reverse=backwards)
        ids = [row.id for row in rows]
        start = ids.index(after.id) + 1 if after is not None and after.id in ids else 0
        return ids[start : start + column.limit]

    def _shows_cards(self, column: Column) -> bool:
        return column.is_stage or column.key in ("on_hold", "losing") or column.key == self.open_key

    def load_heads(
        self,
        states: tuple[str, ...] = tuple(STATES),
        whole: bool = True,
        keys: Iterable[str] | None = None,
        aged: dict[str, int] | None = None,
    ) -> None:
        """Counts and values of every column, or of some states, in one query; `whole`: also of this month, and how many
        have aged, in all columns or in those of `keys`. How many have aged may be known (`aged`) of some stages."""
        if self.find(states):
            self.currency, sums = self.found.currency, self.found.sums(self.user, self.stages)
            self.cut = self.found.cut
            self._say_where_counting_stopped(self.found)
        else:
            known = aged or {}
            asked = self.by_key.keys() - known.keys() if keys is None else keys
            ageing = [stage for stage in self.stages if f"s{stage.id}" in asked]
            month = keys is None or not ENDS.isdisjoint(keys)
            sums = kept_sums(self.pipeline, ageing, self.user, self.filter, states, whole, whole and month)
            for key, count in known.items():
                self.by_key[key].aged = count
        for state, stage_id, *row, currency in sums:
            self.currency = currency
            self._add_to_head(state, stage_id, *row)

    def find(self, states: tuple[str, ...]) -> Found | None:
        """Where the tallies don't tell."""
        if self.filter.in_tallies(self.user) is None:
            self.found = found_at(self.version, self.pipeline, self.user, self.filter, states, self.stages)
        return self.found

    def _say_where_counting_stopped(self, found: Found) -> None:
        over, by_stage = found.states_over, self.filter.aged and not found.cut
        for column in self.by_key.values():
            column.unsummed = column.uncounted = not over.isdisjoint(_states_in(column.key))
            if by_stage and column.is_stage:
                count = found.over.get((ACTIVE, column.stage.id), 0)
                column.unsummed, column.uncounted = bool(count), count > COUNTED

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

    def _pages(self, columns: list[Column]) -> list[tuple[str, list]]:
        """The stages ask the same but for their number and how many they show, so that one query stands for all. The
        deals of one owner are looked through once for all of them."""
        given = self.filter.given(self.user)
        stages = [column for column in columns if column.is_stage]
        rest = [self._written(column.key, column.limit, given) for column in columns if not column.is_stage]
        if stages and self.filter.of_one:
            return [self._written(STAGES, max(column.limit for column in stages), given), *rest]
        return [self._of_stage(column, given) for column in stages] + rest

    def _of_stage(self, column: Column, given: dict[str, str]) -> tuple[str, list]:
        number = column.stage.id
        aged = {f"aged {ANY_STAGE}": given[f"aged {number}"]} if self.filter.aged else {}
        sql, values = self._written("", ANY_LIMIT, given | aged)
        places = {ANY_STAGE: number, ANY_LIMIT: column.limit}
        return sql, [places.get(value, value) for value in values]

    def _written(self, key: str, limit: int, given: dict[str, str]) -> tuple[str, list]:
        """The first cards of a column of the rail, of ANY_STAGE, or of all stages."""
        states, names = _states_in(key), tuple(given)
        sql, values = page_written(self.user, self.user.roles, self.pipeline, self.filter, key, states, limit, names)
        return sql, filled(values, given)

    def _fill(self, columns: list[Column], ids: tuple[str, list], known: dict[int, Card] | None = None) -> None:
        for card in cards_among(ids, known) if known else cards_of(ids):
            self.by_key[column_key(card.row)].cards.append(card)
        for column in columns:
            column.cards.sort(key=_place_in(column), reverse=column.key in ("won", "lost"))
            del column.cards[column.limit :]


def _states_in(key: str) -> tuple[str, ...]:
    return RAIL[key][1] if key in RAIL else (ACTIVE,)


def _of_ids(ids: list[int]) -> tuple[str, list]:
    return f"VALUES {', '.join(f'({number:d})' for number in ids)}" if ids else "SELECT 0 WHERE 0", []


def _place_in(column: Column) -> Callable[[Card], tuple]:
    if column.is_stage:
        return attrgetter("row.position", "row.id")
    if column.key == "on_hold":
        return lambda card: (card.row.held_until or "", card.row.id)
    return attrgetter("row.won_since" if column.key == "won" else "row.state_since", "row.id")
