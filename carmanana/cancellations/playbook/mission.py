"""Why the customer really wanted it, as they told us when they bought (SOP 2: revisit the customer's mission)."""

from dataclasses import dataclass
from datetime import datetime

from carmanana.core import audit
from carmanana.core.audit import history_of
from carmanana.core.db import change
from carmanana.records.deals import Deal, NeedsAssessment
from carmanana.records.people import User

TOLD_BY = ("assess", "mission")


@dataclass(frozen=True)
class Mission:
    words: str
    told_at: datetime | None


def mission_of(deal: Deal) -> Mission | None:
    """Their own words, and when they were last written down."""
    needs = deal.needs
    if needs is None or not needs.mission.strip():
        return None
    written = next((event for event in reversed(history_of(deal)) if event.verb in TOLD_BY), None)
    return Mission(needs.mission, written and written.at)


def learn(deal: Deal, by: User, words: str) -> None:
    """Nobody had asked; now they have told. Call it inside the transaction of the answer that brought it."""
    needs = NeedsAssessment.get_or_none(NeedsAssessment.deal == deal) or NeedsAssessment.create(deal=deal)
    change(needs, mission=words.strip())
    change(Deal.get_by_id(deal.id))
    audit.record("mission", deal, by, needs=needs.id)
