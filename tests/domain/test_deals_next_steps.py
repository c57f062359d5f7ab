"""What becomes of a deal's next steps: answered, moved, replaced, kept, dropped (domain 3, *Next steps*)."""

from datetime import timedelta

import pytest

from carmanana.boards.board import Board
from carmanana.boards.chip_counts import chip_counts
from carmanana.boards.deal_filter import Filter
from carmanana.contacting.log import add_step, log, move_step
from carmanana.core import clock
from carmanana.deals import ownership
from carmanana.deals.lifecycle import order
from carmanana.deals.undoing import undoing
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import LOST, WON
from carmanana.records.deals import Deal

from ..cast import NOON, refused
from ..saving import order as won_order

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture
def deal(cast):
    return cast.assessed(cast.deal(cast.agent, value_cents=3_000_000))


def contact(deal, by, kind="call", outcome="connected_follow_up", step="Send the offer", **given):
    return log(
        deal, by, kind, "Wants a hybrid", "out", outcome=outcome, next_step=step, due_at=clock.now() + DAY, **given
    )


def subjects(deal) -> list[str]:
    return [step.subject for step in Activity.open_steps(deal)]


def ended(subject: str) -> tuple:
    step = Activity.get(Activity.subject == subject)
    return step.closed_as, step.done_at, step.done_by, step.answered_by


# answered


def test_any_contact_answers_the_first_contact(cast):
    deal = ownership.claim(cast.deal(None), cast.agent)
    said = contact(deal, cast.agent, "text", "sent")
    assert (subjects(deal), ended("First contact")) == (["Send the offer"], ("done", NOON, cast.agent, said))


def test_a_contact_answers_the_steps_of_its_kind(cast, deal):
    for subject in ("Email him", "Call about the bank", "Ask the bank"):
        add_step(deal, cast.agent, subject, NOON + HOUR)
    contact(deal, cast.agent, "email", "sent")
    assert subjects(deal) == ["Call about the bank", "Ask the bank", "Send the offer"]


def test_whoever_logs_says_which_steps_it_answers(cast, deal):
    bank, call = (
        add_step(deal, cast.agent, subject, NOON + HOUR) for subject in ("Ask the bank", "Call about the bank")
    )
    other = add_step(cast.deal(cast.agent), cast.agent, "Call somebody else", NOON + HOUR)
    contact(deal, cast.agent, answers=[bank.id, other.id])
    assert subjects(deal) == ["Call about the bank", "Send the offer"]
    assert Activity.get_by_id(other.id).done_at is None
    contact(deal, cast.agent, answers=[], step="Wait")
    assert call.subject in subjects(deal)


def test_a_wrong_number_answers_nothing_and_is_marked(cast):
    deal = ownership.claim(cast.deal(None), cast.agent)
    contact(deal, cast.agent, outcome="wrong", step="Find a number")
    assert subjects(deal) == ["First contact", "Find a number"]
    assert CustomerPhone.get(CustomerPhone.customer == deal.customer_id).wrong_at == NOON


# how far ahead


@pytest.mark.parametrize(
    ("readiness", "days", "code"),
    [("live", 14, None), ("live", 15, "too_far"), ("organic", 365, None), ("organic", 367, "too_far")],
)
def test_a_next_step_is_at_most_so_far_ahead(cast, readiness, days, code):
    deal = cast.deal(cast.agent, readiness)
    step = add_step(deal, cast.agent, "Call", NOON + DAY)
    for way in (
        lambda: add_step(deal, cast.agent, "Write", NOON + days * DAY),
        lambda: move_step(step, cast.agent, "Call", NOON + days * DAY),
        lambda: log(deal, cast.agent, "note", "Later", next_step="Ask", due_at=NOON + days * DAY),
    ):
        if code:
            with refused(code, field="due_at"):
                way()
        else:
            way()


# hold and resume


def held(cast):
    deal = cast.deal(cast.agent, "organic")
    contact(deal, cast.agent)
    return order.fire(deal, "hold", cast.agent, **cast.hold_given())


def test_a_hold_moves_what_is_open_to_its_follow_up_and_undo_moves_it_back(cast):
    deal = held(cast)
    assert Activity.next_step(deal).due_at == NOON + 30 * DAY
    order.fire(deal, undoing.trigger(deal), cast.agent)
    assert Activity.next_step(deal).due_at == NOON + DAY


def test_resuming_replaces_what_was_open_and_undo_restores_it(cast):
    deal = held(cast)
    active = order.fire(
        deal, "resume", cast.agent, stage=cast.stage(1), next_step="Call with prices", due_at=NOON + DAY
    )
    assert (subjects(active), ended("Send the offer")) == (["Call with prices"], ("dropped", NOON, cast.agent, None))
    order.fire(active, undoing.trigger(active), cast.agent)
    assert (subjects(active), ended("Send the offer")) == (["Send the offer"], (None, None, None, None))


