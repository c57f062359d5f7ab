"""Which records a step is for: picked one by one, or all that a filter finds; never more than somebody may see."""

from dataclasses import dataclass, field
from typing import NamedTuple

from peewee import fn

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
    """What tells a deal from others of another sort, and the version that it was seen in: thousands are read at once."""

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

    def deals(self, by: User) -> list[Seen]:
        _refuse_too_many(len(self.versions))
        model = self.model
        return _seen(model.select().where(model.id.in_(list(self.versions)) & model.visible(by)))

    def lines(self, deals: list[Seen]) -> list[tuple[int, int | None]]:
        """Those that are not to be found too: the report says so."""
        seen = {deal.id: deal.version for deal in deals}
        gone = [number for number in self.versions if number not in seen]
        return [(number, self.versions[number] or version) for number, version in seen.items()] + [
            (number, None) for number in gone
        ]


@dataclass(frozen=True)
class Found:
    """All open deals of a pipeline that a filter finds, or those of one column of its board."""

    pipeline: Pipeline
    scope: str = EVERY
    filter: Filter = field(default_factory=Filter)

    def deals(self, by: User) -> list[Seen]:
        deals = _seen(self.filter.apply(Deal.visible_to(by), by).where(Deal.pipeline == self.pipeline, self._column()))
        _refuse_too_many(len(deals))
        return deals

    def lines(self, deals: list[Seen]) -> list[tuple[int, int | None]]:
        return [(deal.id, deal.version) for deal in deals]

    def _column(self):
        if self.scope in RAIL:
            return Deal.state.in_(RAIL[self.scope][1])
        if self.scope == ANY_STATE:
            return Deal.state.is_null(False)
        if self.scope == EVERY:
            return Deal.state.in_(OPEN)
        return (Deal.state == ACTIVE) & (Deal.stage == int(self.scope.removeprefix("s")))


Chosen = Picked | Found


def _seen(records) -> list:
    """What a preview needs of each; of deals enough to ask for many of them at once."""
    if records.model is not Deal:
        return list(records.order_by(records.model.id).limit(MOST + 1))
    return _seen_deals(records)


def _seen_deals(deals) -> list[Seen]:
    """From the lowest card upwards: each is put on top of its new column, so that they stand there in their old order."""
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


def _refuse_too_many(number: int) -> None:
    if number > MOST:
        raise Refused([Refusal("too_many", f"That is more than {MOST:,} deals. Filter them further, then go on.")])
