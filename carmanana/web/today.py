"""The sections of Today. A feature registers its own: what it asks for (one question), for whom, and how a row looks
and acts. The page, its counts and the whole list of a section ask the same question."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from carmanana.core.limits import AT_A_GLANCE
from carmanana.records.people import User
from carmanana.today.rows import FEW, Due, Found
from carmanana.today.telling import Row, told
from carmanana.web.today_rows import DIALOG, rows_of

ENOUGH = 28  # rows and heads of sections that fill two screens


class Act(NamedTuple):
    """What a row offers to do, in place: a dialog, a step that asks nothing, or a link. With an icon alone it is small.
    What `keeps` is kept on a phone without a signal."""

    label: str
    url: str
    icon: str = ""
    way: str = DIALOG
    bare: bool = False
    primary: bool = False
    keeps: bool = False
    values: Mapping[str, Any] = {}


class Duty(NamedTuple):
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


@dataclass
class Shown:
    """A section as one person sees it now."""

    section: Section
    duties: list[Duty]
    many: int
    most: int
    acts: list[Act]
    url: str = ""

    @cached_property
    def rows(self) -> Markup:
        return rows_of(self.duties)

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
    return _drawn([(section, section.find(by, limit, offset)) for section in sections], by)


def show_first(sections: list[Section], by: User) -> tuple[list[Shown], list[Section]]:
    """The sections that fill two screens, and those below, which are found when they come into view; but all of them
    while no more is to do than is counted at a glance."""
    found: list[tuple[Section, Found]] = []
    lines = to_do = 0
    for section in sections:
        if lines >= ENOUGH and to_do > AT_A_GLANCE:
            break
        one = section.find(by, FEW, 0)
        found.append((section, one))
        lines += bool(one or not section.quiet) + (len(one.rows) or not section.quiet)
        to_do += one.many if section.counts else 0
    return _drawn(found, by), sections[len(found) :]


def _drawn(found: list[tuple[Section, Found]], by: User) -> list[Shown]:
    """What the rows of all of them show is asked once."""
    rows = told(row for _, one in found for row in one.rows if type(row) is Due)
    return [_shown(section, one, rows, by) for section, one in found]


def _shown(section: Section, found: Found, rows: dict[Due, Row], by: User) -> Shown:
    url = section.all_url(by) if section.all_url else ""
    drawn = [section.draw(rows[row] if type(row) is Due else row, by) for row in found.rows]
    return Shown(section, drawn, found.many, found.most, list(section.acts(by)), url)
