"""Winning, losing and reopening (domain 3; Lead & deal SOP, section I)."""

from datetime import UTC, datetime, timedelta

import pytest

from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.deals.payments import record_payment
from carmanana.records.activities import Activity
from carmanana.records.compliance import Consequence
from carmanana.records.deals import Deal, Payment
from carmanana.records.notifications import Notification

from ..cast import NOON, forbidden, refused

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = NOON.date()
SIGNED = {"value_cents": 3_890_000, "agreement_on": TODAY, "deposit_cents": 150_000}


@pytest.fixture
def deal(cast):
    return cast.assessed(cast.deal(cast.agent))


def win(cast, deal, **given):
    return order.fire(deal, "win", cast.agent, **SIGNED | given)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"value_cents": None}, "value", "value_cents"),
        ({"agreement_on": None}, "agreement", "agreement_on"),
        ({"agreement_on": TODAY + DAY}, "agreement", "agreement_on"),
        ({"deposit_cents": None}, "deposit", "deposit_cents"),
        ({"deposit_cents": None, "no_deposit_reason": "  "}, "deposit", "deposit_cents"),
        ({"deposit_on": TODAY + DAY}, "deposit_on", "deposit_on"),
    ],
)
def test_a_win_needs_value_agreement_and_deposit(cast, deal, given, code, field):
    with refused(code, field=field):
        win(cast, deal, **given)


def test_everything_that_a_win_lacks_is_told_at_once(cast, deal):
    with refused("value", "agreement", "deposit"):
        order.fire(deal, "win", cast.agent)


def test_a_deal_of_nobody_is_won_by_nobody(cast):
    deal = cast.assessed(cast.deal(None))
    with refused("unowned", remedies=("deals.claim",)):
        order.fire(deal, "win", cast.manager, **SIGNED)


def test_a_won_order_holds_what_was_signed_and_paid(cast, deal):
    cast.called(deal)
    won = win(cast, deal)
    assert (won.state, won.value_cents, won.agreement_on, won.state_since) == ("won", 3_890_000, TODAY, NOON)
    deposit = Payment.get()
    assert (deposit.deal, deposit.kind, deposit.is_deposit, deposit.amount_cents, deposit.paid_on) == (
        deal,
        "received",
        True,
        150_000,
        TODAY,
    )
    step = Activity.get(Activity.kind == "task")
    assert (step.done_at, step.done_by) == (NOON, cast.agent)


def test_what_the_order_has_already_is_not_asked_again(cast):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=200, agreement_on=TODAY))
    record_payment(deal, cast.agent, "received", 100, TODAY, True, "")
    assert order.fire(deal, "win", cast.agent).value_cents == 200
    assert Payment.select().count() == 1


def test_a_payment_that_is_no_deposit_does_not_stand_in_for_one(cast):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=100, agreement_on=TODAY))
    record_payment(deal, cast.agent, "received", 100, TODAY, False, "")
    with refused("deposit"):
        order.fire(deal, "win", cast.agent)
    assert order.fire(deal, "win", cast.agent, no_deposit_reason="Paid in full").no_deposit_reason == "Paid in full"


def test_an_agreement_noted_for_tomorrow_wins_nothing_today(cast):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=100, agreement_on=TODAY + DAY))
    with refused("agreement", field="agreement_on"):
        order.fire(deal, "win", cast.agent, deposit_cents=100)


def test_signing_today_is_today_where_the_agent_is(cast, deal):
    with clock.set_to(datetime(2026, 11, 19, 3, 0, tzinfo=UTC)):  # still the 18th in New York
        with refused("agreement"):
            win(cast, deal, agreement_on=TODAY + DAY)
        assert win(cast, deal).state == "won"


# losing


def lose(cast, deal, why="vehicle", **given):
    return order.fire(deal, "lose", cast.agent, loss_reason=why, **given)


@pytest.mark.parametrize("reason", [None, "", "because"])
def test_a_loss_has_a_reason_from_the_list(cast, deal, reason):
    with refused("loss_reason", field="loss_reason"):
        lose(cast, deal, reason)


def test_an_order_with_an_agreement_ends_only_through_the_review(cast):
    deal = cast.deal(cast.agent, agreement_on=TODAY)
    with refused("agreed", remedies=("deals.cancellation",)):
        lose(cast, deal)


