"""Parts of many pages that are drawn once for all who would see the same, with a place for the token of whoever
looks."""

from collections.abc import Callable

from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from carmanana.boards.cache import FRAGMENTS

TOKEN = "\0token\0"


def piece(key: tuple, draw: Callable[[], str]) -> Markup:
    """Drawn once for all who ask with this key."""
    html = FRAGMENTS.get(key) or FRAGMENTS.put(key, draw().replace(generate_csrf(), TOKEN))
    return for_this_browser(html)


def for_this_browser(html: str) -> Markup:
    return Markup(html.replace(TOKEN, generate_csrf()) if TOKEN in html else html)
