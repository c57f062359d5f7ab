"""Cards that have been drawn are kept in memory, each by all that it shows and by what its words depend on:
the hour, the day and the zone, and what the person who looks may do. No one tells it of changes: another face is another card."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from flask import current_app, g, request, url_for
from markupsafe import Markup

from carmanana import clock
from carmanana.db import UtcField
from carmanana.deals.faces import Card, Face
from carmanana.deals.models import Deal
from carmanana.people.models import HOUSE_ID, User

from .filters import zone
from .shelf import TOKEN, Shelf, for_this_browser
from .signed import me

CARDS = Shelf(10_000)
PLACE = "999999999999999"


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
    def parts(self) -> dict:
        parts = Parts(self.prefix)
        return {"icon": parts.icon, "avatar": parts.avatar, "readiness": parts.readiness, "deal_url": parts.deal_url}

    @cached_property
    def scope(self) -> tuple:
        """People of one scope see the same cards of the same deals."""
        everything = self.by.is_manager and self.by.sees_all
        return (None if everything else self.by.id), self.by.roles, self.zone, self.prefix

    @cached_property
    def written(self) -> str:
        return written(self.now)

    @cached_property
    def midnight(self) -> str:
        return written(clock.start_of_day(self.day + timedelta(days=1), self.zone))

    def of(self, face: Face, template: str) -> tuple:
        mine = self.by.is_manager or face.owner_id in (None, HOUSE_ID, self.by.id)
        late = self._passed(face.step_due_at), self._passed(face.request_due_at)
        return face, template, self._days(face), late, self.day, self.zone, self.by.works_deals, mine, self.prefix

    def until(self, face: Face) -> str:
        """When it next looks otherwise though nobody changes anything: another day in its stage, or late."""
        another_day = datetime.fromisoformat(face.in_stage_since) + timedelta(days=self._days(face) + 1)
        coming = (at for at in (face.step_due_at, face.request_due_at) if at and not self._passed(at))
        return min([written(another_day.replace(tzinfo=UTC)), *coming])

    def _days(self, face: Face) -> int:
        return (self.now - datetime.fromisoformat(face.in_stage_since).replace(tzinfo=UTC)).days

    def _passed(self, at: str | None) -> bool:
        return at is not None and at < self.written


written = UtcField().db_value


def drawn(card: Card, template: str) -> Markup:
    """Ready for this browser."""
    return for_this_browser(drawn_once(card, template))


def drawn_once(card: Card, template: str) -> Markup:
    """With a place for the token of whoever looks."""
    key = Sight.ours().of(card.face, template)
    return CARDS.get(key) or CARDS.put(key, _draw(card, template))


def _draw(card: Card, template: str) -> Markup:
    """Without the context of a whole page, which would take longer than the card."""
    sight = Sight.ours()
    template = current_app.jinja_env.get_template(template)
    return Markup(template.render(card=card, current_user=sight.by, csrf_token=TOKEN, **sight.parts))


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