def test_a_live_order_from_hold_has_its_next_step_within_two_weeks(cast):
    deal = order.fire(held(cast), "mark_live", cast.agent)
    assert Activity.next_step(deal).due_at == NOON + 14 * DAY


def test_a_follow_up_is_at_most_a_year_ahead(cast):
    deal = held(cast)
    with refused("follow_up", field="follow_up_on"):
        order.fire(deal, "extend_hold", cast.agent, **cast.hold_given(follow_up_on=TODAY.replace(year=2027) + DAY))
    order.fire(deal, "extend_hold", cast.agent, **cast.hold_given(follow_up_on=TODAY.replace(year=2027)))


# ended


def win(deal, by, **given):
    return order.fire(deal, "win", by, **{"agreement_on": TODAY, "deposit_cents": 100_000} | given)


def test_losing_drops_what_nobody_did(cast, deal):
    contact(deal, cast.agent)
    order.fire(deal, "lose", cast.agent, loss_reason="vehicle")
    assert (subjects(deal), ended("Send the offer")) == ([], ("dropped", NOON, cast.agent, None))


def test_winning_keeps_what_is_chosen_and_drops_the_rest(cast, deal):
    ship, ask, title = (
        add_step(deal, cast.agent, subject, NOON + DAY)
        for subject in ("Book the shipping", "Ask the bank", "Title papers")
    )
    win(deal, cast.agent, keep_steps=[ship.id, ask.id])
    assert (subjects(deal), ended(title.subject)) == (
        ["Book the shipping", "Ask the bank"],
        ("dropped", NOON, cast.agent, None),
    )


def test_winning_keeps_what_serves_delivery_where_nobody_chose(cast, deal):
    for subject in ("Book the shipping", "Ask the bank"):
        add_step(deal, cast.agent, subject, NOON + DAY)
    win(deal, cast.agent)
    assert subjects(deal) == ["Book the shipping"]


def test_a_manager_wins_without_needs_and_says_why(cast):
    bare = cast.deal(cast.agent, value_cents=3_000_000)
    with refused("entry", remedies=("deals.needs",)):
        win(bare, cast.agent, reason="They know the car")
    with refused("entry", field="reason"):
        win(bare, cast.manager)
    assert win(bare, cast.manager, reason="They know the car").state == WON
    assert Activity.get(Activity.kind == "note").summary == "They know the car"


# when it was won


def test_an_old_order_restored_or_retained_was_won_when_it_was_won(cast):
    for ending in ("withdraw", "retain"):
        won = won_order(cast)
        with clock.set_to(NOON + 40 * DAY):
            request = cast.losing(won)
            for trigger in ("begin_review", "log_first_contact", "retain") if ending == "retain" else ("withdraw",):
                request = cast.walked(request, "", (trigger,))
        fresh = Deal.get_by_id(won.id)
        assert (fresh.state, fresh.won_at) == (WON, NOON)


def test_a_deal_won_by_mistake_was_never_won(cast):
    again = order.fire(
        won_order(cast),
        "reopen",
        cast.manager,
        stage=cast.stage(1),
        reason="The wrong card",
        next_step="Call",
        due_at=NOON + DAY,
    )
    assert again.won_at is None


# the reasons of a loss


def lose(deal, by, why, **given):
    return order.fire(deal, "lose", by, loss_reason=why, **given)


@pytest.mark.parametrize("why", ["bought_elsewhere", "price", "financing", "changed_mind", "do_not_contact"])
def test_a_reason_in_their_words_was_heard_from_them(cast, deal, why):
    contact(deal, cast.agent, outcome="no_answer_vm")
    log(deal, cast.agent, "email", "Told us last week", "in", at=NOON - 8 * DAY)
    with refused("not_said", field="loss_reason"):
        lose(deal, cast.agent, why)
    log(deal, cast.agent, "email", "Told us today", "in")
    assert lose(deal, cast.agent, why).state == LOST


@pytest.mark.parametrize(
    ("channels", "closed"), [(None, (True, True, True)), (["no_calls", "owner"], (True, False, False))]
)
def test_who_asked_not_to_be_contacted_is_not_contacted(cast, deal, channels, closed):
    log(deal, cast.agent, "call", "Leave me alone", "in")
    lose(deal, cast.agent, "do_not_contact", channels=channels)
    customer = Customer.get_by_id(deal.customer_id)
    assert (customer.no_calls, customer.no_emails, customer.no_texts) == closed


