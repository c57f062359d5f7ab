"""What the search shows: things to do, customers, deals and activities, each with what was searched for in bold."""

from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from flask import current_app, request
from markupsafe import Markup

from carmanana.blueprints.search.marking import in_bold
from carmanana.core.query import prepared
from carmanana.records.customers import STATUSES
from carmanana.records.deal_codes import STATES
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline
from carmanana.schema.search_words import Words, plain
from carmanana.search.results import ACTIVITY, CLIENT, DEAL, SHOWN, Hit, find
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.navigation import goals

NAMES = {CLIENT: "Customers", DEAL: "Deals", ACTIVITY: "Activities"}
ICONS = {CLIENT: "user", DEAL: "car"}
KIND_ICONS = {
    "call": "phone",
    "voicemail": "voicemail",
    "email": "mail",
    "text": "text",
    "note": "note",
    "task": "task",
}
STATE_NAMES = {
    CLIENT: {status: name.partition(" – ")[0] for status, name in STATUSES.items() if status != "live"},
    DEAL: {state: name.partition(" – ")[0] for state, name in STATES.items()},
    ACTIVITY: {},
}
ACTIONS_SHOWN, FEWEST_LETTERS = 4, 3
CONNECTING = {"go", "to"}


class Row(NamedTuple):
    icon: Markup
    url: str
    name: Markup
    told: Markup = Markup()
    state_name: str = ""
    badge: Markup | None = None
    owner: str | None = None
    in_dialog: bool = False


class Group(NamedTuple):
    kind: str
    name: str
    rows: list[Row]

    @property
    def size(self) -> int:
        return len(self.rows)


class Action(NamedTuple):
    name: str
    icon: str
    endpoint: str
    values: dict
    in_dialog: bool = False


def groups(text: str) -> list[Group]:
    """Whatever the words find, in groups that are not empty."""
    words, user, prefix = Words.read(text), me(), request.script_root
    found = find(user, words)
    shown = [Group("action", "Actions", _actions(words, user))]
    shown += [Group(kind, NAMES[kind], [_row(hit, words, prefix) for hit in found[kind]]) for kind in SHOWN]
    return [group for group in shown if group.rows]


def _row(hit: Hit, words: Words, prefix: str) -> Row:
    icon, state_name = ICONS.get(hit.kind) or KIND_ICONS[hit.state], STATE_NAMES[hit.kind].get(hit.state, "")
    badge = _badge(hit.state, state_name, prefix) if hit.kind == DEAL else None
    return Row(
        _icon(icon, prefix),
        f"{_before(hit.kind, prefix)}{hit.id}",
        in_bold(hit.name, words),
        in_bold(hit.told, words),
        state_name,
        badge,
        hit.owner,
    )


@lru_cache(maxsize=200)
def _icon(name: str, prefix: str) -> Markup:
    return current_app.jinja_env.globals["ui"].icon(name)


@lru_cache(maxsize=200)
def _badge(state: str, name: str, prefix: str) -> Markup:
    return current_app.jinja_env.globals["ui"].state_badge({"state": state, "state_name": name})


@lru_cache(maxsize=200)
def _before(kind: str, prefix: str) -> str:
    """The address of a record, but for its number."""
    page = address("customers.show", customer_id=0) if kind == CLIENT else address("deals.show", deal_id=0)
    return page.removesuffix("0")


def _actions(words: Words, user: User) -> list[Row]:
    """Only from a few letters on, so that the first of a name opens no page."""
    wanted = [word for word in map(plain, words.words) if word not in CONNECTING]
    if not any(len(word) >= FEWEST_LETTERS for word in wanted):
        return []
    beginnings = [f" {word}" for word in wanted]
    every = _all_actions(user.roles, tuple(_pipelines()))
    meant = islice((action for label, action in every if all(one in label for one in beginnings)), ACTIONS_SHOWN)
    return [
        Row(
            _icon(a.icon, request.script_root),
            address(a.endpoint, **a.values),
            in_bold(a.name, words),
            in_dialog=a.in_dialog,
        )
        for a in meant
    ]


@lru_cache(100)
def _all_actions(roles: frozenset[str], pipelines: tuple[tuple[str, str], ...]) -> list[tuple[str, Action]]:
    """What somebody with these roles may do, each with its words, a space before every one."""
    user, found = User(roles=roles), []
    if user.works_deals:
        for name in ("deal", "lead", "customer"):
            found.append(Action(f"New {name}", "plus", f"{name}s.new", {}, True))
    for name, slug in pipelines:
        found.append(Action(f"Go to {name}", "board", "boards.show", {"slug": slug}))
    for name, icon, endpoint in goals(user):
        found.append(Action(f"Go to {name}", icon, endpoint, {}))
    found.append(Action("Go to Notifications", "bell", "notifications.index", {}))
    found.append(Action("Go to Help", "info", "help.index", {}))
    found.append(Action("Go to My settings", "settings", "people.me", {}))
    return [(_label(action.name), action) for action in found]


def _label(name: str) -> str:
    return "".join(f" {word}" for word in plain(name).split() if word not in CONNECTING)


@prepared
def _pipelines():
    return Pipeline.select(Pipeline.name, Pipeline.slug).order_by(Pipeline.position).tuples()
