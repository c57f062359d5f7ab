"""How long a deal has stood in each stage, from the record of its steps. Days on hold, under review or ended do not
count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage


@dataclass(frozen=True)
class StageTime:
    stage: Stage
    days: int

    @property
    def over(self) -> bool:
        return self.days > self.stage.ageing_days


@dataclass
class Stay:
    """In one stage until another one, or until the deal is reopened. `before` is how long it had stood there already,
    where a step that led away was taken back; `left_by` the event that ended it."""

    stage: int
    before: timedelta = timedelta()
    stood: timedelta = timedelta()
    left_by: int | None = None

    @property
    def days(self) -> int:
        return (self.before + self.stood).days


def stage_times(stages: Iterable[Stage], stays: Iterable[Stay]) -> list[StageTime]:
    """In the order of the stages; those in which it stood for less than a day are left out."""
    times: dict[int, timedelta] = defaultdict(timedelta)
    for stay in stays:
        times[stay.stage] += stay.stood
    return [StageTime(stage, times[stage.id].days) for stage in stages if times[stage.id].days]


def stays_of(deal: Deal, events: list[Event]) -> list[Stay]:
    """One after the other, the last of them up to now."""
    stays, state, since = [Stay(_first_stage(deal, events))], "", clock.now()
    for event in events:
        if state == ACTIVE:
            stays[-1].stood += event.at - since
        _leave(stays, event)
        state, since = event.became or state, event.at
    if state == ACTIVE:
        stays[-1].stood += clock.now() - since
    return stays


def _leave(stays: list[Stay], event: Event) -> None:
    stage, stay = event.data.get("to_stage"), stays[-1]
    if stage is None and event.verb != "reopen":
        return
    stay.left_by = event.id
    back = stays[-2] if "undid" in event.data and len(stays) > 1 and stays[-2].stage == stage else None
    stays.append(Stay(stage or stay.stage, back.before + back.stood if back else timedelta()))


def _first_stage(deal: Deal, events: list[Event]) -> int:
    """As it was taken; an import tells no stage, and is followed by where the deal went from."""
    known = (event.data.get("from_stage") or (event.verb == "take" and event.data.get("stage")) for event in events)
    return next((stage for stage in known if stage), deal.stage_id)