def test_no_valid_contact_details_means_that_each_was_found_wrong(cast, deal):
    contact(deal, cast.agent, outcome="wrong")
    for why in ("no_details", "no_response"):
        with refused("details" if why == "no_details" else "attempts", field="loss_reason"):
            lose(deal, cast.agent, why)
    contact(deal, cast.agent, "email", "wrong")
    assert CustomerEmail.get(CustomerEmail.customer == deal.customer_id).wrong_at == NOON
    assert lose(deal, cast.agent, "no_details").state == LOST


def test_no_response_takes_what_was_logged_in_time_and_since_the_claim(cast):
    with clock.set_to(NOON):
        deal = ownership.claim(cast.deal(None), cast.agent)
    with clock.set_to(NOON + 5 * DAY):
        for ago in (6 * DAY, 3 * DAY, 2 * DAY):
            contact(deal, cast.agent, "email", "sent", at=clock.now() - ago)
        with refused("attempts"):
            lose(deal, cast.agent, "no_response")


# whose it is


@pytest.mark.parametrize(
    ("state", "whose"),
    [("requested", "manager"), ("contacted", "manager"), ("retention", "retention"), ("declined", "manager")],
)
def test_while_contact_is_locked_a_step_is_for_whoever_may_contact_them(cast, state, whose):
    request = cast.request_in(state)
    by = getattr(cast, whose)
    entry = log(
        request.deal,
        by,
        "call",
        "Nobody answered",
        "out",
        outcome="no_answer_vm",
        next_step="Try again",
        due_at=NOON + DAY,
    )
    step = Activity.get(Activity.follows == entry)
    assert step.assignee == by
    called_us = log(
        request.deal, cast.agent, "call", "Asked for news", "in", next_step="Call her back", due_at=NOON + DAY
    )
    assert Activity.get(Activity.follows == called_us).assignee == by


def test_an_agent_sets_no_next_step_on_a_locked_deal(cast):
    request = cast.request_in("requested")
    with refused("locked", field="due_at"):
        add_step(request.deal, cast.agent, "Call her", NOON + DAY)


def test_a_manager_gives_a_step_to_nobody_whom_the_lock_keeps_out(cast):
    request = cast.request_in("requested")
    with refused("assignee", field="assignee"):
        add_step(request.deal, cast.manager, "Call her", NOON + DAY, cast.agent)
    cast.walked(request, "contacted")
    assert add_step(request.deal, cast.manager, "Call her", NOON + DAY, cast.manager2).assignee == cast.manager2


def test_a_step_of_somebody_else_stays_theirs_when_the_deal_is_reassigned(cast, deal):
    mine, theirs = (
        add_step(deal, cast.agent, "Call", NOON + DAY),
        add_step(deal, cast.manager, "Check", NOON + DAY, cast.manager),
    )
    ownership.reassign(deal, cast.agent2, "Holiday", cast.manager)
    assert [Activity.get_by_id(step.id).assignee for step in (mine, theirs)] == [cast.agent2, cast.manager]


# what is won goes on until it is delivered


def overdue(deal, by) -> bool:
    chosen = Filter(overdue=True)
    found = chosen.apply(Deal.select(), by).where(Deal.id == deal.id).exists()
    assert chip_counts(deal.pipeline, [], by)["overdue"] == int(found)
    return found


@pytest.mark.parametrize("by", ["agent", "manager"])
def test_a_won_order_is_overdue_by_its_step_or_its_eta_until_it_is_delivered(cast, by):
    person, late = getattr(cast, by), won_order(cast)
    assert not overdue(late, person)
    Deal.update(eta_on=TODAY - DAY).where(Deal.id == late.id).execute()
    assert overdue(late, person)
    Deal.update(eta_on=None).where(Deal.id == late.id).execute()
    add_step(late, cast.agent, "Book the shipping", NOON + HOUR)
    with clock.set_to(NOON + DAY):
        assert overdue(late, person)
        Deal.update(delivered_on=TODAY).where(Deal.id == late.id).execute()
        assert not overdue(late, person)


def test_won_this_month_means_won_in_it(cast):
    won = won_order(cast)
    with clock.set_to(NOON + 40 * DAY):
        cast.walked(cast.losing(won), "", ("withdraw",))
        assert won_this_month(cast, won, Filter()) == 0
    for chosen in (Filter(), Filter(order_type="used_vehicle")):
        assert won_this_month(cast, won, chosen) == 1


def won_this_month(cast, won, chosen: Filter) -> int:
    board = Board(won.pipeline, [cast.stage(1)], cast.manager, chosen)
    board.load_heads()
    return board.by_key["won"].month_count
