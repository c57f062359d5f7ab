"""Cards that have been drawn are kept in memory, each by all that it shows and by what its words depend on:
the hour, the day and the zone, and what the person who looks may do. No one tells it of changes: another face is another card."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from threading import Lock

from flask import g, render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from carmanana import clock
from carmanana.db import UtcField
from carmanana.deals.board import Board
from carmanana.deals.faces import Card, Face
from carmanana.people.models import HOUSE_ID, User

from .filters import zone
from .signed import me

MOST = 10_000
CARD, ROW = "boards/_card.html", "boards/_dock_row.html"
TOKEN = "\0token\0"

_kept: OrderedDict[tuple, str] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Sight:
    """What the words and the buttons of a card depend on beside its face."""

    by: User
    now: datetime
    day: date
    zone: str
    prefix: str

    @classmethod
    def ours(cls) -> "Sight":
        if "sight" not in g:
            g.sight = cls(me(), clock.now(), clock.today(zone()), zone(), request.script_root)
        return g.sight

    @cached_property
    def written(self) -> str:
        return UtcField().db_value(self.now)

    def of(self, face: Face, template: str) -> tuple:
        days = (self.now - datetime.fromisoformat(face.in_stage_since).replace(tzinfo=UTC)).days
        mine = self.by.is_manager or face.owner_id in (None, HOUSE_ID, self.by.id)
        late = self._passed(face.step_due_at), self._passed(face.request_due_at)
        return face, template, days, late, self.day, self.zone, self.by.works_deals, mine, self.prefix

    def _passed(self, at: str | None) -> bool:
        return at is not None and at < self.written


def find_drawn(board: Board) -> None:
    """Those that are drawn already need no records."""
    for column in board.by_key.values():
        template = CARD if column.is_stage or column.key == board.open_key else ROW
        for card in column.cards:
            card.html = _kept.get(Sight.ours().of(card.face, template))
        if column.cards:
            column.cards[0].bare[:] = [card for card in column.cards[0].bare if card.html is None]


def drawn(card: Card, template: str) -> Markup:
    html = card.html or _draw(card, template)
    return Markup(html.replace(TOKEN, generate_csrf()) if TOKEN in html else html)


def _draw(card: Card, template: str) -> str:
    key = Sight.ours().of(card.face, template)
    html = render_template(template, card=card).replace(generate_csrf(), TOKEN)
    with _lock:
        _kept[key] = html
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return html


def forget() -> None:
    _kept.clear()
