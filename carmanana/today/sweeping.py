"""Sweeping what is nobody's: many are claimed or given out at once, each by its own rules (SOP 1, section E)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from carmanana.core.db import Record, Stale
from carmanana.core.workflow import Forbidden, Refused, Workflow
from carmanana.deals.lifecycle import order
from carmanana.leads.lifecycle import inquiry
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User

MOST = 200
MACHINES: dict[type[Record], Workflow] = {Deal: order, Lead: inquiry}


@dataclass
class Report:
    """How many it was done with, and why the others stayed."""

    done: int = 0
    left: list[str] = field(default_factory=list)


def fire_each(model: type[Record], ids: Iterable[int], trigger: str, by: User, **given) -> Report:
    """What one of them refuses holds up no other."""
    report = Report()
    for record in model.visible_to(by).where(model.id.in_(list(ids)[:MOST])).order_by(model.id):
        try:
            MACHINES[model].fire(record, trigger, by, **given)
            report.done += 1
        except Refused as refused:
            report.left.append(refused.refusals[0].sentence)
        except Forbidden:
            report.left.append("It is not yours to do.")
        except Stale:
            report.left.append("Somebody changed it at the same moment.")
    return report
