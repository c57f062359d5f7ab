"""Parts of many pages that are drawn once for all who would see the same, with a place for the token of whoever
looks."""

import secrets
from collections.abc import Callable, Iterable
from hashlib import blake2b

from flask import g, request
from markupsafe import Markup, escape

from carmanana.boards.cache import FRAGMENTS, RECORDS
from carmanana.core.cache import Cache
from carmanana.web.filters import locale, today, zone
from carmanana.web.http.tokens import page_token

MARK = f"\0{secrets.token_hex(8)}\0"  # before and after the name of what is put in at each look; nobody can type it
TOKEN, ONCE, LOCAL_TIME, WAITING = (f"{MARK}{name}{MARK}" for name in ("token", "once", "local time", "waiting"))


def piece(
    key: tuple, draw: Callable[[], str], cache: Cache = FRAGMENTS, places: dict[str, str] | None = None
) -> Markup:
    """Drawn once for all who ask with this key; within another one it is left as it is kept."""
    within = g.get("for_anybody", False)
    html = cache.get(key) or cache.put(key, for_anybody(draw))
    return Markup(html) if within else for_this_browser(html, places)


def kept(
    name: str, read: Iterable[str], beside: tuple, draw: Callable[[], str], places: dict[str, str] | None = None
) -> Markup:
    """A part of a record's page, kept by what it was drawn of: the texts that `ask_together` has read, what depends on
    who looks and how the record stands (`beside`), and the day, the zone and the marks that it is written with. No
    one tells it of changes. `places` is put in at each look."""
    mark = blake2b("\0".join(read).encode(), digest_size=20).digest()
    return piece((name, mark, *beside, today(), zone(), locale(), request.script_root), draw, RECORDS, places)


def for_anybody(draw: Callable[[], str]) -> str:
    """What is drawn, with places for what each browser and each form has for itself."""
    within, g.for_anybody = g.get("for_anybody", False), True
    try:
        return draw().replace(page_token(), TOKEN)
    finally:
        g.for_anybody = within


def for_this_browser(html: str, places: dict[str, str] | None = None) -> Markup:
    """Every second part of what is kept is the name of what comes in its place."""
    if "\0" not in html:  # one letter is found at once, a word only slowly
        return Markup(html)
    parts = html.split(MARK)
    for place in range(1, len(parts), 2):
        parts[place] = _put_in(parts[place], places)
    return Markup("".join(parts))


def _put_in(name: str, places: dict[str, str] | None) -> str:
    if name == "token":
        return page_token()
    return secrets.token_urlsafe(12) if name == "once" else escape(places[name])


def one_time_key() -> str:
    """Of a form that makes something once, however often it is sent."""
    return ONCE if g.get("for_anybody") else secrets.token_urlsafe(12)


def sent_to_this_browser(html: bytes) -> bytes:
    """As it is sent: of what is large, with no other places than for the token."""
    return html.replace(TOKEN.encode(), page_token().encode()) if b"\0" in html else html