@pytest.mark.parametrize("is_deposit", [True, False])
def test_an_order_with_money_of_the_customers_ends_only_through_the_review(cast, deal, is_deposit):
    """With us, that is: what was refunded in full keeps nobody from closing it."""
    record_payment(deal, cast.agent, "received", 50_000, TODAY, is_deposit, "")
    record_payment(deal, cast.manager, "refunded", 49_999, TODAY, False, "")
    with refused("agreed", remedies=("deals.cancellation",)):
        lose(cast, deal)
    record_payment(deal, cast.manager, "refunded", 1, TODAY, False, "")
    assert lose(cast, deal).state == "lost"


TRIES = {
    "never tried": ([], "attempts"),
    "twice on two days": ([2 * DAY, DAY], "attempts"),
    "three times on one day": ([3 * HOUR, 2 * HOUR, HOUR], "attempts"),
    "three times on two days": ([DAY + HOUR, DAY, HOUR], None),
    "three times across one midnight in New York": ([14 * HOUR, 11 * HOUR, 10 * HOUR], None),
    "three times across one midnight in Greenwich": ([18 * HOUR, 16 * HOUR, 15 * HOUR], "attempts"),
}


@pytest.mark.parametrize("tries", TRIES)
def test_no_response_means_that_we_tried(cast, deal, tries):
    """Noon in New York: 14 hours ago was 22:00 the day before, 11 hours ago 01:00 the same day."""
    agos, code = TRIES[tries]
    for ago in sorted(agos, reverse=True):
        cast.called(deal, kind="email", outcome="sent", ago=ago)
    if code is None:
        assert lose(cast, deal, "no_response").state == "lost"
    else:
        with refused(code, field="loss_reason", remedies=("activities.new", "letters.new")):
            lose(cast, deal, "no_response")


def test_their_calls_to_us_are_no_attempts_of_ours(cast, deal):
    for ago in (2 * DAY, DAY, HOUR):
        cast.called(deal, direction="in", outcome=None, ago=ago)
    with refused("attempts"):
        lose(cast, deal, "no_response")


def test_a_lost_order_keeps_its_reason_and_no_open_step(cast, deal):
    cast.called(deal)
    lost = lose(cast, deal, "financing", reason=" The bank said no ")
    assert (lost.state, lost.loss_reason, lost.loss_words) == ("lost", "financing", "The bank said no")
    assert not Activity.open_steps(deal).exists()


def test_a_deal_lost_from_hold_waits_no_more(cast):
    held = cast.in_state("on_hold")
    assert lose(cast, held).hold is None


# reopening


def reopen(cast, deal, by=None, **given):
    told = {
        "stage": cast.stage(1),
        "reason": "They called back",
        "next_step": "Send the new prices",
        "due_at": NOON + timedelta(days=1),
    }
    return order.fire(deal, "reopen", by or cast.manager, **told | given)


@pytest.mark.parametrize("state", ["won", "lost"])
def test_only_a_manager_reopens_and_says_why(cast, state):
    ended = cast.in_state(state)
    with forbidden():
        reopen(cast, ended, cast.agent)
    with refused("reason", field="reason"):
        reopen(cast, ended, reason="")
    with refused("stage", field="stage"):
        reopen(cast, ended, stage=cast.stage(1, pipeline=1))
    with refused("next_step", field="next_step"):
        reopen(cast, ended, next_step="")
    with refused("due", field="due_at"):
        reopen(cast, ended, due_at=None)
    deal = reopen(cast, ended)
    step = Activity.next_step(deal)
    assert (step.subject, step.assignee) == ("Send the new prices", cast.agent)
    assert "the deal is open again" in Notification.of(cast.agent).get().text
    assert (deal.state, deal.loss_reason, deal.loss_words) == ("active", None, "")
    assert Activity.get(Activity.deal == deal, Activity.subject == "Reopened").summary == "They called back"


def test_a_delivered_order_was_no_mistake(cast):
    won = cast.in_state("won")
    Deal.update(delivered_on=TODAY).where(Deal.id == won.id).execute()
    with refused("delivered"):
        reopen(cast, won)


def test_a_restricted_manager_reopens_into_no_stage_they_lost(cast):
    lost = cast.in_state("lost")
    Consequence.create(
        kind="access", user=cast.manager, stage=cast.stage(1), starts_on=TODAY, reason="Coaching", created_by=cast.admin
    )
    with refused("restricted", remedies=("deals.flag",)):
        reopen(cast, lost)


def test_what_the_client_cancelled_is_final_and_is_begun_anew(cast):
    cancelled = cast.in_state("cancelled_by_client")
    with refused("final", remedies=("deals.successor",)):
        reopen(cast, cancelled)
