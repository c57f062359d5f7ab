"""What has been drawn is kept in memory; what was longest without use goes first."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

TOKEN = "\0token\0"  # where the token of whoever looks comes

SHELVES: list["Shelf"] = []


class Shelf:
    """By keys that hold everything the drawn thing depends on; several threads may put and take."""

    def __init__(self, most: int):
        self.most, self.kept, self._lock = most, OrderedDict(), Lock()
        SHELVES.append(self)

    def get(self, key):
        with self._lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key, drawn):
        with self._lock:
            self.kept[key] = drawn
            self.kept.move_to_end(key)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return drawn

    def clear(self) -> None:
        with self._lock:
            self.kept.clear()


def clear_all() -> None:
    """What was drawn of one database is not true of another."""
    for shelf in SHELVES:
        shelf.clear()


PIECES = Shelf(2_000)


def piece(key: tuple, draw: Callable[[], str]) -> Markup:
    """A part of many pages, drawn once for all who ask with this key."""
    html = PIECES.get(key) or PIECES.put(key, draw().replace(generate_csrf(), TOKEN))
    return for_this_browser(html)


def for_this_browser(html: str) -> Markup:
    return Markup(html.replace(TOKEN, generate_csrf()) if TOKEN in html else html)
