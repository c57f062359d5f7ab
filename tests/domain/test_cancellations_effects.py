"""What the steps of a review leave behind: the next task, notes, money, promises, and the order where it belongs
(domain 4)."""

from datetime import timedelta

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import finish_step, move_step
from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import reassign
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest, Direction
from carmanana.records.deals import Deal, Hold, Payment, balance
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.retention import Commitment, RetentionPlan

from ..cast import NOON, forbidden, refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = NOON.date()


def told() -> set[User]:
    """Who has had word since they were last forgotten."""
    people = {notification.user for notification in Notification.select()}
    Notification.delete().execute()
    return people


# one task at a time


def test_the_case_has_one_open_task_on_whoever_has_the_next_step(cast):
    request = cast.request_in("requested")
    course = [
        ("begin_review", {}, cast.manager, "Review the cancellation and call the customer"),
        ("log_attempt", {}, cast.manager, "Try again to reach the customer"),
        ("log_first_contact", {}, cast.manager, "Decide: save the order, or approve the cancellation"),
        ("assign_retention", {}, cast.retention, "Save the order: present the approved offers"),
        ("end_retention", {}, cast.manager, "Decide again: the customer has not accepted"),
    ]
    for trigger, given, whose, subject in course:
        request = review.fire(request, trigger, cast.manager, **cast.review_given(trigger, **given))
        (task,) = Activity.open_steps(request.deal)
        assert (task.id, task.assignee, task.subject) == (request.task_id, whose, subject)
    review.fire(request, "retain", cast.manager, **cast.review_given("retain"))
    assert not Activity.open_steps(request.deal).exists()


@pytest.mark.parametrize("state", ["cancelled", "withdrawn", "retained"])
def test_an_ended_case_has_no_task(cast, state):
    assert not Activity.open_steps(cast.request_in(state).deal).exists()


def test_the_reviews_task_is_done_by_the_review_and_not_by_hand(cast):
    """The owner can neither tick off the manager's task nor put it off, and it stays where another gets the order."""
    request = cast.request_in("requested")
    task, agent, manager = request.task, cast.agent, cast.manager
    for person in (agent, manager):
        with refused("of_the_review"):
            finish_step(task, person)
        with refused("of_the_review"):
            move_step(task, person, "Later", NOON + DAY)
    reassign(request.deal, cast.agent2, "Knows the customer", manager)
    assert Activity.get_by_id(task.id).assignee == manager


def test_whoever_reviews_or_saves_an_order_does_not_become_its_owner(cast):
    request = cast.request_in("retention")
    manager, member = cast.manager, cast.retention
    User.update(roles={"retention", "agent"}).where(User.id == member.id).execute()
    for person in (manager, User.get_by_id(member.id)):
        with refused("of_the_review", field="owner"):
            reassign(request.deal, person, "Knows the customer", manager)
    heir = User.create(email="heir@carmanana.example", name="Heir", roles={"manager"})
    deal = reassign(request.deal, cast.manager2, "Knows the customer", manager)
    with refused("of_the_review", field="owner"):
        reassign(deal, manager, "Knows the customer", manager)
    reassign(deal, cast.agent2, "Knows the customer", manager)
    handed = review.fire(request, "assign_reviewer", manager, reviewer=heir, reason="Takes the order")
    assert reassign(handed.deal, manager, "Knows the customer", manager).owner == manager


def test_where_no_other_manager_is_here_the_reviewer_may_own_the_order(cast):
    request, manager = cast.request_in("requested"), cast.manager
    User.update(deactivated_at=NOON).where(User.id == cast.manager2.id).execute()
    assert reassign(request.deal, manager, "The owner has left", manager).owner == manager


# handing over, and the clock


