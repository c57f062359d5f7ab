"""Customers whom the law lets cancel: one whose right a manager has acknowledged, one to whom it does not apply, and those
whose days still run."""

from datetime import date, timedelta

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.rights.acknowledging import acknowledge
from carmanana.cancellations.rights.deadlines import right_of
from carmanana.contacting.log import finish_step
from carmanana.contacting.mail.drafts import sent_by_hand
from carmanana.core import clock
from carmanana.deals.corrections import correct
from carmanana.records.activities import Activity
from carmanana.records.cancellations import RETENTION, CancellationRequest
from carmanana.records.deals import Deal

WAITS = ("assign_retention", "retain", "cancel")
SAID = "They told me on the call that they do not rely on it and want to talk about the order first."
IN_PERSON = "The agreement was signed in person, at our place."
UNRECORDED = "The line of that day is not recorded."


def decide_first(request: CancellationRequest, verb: str) -> None:
    """The reviewer says that it does not apply before a step that would wait for it."""
    if verb in WAITS and not request.right_dismissed_at and right_of(request).stands:
        review.fire(request, "dismiss_right", request.reviewer, reason=SAID)


def use_rights(world) -> None:
    """Of the open requests whose customer the law may let cancel one is acknowledged, one runs since the car was delivered, and
    one is none."""
    still = CancellationRequest.still_open().where(CancellationRequest.state != RETENTION)
    running = [request for request in still.order_by(CancellationRequest.id) if _stands(request)]
    for request, decide in zip(running, (_acknowledge, _deliver, _dismiss), strict=False):
        decide(request)


def _stands(request: CancellationRequest) -> bool:
    return not request.right_dismissed_at and right_of(request).stands


def _acknowledge(request: CancellationRequest) -> None:
    by, deal = request.reviewer, Deal.get_by_id(request.deal_id)
    correct(deal, by, deal.version, agreed_how="distance")
    if bare := evidence.missing(deal):
        evidence.explain(request, by, bare, UNRECORDED)
    ended = acknowledge(CancellationRequest.get_by_id(request.id), by, conditions=True)
    if ended.letter and ended.letter.draft:
        sent_by_hand(ended.letter, by)
    for task in Activity.open_steps(deal).where(Activity.id != ended.return_task_id):
        finish_step(task, by)


def _deliver(request: CancellationRequest) -> None:
    by, deal = request.reviewer, Deal.get_by_id(request.deal_id)
    handed_over = max(deal.agreement_on or date.min, clock.today(by.timezone) - timedelta(days=3))
    correct(deal, by, deal.version, agreed_how="distance", delivered_on=handed_over)


def _dismiss(request: CancellationRequest) -> None:
    by, deal = request.reviewer, Deal.get_by_id(request.deal_id)
    review.fire(request, "dismiss_right", by, reason=IN_PERSON)
    correct(deal, by, deal.version, agreed_how="in_person")
