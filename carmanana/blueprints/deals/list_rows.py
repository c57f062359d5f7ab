"""The rows of a list of deals: what each says is made of its card alone. A row that is drawn once is kept by all that
it shows."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from flask import request
from markupsafe import Markup, escape

from carmanana.blueprints.deals.card_parts import Parts
from carmanana.blueprints.deals.card_templates import filled
from carmanana.blueprints.deals.sight import Sight
from carmanana.boards.board import KEY_OF_STATE
from carmanana.boards.cache import CARDS
from carmanana.boards.card_rows import Card, CardRow
from carmanana.contacting.log import may_log
from carmanana.core.db import UtcField
from carmanana.deals.may_work import may_work
from carmanana.records.deal_codes import ACTIVE, ENDED, LOSS_REASONS, ON_HOLD, OPEN, STATES, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.web.addresses import address
from carmanana.web.filters import day, due, due_state, due_words, money_here, plural, time_tag
from carmanana.web.lists import Shown

TEMPLATE = "boards/_list_row.html"
BACK = Markup("\0back\0")

ICONS = {"on_hold": "hold", "losing": "losing", "won": "won", "lost": "lost"}


class Has(NamedTuple):
    """What not every row has, so that its template asks for it."""

    columns: tuple[str, ...]
    picked: bool
    manager: bool
    edits: bool
    plans: bool
    moves: bool
    column: str
    mark: str
    locked: bool
    aged: bool
    due: bool
    won: bool


@dataclass(frozen=True)
class Row:
    """A deal as the list shows it, from its card alone. `by` is who looks."""

    back = BACK

    card: Card
    by: User
    accents: dict[int, int]

    @property
    def card_row(self) -> CardRow:
        return self.card.row

    @cached_property
    def deal(self) -> Deal:
        return self.card.deal

    @property
    def id(self) -> int:
        return self.card_row.id

    @property
    def owner(self) -> User | None:
        return self.deal.owner

    @property
    def accent(self) -> int | None:
        return self.accents.get(self.card_row.stage_id)

    @cached_property
    def column(self) -> str:
        """The state that stands beside the stages, or ""."""
        return KEY_OF_STATE.get(self.card_row.state, "")

    @cached_property
    def mark(self) -> str:
        return ICONS.get(self.column, "")

    @property
    def stage(self) -> str:
        return self.card_row.stage if self.card_row.state == ACTIVE else STATES[self.card_row.state].partition(" – ")[0]

    @cached_property
    def value(self) -> str:
        return money_here(self.card_row.value_cents, self.card_row.currency)

    @property
    def step(self) -> str:
        row = self.card_row
        if self.card.delivery:
            return self.card.delivery[0]
        if row.state in ENDED:
            return LOSS_REASONS.get(row.loss_reason, "")
        return Hold.SHORT[row.hold] if row.state == ON_HOLD and row.hold else row.step or ""

    @cached_property
    def due(self) -> date | datetime | None:
        row = self.card_row
        if row.state in ENDED:
            return self.card.delivery and self.card.delivery[1]
        return date.fromisoformat(row.held_until) if row.held_until else at(row.step_due_at)

    @property
    def pressing(self) -> bool:
        """Does when it is due still press?"""
        return self.card_row.state in (ACTIVE, ON_HOLD, WON)

    @property
    def due_is_timed(self) -> bool:
        return isinstance(self.due, datetime)

    @cached_property
    def page(self) -> str:
        """The page of the deal; its steps are below it."""
        return address("deals.show", deal_id=self.card_row.id)

    @property
    def avatar(self) -> Markup:
        return self.parts.owner(self.card_row)

    @property
    def step_page(self) -> str:
        """Where the next step is set without JavaScript."""
        row = self.card_row
        if row.step_id:
            return address("activities.edit_step", step_id=row.step_id)
        return address("activities.new_step", deal_id=row.id)

    @property
    def won_on(self) -> datetime | None:
        return at(self.card_row.won_since) if self.card_row.state == WON else None

    @property
    def delivered(self) -> bool:
        return bool(self.card_row.delivered_on)

    @property
    def age(self) -> int:
        return self.deal.days_in_stage

    @cached_property
    def aged(self) -> bool:
        return self.deal.aged

    @cached_property
    def edits(self) -> bool:
        return may_work(self.deal, self.by) and (self.by.is_manager or not self.deal.unowned)

    @cached_property
    def plans(self) -> bool:
        """May they set its next step here? A review's own task is done with the review."""
        return self.card_row.state == ACTIVE and self.card_row.request is None and may_log(self.deal, self.by)

    @property
    def moves(self) -> bool:
        return self.edits and self.card_row.state in OPEN

    # as its template calls the words

    @property
    def parts(self) -> Parts:
        return Parts.at(request.script_root)

    @property
    def version(self) -> int:
        return self.card_row.version

    @property
    def client(self) -> str:
        return self.card_row.client

    @property
    def vehicle(self) -> str:
        return self.deal.vehicle or "Vehicle still open"

    @property
    def value_to_edit(self) -> str:
        return self.value or "–"

    @property
    def step_to_plan(self) -> str:
        return self.step or "No next step"

    @property
    def stage_name(self) -> str:
        return self.card_row.stage

    @property
    def ageing(self) -> str:
        return plural(self.card_row.ageing_days, "day")

    @property
    def won_day(self) -> str:
        return day(self.won_on)

    @property
    def due_look(self) -> str:
        return due_state(self.due) if self.pressing else ""

    @property
    def due_words(self) -> Markup | str:
        return time_tag(self.due, due_words) if self.due_is_timed else due(self.due)

    def has(self, columns: tuple[str, ...], picked: bool) -> Has:
        return Has(
            columns,
            picked,
            self.by.is_manager,
            self.edits,
            self.plans,
            self.moves,
            self.column,
            self.mark,
            bool(self.card_row.client_locked),
            self.aged,
            self.due is not None,
            self.won_on is not None,
        )

    def drawn(self, shown: Shown, back: str) -> Markup:
        """`back` is what the address of its page has, so that it knows the way back."""
        columns, picked, sight = tuple(column.key for column in shown.columns), bool(shown.kinds), Sight.ours()
        row = self.card_row
        late = sight.overdue(row.step_due_at), sight.overdue(row.request_due_at)
        key = row, sight.day, sight.days(row.in_stage_since), late, columns, picked, *sight.scope, self.accent
        html = CARDS.get(key) or CARDS.put(key, filled(TEMPLATE, self, self.has(columns, picked)))
        return Markup(html.replace(BACK, escape(back)))


def at(written: str | None) -> datetime | None:
    return UtcField().python_value(written)
