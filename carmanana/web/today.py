"""The sections of Today. A feature registers its own: what it asks for (one question), for whom, and how a row looks
and acts. The page, its counts and the whole list of a section ask the same question."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from carmanana.records.people import User
from carmanana.today.rows import Due, Found
from carmanana.today.telling import Row, told

DIALOG, POST, LINK = "dialog", "post", "link"


@dataclass(frozen=True)
class Act:
    """What a row offers to do, in place: a dialog, a step that asks nothing, or a link. With an icon alone it is small.
    What `keeps` is kept on a phone without a signal."""

    label: str
    url: str
    icon: str = ""
    way: str = DIALOG
    bare: bool = False
    primary: bool = False
    keeps: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Duty:
    """A row as it is drawn. `when` is the moment or the day that it is about, or words."""

    when: datetime | date | str | None
    who: str
    url: str
    sub: str = ""
    what: str = ""
    acts: tuple[Act, ...] = ()
    since: bool = False
    person: User | None = None


@dataclass(frozen=True)
class Section:
    """`place` orders the sections; `find` is the question, for a person, so many and from where; `draw` makes rows of
    what it finds. `all_url` leads to the whole list, where it is not Today's own. What is `quiet` is not shown while it
    is empty, what does not count tells of rows that other sections have; `first` says whose page it is high up on."""

    key: str
    title: str
    icon: str
    place: int
    shown: Callable[[User], bool]
    find: Callable[[User, int, int], Found]
    draw: Callable[[Any, User], Duty]
    empty: str = "Nothing to do here"
    all_url: Callable[[User], str] | None = None
    acts: Callable[[User], Iterable[Act]] = lambda by: ()
    quiet: bool = False
    counts: bool = True
    first: Callable[[User], bool] = lambda by: False


@dataclass(frozen=True)
class Shown:
    """A section as one person sees it now."""

    section: Section
    duties: list[Duty]
    many: int
    most: int
    acts: list[Act]
    url: str = ""

    @property
    def uncounted(self) -> bool:
        """There are more than were counted."""
        return self.many > self.most

    @property
    def more(self) -> bool:
        return self.many > len(self.duties)


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    _sections.update({section.key: section for section in sections})


def sections_of(by: User) -> list[Section]:
    shown = [one for one in _sections.values() if one.shown(by)]
    return sorted(shown, key=lambda one: 9 if one.first(by) else one.place)


def section_of(by: User, key: str) -> Section | None:
    section = _sections.get(key)
    return section if section and section.shown(by) else None


def show(sections: Iterable[Section], by: User, limit: int, offset: int = 0) -> list[Shown]:
    """What the rows of all of them show is asked once."""
    found = [(section, section.find(by, limit, offset)) for section in sections]
    rows = told(row for _, one in found for row in one.rows if type(row) is Due)
    return [_shown(section, one, rows, by) for section, one in found]


def _shown(section: Section, found: Found, rows: dict[Due, Row], by: User) -> Shown:
    url = section.all_url(by) if section.all_url else ""
    drawn = [section.draw(rows[row] if type(row) is Due else row, by) for row in found.rows]
    return Shown(section, drawn, found.many, found.most, list(section.acts(by)), url)
