"""Which records a step is for: picked one by one, or all that a filter finds; never more than somebody may see."""

from dataclasses import dataclass
from typing import NamedTuple

from peewee import Select, fn

from carmanana.boards.board import RAIL
from carmanana.boards.deal_filter import Filter
from carmanana.core.db import Record
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.deal_codes import ACTIVE, LIVE, OPEN
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline

MOST = 5_000
EVERY, ANY_STATE = "open", "all"


class Seen(NamedTuple):
    """What tells a deal from others of another sort, and the version that it was seen in: thousands are read at
    once."""

    id: int
    version: int
    state: str
    pipeline_id: int
    stage_id: int
    owner_id: int | None
    retention_id: int | None
    worth: bool
    agreed: bool
    vehicle: bool
    flagged: bool
    live: bool


@dataclass(frozen=True)
class Picked:
    """Records by number, each with the version that it was seen in, where that is known."""

    versions: dict[int, int | None]
    model: type[Record] = Deal

    def records(self, by: User) -> list:
        _refuse_too_many(len(self.versions), self.model)
        model = self.model
        return _seen(model.select().where(model.id.in_(list(self.versions)) & model.visible(by)))

    def lines(self, records: list) -> list[tuple[int, int | None]]:
        """Those that are not to be found too: the report says so."""
        seen = {one.id: one.version for one in records}
        gone = [number for number in self.versions if number not in seen]
        return [(number, self.versions[number] or version) for number, version in seen.items()] + [
            (number, None) for number in gone
        ]


@dataclass(frozen=True)
class Found:
    """All that a query finds, which holds what a person may see."""

    query: Select

    def records(self, by: User) -> list:
        found = _seen(self.query)
        _refuse_too_many(len(found), self.query.model)
        return found

    def lines(self, records: list) -> list[tuple[int, int | None]]:
        return [(one.id, one.version) for one in records]


Chosen = Picked | Found


def of_board(pipeline: Pipeline, scope: str, chosen: Filter, by: User) -> Found:
    """All open deals of a pipeline that a filter finds, or those of one column of its board."""
    return Found(chosen.apply(Deal.visible_to(by), by).where(Deal.pipeline == pipeline, _column(scope)))


def _column(scope: str):
    if scope in RAIL:
        return Deal.state.in_(RAIL[scope][1])
    if scope == ANY_STATE:
        return Deal.state.is_null(False)
    if scope == EVERY:
        return Deal.state.in_(OPEN)
    return (Deal.state == ACTIVE) & (Deal.stage == int(scope.removeprefix("s")))


def _seen(records: Select) -> list:
    """What a preview needs of each; of deals enough to ask for many of them at once."""
    if records.model is not Deal:
        return list(records.order_by(records.model.id).limit(MOST + 1))
    return _seen_deals(records)


def _seen_deals(deals) -> list[Seen]:
    """From the lowest card upwards: each is put on top of its new column, so that they stand there in their old
    order."""
    vehicle = fn.COALESCE(Deal.vehicle_year, "").concat(Deal.vehicle_make).concat(Deal.vehicle_model)
    there = (
        Deal.value_cents.is_null(False),
        Deal.agreement_on.is_null(False),
        vehicle != "",
        Deal.flagged_at.is_null(False),
        Deal.readiness == LIVE,
    )
    rows = deals.select(
        Deal.id, Deal.version, Deal.state, Deal.pipeline, Deal.stage, Deal.owner, Deal.retention, *there
    )
    return [Seen._make(row) for row in rows.order_by(Deal.position.desc(), Deal.id.desc()).limit(MOST + 1).tuples()]


def _refuse_too_many(number: int, model: type[Record]) -> None:
    if number > MOST:
        several = f"{MOST:,} {model._meta.table_name}s"
        raise Refused([Refusal("too_many", f"That is more than {several}. Filter them further, then go on.")])
