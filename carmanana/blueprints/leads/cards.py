"""Cards of leads that have been drawn are kept in memory, each by its row and by what its words depend on: the day,
the zone, and what the person who looks may do. No one tells it of changes: another row is another card."""

from datetime import datetime

from flask import current_app, request
from markupsafe import Markup

from carmanana.boards.cache import CARDS
from carmanana.core import clock
from carmanana.core.db import UtcField
from carmanana.leads.cards import Card
from carmanana.records.lead_codes import OPEN
from carmanana.records.people import HOUSE_ID, User
from carmanana.web.filters import locale, today, zone
from carmanana.web.fragment_cache import for_anybody, for_this_browser

CARD, DOCKED_CARD = "leads/_card.html", "leads/_dock_card.html"


class Drawing:
    """Draws the cards of one page. `answers_due` are the moments by which those that nobody has answered yet are to
    hear from us, by their ids."""

    def __init__(self, by: User, answers_due: dict[int, datetime]):
        self.by, self.answers_due, self.now, self.allowed = by, answers_due, clock.now(), {}
        self.written = UtcField().db_value(self.now)
        self.look = today(), zone(), locale(), request.script_root

    def cards(self, cards: list[Card], template: str = CARD) -> Markup:
        return for_this_browser("".join(self._kept(card, template) for card in cards))

    def _kept(self, card: Card, template: str) -> str:
        answer, step = self.answers_due.get(card.id), card.row.step_due_at
        asked = template, card.row.owner_id, card.state
        may = self.allowed.get(asked) or self.allowed.setdefault(asked, self._may(card, template))
        late = bool(answer and answer < self.now), bool(step and step < self.written)
        key = template, card.row, answer, late, may, *self.look
        return CARDS.get(key) or CARDS.put(key, _drawn(template, card, *may, answer, late[0]))

    def _may(self, card: Card, template: str) -> tuple[bool, bool]:
        """Work the lead; take it, where it is nobody's."""
        free, works = card.row.owner_id in (None, HOUSE_ID), self.by.works_deals
        mine = self.by.is_manager or card.row.owner_id == self.by.id or (free and template == CARD)
        return works and mine, works and free and card.state in OPEN


def _drawn(template: str, card: Card, works: bool, claims: bool, answer: datetime | None, late: bool) -> str:
    module = current_app.jinja_env.get_template(template).module
    return for_anybody(lambda: module.drawn(card, works, claims, answer, late))
