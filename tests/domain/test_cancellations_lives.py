"""Whole lives of a cancellation, walked from the request to its outcome (domain 4)."""

from datetime import timedelta

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.retention import Commitment, CounterOffer, Offer, RetentionPlan

from ..cast import NOON, Cast, refused
from ..saving import offer, planned, presented

DAY = timedelta(days=1)
SPOKE = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "Told them", "words": "Good"}


def cancelled(cast: Cast, request, ground: str, **given):
    evidence.explain(request, request.reviewer, evidence.missing(request.deal), "The line is not recorded")
    return review.fire(
        request, "cancel", cast.manager, **cast.review_given("cancel", ground=ground, refunded_cents=150_000, **given)
    )


def outcome(request) -> tuple[str, str]:
    return request.state, Deal.get_by_id(request.deal_id).state


def test_cancelled_after_the_first_contact(cast):
    request = cancelled(cast, cast.request_in("contacted"), "committed")
    assert outcome(request) == ("cancelled", "cancelled_by_client")
    assert (request.ground, request.committed, request.saveable) == ("committed", True, False)


def test_nothing_left_to_save_is_no_contradiction(cast):
    request = cancelled(cast, cast.request_in("contacted"), "nothing_to_save")
    assert outcome(request) == ("cancelled", "cancelled_by_client") and request.committed is False


def test_withdrawn(cast):
    assert outcome(cast.request_in("withdrawn")) == ("withdrawn", "won")


def test_retained_by_an_offer_that_is_a_commitment_by_itself(cast):
    plan = planned(cast, offers=[offer("$1,000 off the price", kind="price", value_cents=100_000)])
    was = plan.request.deal.value_cents
    presented(cast, plan)
    request = review.fire(plan.request, "retain", cast.retention, **cast.review_given("retain"))
    promise, deal = Commitment.get(), Deal.get_by_id(request.deal_id)
    assert outcome(request) == ("retained", "won")
    assert (promise.words, promise.kind, promise.value_cents) == ("$1,000 off the price", "price", 100_000)
    assert promise.task.assignee == cast.agent and promise.task.due_at.date() == (NOON + 2 * DAY).date()
    assert deal.value_cents == was - 100_000
    told = Event.select().where(Event.verb == "retain_won").get().data
    assert (told["from"]["value_cents"], told["to"]["value_cents"]) == (was, was - 100_000)


def test_back_at_a_stage_the_price_is_the_reduced_one_too(cast):
    plan = planned(cast, offers=[offer("$1,000 off", kind="price", value_cents=100_000)])
    presented(cast, plan)
    back = {
        "back_to": cast.stage(2),
        "next_step": "Send the papers",
        "due_at": NOON + DAY,
        "accepted_due_on": (NOON + 5 * DAY).date(),
    }
    review.fire(plan.request, "retain", cast.manager, **cast.review_given("retain", **back))
    assert Deal.get_by_id(plan.request.deal_id).value_cents == 3_790_000
    assert Commitment.get().task.due_at.date() == (NOON + 5 * DAY).date()


def test_what_they_declined_is_no_promise(cast):
    plan = planned(cast, offers=[offer("$1,000 off", kind="price", value_cents=100_000), offer()])
    presented(cast, plan, "declined")
    request = review.fire(plan.request, "retain", cast.manager, **cast.review_given("retain"))
    assert not Commitment.select().exists() and Deal.get_by_id(request.deal_id).value_cents == 3_890_000


def test_declined_then_cancelled(cast):
    request = cast.request_in("declined")
    assert outcome(cancelled(cast, request, "committed")) == ("cancelled", "cancelled_by_client")


def unreachable(cast: Cast):
    with clock.set_to(NOON - 2 * DAY):
        request = cast.request_in("in_review")
    for kind, result, hours in [("call", "no_answer_vm", 40), ("email", "sent", 20), ("call", "no_answer_no_vm", 2)]:
        cast.called(request.deal, cast.manager, kind, result, timedelta(hours=hours))
    return review.fire(
        request, "conclude_unreachable", cast.manager, reason="No answer", files_read={"activities", "emails"}
    )


def test_unreachable_is_never_asked_to_be_committed(cast):
    request = unreachable(cast)
    with refused("ground", "evidence"):
        review.fire(
            request, "cancel", cast.manager, **cast.review_given("cancel", refunded_cents=150_000, ground="committed")
        )
    ended = cancelled(cast, request, "not_reached")
    assert outcome(ended) == ("cancelled", "cancelled_by_client") and ended.committed is None


def test_who_answers_after_all_is_not_unreached_any_more(cast):
    request = unreachable(cast)
    log(request.deal, cast.manager, "call", "They want out", "in")
    with refused("ground", "evidence"):
        review.fire(
            request, "cancel", cast.manager, **cast.review_given("cancel", refunded_cents=150_000, ground="not_reached")
        )
    assert outcome(cancelled(cast, request, "committed")) == ("cancelled", "cancelled_by_client")


@pytest.mark.parametrize("approved", [True, False])
def test_a_counter_offer(cast, approved):
    plan = planned(cast, offers=[offer()])
    review.fire(plan.request, "counter", cast.retention, terms="$900 off, then they stay")
    answer = (
        {"offers": [offer("$900 off", kind="price", value_cents=90_000)]} if approved else {"words": "Not that much"}
    )
    review.fire(plan.request, "answer_counter", cast.manager, counter=CounterOffer.get(), approved=approved, **answer)
    if approved:
        granted = Offer.get(Offer.terms == "$900 off")
        review.fire(plan.request, "present", cast.retention, offer=granted, answer="accepted", **SPOKE)
        request = review.fire(plan.request, "retain", cast.retention, **cast.review_given("retain"))
        assert outcome(request) == ("retained", "won") and Commitment.get().offer == granted
    else:
        request = review.fire(plan.request, "end_retention", cast.retention, because="declined", response="Then no")
        assert outcome(cancelled(cast, request, "nothing_to_save")) == ("cancelled", "cancelled_by_client")
        assert RetentionPlan.get().ended_because == "declined"
    assert not Activity.select().where(Activity.id == request.task_id, Activity.done_at.is_null()).exists()
