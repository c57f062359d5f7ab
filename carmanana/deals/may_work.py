"""Who may change a deal."""

from carmanana.core.workflow import Attempt, Forbidden, Refused
from carmanana.deals import rules
from carmanana.deals.lifecycle import owner_or_manager
from carmanana.records.deals import Deal
from carmanana.records.people import User


def may_work(deal: Deal, by: User) -> bool:
    return owner_or_manager(Attempt(deal, by, "work"))


def must_work(deal: Deal, by: User, trigger: str) -> None:
    """Raise unless they may change this deal; an unowned one is claimed first."""
    if not may_work(deal, by):
        raise Forbidden(trigger)
    if refusal := rules.is_owned(Attempt(deal, by, trigger)):
        raise Refused([refusal], deal, trigger)
