"""Walking through a pipeline's deals in an order: pages of them, and what stands before and after one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import chain
from operator import and_
from typing import NamedTuple

from peewee import SQL, Field, Node, fn

from carmanana.boards.deal_filter import Filter, Later, filled, places_of
from carmanana.boards.filtered import Found, Row, look_for
from carmanana.core.db import database
from carmanana.records.deal_codes import OPEN
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline


class Group(NamedTuple):
    """The deals of one stage or of one owner, `value` of the column, which all have the same mark."""

    value: int | None
    mark: str | int


@dataclass(frozen=True, eq=False)
class Way:
    """`mark` is what deals are sorted by and never NULL; ties stand by their id. Where it is the same for all deals
    with the same value of the column `by`, `groups` tells which groups of a state a walk passes first; None: all of
    them. `of_row` is the mark of a deal that a filter found."""

    states: tuple[str, ...]
    mark: Node
    backwards: bool = False
    within: Node | None = None
    by: Field | None = None
    of_row: Callable[[Row], str | int] | None = None
    groups: Callable[["Walk", int, Deal | None], dict[str, list[Group]] | None] = lambda walk, most, after: None


@dataclass(frozen=True)
class Place:
    """Where a deal stands in a walk, from 1, and the ids of its neighbours."""

    number: int
    total: int
    previous: int | None
    next: int | None


@dataclass
class Walk:
    """`found` is what the filter finds, where that has been looked for. `whole`: of what a text finds, no matter how
    much, instead of the newest."""

    pipeline: Pipeline
    user: User
    filter: Filter
    way: Way
    found: Found | None = None
    whole: bool = False

    def ids(self, most: int, after: Deal | None = None) -> list[int]:
        """The first, or the next ones after a deal."""
        known = self._known()
        if known is not None and self.way.of_row:
            return self._in_order(known, most, after)
        given = self.filter.given(self.user) | {"after": after.id if after else 0}
        groups = self._groups(most, after) if known is None else None
        asked = self.user, self.user.roles, self.pipeline, self.filter, self.way, most, after is not None, tuple(given)
        if known is not None:
            text, values = _sorted_written(*asked[4:])
            text = text.replace(KNOWN, ", ".join(str(row.id) for row in known))
        elif groups is not None:
            text, values = self._of_groups(groups, most, asked)
        else:
            text, values = _written(*asked)
        return [number for (number,) in database.execute_sql(text, filled(values, given)).fetchall()]

    def _known(self) -> list[Row] | None:
        """Where a text is asked for, or few deals are found, these are put in order."""
        if self.whole:
            return None
        if self.found is None and self.filter.text:
            self.found = look_for(self.pipeline, self.user, self.filter, states_with_open(self.way.states), ())
        if self.found is None or not self.found.cut and self.found.states_over.intersection(self.way.states):
            return None
        return [row for row in self.found.rows if row.state in self.way.states]

    def _in_order(self, rows: list[Row], most: int, after: Deal | None) -> list[int]:
        marks = [(self.way.of_row(row), row.id) for row in rows]
        here = next((mark for mark in marks if after and mark[1] == after.id), None)
        if here is not None:
            marks = [mark for mark in marks if (mark < here if self.way.backwards else mark > here)]
        return [number for _, number in sorted(marks, reverse=self.way.backwards)[:most]]

    def _groups(self, most: int, after: Deal | None) -> dict[str, list[Group]] | None:
        """None too where they are too many for one query."""
        groups = self.way.groups(self, most, after)
        return groups if groups is not None and sum(map(len, groups.values())) <= MOST_PARTS else None

    def _of_groups(self, groups: dict[str, list[Group]], most: int, asked: tuple) -> tuple[str, list]:
        """Each group of each state is walked along the index of its column, and the walks are merged."""
        parts = []
        for state, some in groups.items():
            text, values = _group_written(*asked, state)
            for group in some:
                places = {"value": group.value, "mark": group.mark}
                parts.append((text, [places.get(one, one) if type(one) is Later else one for one in values]))
        return _merged(parts, self.way.backwards, most)

    def place_of(self, deal: Deal) -> Place | None:
        """In one query; None where it is not among these deals. The count of those ahead runs along the order's own
        index."""
        ahead = self.deals().where(self._beyond(deal.id, not self.way.backwards))
        counts = [
            deals.select(fn.COUNT(Deal.id)).sql()
            for deals in (self.deals().where(Deal.id == deal.id), ahead, self.deals())
        ]
        beside = [self._ids(backwards, 1, deal.id) for backwards in (not self.way.backwards, self.way.backwards)]
        texts, given = zip(*counts, *beside, strict=True)
        sql = f"SELECT {', '.join(f'({text})' for text in texts)}"
        here, number, *others = database.execute_sql(sql, list(chain.from_iterable(given))).fetchone()
        return Place(number + 1, *others) if here else None

    def _ids(self, backwards: bool, most: int, beyond: int | None, given: dict | None = None) -> tuple[str, list]:
        """Each state is walked along its own index, and the walks are merged."""
        states = (self._one(state, backwards, most, beyond, given).sql() for state in self.way.states)
        return _merged(list(states), backwards, most)

    def _one(self, state: str, backwards: bool, most: int, beyond: int | None, given: dict | None = None):
        deals = self.deals(state, given=given)
        if beyond is not None:
            deals = deals.where(self._beyond(beyond, backwards))
        order = (self.way.mark.desc(), Deal.id.desc()) if backwards else (self.way.mark.asc(), Deal.id.asc())
        return deals.select(Deal.id, self.way.mark.alias("mark")).order_by(*order).limit(most)

    def deals(self, *states: str, given: dict | None = None):
        chosen = [Deal.pipeline == self.pipeline, Deal.visible(self.user)]
        states = states or self.way.states
        chosen.append(Deal.state == states[0] if len(states) == 1 else Deal.state.in_(states))
        if self.way.within is not None:
            chosen.append(self.way.within)
        alone = states[0] if len(states) == 1 else ""
        conditions = self.filter.conditions(self.user, alone, given=given)
        return Deal.select(Deal.id).where(*conditions, reduce(and_, chosen))

    def _beyond(self, after: int, backwards: bool) -> Node:
        return _behind(self.way.mark, self._mark_of(after), after, backwards)

    def _mark_of(self, deal_id: int) -> SQL:
        """As the database has it, for that is what it compares with."""
        text, given = Deal.select(self.way.mark).where(Deal.id == SQL("?", [deal_id])).sql()
        return SQL(f"({text})", given)


KNOWN = "/* known */"
MOST_PARTS = 400  # of one query; SQLite takes 500


def states_with_open(states: tuple[str, ...]) -> tuple[str, ...]:
    """Those that a list of some states looks for: its head sums up the open ones."""
    return tuple(dict.fromkeys((*OPEN, *states)))


def _behind(mark: Node, here: Node, after: int, backwards: bool) -> Node:
    number = SQL("?", [after])
    if backwards:
        return (mark <= here) & ((mark < here) | (Deal.id < number))
    return (mark >= here) & ((mark > here) | (Deal.id > number))


def _merged(parts: list[tuple[str, list]], backwards: bool, most: int) -> tuple[str, list]:
    turn = "DESC" if backwards else "ASC"
    merged = " UNION ALL ".join(f"SELECT * FROM ({text})" for text, _ in parts) or "SELECT 0 AS id, 0 AS mark WHERE 0"
    given = list(chain.from_iterable(values for _, values in parts))
    return f"SELECT id FROM ({merged}) ORDER BY mark {turn}, id {turn} LIMIT {most}", given


# writing a query takes longer than running it; it is the same for a person until their roles change


@lru_cache(500)
def _written(user: User, roles, pipeline: Pipeline, chosen: Filter, way: Way, most: int, goes_on: bool, names: tuple):
    places = places_of(dict.fromkeys(names, ""))
    walk = Walk(pipeline, user, chosen, way)
    return walk._ids(way.backwards, most, places["after"] if goes_on else None, places)


@lru_cache(500)
def _sorted_written(way: Way, most: int, goes_on: bool, names: tuple) -> tuple[str, list]:
    deals = Deal.select(Deal.id, way.mark.alias("mark")).where(Deal.id.in_(SQL(f"({KNOWN})")))
    if goes_on:
        walk = Walk(None, None, None, way)
        deals = deals.where(walk._beyond(Later("after"), way.backwards))
    return _merged([deals.sql()], way.backwards, most)


@lru_cache(500)
def _group_written(
    user: User, roles, pipeline: Pipeline, chosen: Filter, way: Way, most: int, goes_on: bool, names: tuple, state: str
) -> tuple[str, list]:
    """Of any group, in the order of ids."""
    places = places_of(dict.fromkeys((*names, "value", "mark"), ""))
    mark = SQL("?", [places["mark"]])
    deals = Walk(pipeline, user, chosen, replace(way, mark=mark)).deals(state, given=places)
    deals = deals.where(SQL(f"{way.by.column_name} IS ?", [places["value"]]))
    if goes_on:
        here = Walk(pipeline, user, chosen, way)._mark_of(places["after"])
        deals = deals.where(_behind(mark, here, places["after"], way.backwards))
    return (
        deals.select(Deal.id, mark.alias("mark"))
        .order_by(Deal.id.desc() if way.backwards else Deal.id.asc())
        .limit(most)
        .sql()
    )
