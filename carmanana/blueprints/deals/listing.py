"""The list of a pipeline's deals: its page, the rows below, and one row as it stands after a change."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from flask import render_template, request, url_for
from markupsafe import Markup

from carmanana.blueprints.deals.board_header import head_of
from carmanana.blueprints.deals.board_keys import of_the_page
from carmanana.blueprints.deals.card_text import Parts
from carmanana.blueprints.deals.view_kinds import LIST
from carmanana.boards.board import KEY_OF_STATE, Board
from carmanana.boards.card_rows import Card, Face, card_of
from carmanana.boards.list_order import WHICH, Order
from carmanana.boards.paging import PAGE, Walk
from carmanana.contacting.log import may_log
from carmanana.core.db import UtcField, reading
from carmanana.deals.may_work import may_work
from carmanana.records.deal_codes import ACTIVE, ENDED, LOSS_REASONS, ON_HOLD, OPEN, STATES, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.web.addresses import address_of
from carmanana.web.filters import money_here
from carmanana.web.fragments import partial, pieces, toast

HEADS = [
    ("client", "Customer", ""),
    ("vehicle", "Vehicle", ""),
    ("stage", "Stage", ""),
    ("value", "Value", "number"),
    ("owner", "Owner", ""),
    ("", "Next step", ""),
    ("due", "Due", ""),
    ("age", "In stage", "number"),
]
MARKS = {"on_hold": "hold", "losing": "losing", "won": "won", "lost": "lost"}


@dataclass(frozen=True)
class Row:
    """A deal as the list shows it, from its card alone. `by` is who looks."""

    card: Card
    by: User
    accents: dict[int, int]

    @property
    def face(self) -> Face:
        return self.card.face

    @cached_property
    def deal(self) -> Deal:
        return self.card.deal

    @property
    def owner(self) -> User | None:
        return self.deal.owner

    @property
    def accent(self) -> int | None:
        return self.accents.get(self.face.stage_id)

    @cached_property
    def column(self) -> str:
        """The state that stands beside the stages, or ""."""
        return KEY_OF_STATE.get(self.face.state, "")

    @cached_property
    def mark(self) -> str:
        return MARKS.get(self.column, "")

    @property
    def stage(self) -> str:
        return self.face.stage if self.face.state == ACTIVE else STATES[self.face.state].partition(" – ")[0]

    @cached_property
    def value(self) -> str:
        return money_here(self.face.value_cents, self.face.currency)

    @property
    def step(self) -> str:
        face = self.face
        if self.card.delivery:
            return self.card.delivery[0]
        if face.state in ENDED:
            return LOSS_REASONS.get(face.loss_reason, "")
        return Hold.SHORT[face.hold] if face.state == ON_HOLD and face.hold else face.step or ""

    @cached_property
    def due(self) -> date | datetime | None:
        if self.face.state in ENDED:
            return self.card.delivery and self.card.delivery[1]
        return date.fromisoformat(self.face.held_until) if self.face.held_until else at(self.face.step_due_at)

    @property
    def due_is_timed(self) -> bool:
        return isinstance(self.due, datetime)

    @cached_property
    def page(self) -> str:
        """The page of the deal; its steps are below it."""
        return address_of("deals.show", deal_id=self.face.id)

    @property
    def avatar(self) -> Markup:
        return Parts.at(request.script_root).avatar(self.owner)

    @property
    def step_page(self) -> str:
        """Where the next step is set without JavaScript."""
        face = self.face
        if face.step_id:
            return address_of("activities.edit_step", step_id=face.step_id)
        return address_of("activities.new_step", deal_id=face.id)

    @property
    def won_on(self) -> datetime | None:
        return at(self.face.won_since) if self.face.state == WON else None

    @property
    def delivered(self) -> bool:
        return bool(self.face.delivered_on)

    @cached_property
    def aged(self) -> bool:
        return self.deal.aged

    @cached_property
    def edits(self) -> bool:
        return may_work(self.deal, self.by) and (self.by.is_manager or not self.deal.unowned)

    @cached_property
    def plans(self) -> bool:
        """May they set its next step here? A review's own task is done with the review."""
        return self.face.state == ACTIVE and self.face.request is None and may_log(self.deal, self.by)

    @property
    def moves(self) -> bool:
        return self.edits and self.face.state in OPEN


def at(written: str | None) -> datetime | None:
    return UtcField().python_value(written)


class Listing:
    """A board's deals as rows; `board` knows the filter and the counts."""

    def __init__(self, board: Board, order: Order):
        self.board, self.order = board, order
        self.walk = Walk(board.pipeline, board.user, board.filter, order.way)
        self.accents = {column.stage.id: column.stage.accent for column in board.columns}

    def rows(self, after: Deal | None = None) -> list[Row]:
        return [self.row(card) for card in self.walk.page(after)]

    def row(self, card: Card) -> Row:
        return Row(card, self.board.user, self.accents)

    @property
    def query(self) -> dict:
        return self.board.filter.query | self.order.query

    @cached_property
    def back(self) -> str:
        """What a deal's address has so that its page knows the way back."""
        here = url_for(LIST.endpoint, slug=self.board.pipeline.slug, **self.query)
        return "?" + urlencode({"from": here}, safe="/")

    @property
    def count(self) -> int:
        """How many deals it is in all; the board's heads have been loaded."""
        return sum(column.count for column in self.board.by_key.values() if self._shows(column.key))

    def _shows(self, key: str) -> bool:
        states = WHICH[self.order.which][1]
        return ACTIVE in states if key.startswith("s") else any(KEY_OF_STATE.get(state) == key for state in states)


def list_page(board: Board, order: Order) -> str:
    with reading():
        board.load_heads()
        listing = Listing(board, order)
        rows = listing.rows()
        return render_template(
            "boards/list.html",
            board=board,
            listing=listing,
            rows=rows,
            most=PAGE,
            heads=HEADS if order.which != "won" else [*HEADS[:-1], ("age", "Won", "number")],
            which=WHICH,
            **of_the_page(),
            **head_of(board, LIST, order.query),
        )


def list_below(board: Board, order: Order, last: Deal) -> str:
    """The next rows."""
    with reading():
        listing = Listing(board, order)
        return render_template("boards/_list_rows.html", listing=listing, rows=listing.rows(last), most=PAGE)


def row_changed(board: Board, order: Order, deal: Deal, said: str, undo: bool):
    """The row as it stands now, or without it where it is none of these any more."""
    with reading():
        board.load_heads()
        total = partial("#board-sum", render_template("boards/_sum.html", board=board))
        row = row_again(board, order, deal)
    return pieces(
        row,
        total,
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said, deal if undo else None),
        HX_Reswap="none",
    )


def row_again(board: Board, order: Order, deal: Deal) -> str:
    listing = Listing(board, order)
    if not listing.walk.holds(deal):
        return partial(f"#deal-{deal.id}", "", "delete")
    html = render_template("boards/_list_row.html", listing=listing, rows=[listing.row(card_of(deal))])
    return partial(f"#deal-{deal.id}", html, "outerHTML")
