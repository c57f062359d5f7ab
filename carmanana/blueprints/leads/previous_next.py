"""The list that a lead was opened from, as its address says: the way back, and the leads beside it."""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from flask import request, url_for

from carmanana.blueprints.leads.lists import STANDINGS, of_standing
from carmanana.records.leads import Lead
from carmanana.web.current_user import me
from carmanana.web.fragments import htmx, page_behind
from carmanana.web.lists import Shown
from carmanana.web.lists.neighbours import beside


@dataclass(frozen=True)
class Trail:
    back: str
    name: str
    previous: int | None
    next: int | None

    def url_of(self, lead_id: int) -> str:
        return url_for("leads.show", lead_id=lead_id, **{"from": self.back})


def trail_of(lead: Lead) -> Trail | None:
    """Asks the database only where the address names a list of leads."""
    address = _came_from()
    standing = address.path.removeprefix("/leads/").rstrip("/") or "open"
    if not address.path.startswith("/leads/") or standing not in STANDINGS:
        return None
    shown = Shown(of_standing(standing), dict(parse_qsl(address.query)), me())
    return Trail(shown.url(), f"{STANDINGS[standing]} leads", *beside(shown, lead.id))


def _came_from() -> SplitResult:
    query = dict(parse_qsl(page_behind().query)) if htmx else request.args
    try:
        return urlsplit(query.get("from", ""))
    except ValueError:
        return urlsplit("")
