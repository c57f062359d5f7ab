"""Cards that have been drawn are kept in memory, each by all that it shows and by what its words depend on: the hour,
the day and the zone, and what the person who looks may do. No one tells it of changes: another face is another card."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from flask import g, request
from markupsafe import Markup

from carmanana.blueprints.deals.card_templates import filled
from carmanana.blueprints.deals.card_text import Parts, Shown
from carmanana.boards.cache import CARDS
from carmanana.boards.card_rows import Card, Face
from carmanana.core import clock
from carmanana.core.db import UtcField
from carmanana.records.people import HOUSE_ID, User
from carmanana.web.current_user import me
from carmanana.web.filters import TOLD_IN_HOURS, locale, overdue_minutes, zone
from carmanana.web.fragment_cache import for_this_browser


@dataclass(frozen=True)
class Sight:
    """What the words and the buttons of a card depend on beside its face."""

    by: User
    now: datetime
    day: date
    zone: str
    prefix: str
    locale: str

    @classmethod
    def ours(cls) -> "Sight":
        if "sight" not in g:
            g.sight = cls(me(), clock.now(), clock.today(zone()), zone(), request.script_root, locale())
        return g.sight

    @cached_property
    def parts(self) -> Parts:
        return Parts.at(self.prefix)

    @cached_property
    def scope(self) -> tuple:
        """People of one scope see the same cards of the same deals."""
        everything = self.by.is_manager and self.by.sees_all
        return (None if everything else self.by.id), self.by.roles, self.zone, self.prefix, self.locale

    @cached_property
    def written(self) -> str:
        return written(self.now)

    @cached_property
    def midnight(self) -> str:
        return written(clock.start_of_day(self.day + timedelta(days=1), self.zone))

    @cached_property
    def next_minute(self) -> str:
        return written(self.now.replace(second=0, microsecond=0) + timedelta(minutes=1))

    def of(self, face: Face, template: str) -> tuple:
        late = self._overdue(face.step_due_at), self._overdue(face.request_due_at)
        return face, template, self._days(face), late, self.day, self.zone, *self.may(face), self.prefix, self.locale

    def may(self, face: Face) -> tuple[bool, bool]:
        """Work the deal; take it, where it is nobody's."""
        mine = self.by.is_manager or face.owner_id in (None, HOUSE_ID, self.by.id)
        return self.by.works_deals and mine, self.by.works_deals

    def until(self, face: Face) -> str:
        """When it next looks otherwise though nobody changes anything: another day in its stage, late, or later
        still."""
        another_day = datetime.fromisoformat(face.in_stage_since) + timedelta(days=self._days(face) + 1)
        coming = (self._told_anew(at) for at in (face.step_due_at, face.request_due_at) if at)
        return min([written(another_day.replace(tzinfo=UTC)), *filter(None, coming)])

    def _days(self, face: Face) -> int:
        return (self.now - datetime.fromisoformat(face.in_stage_since).replace(tzinfo=UTC)).days

    def _overdue(self, at: str | None) -> int:
        """Minutes, as exactly as words tell them."""
        if at is None or at >= self.written:
            return 0
        return TOLD_IN_HOURS if at < self.long_ago else overdue_minutes(moment(at), self.now)

    @cached_property
    def long_ago(self) -> str:
        return written(self.now - timedelta(minutes=TOLD_IN_HOURS))

    def _told_anew(self, at: str) -> str:
        """When words tell otherwise of how long it is overdue; "" where only days are told."""
        minutes = self._overdue(at)
        if minutes == TOLD_IN_HOURS:
            return ""
        coming = minutes + 1 if minutes < 60 else minutes + 60
        return written(moment(at) + timedelta(minutes=coming, seconds=-30)) if minutes else at


written, moment = UtcField().db_value, UtcField().python_value


def drawn(card: Card, template: str) -> Markup:
    """Ready for this browser."""
    return for_this_browser(drawn_once(card, template))


def drawn_once(card: Card, template: str) -> Markup:
    """With a place for the token of whoever looks."""
    key = Sight.ours().of(card.face, template)
    return CARDS.get(key) or CARDS.put(key, _draw(card, template))


def _draw(card: Card, template: str) -> Markup:
    sight = Sight.ours()
    shown = Shown(card, sight.parts)
    return filled(template, shown, shown.has(*sight.may(card.face)))