def test_another_manager_gets_the_review_with_its_task_and_a_clock_of_their_own(cast):
    request = cast.request_in("requested")
    told()
    with clock.set_to(NOON + 2 * HOUR):
        handed = review.fire(request, "assign_reviewer", cast.manager, reviewer=cast.manager2, reason="Holidays")
    assert (handed.due_at, handed.task.assignee, handed.task.due_at) == (
        NOON + 3 * HOUR,
        cast.manager2,
        NOON + 3 * HOUR,
    )
    assert told() == {cast.manager2}
    assert Activity.get(Activity.subject.startswith("Cancellation review handed")).summary == "Holidays"
    old, given = cast.manager, cast.review_given("log_attempt")
    with forbidden():
        review.fire(handed, "begin_review", old)
    tried = review.fire(review.fire(handed, "begin_review", cast.manager2), "log_attempt", cast.manager2, **given)
    assert not tried.clock_runs and tried.due_at == handed.due_at
    again = review.fire(tried, "assign_reviewer", cast.manager2, reviewer=old, reason="Back early")
    assert again.due_at == handed.due_at and again.task.due_at == given["next_attempt_at"]


def test_the_house_hands_an_overdue_first_contact_to_the_next_manager(cast):
    request = cast.request_in("requested")
    told()
    with clock.set_to(NOON + 2 * HOUR):
        moved = review.fire(request, "escalate", cast.house, reviewer=cast.manager2)
        assert (moved.reviewer, moved.due_at, moved.escalated_at) == (cast.manager2, NOON + 3 * HOUR, NOON + 2 * HOUR)
        assert told() == {cast.manager, cast.manager2} and moved.task.assignee == cast.manager2
        stays = review.fire(moved, "escalate", cast.house, reviewer=None)
    assert (stays.reviewer, stays.due_at) == (cast.manager2, moved.due_at) and told() == {cast.manager, cast.manager2}


# the first contact


def test_the_first_contact_keeps_what_was_learned_and_stops_the_clock(cast):
    request = cast.request_in("in_review")
    told()
    with clock.set_to(NOON + HOUR):
        request = review.fire(
            request, "log_first_contact", cast.manager, **cast.review_given("log_first_contact", minutes=12)
        )
    assert (request.contacted_at, request.attempted_at, request.contact.minutes) == (NOON + HOUR, NOON + HOUR, 12)
    assert (request.situation, request.main_reason, request.real_reason) == (
        "Needs a car by May",
        "delivery",
        "Afraid to be left without a car",
    )
    assert "A firm date" in request.contact.summary and told() == {cast.agent}


def test_a_direction_names_a_salesperson_until_a_moment(cast):
    request = cast.request_in("contacted")
    review.fire(request, "direct", cast.manager, user=cast.agent, until=NOON + DAY, words="Send the papers")
    given = Direction.get()
    assert (given.user, given.given_by, given.words, given.in_force) == (
        cast.agent,
        cast.manager,
        "Send the papers",
        True,
    )
    with clock.set_to(NOON + DAY):
        assert not given.in_force


# where the order goes back to


@pytest.mark.parametrize("state", ["active", "on_hold", "won"])
def test_a_withdrawn_request_puts_the_order_back_where_it_stood(cast, state):
    before = cast.in_state(state)
    request = cast.request_in("retention", before)
    told()
    ended = review.fire(request, "withdraw", cast.manager2, **cast.review_given("withdraw"))
    after = Deal.get_by_id(before.id)
    same = (
        "state",
        "stage_id",
        "readiness",
        "owner_id",
        "value_cents",
        "agreement_on",
        "retention_id",
        "no_deposit_reason",
    )
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert (ended.ended_by, ended.withdrawn_because, RetentionPlan.latest(ended).ended_because) == (
        cast.manager2,
        "mistake",
        "withdrawn",
    )
    assert after.hold == before.hold and Hold.select().count() == (state == "on_hold")
    assert told() == {cast.agent, cast.manager, cast.retention}
    assert cast.losing(after, cast.agent).id != ended.id


