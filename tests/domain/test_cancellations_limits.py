"""What is promised and put off has its limits, and nobody keeps a customer whom nobody has spoken with."""

from datetime import date, timedelta

import pytest

from carmanana import sweeps
from carmanana.cancellations.lifecycle import review
from carmanana.contacting.business_hours import add_holiday
from carmanana.contacting.log import move_step
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.retention import Commitment
from tests.cast import NOON, refused

FAR = date(9999, 12, 31)


def promise(cast, **facts) -> dict:
    return {
        "kind": "eta",
        "words": "Delivered by the 30th",
        "due_on": clock.today() + timedelta(days=9),
        "owner": cast.agent,
    } | facts


def test_a_promise_is_dated_within_two_years(cast):
    request = cast.request_in("contacted")
    given = cast.review_given("retain", no_commitments=False, commitments=[promise(cast, due_on=FAR)])
    with refused("commitment"):
        review.fire(request, "retain", cast.manager, **given)


def test_only_a_manager_changes_what_was_promised(cast):
    request = cast.request_in("contacted")
    given = cast.review_given("retain", no_commitments=False, commitments=[promise(cast)])
    review.fire(request, "retain", cast.manager, **given)
    task, later = Commitment.get().task, clock.now() + timedelta(days=30)
    with refused("promised", remedies=("deals.flag",)):
        move_step(task, cast.agent, "gone", later)
    move_step(task, cast.manager, task.subject, later)
    assert Activity.get_by_id(task.id).due_at == later


@pytest.mark.parametrize("days", [5, 1400])
def test_the_next_attempt_is_near(cast, days):
    request = cast.request_in("in_review")
    with refused("next_attempt_at", field="next_attempt_at"):
        review.fire(
            request,
            "log_attempt",
            cast.manager,
            **cast.review_given("log_attempt", next_attempt_at=clock.now() + timedelta(days=days)),
        )


def test_an_attempt_that_was_put_off_and_forgotten_goes_to_the_next_manager(cast):
    request = cast.request_in("in_review")
    review.fire(
        request,
        "log_attempt",
        cast.manager,
        **cast.review_given("log_attempt", next_attempt_at=NOON + timedelta(hours=2)),
    )
    for hours, escalated in ((2.9, 0), (3.1, 1), (3.2, 0)):
        at = NOON + timedelta(hours=hours)
        with clock.set_to(at):
            assert sweeps.look_after(at) == escalated
    assert CancellationRequest.get_by_id(request.id).reviewer == cast.manager2


def test_an_offer_and_a_holiday_lie_within_two_years(cast):
    request = cast.request_in("contacted")
    offer = {"kind": "eta", "terms": "The 30th in writing", "expires_at": clock.now() + timedelta(days=1000)}
    with refused("offer"):
        review.fire(request, "assign_retention", cast.manager, **cast.review_given("assign_retention", offers=[offer]))
    with refused("far", field="day"):
        add_holiday(FAR, "The last day", cast.manager)


def test_who_was_never_reached_is_not_kept(cast):
    request = cast.request_in("in_review")
    for day in (0, 1, 2):
        with clock.set_to(NOON + timedelta(days=day)):
            next_one = clock.now() + timedelta(hours=20)
            kind = {"kind": "email", "summary": "Please call me back"} if day == 2 else {}
            request = review.fire(
                request,
                "log_attempt",
                cast.manager,
                **cast.review_given("log_attempt", next_attempt_at=next_one, **kind),
            )
    with clock.set_to(NOON + timedelta(days=3)):
        request = review.fire(
            request,
            "conclude_unreachable",
            cast.manager,
            files_read={"activities", "emails", "recordings"},
            reason="Three tries",
        )
        with refused("never_reached"):
            review.fire(request, "retain", cast.manager, **cast.review_given("retain"))
        cast.called(request.deal, cast.manager, ago=timedelta(0))
        assert review.fire(request, "retain", cast.manager, **cast.review_given("retain")).state == "retained"
