"""What a cancellation leaves pending is a dated task of the reviewer, and owed until it is paid (SOP 0, step 7)."""

from datetime import timedelta
from importlib import import_module

import pytest

from carmanana.cancellations import evidence, money_owed
from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import finish_step
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import database
from carmanana.deals.payments import record_payment, void
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal

from ..cast import NOON, refused

DAY = timedelta(days=1)


def owed(standing: str) -> list[int]:
    return [request.id for request in money_owed.cases().where(money_owed.standing(standing))]


@pytest.fixture(autouse=True)
def at_noon():
    with clock.set_to(NOON):
        yield


def cancelled(cast, **given):
    """1,500 are with us: 500 refunded at once, 1,000 pending."""
    request = cast.walked(cast.losing(cast.in_state("won"), cast.agent), "contacted")
    evidence.explain(request, request.reviewer, evidence.missing(request.deal), "The line is not recorded")
    sums = {"refunded_cents": 500_00, "kept_cents": 0, "pending_cents": 1_000_00}
    return review.fire(request, "cancel", request.reviewer, **cast.review_given("cancel", **sums | given))


def refund(request, by, cents=1_000_00):
    return record_payment(Deal.get_by_id(request.deal_id), by, "refunded", cents, clock.today(), False, "Wire")


def again(request):
    return CancellationRequest.get_by_id(request.id)


def test_what_is_pending_becomes_a_dated_task_of_the_reviewer(cast):
    request = cancelled(cast, return_by=clock.today() + 5 * DAY)
    task = request.return_task
    assert (task.assignee, task.done_at, task.subject) == (
        request.reviewer,
        None,
        f"Return $1,000 to {request.deal.customer.name}",
    )
    assert clock.local(task.due_at, request.reviewer.timezone).date() == clock.today() + 5 * DAY
    assert owed("open") == [request.id]
    assert (owed("late"), owed("returned"), money_owed.open_sums()) == ([], [], {"USD": 1_000_00})
    assert cancelled(cast).return_task.due_at > clock.now() + 13 * DAY


@pytest.mark.parametrize("days", [-1, 400])
def test_the_day_lies_ahead_and_in_sight(cast, days):
    request = cast.walked(cast.losing(cast.in_state("won"), cast.agent), "contacted")
    evidence.explain(request, request.reviewer, evidence.missing(request.deal), "The line is not recorded")
    given = cast.review_given("cancel", refunded_cents=0, pending_cents=1_500_00, return_by=clock.today() + days * DAY)
    with refused("return_by", field="return_by"):
        review.fire(request, "cancel", request.reviewer, **given)


def test_nothing_pending_owes_nothing(cast):
    request = cancelled(cast, refunded_cents=1_500_00, pending_cents=0)
    assert request.return_task is None and owed("open") == []


def test_the_refund_closes_it_and_no_tick_does(cast):
    request, manager = cancelled(cast), cast.manager
    with refused("not_returned", remedies=("deals.payments",)):
        finish_step(request.return_task, manager)
    refund(request, manager, 400_00)
    assert again(request).returned_on is None and money_owed.left_of(again(request)) == 600_00
    refund(request, manager, 600_00)
    done = again(request)
    assert (done.returned_on, done.return_task.done_by) == (clock.today(), manager)
    assert (owed("open"), owed("returned")) == ([], [request.id])
    assert Event.get(Event.verb == "returned").data["to"] == clock.today().isoformat()


def test_a_voided_refund_is_owed_again(cast):
    request = cancelled(cast)
    void(refund(request, cast.manager), cast.manager, "The wire bounced")
    owed = again(request)
    assert (owed.returned_on, owed.return_task.done_at, money_owed.left_of(owed)) == (None, None, 1_000_00)


def test_an_overdue_return_is_shown_as_such(cast):
    late = cancelled(cast, return_by=clock.today())
    with clock.set_to(NOON + 2 * DAY):
        assert owed("late") == [late.id]


def test_an_existing_database_gets_its_tasks(cast):
    """One that is still pending, and one that was refunded since."""
    open_one, paid = cancelled(cast), cancelled(cast)
    refund(paid, cast.manager)
    CancellationRequest.update(return_task=None, returned_on=None).execute()
    import_module("carmanana.schema.migrations.0017_owed").up(None, database)
    owed, done = again(open_one), again(paid)
    assert (owed.return_task.assignee, owed.return_task.done_at, owed.returned_on) == (owed.reviewer, None, None)
    assert owed.return_task.due_at == owed.ended_at + 14 * DAY
    assert (done.returned_on, done.return_task.done_at is not None) == (clock.today(), True)


def test_what_is_kept_after_the_fact_was_not_returned(cast):
    request = cancelled(cast)
    with clock.set_to(NOON + DAY):
        record_payment(Deal.get_by_id(request.deal_id), cast.manager, "kept", 1_000_00, clock.today(), False, "Agreed")
        request = again(request)
        assert request.returned_on and money_owed.settled_since(request) == {"kept": 1_000_00}
        assert money_owed.kept_of(request)
    other = cancelled(cast)
    refund(other, cast.manager)
    assert money_owed.settled_since(again(other)) == {"refunded": 1_000_00}
