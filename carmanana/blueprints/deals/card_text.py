"""What a card says: its words, marks and addresses, made of its row alone. Its templates only put them in their
places."""

from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from markupsafe import Markup

from carmanana.blueprints.deals.sight import Sight, moment, stored
from carmanana.boards.card_rows import Card
from carmanana.records.deal_codes import ACTIVE, ON_HOLD, OPEN, WON
from carmanana.records.deals import is_aged, vehicle_name
from carmanana.records.people import HOUSE_ID
from carmanana.web.filters import day, due, due_state, due_words, plural, time_tag
from carmanana.web.fragment_cache import TOKEN
from carmanana.web.templating import written


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
    """The words of a card, by the names that its templates call them, as they stand in a page."""

    token = TOKEN

    def __init__(self, card: Card, sight: Sight):
        self.card, self.sight, self.row = card, sight, (row := card.row)
        parts, self.locked = sight.parts, card.locked
        days = sight.days(row.in_stage_since)
        self.id, self.version, self.days = str(row.id), str(row.version), str(days)
        self.aged = is_aged(row.state, days, row.ageing_days)
        self.client, self.stage = written(row.client), written(row.stage)
        self.vehicle = vehicle_of(row.vehicle_year, row.vehicle_make, row.vehicle_model)
        self.value, self.phone = written(sight.money(row.value_cents, row.currency)), written(card.phone)
        self.owner, self.readiness, self.address = parts.owner(row), parts.readiness(row), parts.address(row.id)
        mark, coming, due = self._foot()
        self.mark, self.next, self.due = parts.icons[mark], written(coming), written(due)

    def has(self, works: bool, claims: bool) -> tuple:
        """As Has tells it."""
        row = self.row
        free = claims and row.owner_id in (None, HOUSE_ID) and row.state in OPEN
        return (
            works,
            free and not (row.request or self._held),
            self.aged,
            self.locked,
            row.flagged_at is not None,
            self.value != "",
            self.phone != "",
            self.due != "",
        )

    @property
    def _held(self) -> bool:
        return self.row.state == ON_HOLD and bool(self.row.hold)

    @property
    def ageing(self) -> str:
        return plural(self.row.ageing_days, "day")

    @property
    def look(self) -> str:
        """The colour of the foot: what is late, today's or ahead; nothing is due of what has ended."""
        row = self.row
        if row.state in OPEN:
            return self.sight.look(row.held_until if self._held else row.step_due_at)
        delivery = self.card.delivery
        return self.sight.look(_stored(delivery[1])) if delivery else "ended"

    def _foot(self) -> tuple[str, str, Markup | str]:
        """Its mark, what comes next, and when."""
        row = self.row
        if row.state == ACTIVE and not row.request:
            return ("task", row.step, self.sight.due_tag(row.step_due_at)) if row.step_id else NO_STEP
        return self._foot_beside()

    def _foot_beside(self) -> tuple[str, str, Markup | str]:
        """Of what stands beside the stages."""
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
                day(moment(self.row.won_since) if deal.state == WON else deal.state_since),
            )
        return ("task", step.subject, time_tag(step.due_at, due_words)) if step else NO_STEP

    # in a dock

    @property
    def waits_for(self) -> str:
        card = self.card
        if card.hold or card.request or card.delivery:
            return self.next
        return written(card.step.subject if card.step else card.deal.vehicle)

    @property
    def waits_until(self) -> str:
        return written(due(self._until))

    @property
    def waits_look(self) -> str:
        return due_state(self._until)

    @cached_property
    def _until(self) -> date | datetime | None:
        hold, request, step = self.card.hold, self.card.request, self.card.step
        if self.card.delivery:
            return self.card.delivery[1]
        return hold.follow_up_on if hold else request.due_at if request and request.clock_runs else step and step.due_at


NO_STEP = "alert", "No next step", ""


@lru_cache(2_000)
def vehicle_of(year: int | None, make: str, model: str) -> str:
    return written(vehicle_name(year, make, model) or "Vehicle still open")


def _due(when: date | datetime) -> Markup | str:
    return time_tag(when, due_words) if isinstance(when, datetime) else due(when)


def _stored(when: date | datetime) -> str:
    return stored(when) if isinstance(when, datetime) else when.isoformat()
