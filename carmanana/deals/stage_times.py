"""How long a deal has stood in each stage, from the record of its steps. Days on hold, under review or ended do not count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from carmanana import clock
from carmanana.audit import Event

from .models import ACTIVE, Deal, Stage


@dataclass(frozen=True)
class StageTime:
    stage: Stage
    days: int

    @property
    def over(self) -> bool:
        return self.days > self.stage.ageing_days


def stage_times(deal: Deal, stages: Iterable[Stage], events: list[Event]) -> list[StageTime]:
    """In the order of the stages; those in which it stood for less than a day are left out."""
    times = _times(deal, events, clock.now())
    return [StageTime(stage, times[stage.id].days) for stage in stages if times[stage.id].days]


def _times(deal: Deal, events: list[Event], now: datetime) -> dict[int, timedelta]:
    times: dict[int, timedelta] = defaultdict(timedelta)
    stage, state, since = _first_stage(deal, events), "", now
    for event in events:
        if state == ACTIVE:
            times[stage] += event.at - since
        stage, state, since = event.data.get("to_stage", stage), event.became or state, event.at
    if state == ACTIVE:
        times[stage] += now - since
    return times


def _first_stage(deal: Deal, events: list[Event]) -> int:
    """As it was taken; an import tells no stage, and is followed by where the deal went from."""
    known = (event.data.get("from_stage") or (event.verb == "take" and event.data.get("stage")) for event in events)
    return next((stage for stage in known if stage), deal.stage_id)
