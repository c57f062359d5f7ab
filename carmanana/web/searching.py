"""What the search shows: things to do, clients, deals and activities, each with what was searched for in bold."""

from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import url_for
from flask_login import current_user

from carmanana.customers.models import STATUSES
from carmanana.deals.models import STATES, Pipeline
from carmanana.search.finding import ACTIVITY, CLIENT, DEAL, SHOWN, Hit, find
from carmanana.search.words import Words, plain

from .marking import Piece, marked
from .pages import PAGES
from .signed import me

Group = namedtuple("Group", "kind name rows")
Action = namedtuple("Action", "name icon endpoint values in_dialog", defaults=({}, False))
NAMES = {CLIENT: "Clients", DEAL: "Deals", ACTIVITY: "Activities"}
ICONS = {CLIENT: "user", DEAL: "car"}
KIND_ICONS = {"call": "phone", "voicemail": "voicemail", "email": "mail", "text": "text", "note": "note", "task": "task"}
ACTIONS_SHOWN, FEWEST_LETTERS = 4, 3
CONNECTING = {"go", "to"}


@dataclass(frozen=True)
class Row:
    icon: str
    url: str
    name: list[Piece]
    told: list[Piece] | tuple = ()
    state: str = ""
    state_name: str = ""
    owner: str | None = None
    in_dialog: bool = False


def groups(text: str) -> list[Group]:
    """Whatever the words find, in groups that are not empty."""
    words = Words.read(text)
    found = find(me(), words)
    shown = [Group("action", "Actions", _actions(words))]
    shown += [Group(kind, NAMES[kind], [_row(hit, words) for hit in found[kind]]) for kind in SHOWN]
    return [group for group in shown if group.rows]


def _row(hit: Hit, words: Words) -> Row:
    icon = ICONS.get(hit.kind) or KIND_ICONS[hit.state]
    names = {CLIENT: {status: name for status, name in STATUSES.items() if status != "live"}, DEAL: STATES}.get(hit.kind, {})
    told = marked(hit.told, words)
    return Row(icon, _url(hit), marked(hit.name, words), told, hit.state, names.get(hit.state, "").partition(" – ")[0], hit.owner)


def _url(hit: Hit) -> str:
    if hit.kind == CLIENT:
        return url_for("customers.show", customer_id=hit.id)
    return url_for("deals.show", deal_id=hit.id)


def _actions(words: Words) -> list[Row]:
    """Only from a few letters on, so that the first of a name opens no page."""
    wanted = [word for word in map(plain, words.words) if word not in CONNECTING]
    if not any(len(word) >= FEWEST_LETTERS for word in wanted):
        return []
    meant = islice((action for action in _all_actions() if _is_meant(action.name, wanted)), ACTIONS_SHOWN)
    return [Row(a.icon, url_for(a.endpoint, **a.values), marked(a.name, words), in_dialog=a.in_dialog) for a in meant]


def _is_meant(name: str, wanted: list[str]) -> bool:
    label = plain(name).split()
    return all(any(word.startswith(beginning) for word in label if word not in CONNECTING) for beginning in wanted)


def _all_actions() -> Iterator[Action]:
    if current_user.works_deals:
        yield Action("New deal", "plus", "deals.new", {}, True)
    for pipeline in Pipeline.in_order():
        yield Action(f"Go to {pipeline.name}", "board", "boards.show", {"slug": pipeline.slug})
    for name, _, icon, endpoint, roles in PAGES:
        if current_user.has(*roles):
            yield Action(f"Go to {name}", icon, endpoint)
    yield Action("Go to Notifications", "bell", "notifications.index")
    yield Action("Go to My settings", "settings", "people.me")
