"""The deals that a filter lets through, looked for once: what stands over the columns of a board, and its cards.

They are looked for state by state, or stage by stage where the filter is about the time in one. Where there are many,
they are only counted, along an index. What a text finds is looked for at once, the newest first."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from peewee import JOIN, SQL, NodeList, Select

from carmanana.boards.cache import FOUND
from carmanana.boards.deal_filter import HELD_UNTIL, NEXT_DUE_AT, Filter, Later, aged_before, aged_in, filled, places_of
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOST, ON_HOLD, STATES, WON
from carmanana.records.deals import Deal
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.records.search import SearchOrder
from carmanana.schema.sqlite import unindexed

FEW = 250  # deals of a stage that are looked at one by one
ENDED_BADLY = (LOST, CANCELLED)
HOUSE = "SELECT 'house', 0, 0, '', '', '', '', '', '', 0, currency FROM house"


class Row(NamedTuple):
    """A deal, as far as its column and the sums over it go; moments are as they are stored."""

    state: str
    stage_id: int
    id: int
    position: int
    held_until: str | None
    next_due_at: str | None
    in_stage_since: str
    state_since: str
    won_at: str | None
    value_cents: int | None
    currency: str

    @property
    def place(self) -> tuple:
        """Where it stands in its column, before it is turned round."""
        if self.state == ACTIVE:
            return self.position, self.id
        if self.state == ON_HOLD:
            return self.held_until or "", self.id
        return (self.state == WON and self.won_at or self.state_since), self.id


FACTS = (
    Deal.state, Deal.stage, Deal.id, Deal.position, HELD_UNTIL, NEXT_DUE_AT, Deal.in_stage_since, Deal.state_since, Deal.won_at,
    Deal.value_cents, Deal.currency,
)  # fmt: skip


class Part(NamedTuple):
    """Of a state, or of one of its stages."""

    state: str
    stage_id: int | None = None


@dataclass
class Found:
    """`over` are the parts of which there are too many to be looked at: how many they are, by stage, as far as COUNTED
    of them go. `cut`: the text finds more than were looked at."""

    rows: list[Row]
    over: dict[tuple[str, int], int]
    currency: str
    cut: bool = False

    @cached_property
    def by_column(self) -> dict[str | int, list[Row]]:
        """By stage, or by the state that stands beside the stages."""
        columns = defaultdict(list)
        for row in self.rows:
            columns[row.stage_id if row.state == ACTIVE else row.state].append(row)
        return dict(columns)

    @property
    def states_over(self) -> set[str]:
        """Of which there may be more than the rows here."""
        if self.cut:
            return set(STATES)
        counted = Counter(row.state for row in self.rows)
        return {state for state, count in counted.items() if count > COUNTED} | {state for state, _ in self.over}

    def sums(self, user: User, stages: Iterable[Stage]) -> list[tuple]:
        """As the heads of a board want them: state, stage, and the sums of a row (boards/column_totals.py)."""
        sums = {(state, stage): [count, 0, 0, 0, 0, 0, 0] for (state, stage), count in self.over.items()}
        month, before = _stored(month_of(user)), dict(aged_before(stages))
        for row in self.rows:
            head = sums.setdefault((row.state, row.stage_id), [0] * 7)
            ours = row.currency == self.currency
            cents, other = (row.value_cents or 0) if ours else 0, row.value_cents is not None and not ours
            head[0], head[1], head[5] = head[0] + 1, head[1] + cents, head[5] + other
            head[4] += row.state == ACTIVE and row.in_stage_since <= before.get(row.stage_id, "")
            if row.state in ENDED_BADLY and row.state_since >= month:
                _add_to_month(head, cents, other)
            if row.won_at and row.won_at >= month:
                _add_to_month(sums.setdefault((WON, 0), [0] * 7), cents, other)
        return [(*key, *head, self.currency) for key, head in sums.items()]


def _add_to_month(head: list[int], cents: int, other: bool) -> None:
    head[2], head[3], head[6] = head[2] + 1, head[3] + cents, head[6] + other


def found_at(
    version: int | None, pipeline: Pipeline, user: User, chosen: Filter, states: tuple[str, ...], stages: list[Stage]
) -> Found:
    """What was found is kept until the next change (boards/change_log.py) and for a minute, for all who see the same;
    without a version it is looked for."""
    if version is None:
        return look_for(pipeline, user, chosen, states, stages)
    whose = user.id if chosen.mine or not user.sees_every_deal else None
    minute, seen = _stored(clock.now())[:16], (user.deal_sight, whose, user.timezone)
    key = version, minute, *seen, pipeline.id, chosen, states, tuple(stage.id for stage in stages)
    return FOUND.get(key) or FOUND.put(key, look_for(pipeline, user, chosen, states, stages))


def look_for(pipeline: Pipeline, user: User, chosen: Filter, states: tuple[str, ...], stages: Iterable[Stage]) -> Found:
    given = chosen.given(user)
    parts = tuple(_parts(chosen, states, stages))
    if chosen.text and not given["text"]:
        parts = ()
    shape = replace(chosen, text="?" if chosen.text else "")
    sql, values = _written(user, user.roles, pipeline, shape, parts, tuple(given))
    *rows, house = database.execute_sql(sql, filled(values, given)).fetchall()
    found = Found([], {}, house[-1])
    for row in rows:
        if row[3] is None:
            found.over[row[0], row[1]] = row[2]
        else:
            found.rows.append(Row._make(row))
    found.cut = bool(chosen.text) and len(found.rows) > COUNTED
    found.rows = found.rows[:COUNTED] if found.cut else found.rows
    return found


def _parts(chosen: Filter, states: tuple[str, ...], stages: Iterable[Stage]) -> Iterable[Part]:
    for state in chosen.among(states):
        yield from (Part(state, stage.id) for stage in stages) if chosen.aged else (Part(state),)


@lru_cache(500)
def _written(user: User, roles, pipeline: Pipeline, chosen: Filter, parts: tuple, names: tuple) -> tuple[str, list]:
    """Writing the query takes longer than running it; it is the same for a person until their roles change."""
    places = places_of(dict.fromkeys(names, ""))
    if chosen.text:
        queries = [_told(user, pipeline, chosen, parts, places).sql()] if parts else []
    else:
        queries = [query for part in parts for query in _of_part(user, pipeline, chosen, part, places)]
    texts = [f"SELECT * FROM ({text})" for text, _ in queries]
    return " UNION ALL ".join([*texts, HOUSE]), list(chain.from_iterable(given for _, given in queries))


def _told(user: User, pipeline: Pipeline, chosen: Filter, parts: tuple[Part, ...], places: dict[str, Later]) -> Select:
    """The index of words goes first, backwards, and stops when enough are found."""
    states = [part.state for part in parts]
    found = SearchOrder.select(*FACTS).join(Deal, JOIN.CROSS)
    asked = (Deal.id == SearchOrder.id) & SearchOrder.tells(places["text"]) & Deal.visible(user)
    asked &= (unindexed(Deal.pipeline) == pipeline.id) & unindexed(Deal.state).in_(states)
    if not user.sees_every_deal:
        asked &= (SearchOrder.id + 0).in_(_seen(user, pipeline, states))
    conditions = replace(chosen, text="").conditions(user, given=places)
    return found.where(asked, *conditions).order_by(SearchOrder.id.desc()).limit(COUNTED + 1)


def _seen(user: User, pipeline: Pipeline, states: list[str]) -> Select:
    """The deals of who sees a few, each kind of them along its index."""
    here = Deal.select(Deal.id).where(Deal.pipeline == pipeline, Deal.state.in_(states))
    seen = here.where(Deal.owner == user) | Deal.select(Deal.id).where(Deal.retention == user)
    if user.deal_sight == "unowned":
        seen = seen | here.where(Deal.owner.is_null()) | here.where(Deal.owner == HOUSE_ID)
    return seen


def _of_part(user: User, pipeline: Pipeline, chosen: Filter, part: Part, places: dict[str, Later]):
    """Its rows where they are few; else how many there are, by stage. Of one owner there are few."""
    asked = [Deal.state == part.state, chosen.on(Deal.pipeline, pipeline.id), Deal.visible(user)]
    if part.stage_id is None:
        asked += chosen.conditions(user, part.state, by_due=True, given=places)
    else:
        asked += [aged_in(part.stage_id, places), *replace(chosen, aged=False).conditions(user, ACTIVE, given=places)]
    many = _many(part, asked)
    counts = [_count(part, asked, many)]
    if chosen.of_one:
        many, counts = SQL("0"), []
    return [Deal.select(*FACTS).where(*asked, NodeList((SQL("NOT"), many))).limit(COUNTED + 1).sql(), *counts]


def _many(part: Part, asked: list) -> NodeList:
    """Are there more than are looked at one by one?"""
    few = COUNTED if part.stage_id is None else FEW
    sql, given = Deal.select(SQL("1")).where(*asked).limit(1).offset(few).sql()
    return SQL(f"EXISTS ({sql})", given)


def _count(part: Part, asked: list, many: SQL) -> tuple[str, list]:
    """Active deals are counted by stage; of another state it is enough that there are many."""
    nothing, (gate, given) = "NULL, '', '', '', '', '', 0, ''", (many.sql, list(many.params))
    if part.state != ACTIVE:
        return f"SELECT '{part.state}', 0, {COUNTED + 1}, {nothing} WHERE {gate}", given
    if part.stage_id is not None:
        sql, values = Deal.select(SQL("1")).where(*asked).limit(COUNTED + 1).sql()
        return (
            f"SELECT '{ACTIVE}', {part.stage_id:d}, (SELECT COUNT(*) FROM ({sql})), {nothing} WHERE {gate}",
            values + given,
        )
    sql, values = Deal.select(Deal.stage.alias("stage")).where(*asked).limit(COUNTED + 1).sql()
    return f"SELECT '{ACTIVE}', stage, COUNT(*), {nothing} FROM ({sql}) WHERE {gate} GROUP BY 2", values + given


def month_of(user: User) -> datetime:
    return clock.start_of_day(clock.today(user.timezone).replace(day=1), user.timezone)


_stored = Deal.created_at.db_value
