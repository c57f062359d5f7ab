"""Who may review a request (domain 1): a manager who is here, and neither owns the order nor asked as its salesperson."""

from carmanana.contacting.phrase_check.findings import keep_conduct
from carmanana.core.workflow import Refusal
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, User, managers_here
from carmanana.records.phrases import OWN_REVIEW


def stands_apart(person: User, deal: Deal, requested_by: User | None) -> bool:
    """Neither the deal's owner nor who requested it as salesperson."""
    sold_it = requested_by is not None and requested_by.has(AGENT) and requested_by.id == person.id
    return deal.owner_id != person.id and not sold_it


def report_involved(reviewer: User, deal: Deal, requested_by: User | None) -> None:
    """Where no other manager was here, their review of an order they sold is a finding."""
    if not stands_apart(reviewer, deal, requested_by):
        keep_conduct(OWN_REVIEW, reviewer, "review", deal)


def eligible(deal: Deal, requested_by: User | None, other_than: User | None = None) -> list[User]:
    """Managers who may review it; where nobody who is here stands apart, whoever is here."""
    here = managers_here()
    may = [manager for manager in here if stands_apart(manager, deal, requested_by)] or here
    return [manager for manager in may if manager != other_than]


def why_not(chosen: User | None, deal: Deal, requested_by: User | None, sop: str) -> Refusal | None:
    """Why this person can't be given the review."""
    if chosen is None or not (chosen.active and chosen.is_manager):
        return Refusal("reviewer", "Choose the manager who reviews it.", sop, field="reviewer")
    if chosen.absent:
        return Refusal("reviewer_away", f"{chosen.name} is away. Choose another manager.", sop, field="reviewer")
    if chosen not in eligible(deal, requested_by):
        return Refusal(
            "reviewer_involved", f"{chosen.name} has sold this order. Choose another manager.", sop, field="reviewer"
        )
    return None


def likeliest(deal: Deal, requested_by: User) -> User | None:
    """The owner's manager, the requester's, or the first who may."""
    may = eligible(deal, requested_by)
    wanted = [person.manager for person in (deal.owner, requested_by) if person and person.manager]
    wanted += [requested_by] if requested_by.is_manager else []
    return next((manager for manager in wanted if manager in may), may[0] if may else None)
