"""The lines of a timeline as they are shown. Most of them never change, so that what has been drawn is kept in memory,
each by all that it shows and by what its time in words depends on: the day and the zone. No one tells it of changes."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from flask import current_app, request
from markupsafe import Markup

from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.web.filters import locale, today, zone
from carmanana.web.timeline import Entry

MOST = 5_000


def lines(
    entries: Iterable[Entry],
    deal: Deal | None = None,
    letters: dict[int, Letter] | None = None,
    may_handle: Callable | None = None,
) -> Markup:
    """With the letters by the activity that logs them, and a deal where its last step may be undone."""
    sight = today(), zone(), (request.script_root, locale())
    drawn = []
    for entry in entries:
        letter = letters.get(entry.activity_id) if letters else None
        drawn.append(
            _draw(entry, deal, letter, may_handle) if letter or entry.files or entry.undo else _kept(entry, *sight)
        )
    return Markup("".join(drawn))


@lru_cache(MOST)
def _kept(entry: Entry, day: date, in_zone: str, place: tuple) -> Markup:
    return _draw(entry)


def _draw(
    entry: Entry, deal: Deal | None = None, letter: Letter | None = None, may_handle: Callable | None = None
) -> Markup:
    return current_app.jinja_env.get_template("deals/_line.html").module.line(entry, deal, letter, may_handle)
