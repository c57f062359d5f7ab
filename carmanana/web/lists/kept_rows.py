"""Rows that have been drawn are kept in memory, each by all that it shows; a row that shows something else is another
row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import request
from markupsafe import Markup
from peewee import Model

from carmanana.boards.cache import CARDS
from carmanana.web.filters import locale, today, zone
from carmanana.web.fragment_cache import for_anybody, for_this_browser


@dataclass(frozen=True)
class Kept:
    """How the rows of a list are kept. `shows` is everything that the cells of a row tell, given (row, seen); the day,
    the zone and the language go without saying; `alike` is what the rows of a page depend on together. `fill` puts what is of
    this page or this minute into the places that the cells leave for it, given (html, row, shown)."""

    shows: Callable[[Any, Any], tuple]
    fill: Callable[[str, Any, Any], str] = lambda html, row, shown: html
    alike: Callable[[], tuple] = tuple


def every_field(record: Model) -> Iterable:
    """All that its own row of the database says."""
    return record.__data__.values()


def drawn(shown, row, macro: Callable[..., str]) -> Markup:
    kept, picked = shown.list.kept, () if shown.list.as_rows or shown.list.own_row else (shown.kinds,)
    if kept is None:
        return macro(row, shown.seen, *picked)
    looked_up = [column.value(row) for column in shown.columns if column.looked_up]
    key = (*shown.look, *kept.shows(row, shown.seen), *looked_up)
    html = CARDS.get(key) or CARDS.put(key, for_anybody(lambda: str(macro(row, shown.seen, *picked))))
    return for_this_browser(kept.fill(html, row, shown))


def look_of(shown) -> tuple:
    """What all rows of a page depend on."""
    columns = tuple(column.key for column in shown.columns)
    kept = shown.list.kept
    place = today(), zone(), locale(), request.script_root
    return shown.list.name, columns, bool(shown.kinds), *place, *(kept.alike() if kept else ())
