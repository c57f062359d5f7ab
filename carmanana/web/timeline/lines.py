"""The lines of a timeline as they are shown. Most have nothing but words, for which what stands around them is drawn
once (web/blanks.py)."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from types import SimpleNamespace

from flask import current_app, request
from markupsafe import Markup

from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.web.blanks import Blanked, Blanks
from carmanana.web.filters import time_tag
from carmanana.web.timeline import Entry

NOT_ALWAYS = ("beside", "summary", "objections", "by")


def lines(
    entries: Iterable[Entry],
    deal: Deal | None = None,
    letters: dict[int, Letter] | None = None,
    may_handle: Callable | None = None,
) -> Markup:
    """With the letters by the activity that logs them, and a deal where its last step may be undone."""
    drawn, prefix = [], request.script_root
    for entry in entries:
        letter = letters.get(entry.activity_id) if letters else None
        more = letter or entry.files or entry.undo
        drawn.append(_draw(entry, time_tag(entry.at), deal, letter, may_handle) if more else _in_words(entry, prefix))
    return Markup("".join(drawn))


def _in_words(entry: Entry, prefix: str) -> str:
    missing = tuple(name for name in NOT_ALWAYS if not getattr(entry, name))
    return _blanked(missing, prefix).fill(SimpleNamespace(**entry._asdict(), when=time_tag(entry.at)))


@lru_cache(50)
def _blanked(missing: tuple[str, ...], prefix: str) -> Blanked:
    blanks = Blanks(*missing, "files", "undo")
    return Blanked(_draw(blanks, blanks.when))


def _draw(
    entry: Entry | Blanks,
    when: Markup,
    deal: Deal | None = None,
    letter: Letter | None = None,
    may_handle: Callable | None = None,
) -> Markup:
    return current_app.jinja_env.get_template("deals/_line.html").module.line(entry, when, deal, letter, may_handle)
