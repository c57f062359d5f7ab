"""The steps of escalation as an admin sets them."""

from dataclasses import dataclass

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.escalation import DAYS, HOURS, UNITS, EscalationStep
from carmanana.records.people import CRM_ADMIN, User

MOST = {HOURS: 200, DAYS: 30}


@dataclass(frozen=True)
class Chosen:
    active: bool
    after: int | None
    unit: str


def steps() -> list[EscalationStep]:
    return list(EscalationStep.select().order_by(EscalationStep.id))


def settle(by: User, version: int, chosen: dict[int, Chosen]) -> None:
    """The version of the first step guards them all. What was told before is not told again, whatever they are now."""
    if not by.has(CRM_ADMIN):
        raise Forbidden("escalation")
    if refusals := [refusal for step_id, new in chosen.items() if (refusal := _wrong(step_id, new))]:
        raise Refused(refusals)
    with transaction():
        first, *rest = steps()
        if first.version != version:
            raise Stale(first)
        changed = [f"{step.subject}_{step.tells}" for step in (first, *rest) if _differs(step, chosen[step.id])]
        for step in (first, *rest):
            change(step, **vars(chosen[step.id]))
        audit.record("escalation", first, by, fields=changed)


def _differs(step: EscalationStep, new: Chosen) -> bool:
    return any(getattr(step, name) != value for name, value in vars(new).items())


def _wrong(step_id: int, new: Chosen) -> Refusal | None:
    if new.unit not in UNITS:
        return Refusal("unit", "Choose business hours or business days.", field=f"unit_{step_id}")
    if new.after is None or not 0 <= new.after <= MOST[new.unit]:
        return Refusal(
            "after", f"From 0, which is at once, to {MOST[new.unit]} {UNITS[new.unit]}.", field=f"after_{step_id}"
        )
    return None
