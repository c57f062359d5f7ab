"""Cards that have been drawn are kept in memory, each by all that it shows and by what its words depend on:
the hour, the day and the zone, and what the person who looks may do. No one tells it of changes: another face is another card."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from threading import Lock

from flask import current_app, g, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from carmanana import clock
from carmanana.db import UtcField
from carmanana.deals.board import Board
from carmanana.deals.faces import Card, Face
from carmanana.deals.models import Deal
from carmanana.people.models import HOUSE_ID, User

from .filters import zone
from .signed import me

MOST = 10_000
CARD, ROW = "boards/_card.html", "boards/_dock_row.html"
TOKEN = "\0token\0"
PLACE = "999999999999999"

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
    def token(self) -> str:
        return generate_csrf()

    @cached_property
    def parts(self) -> dict:
        parts = Parts(self.prefix)
        return {"icon": parts.icon, "avatar": parts.avatar, "readiness": parts.readiness, "deal_url": parts.deal_url}

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
    """Those that are drawn already are not drawn again."""
    for column in board.by_key.values():
        template = CARD if column.is_stage or column.key == board.open_key else ROW
        for card in column.cards:
            card.html = _kept.get(Sight.ours().of(card.face, template))


def drawn(card: Card, template: str) -> Markup:
    html = card.html or _draw(card, template)
    return Markup(html.replace(TOKEN, Sight.ours().token) if TOKEN in html else html)


def _draw(card: Card, template: str) -> str:
    """Without the context of a whole page, which would take longer than the card."""
    sight = Sight.ours()
    html = current_app.jinja_env.get_template(template).render(card=card, current_user=sight.by, csrf_token=TOKEN, **sight.parts)
    key = sight.of(card.face, template)
    with _lock:
        _kept[key] = html
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return html


class Parts:
    """What a card is made of, each made once: macros of shared/ui.html, and addresses."""

    def __init__(self, prefix: str):
        self.prefix = prefix
        self.ui = current_app.jinja_env.globals["ui"]
        self.kept: dict[tuple, Markup | str] = {}

    def icon(self, name: str, look: str = "") -> Markup:
        return self._once("icon", (name, look), lambda: self.ui.icon(name, look))

    def avatar(self, person: User | None) -> Markup:
        known = person and (person.name, person.email, person.house)
        return self._once("avatar", known, lambda: self.ui.avatar(person))

    def readiness(self, deal: Deal) -> Markup:
        return self._once("readiness", deal.readiness, lambda: self.ui.readiness(deal))

    def deal_url(self, endpoint: str, deal_id: int) -> str:
        pattern = self._once("deal_url", endpoint, lambda: url_for(endpoint, deal_id=int(PLACE)))
        return pattern.replace(PLACE, str(deal_id))

    def _once(self, part: str, which, make: Callable[[], Markup | str]) -> Markup | str:
        if (part, which) not in self.kept:
            self.kept[part, which] = make()
        return self.kept[part, which]


def forget() -> None:
    _kept.clear()