def test_a_card_that_comes_back_lies_on_top_of_its_column(cast):
    deal = cast.deal(cast.agent)
    other, request = cast.deal(cast.agent), cast.losing(deal)
    review.fire(request, "withdraw", cast.manager, **cast.review_given("withdraw"))
    assert Deal.get_by_id(deal.id).position < Deal.get_by_id(other.id).position


@pytest.mark.parametrize("state", ["active", "on_hold", "won"])
def test_a_retained_order_is_worked_again_at_a_stage_with_a_follow_up(cast, state):
    request = cast.request_in("contacted", cast.in_state(state))
    given = cast.review_given("retain", back_to=cast.stage(2), next_step="Send the papers", due_at=NOON + DAY)
    told()
    ended = review.fire(request, "retain", cast.manager, **given)
    deal = Deal.get_by_id(request.deal_id)
    step = Activity.open_steps(deal).where(Activity.subject == "Send the papers").get()
    assert (deal.state, deal.stage, deal.hold, deal.retention, ended.kept_by) == (
        "active",
        cast.stage(2),
        None,
        None,
        "A firm date",
    )
    assert (step.assignee, step.due_at) == (cast.agent, NOON + DAY) and told() == {cast.agent}


def test_what_was_promised_becomes_a_dated_task_of_whoever_keeps_it(cast):
    request = cast.request_in("contacted")
    promised = [{"kind": "eta", "words": "Delivery in week 50", "due_on": TODAY + 20 * DAY, "owner": cast.agent2}]
    promised += [{"words": "A call", "due_on": TODAY, "owner": cast.manager}]
    told()
    review.fire(request, "retain", cast.manager, **cast.review_given("retain", commitments=promised))
    first, second = Commitment.select().order_by(Commitment.id)
    assert [(c.kind, c.words, c.task.assignee, c.task.done_at) for c in (first, second)] == [
        ("eta", "Delivery in week 50", cast.agent2, None),
        ("other", "A call", cast.manager, None),
    ]
    assert [clock.local(c.task.due_at, "America/New_York").isoformat()[:16] for c in (first, second)] == [
        "2026-12-08T18:00",
        "2026-11-18T18:00",
    ]
    assert (Deal.get_by_id(request.deal_id).state, told()) == ("won", {cast.agent, cast.agent2})


# the money


@pytest.mark.parametrize(
    ("refunded", "kept", "pending"), [(150000, 0, 0), (0, 150000, 0), (0, 0, 150000), (50000, 60000, 40000)]
)
def test_what_is_with_us_is_refunded_kept_or_pending(cast, refunded, kept, pending):
    request = cast.request_in("contacted")
    evidence.explain(request, cast.manager, evidence.missing(request.deal), "The line is not recorded")
    sums = {"refunded_cents": refunded, "kept_cents": kept, "pending_cents": pending}
    told()
    ended = review.fire(request, "cancel", cast.manager, **cast.review_given("cancel", **sums))
    moved = {p.kind: p.amount_cents for p in Payment.select().where(Payment.kind != "received")}
    assert moved == {kind: cents for kind, cents in (("refunded", refunded), ("kept", kept)) if cents}
    deal = Deal.get_by_id(request.deal_id)
    assert (deal.state, balance(deal), deal.deposit_cents, told()) == (
        "cancelled_by_client",
        pending,
        150000,
        {cast.agent},
    )
    assert {name: getattr(ended, name) for name in sums} == sums and (ended.committed, ended.decision) == (
        True,
        "Approved",
    )
    manager, agent = cast.manager, cast.agent
    with refused("final"):
        order.fire(deal, "reopen", manager)
    with refused("final"):
        cast.losing(deal, agent)
    with refused("ended"):
        review.fire(ended, "retain", manager, **cast.review_given("retain"))


def test_a_held_order_that_is_cancelled_waits_for_nothing(cast):
    request = cast.request_in("cancelled", cast.in_state("on_hold"))
    assert Deal.get_by_id(request.deal_id).hold is None
    assert CancellationRequest.select().where(CancellationRequest.ended_at.is_null()).count() == 0
