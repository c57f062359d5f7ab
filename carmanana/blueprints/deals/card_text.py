"""What a card says: its words, marks and addresses, made of its face alone. Its templates only put them in their
places."""

from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from flask import current_app, url_for
from markupsafe import Markup

from carmanana.boards.card_rows import Card
from carmanana.core.db import UtcField
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.web.filters import day, due, due_state, due_words, money_here, time_tag
from carmanana.web.fragment_cache import TOKEN

PLACE = "999999999999999"
moment_of = UtcField().python_value


class Has(NamedTuple):
    """What not every card has, so that its template asks for it. `works`: this person may work the deal; `claims`: take
    it."""

    works: bool
    claims: bool
    aged: bool
    locked: bool
    flagged: bool
    value: bool
    phone: bool
    due: bool


class Shown:
    """The words of a card, by the names that its templates call them."""

    token = TOKEN

    def __init__(self, card: Card, parts: "Parts"):
        deal = card.deal
        self.id, self.version, self.days, self.aged = deal.id, deal.version, deal.days_in_stage, deal.aged
        self.client, self.vehicle, self.value = (
            deal.customer.name,
            deal.vehicle or "Vehicle still open",
            money_here(deal.value_cents, deal.currency),
        )
        self.stage, self.ageing_days, self.phone = deal.stage.name, deal.stage.ageing_days, card.phone
        self.owner, self.readiness = parts.avatar(deal.owner), parts.readiness(deal)
        self.address = parts.address(deal.id)
        self.card, self.parts = card, parts

    def has(self, works: bool, claims: bool) -> Has:
        card, deal = self.card, self.card.deal
        takes = claims and deal.open and deal.unowned and not (card.hold or card.request)
        return Has(
            works,
            takes,
            self.aged,
            card.locked,
            deal.flagged_at is not None,
            bool(self.value),
            bool(self.phone),
            bool(self.due),
        )

    @cached_property
    def look(self) -> str:
        """The colour of the foot: what is late, today's or ahead; nothing is due of what has ended."""
        if self.card.delivery:
            return due_state(self.card.delivery[1])
        if not self.card.deal.open:
            return "ended"
        return due_state(self.card.hold.follow_up_on if self.card.hold else self.card.step and self.card.step.due_at)

    @property
    def mark(self) -> Markup:
        return self.parts.icons[self._foot[0]]

    @property
    def next(self) -> str:
        """What comes next."""
        return self._foot[1]

    @property
    def due(self) -> Markup | str:
        return self._foot[2]

    @cached_property
    def _foot(self) -> tuple[str, str, Markup | str]:
        deal, hold, request, step = self.card.deal, self.card.hold, self.card.request, self.card.step
        if hold:
            return "hold", hold.short_name, due(hold.follow_up_on)
        if request:
            when = time_tag(request.due_at, due_words) if request.clock_runs else ""
            return "lock", f"{request.short_name} · {(deal.retention or request.reviewer).initials}", when
        if self.card.delivery:
            what, when = self.card.delivery
            return "calendar" if what == "ETA" else "task", what, _due(when)
        if not deal.open:
            return (
                "lock" if deal.locked else "calendar",
                deal.loss_reason_name or deal.state_name,
                day(moment_of(self.card.face.won_since) if deal.state == WON else deal.state_since),
            )
        return ("task", step.subject, time_tag(step.due_at, due_words)) if step else ("alert", "No next step", "")

    # in a dock

    @property
    def waits_for(self) -> str:
        card = self.card
        return (
            self.next
            if card.hold or card.request or card.delivery
            else card.step.subject
            if card.step
            else card.deal.vehicle
        )

    @property
    def waits_until(self) -> str:
        return due(self._until)

    @property
    def waits_look(self) -> str:
        return due_state(self._until)

    @cached_property
    def _until(self) -> date | datetime | None:
        hold, request, step = self.card.hold, self.card.request, self.card.step
        if self.card.delivery:
            return self.card.delivery[1]
        return hold.follow_up_on if hold else request.due_at if request and request.clock_runs else step and step.due_at


def _due(when: date | datetime) -> Markup | str:
    return time_tag(when, due_words) if isinstance(when, datetime) else due(when)


class Icons(dict):
    """By their names, each drawn once."""

    def __missing__(self, name: str) -> Markup:
        return self.setdefault(name, current_app.jinja_env.globals["ui"].icon(name))


class Parts:
    """What all cards are made of, each made once: macros of shared/ui.html, and addresses."""

    def __init__(self, prefix: str):
        self.prefix = prefix
        self.icons, self.avatars, self.marks = Icons(), {}, {}
        self.ui = current_app.jinja_env.globals["ui"]

    def avatar(self, person: User | None) -> Markup:
        known = person and (person.name, person.email, person.house)
        if known not in self.avatars:
            self.avatars[known] = self.ui.avatar(person)
        return self.avatars[known]

    def readiness(self, deal: Deal) -> Markup:
        if deal.readiness not in self.marks:
            self.marks[deal.readiness] = self.ui.readiness(deal)
        return self.marks[deal.readiness]

    @classmethod
    @lru_cache(8)
    def at(cls, prefix: str) -> "Parts":
        return cls(prefix)

    @cached_property
    def page(self) -> str:
        return url_for("deals.show", deal_id=int(PLACE))

    def address(self, deal_id: int) -> str:
        """The page of a deal; its steps are below it."""
        return self.page.replace(PLACE, str(deal_id))
