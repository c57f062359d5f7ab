"""Customers whom the law lets cancel: one whose right a manager has acknowledged, one to whom it does not apply, and
those whose days still run."""

from datetime import timedelta

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.requesting import order_words
from carmanana.cancellations.reviewers import likeliest
from carmanana.cancellations.rights.acknowledging import acknowledge
from carmanana.cancellations.rights.deadlines import right_of, today_of
from carmanana.contacting.log import finish_step
from carmanana.contacting.mail.drafts import sent_by_hand
from carmanana.core import clock
from carmanana.deals.corrections import correct
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import RETENTION, CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal

WAITS = ("assign_retention", "retain", "cancel")
SAID = "They told me on the call that they do not rely on it and want to talk about the order first."
BY_EMAIL = "The agreement was signed by email, says the file."  # where another way, or another day, was known
IN_PERSON = "The agreement was signed in person, at our place."
ASKED = {
    "came_by": "email",
    "reason": "The seats hurt after an hour’s drive.",
    "issues": "none",
    "tone": "calm",
    "phrases": "“I cancel the contract of purchase.”",
    "explained": True,
}
UNRECORDED = "The line of that day is not recorded."


def decide_first(request: CancellationRequest, verb: str) -> None:
    """The reviewer says that it does not apply before a step that would wait for it."""
    if verb in WAITS and not request.right_dismissed_at and right_of(request).stands:
        review.fire(request, "dismiss_right", request.reviewer, reason=SAID)


def use_rights(world) -> None:
    """One right runs since the car was handed over. Of the others whom the law may let cancel one is acknowledged, one
    none."""
    _cancel_after_delivery()
    still = CancellationRequest.still_open().where(CancellationRequest.state != RETENTION)
    running = [request for request in still.order_by(CancellationRequest.id) if _stands(request)]
    for request, decide in zip(running[:-1], (_acknowledge, _dismiss), strict=False):
        decide(request)


def _cancel_after_delivery() -> None:
    """They write to the owner of their order on the third day."""
    regions = CancellationRight.select(CancellationRight.region).where(CancellationRight.runs_from == "delivery")
    handed_over = clock.today() - timedelta(days=3)
    won = (
        Deal.select()
        .join(Customer)
        .where(Deal.state == WON, Customer.region.in_(regions), Deal.agreement_on <= handed_over)
    )
    free = [deal for deal in won.order_by(Deal.id.desc()) if not deal.unowned and deal.owner.active]
    for deal in free[:1]:
        boss = likeliest(deal, deal.owner)
        correct(deal, boss, deal.version, BY_EMAIL, agreed_how="distance", delivered_on=handed_over)
        told = ASKED | {"order_details": order_words(Deal.get_by_id(deal.id)), "reviewer": boss}
        order.fire(deal, "request_cancellation", deal.owner, sent_on=today_of(deal.customer), **told)
        _think_again(CancellationRequest.open_for(deal))


def _think_again(request: CancellationRequest) -> None:
    """The reviewer mistook it for another order, and took that back."""
    review.fire(request, "dismiss_right", request.reviewer, reason=IN_PERSON)
    review.fire(request, "consider_right", request.reviewer)


def _stands(request: CancellationRequest) -> bool:
    return not request.right_dismissed_at and right_of(request).stands


def _acknowledge(request: CancellationRequest) -> None:
    by, deal = request.reviewer, Deal.get_by_id(request.deal_id)
    correct(deal, by, deal.version, BY_EMAIL, agreed_how="distance")
    if bare := evidence.missing(deal):
        evidence.explain(request, by, bare, UNRECORDED)
    ended = acknowledge(CancellationRequest.get_by_id(request.id), by, conditions=True)
    if ended.letter and ended.letter.draft:
        sent_by_hand(ended.letter, by)
    for task in Activity.open_steps(deal).where(Activity.id != ended.return_task_id):
        finish_step(task, by)


def _dismiss(request: CancellationRequest) -> None:
    by, deal = request.reviewer, Deal.get_by_id(request.deal_id)
    review.fire(request, "dismiss_right", by, reason=IN_PERSON)
    correct(deal, by, deal.version, agreed_how="in_person")
