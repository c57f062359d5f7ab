"""How the page that asked shows a record after a step: each feature says it for its own records."""

from collections.abc import Callable

from carmanana.core.db import Record
from carmanana.web.fragments import htmx, page_behind

_changed: dict[type[Record], Callable] = {}
_again: dict[type[Record], Callable] = {}
_pages: dict[str, Callable] = {}


def answers(model: type[Record]):
    """Declares what answers a step that was taken: `changed(record, before, words, ...)`."""

    def declare(view):
        _changed[model] = view
        return view

    return declare


def shown_again(model: type[Record]):
    """Declares what shows a record as it stands now, where a step was not taken."""

    def declare(view):
        _again[model] = view
        return view

    return declare


def changed(record: Record, *about, **more):
    return _changed[type(record)](record, *about, **more)


def as_it_stands(record: Record, *parts: str, status: int):
    """The record where the page shows it, with what is said beside; None where it does not."""
    view = _again.get(type(record))
    return view(record, *parts, status=status) if view else None


def answers_on(path: str):
    """Declares what answers any step that was taken from pages whose address begins so: `again(words, undo)`."""

    def declare(view):
        _pages[path] = view
        return view

    return declare


def page_again(said: str, undo: Record | None = None):
    """The page that the step was taken from, where it shows itself again; else None."""
    path = page_behind().path if htmx else ""
    view = next((view for begins, view in _pages.items() if path == begins or path.startswith(f"{begins}/")), None)
    return view(said, undo) if view else None
