"""The same step for several leads: each by itself, so that what one refuses holds up no other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from carmanana.core.workflow import Forbidden, Refused
from carmanana.leads.lifecycle import inquiry
from carmanana.records.leads import Lead
from carmanana.records.people import User

MOST = 500


@dataclass
class Report:
    """`left` are those that stay, with the reason in words."""

    done: list[Lead] = field(default_factory=list)
    left: list[tuple[Lead, str]] = field(default_factory=list)


def fire_each(leads: Iterable[Lead], trigger: str, by: User, **given) -> Report:
    report = Report()
    for lead in leads:
        try:
            report.done.append(inquiry.fire(lead, trigger, by, **given))
        except Refused as refused:
            report.left.append((lead, refused.refusals[0].sentence))
        except Forbidden:
            report.left.append((lead, "It is not yours to do."))
    return report


def chosen(ids: Iterable[int], by: User) -> list[Lead]:
    """Of what was ticked, what this person may see."""
    return list(Lead.visible_to(by).where(Lead.id.in_(list(ids)[:MOST])).order_by(Lead.id))
