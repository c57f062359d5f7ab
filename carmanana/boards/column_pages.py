"""The first cards of a column, or the next ones below one, as queries for their ids."""

from dataclasses import replace
from functools import lru_cache

from peewee import Select, fn

from carmanana.boards.deal_filter import HELD_UNTIL, WON_AT, Filter, Later, aged_in, places_of
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline
from carmanana.schema.sqlite import literally

ANY_STAGE, ANY_LIMIT = -1, -2
STAGES = "stages"


def page(
    pipeline: Pipeline,
    user: User,
    chosen: Filter,
    key: str,
    states: tuple[str, ...],
    limit: int,
    given: dict | None = None,
    stage: int = ANY_STAGE,
) -> Select:
    """`key` is of the rail, or "" for a stage."""
    alone = states[0] if len(states) == 1 else ""
    given = chosen.given(user) if given is None else given
    asked = replace(chosen, aged=False) if chosen.aged and not key else chosen
    asked = asked.conditions(user, alone, by_due=key == "on_hold", given=given)
    if chosen.aged and not key:
        asked.append(aged_in(stage, given))
    deals = Deal.select(Deal.id).where(*asked, chosen.on(Deal.pipeline, pipeline.id) & Deal.visible(user))
    deals = deals.where(literally(Deal.state, *states))
    if key:
        return _in_rail_order(deals, key).limit(limit)
    return deals.where(chosen.on(Deal.stage, stage)).order_by(Deal.position, Deal.id).limit(limit)


@lru_cache(maxsize=1_000)
def page_written(
    user: User,
    roles: frozenset[str],
    pipeline: Pipeline,
    chosen: Filter,
    key: str,
    states: tuple,
    limit: int,
    names: tuple,
) -> tuple[str, list]:
    """Writing a query takes longer than running it; it is the same for a person until their roles change."""
    places = places_of(dict.fromkeys(names, ""))
    if key == STAGES:
        return _first_of_each_stage(pipeline, user, chosen, limit, places)
    return page(pipeline, user, chosen, key, states, limit, places).sql()


def _first_of_each_stage(
    pipeline: Pipeline, user: User, chosen: Filter, limit: int, given: dict[str, Later]
) -> tuple[str, list]:
    """In one look at all of them, which are few."""
    place = fn.ROW_NUMBER().over(partition_by=[Deal.stage], order_by=[Deal.position, Deal.id]).alias("place")
    deals = Deal.select(Deal.id, place).where(*chosen.conditions(user, ACTIVE, given=given), Deal.state == ACTIVE)
    sql, values = deals.where(chosen.on(Deal.pipeline, pipeline.id), Deal.visible(user)).sql()
    return f"SELECT id FROM ({sql}) WHERE place <= {limit:d}", values


def _in_rail_order(deals, key: str):
    if key == "on_hold":
        return deals.order_by(HELD_UNTIL, Deal.id)
    if key == "losing":
        return deals.order_by(Deal.state_since, Deal.id)
    return deals.order_by((WON_AT if key == "won" else Deal.state_since).desc(), Deal.id.desc())


def below(key: str, after: Deal):
    """The condition for cards that come after one in the order of its column."""
    if not key:
        return _later(Deal.position, after.position, after)
    if key == "on_hold":
        return _later(HELD_UNTIL, after.hold.follow_up_on.isoformat() if after.hold else "", after)
    if key == "losing":
        return _later(Deal.state_since, after.state_since, after)
    mark, since = (WON_AT, after.won_at or after.state_since) if key == "won" else (Deal.state_since, after.state_since)
    return (mark < Deal.state_since.db_value(since)) | (
        (mark == Deal.state_since.db_value(since)) & (Deal.id < after.id)
    )


def _later(by, mark, after: Deal):
    return (by > mark) | ((by == mark) & (Deal.id > after.id))
