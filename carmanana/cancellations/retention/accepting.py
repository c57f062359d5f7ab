"""An offer that the customer accepted in time is a commitment by itself, with its value and its day (domain 4,
*retain*)."""

from datetime import date

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.retention import Offer, Presentation, RetentionPlan

KIND_OF = {"price": "price", "vehicle": "vehicle", "eta": "eta", "other": "other"}  # of a commitment, by the offer's


def accepted_offers(request: CancellationRequest) -> list[Offer]:
    """Of the plan that stands, or that ended without the customer declining it after all."""
    plan = RetentionPlan.latest(request)
    if plan is None or plan.ended_because == "declined":
        return []
    return [presentation.offer for presentation in _presented(plan) if presentation.accepted_in_time]


@prepared
def _presented(plan):
    return Presentation.select(Presentation, Offer).join(Offer).where(Offer.plan == plan).order_by(Offer.id)


def accepted_promises(attempt: Attempt, offers: list[Offer]) -> list[dict]:
    """As commitments: kept by the owner, by the day that was chosen or that the offer would have ended on."""
    return [
        {
            "kind": KIND_OF[offer.kind],
            "words": offer.terms,
            "due_on": due_on(attempt, offer),
            "owner": keeper(attempt),
            "offer": offer,
        }
        for offer in offers
    ]


def keeper(attempt: Attempt) -> User:
    """Who works the deal; the reviewer, where nobody does."""
    deal = attempt.record.deal
    return attempt.record.reviewer if deal.unowned or not deal.owner.active else deal.owner


def due_on(attempt: Attempt, offer: Offer) -> date:
    today = clock.today(attempt.by.timezone)
    return max(today, attempt.given.get("accepted_due_on") or clock.local(offer.expires_at, attempt.by.timezone).date())


def reduced_value(deal: Deal, accepted: list[Offer], value: int | None = None) -> int | None:
    """What the order is worth once what was accepted is taken off its price, or what the signing says it is."""
    if value is not None and value != deal.value_cents:
        return value
    off = sum(offer.value_cents or 0 for offer in accepted if offer.kind == "price")
    return deal.value_cents if deal.value_cents is None else max(0, deal.value_cents - off)
