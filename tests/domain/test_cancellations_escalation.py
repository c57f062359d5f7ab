"""An overdue first contact goes to the next manager; the worker's sweep and `flask sweep` do it."""

from datetime import date, timedelta

import pytest

from carmanana import sweeps
from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.core.audit import history
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import Finding
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence, User
from tests.cast import NOON, Cast, forbidden, refused

LATE = NOON + timedelta(hours=1, minutes=1)


@pytest.fixture
def request_(cast):
    return cast.losing(cast.deal(cast.agent), cast.agent)


def again(request) -> CancellationRequest:
    return CancellationRequest.get_by_id(request.id)


def swept(at) -> int:
    with clock.set_to(at):
        return sweeps.look_after(at)


def told(user) -> list[str]:
    return [notification.text for notification in Notification.of(user)]


def test_it_goes_to_the_next_manager_once_it_is_overdue(cast, request_):
    assert swept(NOON + timedelta(minutes=59)) == 0
    assert swept(LATE) == 1
    fresh = again(request_)
    assert fresh.reviewer == cast.manager2
    assert fresh.due_at == LATE + timedelta(hours=1)
    assert fresh.task.assignee == cast.manager2 and fresh.task.due_at == fresh.due_at
    assert any("It is yours now" in text for text in told(cast.manager2))
    assert any("went to Oskar Lind" in text for text in told(cast.manager))
    assert [event.verb for event in history(fresh)] == ["escalate"]


def test_it_goes_round_once_and_then_all_managers_hear_of_it_once(cast, request_):
    swept(LATE)
    later = LATE + timedelta(hours=2)
    assert swept(later) == 1
    assert again(request_).reviewer == cast.manager2
    assert swept(later + timedelta(hours=5)) == 0
    for manager in (cast.manager, cast.manager2):
        assert sum("is overdue" in text for text in told(manager)) == 1


def test_an_attempt_stops_the_clock(cast, request_):
    fresh = review.fire(request_, "begin_review", cast.manager)
    given = {
        "kind": "call",
        "outcome": "no_answer_vm",
        "summary": "VM",
        "next_attempt_at": clock.now() + timedelta(hours=3),
    }
    review.fire(fresh, "log_attempt", cast.manager, **given)
    assert swept(LATE) == 0


def test_a_call_in_the_orders_own_log_counts_as_well(cast, request_):
    cast.called(request_.deal, cast.manager, outcome="no_answer_vm", ago=timedelta(0))
    assert swept(LATE) == 0


def test_who_is_away_or_owns_the_order_is_passed_over(cast):
    third = User.create(email="manager3@carmanana.example", name="Tess Third", roles={"manager"})
    request = cast.losing(cast.deal(cast.manager2), cast.manager2, reviewer=cast.manager)
    Absence.create(user=third, starts_on=date(2026, 11, 18), ends_on=date(2026, 11, 20), created_by=third)
    swept(LATE)
    fresh = again(request)
    assert fresh.reviewer == cast.manager, "the owner may not review, and the third is away"
    assert fresh.escalated_at == LATE


def test_nothing_escalates_outside_business_hours(cast):
    with clock.set_to(NOON + timedelta(hours=5, minutes=30)):  # half an hour before we close
        request = Cast().losing(cast.deal(cast.agent), cast.agent)
    assert swept(NOON + timedelta(hours=8)) == 0
    assert swept(NOON + timedelta(hours=21, minutes=31)) == 1  # half an hour after we open
    assert again(request).reviewer == cast.manager2


def test_it_never_goes_to_who_owns_the_order_or_is_away(cast):
    own = cast.losing(cast.deal(cast.manager2), reviewer=cast.manager)
    with refused("reviewer_involved", field="reviewer"):
        review.fire(own, "escalate", cast.house, reviewer=cast.manager2)
    other = cast.losing(cast.deal(cast.agent), cast.agent)
    Absence.create(user=cast.manager2, starts_on=NOON.date(), ends_on=NOON.date(), created_by=cast.admin)
    with refused("reviewer_away", field="reviewer"):
        review.fire(other, "escalate", cast.house, reviewer=cast.manager2)
    assert review.fire(other, "escalate", cast.house, reviewer=None).reviewer == cast.manager


def test_nobody_escalates_by_hand(cast, request_):

    for person in (cast.agent, cast.manager, cast.admin):
        with forbidden():
            review.fire(request_, "escalate", person, reviewer=cast.manager2)


def test_flask_sweep_does_the_same(cast, request_, app):
    with clock.set_to(LATE):
        answer = app.test_cli_runner().invoke(args=["sweep"])
    assert answer.exit_code == 0 and answer.output.startswith("1 overdue")
    assert again(request_).reviewer == cast.manager2


def test_a_review_of_ones_own_order_is_a_finding_where_nobody_else_is_here(cast):
    Absence.create(
        user=cast.manager2, starts_on=date(2026, 11, 18), ends_on=date(2026, 11, 20), created_by=cast.manager2
    )
    deal = cast.deal(cast.manager)
    cast.losing(deal, cast.manager)
    found = Finding.get()
    assert (found.sort, found.user, found.deal, found.where) == ("own_review", cast.manager, deal, "review")
    cast.losing(cast.deal(cast.agent), cast.agent)
    assert Finding.select().count() == 1
