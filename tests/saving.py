"""Orders on their way to being saved: a review that has spoken with the customer, a plan with offers, a customer who
stays."""

from datetime import timedelta

from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.deals.lifecycle import order as order_machine
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.retention import Offer, RetentionPlan

from .cast import Cast

READ = {"activities", "recordings", "emails"}
HEARD = {
    "how": "call",
    "situation": "Her car broke down",
    "expectations": "A date that holds",
    "main_reason": "delivery",
    "real_reason": "She trusts no date",
}


def order(cast: Cast, **facts) -> Deal:
    """An order of the agent's that was won, so that it may go back there."""
    known = {"value_cents": 3_890_000, "vehicle_year": 2022, "vehicle_make": "Lexus", "vehicle_model": "RX 350"} | facts
    deal = cast.assessed(cast.deal(cast.agent, **known))
    return order_machine.fire(
        deal, "win", cast.manager, agreement_on=clock.today(cast.manager.timezone), deposit_cents=150_000
    )


def contacted(cast: Cast, deal: Deal | None = None) -> CancellationRequest:
    """The manager has spoken with the customer and has to decide."""
    request = cast.losing(deal or order(cast), cast.agent)
    request = review.fire(request, "begin_review", cast.manager)
    return review.fire(request, "log_first_contact", cast.manager, files_read=READ, **HEARD)


def offer(terms: str = "Loan car until delivery", **facts) -> dict:
    return {"kind": "other", "terms": terms, "expires_at": clock.now() + timedelta(days=2)} | facts


def planned(cast: Cast, deal: Deal | None = None, offers: list[dict] | None = None, **given) -> RetentionPlan:
    """The case is with the retention member."""
    plan = {
        "instructions": "Ask about the dialysis first",
        "limits": "Not beyond $600. No promise about the deposit.",
        "assignee": cast.retention,
        "due_at": clock.now() + timedelta(days=1),
        "offers": offers or [offer(), offer("$600 off the price", kind="price", value_cents=60_000)],
    }
    request = review.fire(contacted(cast, deal), "assign_retention", cast.manager, **plan | given)
    return RetentionPlan.current(request)


def presented(cast: Cast, plan: RetentionPlan, answer: str = "accepted") -> Offer:
    """The first offer of the plan was put to the customer in a call."""
    first = plan.offers.order_by(Offer.id).first()
    said = {
        "kind": "call",
        "direction": "out",
        "outcome": "connected_follow_up",
        "summary": "We talked about the loan car",
        "words": "That helps",
    }
    review.fire(plan.request, "present", plan.assignee, offer=first, answer=answer, **said)
    return first


def retained(cast: Cast, deal: Deal | None = None, **given) -> CancellationRequest:
    """The customer stays, with one promise that the agent keeps."""
    plan = planned(cast, deal)
    presented(cast, plan)
    promise = {
        "kind": "other",
        "words": "The loan car stays until delivery",
        "due_on": clock.today() + timedelta(days=3),
        "owner": cast.agent,
    }
    return review.fire(
        plan.request,
        "retain",
        cast.retention,
        **{"kept_by": "The loan car", "commitments": [promise], "back_to": WON} | given,
    )


def second_member(cast: Cast) -> User:
    """Somebody else of the Retention Team."""
    known = cast.retention
    return User.create(
        email="retention2@carmanana.example",
        name="Bea Fontaine",
        roles={"retention"},
        manager=cast.manager,
        password_hash=known.password_hash,
    )
