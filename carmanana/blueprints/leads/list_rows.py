"""What the rows of the list of leads tell, beside the leads themselves."""

from functools import cached_property

from markupsafe import Markup, escape

from carmanana.core import clock
from carmanana.core.db import UtcField
from carmanana.leads import finding
from carmanana.leads.cards import Card
from carmanana.records.lead_codes import OPEN
from carmanana.web.addresses import pair
from carmanana.web.filters import hour_there
from carmanana.web.lists import Shown

BACK, THERE = Markup("\0back\0"), Markup("\0there\0")


class Beside:
    """`back` and `there` are the places of the way back and of what the clock shows where they are."""

    back, there = BACK, THERE

    def __init__(self, ids: list[int], places: finding.OpenPlaces):
        self.ids, self.places, self.hours, self.way = ids, places, {}, ""
        self.now = UtcField().db_value(clock.now())

    @cached_property
    def tries(self) -> dict[int, int]:
        return finding.tries(self.ids)

    def tries_of(self, card: Card) -> int:
        return self.tries.get(card.id, 0)

    def not_now(self, card: Card) -> bool:
        """Is it open, and they may not be called at this hour?"""
        return card.state in OPEN and (card.row.region, card.row.timezone) not in self.places

    def way_back(self, shown: Shown) -> str:
        """To this list as it is asked for."""
        self.way = self.way or escape(f"?{pair('from', shown.url())}")
        return self.way

    def hour(self, zones: str) -> str:
        if zones not in self.hours:
            self.hours[zones] = escape(hour_there(zones))
        return self.hours[zones]


def shows(card: Card, seen: Beside) -> tuple:
    due = card.row.step_due_at
    return card.row, seen.tries_of(card), seen.not_now(card), bool(due and due < seen.now)


def fill(html: str, card: Card, shown: Shown) -> str:
    html = html.replace(BACK, shown.seen.way_back(shown))
    return html.replace(THERE, shown.seen.hour(card.row.timezone)) if card.row.timezone else html
