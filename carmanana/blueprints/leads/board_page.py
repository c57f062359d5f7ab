"""The board of leads: the states as columns, narrowed by the same filter as the list, each column the newest first."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from flask import current_app, request
from markupsafe import Markup
from peewee import Select

from carmanana.blueprints.leads.cards import CARD, DOCKED_CARD, Drawing
from carmanana.blueprints.leads.lists import LEADS, parts
from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.leads import counting
from carmanana.leads.cards import Card, cards_of
from carmanana.leads.unanswered import answers_due
from carmanana.records.lead_codes import CLOSED, CONVERTED, ON_HOLD, STATES, WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.web import filters
from carmanana.web.fragment_cache import piece
from carmanana.web.lists import Shown
from carmanana.web.lists.counting import up_to
from carmanana.web.lists.merging import Query, first_of, ids_of, so_many, together, written, written_once

FIRST, PAGE, DOCKED, MOST = 12, 20, 4, 200  # at first those that fill a screen and a half
ANY_STATE = "*"  # stands for each of them in turn
RAIL = (ON_HOLD, CLOSED, CONVERTED)
ON_BOARD = replace(
    LEADS,
    endpoint="leads.board",
    part="",
    part_of=None,
    views=False,
    choices=tuple(choice for choice in LEADS.choices if choice.key != "state"),
)


@dataclass
class Column:
    """A state. `cards` are the first of its leads, `count` how many there are, counted no further than COUNTED."""

    key: str
    limit: int
    count: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def name(self) -> str:
        return STATES[self.key]

    @property
    def is_worked(self) -> bool:
        return self.key in WORKED

    @property
    def more(self) -> bool:
        return len(self.cards) < self.count


class LeadBoard:
    """`open_key` is the column of the rail that stands open; `shown` the filter, as the list of leads reads it."""

    def __init__(self, args, by: User):
        self.by, self.shown = by, Shown(ON_BOARD, args, by)
        self.open_key = args.get("open", "") if args.get("open") in RAIL else ""
        self.by_key = {key: Column(key, self._first_of(key)) for key in (*WORKED, *RAIL)}
        self.drawing = Drawing(by, {})

    def _first_of(self, key: str) -> int:
        return FIRST if key in WORKED or key == self.open_key else DOCKED

    @property
    def columns(self) -> list[Column]:
        """Those that stand open."""
        return [self.by_key[key] for key in (*WORKED, *filter(None, [self.open_key]))]

    @property
    def rail(self) -> list[Column]:
        return [self.by_key[key] for key in RAIL if key != self.open_key]

    @property
    def open_count(self) -> int:
        return sum(self.by_key[key].count for key in (*WORKED, ON_HOLD))

    @property
    def worked_count(self) -> int:
        return sum(self.by_key[key].count for key in WORKED)

    @property
    def worked_keys(self) -> str:
        return " ".join(WORKED)

    @property
    def uncounted(self) -> bool:
        return any(self.by_key[key].count > COUNTED for key in WORKED)

    @property
    def query(self) -> dict[str, str]:
        return self.shown.asked | ({"open": self.open_key} if self.open_key else {})

    def show_as_many(self, shown: str) -> None:
        """As many cards as a column has been scrolled down to: "new-40,working-25"."""
        for one in shown[:500].split(","):
            key, _, cards = one.rpartition("-")
            if key in self.by_key and cards.isascii() and cards.isdigit() and len(cards) < 9:
                self.by_key[key].limit = max(self.by_key[key].limit, min(int(cards), MOST))

    def load(self, keys: tuple[str, ...] = ()) -> "LeadBoard":
        """Every count, and the cards of all columns or of these."""
        self.load_counts()
        columns = [self.by_key[key] for key in keys or self.by_key]
        self._fill([self._first(column) for column in columns if column.count])
        return self

    def load_counts(self) -> None:
        counts = self._tallied() or self._counted()
        for key, column in self.by_key.items():
            column.count = counts[key]

    def _tallied(self) -> dict[str, int]:
        """As it is kept, where no filter is set but those that the tally knows."""
        on, chosen = [chip.key for chip in self.shown.on], self.shown.chosen
        if self.shown.text or not (set(on) <= counting.FILTERS.keys() and chosen.keys() <= {"kind"}):
            return {}
        groups = [group for group in counting.groups(self.by) if group.holds(chosen)]
        return {key: counting.number([one for one in groups if one.state == key], on) for key in self.by_key}

    def _counted(self) -> dict[str, int]:
        found = [up_to(self._of(key), Lead.id) for key in self.by_key]
        row = Select(columns=found).bind(database).tuples().execute()[0]
        return dict(zip(self.by_key, row, strict=True))

    def _of(self, key: str) -> Select:
        return self.shown.query.where(Lead.state == key)

    def _first(self, column: Column) -> Query:
        """Its first leads; the query is written once for all columns."""
        sql, given = so_many(self._written, column.limit)
        return sql, [column.key if value == ANY_STATE else value for value in given]

    @cached_property
    def _written(self) -> Query:
        write = lambda: written(self._of(ANY_STATE), parts(self.by), Lead.id, Lead.received_at, True)  # noqa: E731
        return written_once(self.shown, write)

    def _in_order(self, found: Select, most: int, newest: bool = True) -> Query:
        return first_of(found, parts(self.by), Lead.id, Lead.received_at, newest, most)

    def _fill(self, queries: list[Query]) -> None:
        found = cards_of(together(queries)) if queries else []
        for card in sorted(found, key=lambda card: (card.row.received_at, card.id), reverse=True):
            self.by_key[card.state].cards.append(card)
        self.drawing = Drawing(self.by, answers_due(found, self.by))

    def load_more(self, key: str, last: Lead) -> Column:
        """The next cards, below one."""
        column, at = self.by_key[key], last.received_at
        below = (Lead.received_at < at) | ((Lead.received_at == at) & (Lead.id < last.id))
        self._fill([self._in_order(self._of(key).where(below), PAGE + 1)])
        column.count, column.cards = len(column.cards), column.cards[:PAGE]
        return column

    def above(self, lead: Lead) -> int | None:
        """The lead that stands right above one in its column, or None for the top."""
        received = (Lead.received_at > lead.received_at) | (
            (Lead.received_at == lead.received_at) & (Lead.id > lead.id)
        )
        return next(iter(ids_of(self._in_order(self._of(lead.state).where(received), 1, newest=False))), None)

    def holds(self, lead: Lead) -> bool:
        return self.shown.query.where(Lead.id == lead.id).exists()


def counted(column: Column) -> str:
    return filters.counted(column.count)


def head(board: LeadBoard, column: Column) -> Markup:
    return _kept_piece("_board_head" if column in board.columns else "_board_dock_head", board, column)


def cards(board: LeadBoard, column: Column, docked: bool | None = None) -> Markup:
    """And below them, what brings more."""
    docked = column not in board.columns if docked is None else docked
    drawn = board.drawing.cards(column.cards, DOCKED_CARD if docked else CARD)
    if not (column.more and column.cards):
        return drawn
    return drawn + _kept_piece("_board_dock_more" if docked else "_board_more", board, column, column.cards[-1].id)


def _piece(name: str, board: LeadBoard, column: Column) -> Markup:
    """Without the context of a whole page, which would take longer than the piece."""
    template = current_app.jinja_env.get_template(f"leads/{name}.html")
    return Markup(template.render(board=board, column=column, counted=counted, most_picked=COUNTED))


def _kept_piece(name: str, board: LeadBoard, column: Column, *more) -> Markup:
    """One that shows no more than what is in its key."""
    asked, open_key, kinds = tuple(board.query.items()), board.open_key, bool(board.shown.kinds)
    key = (name, column.key, column.count, asked, open_key, kinds, request.script_root, filters.locale(), *more)
    return piece(key, lambda: _piece(name, board, column))


def card_alone(board: LeadBoard, card: Card) -> Markup:
    return Drawing(board.by, answers_due([card], board.by)).cards([card])
