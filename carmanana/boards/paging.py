"""Walking through a pipeline's deals in an order: pages of them, and what stands before and after one."""

from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_

from peewee import SQL, Node, fn

from carmanana.boards.deal_filter import Filter
from carmanana.core.db import database
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline


@dataclass(frozen=True)
class Way:
    """`mark` is what deals are sorted by and never NULL; ties stand by their id."""

    states: tuple[str, ...]
    mark: Node
    backwards: bool = False
    within: Node | None = None


@dataclass(frozen=True)
class Place:
    """Where a deal stands in a walk, from 1, and the ids of its neighbours."""

    number: int
    total: int
    previous: int | None
    next: int | None


class Walk:
    def __init__(self, pipeline: Pipeline, user: User, chosen: Filter, way: Way):
        self.pipeline, self.user, self.filter, self.way = pipeline, user, chosen, way

    def ids(self, most: int, after: Deal | None = None) -> list[int]:
        """The first, or the next ones after a deal."""
        text, given = self._ids(self.way.backwards, most, after)
        return [number for (number,) in database.execute_sql(text, given).fetchall()]

    def place_of(self, deal: Deal) -> Place | None:
        """In one query; None where it is not among these deals. The count of those ahead runs along the order's own
        index."""
        ahead = self.deals().where(self._beyond(deal, not self.way.backwards))
        counts = [
            deals.select(fn.COUNT(Deal.id)).sql()
            for deals in (self.deals().where(Deal.id == deal.id), ahead, self.deals())
        ]
        beside = [self._ids(backwards, 1, deal) for backwards in (not self.way.backwards, self.way.backwards)]
        texts, given = zip(*counts, *beside, strict=True)
        sql = f"SELECT {', '.join(f'({text})' for text in texts)}"
        here, number, *others = database.execute_sql(sql, list(chain.from_iterable(given))).fetchone()
        return Place(number + 1, *others) if here else None

    def _ids(self, backwards: bool, most: int, beyond: Deal | None) -> tuple[str, list]:
        """Each state is walked along its own index, and the walks are merged."""
        turn = "DESC" if backwards else "ASC"
        texts, given = zip(*(self._one(state, backwards, most, beyond).sql() for state in self.way.states), strict=True)
        merged = " UNION ALL ".join(f"SELECT * FROM ({text})" for text in texts)
        return f"SELECT id FROM ({merged}) ORDER BY mark {turn}, id {turn} LIMIT {most}", list(
            chain.from_iterable(given)
        )

    def _one(self, state: str, backwards: bool, most: int, beyond: Deal | None):
        deals = self.deals(state)
        if beyond is not None:
            deals = deals.where(self._beyond(beyond, backwards))
        order = (self.way.mark.desc(), Deal.id.desc()) if backwards else (self.way.mark.asc(), Deal.id.asc())
        return deals.select(Deal.id, self.way.mark.alias("mark")).order_by(*order).limit(most)

    def deals(self, *states: str):
        chosen = [Deal.pipeline == self.pipeline, Deal.visible(self.user)]
        states = states or self.way.states
        chosen.append(Deal.state == states[0] if len(states) == 1 else Deal.state.in_(states))
        if self.way.within is not None:
            chosen.append(self.way.within)
        alone = states[0] if len(states) == 1 else ""
        return self.filter.apply(Deal.select(Deal.id), self.user, alone).where(reduce(and_, chosen))

    def _beyond(self, deal: Deal, backwards: bool) -> Node:
        mark, here = self.way.mark, self._mark_of(deal)
        if backwards:
            return (mark <= here) & ((mark < here) | (Deal.id < deal.id))
        return (mark >= here) & ((mark > here) | (Deal.id > deal.id))

    def _mark_of(self, deal: Deal) -> SQL:
        """As the database has it, for that is what it compares with."""
        text, given = Deal.select(self.way.mark).where(Deal.id == deal.id).sql()
        return SQL(f"({text})", given)
