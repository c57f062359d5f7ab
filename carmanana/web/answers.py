"""How the page that asked shows a record after a step: each feature says it for its own records."""

from collections.abc import Callable

from carmanana.core.db import Record

_changed: dict[type[Record], Callable] = {}
_again: dict[type[Record], Callable] = {}


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
