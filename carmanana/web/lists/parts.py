"""What a list is described by: its columns, its filters, and how its cells are written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Expression, Node

from carmanana.records.people import User


@dataclass(frozen=True)
class Column:
    """`key` names the macro of the list's cells file that draws it. `value` is the same for a file: words, a number, a
    day; `beside` is it where it needs what was asked beside the rows too. `sort` is offered only where an index or the smallness of the set carries it; it may not be null in the
    database, so wrap it in COALESCE where it can be. `most_first` ones begin with their largest. `wide` columns are for
    desks; `always` ones can't be taken away; `edited` ones can be written in the cell, where the list says how
    (`Editing`). What `looked_up` ones say is asked for once they are shown, so that a row that is kept shows it."""

    key: str
    label: str
    value: Callable[[Any], Any] | None = None
    sort: Node | None = None
    number: bool = False
    most_first: bool = False
    wide: bool = False
    always: bool = False
    edited: bool = False
    looked_up: bool = False
    beside: Callable[[Any, Any], Any] | None = None

    @property
    def in_files(self) -> bool:
        return bool(self.value or self.beside)

    def told(self, row, shown):
        """In a file."""
        return self.value(row) if self.value else self.beside(row, shown.seen)


@dataclass(frozen=True)
class Editing:
    """Cells that are written in the list. `save` and `paste` are the endpoints; `may` says whether this row may be
    written, `version` what it stands at, and `text` what a cell is typed as."""

    save: str
    paste: str
    may: Callable[[Any, Any], bool]
    version: Callable[[Any], int]
    text: Callable[[Any, str], str]


@dataclass(frozen=True)
class Chip:
    """A filter that is on or off. `where` is its condition for a person, None: all rows. Some have an order of their
    own: `sort` names its column. `empty` is what the page says where it finds nothing. What a person finds by an
    `indexed` one is looked up by its own index, however much it is. It is counted as far as all of its list are, or
    `counted_to` so many."""

    key: str
    label: str
    where: Callable[[User], Expression | None] = lambda by: None
    icon: str = ""
    counted: bool = True
    shown: Callable[[User], bool] = lambda by: True
    sort: str = ""
    descending: bool = False
    empty: str = ""
    indexed: Callable[[User], bool] = lambda by: False
    counted_to: int = 0


@dataclass(frozen=True)
class Choice:
    """A filter that is one of several, as a select: code → words, and the condition for a code. `counted`: its menu
    says how many rows each would leave (web/lists/counts.py). What a person finds by an `indexed` one is looked up by
    an index of its own."""

    key: str
    label: str
    options: Callable[[User], Mapping[str, str]]
    where: Callable[[str, User], Expression]
    counted: bool = False
    indexed: Callable[[User], bool] = lambda by: False


class Offered(dict):
    """What there is to choose, by choice; looked for when it is asked for."""

    def __init__(self, choices: Iterable[Choice], by: User):
        super().__init__()
        self.choices, self.by = {choice.key: choice for choice in choices}, by

    def __missing__(self, key: str) -> Mapping[str, str]:
        return self.setdefault(key, self.choices[key].options(self.by))
