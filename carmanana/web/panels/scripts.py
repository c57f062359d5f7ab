"""Approved scripts for a deal, names filled in."""

from carmanana.contacting.scripts import spoken
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.web.current_user import me


def wording(deal: Deal, *situations: str) -> list:
    """The approved lines for these situations, in their order."""
    return spoken.lines(situations, **names_for(deal))


def names_for(deal: Deal) -> dict[str, str]:
    """A manager who speaks is the manager that the words name."""
    by, owner = me(), None if deal.unowned else deal.owner
    manager = by if by.is_manager else User.known(by.manager_id)
    return {
        "client": deal.customer.name,
        "first_name": deal.customer.first_name,
        "me": by.name if by.is_manager else by.first_name,
        "manager": manager.name if manager else "",
        "agent": owner.name if owner else "",
        "vehicle": deal.vehicle,
    }
