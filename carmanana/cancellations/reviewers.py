"""Who may review a request (domain 1): a manager who is here and did not sell the order."""

from datetime import datetime

from carmanana.contacting.phrase_check.findings import keep_conduct
from carmanana.core.workflow import Refusal
from carmanana.records.deals import Deal
from carmanana.records.people import User, managers_here
from carmanana.records.phrases import OWN_REVIEW
from carmanana.records.sellers import sold_it


def stands_apart(person: User, deal: Deal, requested_by: User | None, at: datetime | None = None) -> bool:
    """Neither sold the order nor requests its cancellation; `at` is when it was requested."""
    return person != requested_by and not sold_it(deal, person, at)


def report_involved(reviewer: User, deal: Deal, requested_by: User | None, at: datetime | None = None) -> None:
    """Where no other manager was here, what they decide on an order they sold is a finding."""
    if not stands_apart(reviewer, deal, requested_by, at):
        keep_conduct(OWN_REVIEW, reviewer, "review", deal)


def eligible(
    deal: Deal, requested_by: User | None, other_than: User | None = None, at: datetime | None = None
) -> list[User]:
    """Managers who may review it; where nobody who is here stands apart, whoever is here."""
    here = managers_here()
    may = [manager for manager in here if stands_apart(manager, deal, requested_by, at)] or here
    return [manager for manager in may if manager != other_than]


def eligible_for(request) -> list[User]:
    """Who may take an open request over."""
    return eligible(request.deal, request.requested_by, request.reviewer, request.requested_at)


def why_not(
    chosen: User | None, deal: Deal, requested_by: User | None, sop: str, at: datetime | None = None
) -> Refusal | None:
    """Why this person can't be given the review."""
    if chosen is None or not (chosen.active and chosen.is_manager):
        return Refusal("reviewer", "Choose the manager who reviews it.", sop, field="reviewer")
    if chosen.absent:
        return Refusal("reviewer_away", f"{chosen.name} is away. Choose another manager.", sop, field="reviewer")
    if chosen not in eligible(deal, requested_by, at=at):
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
