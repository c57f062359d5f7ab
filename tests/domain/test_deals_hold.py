"""Holding, extending, resuming, and the way between live and organic (Lead & deal SOP, section D)."""

from datetime import UTC, datetime, timedelta

import pytest

from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.compliance import Consequence
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal, Hold
from carmanana.records.notifications import Notification
from carmanana.records.pipelines import Stage

from ..cast import NOON, refused

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_CALL, NO_EMAIL = ("no_call", ("activities.new",)), ("no_email", ("letters.new",))


def answered(ago):
    return {"kind": "call", "outcome": "connected_follow_up", "ago": ago}


def unanswered(ago, outcome="no_answer_no_vm"):
    return {"kind": "call", "outcome": outcome, "ago": ago}


def email(ago):
    return {"kind": "email", "outcome": "sent", "ago": ago}


def from_them(kind, ago):
    return {"kind": kind, "direction": "in", "outcome": None, "ago": ago}


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent, "organic")


def hold(cast, deal, by=None, **given):
    return order.fire(deal, "hold", by or cast.agent, **cast.hold_given(**given))


def contacts(cast, deal, told):
    for contact in sorted(told, key=lambda contact: -contact["ago"]):
        cast.called(deal, cast.agent, **contact)


def nobody_may(deal, *ways):
    Customer.update(**{way: True for way in ways}).where(Customer.id == deal.customer_id).execute()


HISTORIES = {
    "nobody was contacted": ([], NO_CALL),
    "they answered": ([answered(HOUR)], None),
    "they answered 72 hours ago": ([answered(3 * DAY)], None),
    "they answered 72 hours and a minute ago": ([answered(3 * DAY + MINUTE)], NO_CALL),
    "nobody answered": ([unanswered(HOUR)], NO_EMAIL),
    "a voicemail was left": ([unanswered(HOUR, "no_answer_vm")], NO_EMAIL),
    "a voicemail was dropped": ([{"kind": "voicemail", "outcome": "vm_drop", "ago": HOUR}], NO_EMAIL),
    "the number is wrong": ([unanswered(HOUR, "wrong")], NO_EMAIL),
    "nobody answered, an email before": ([email(2 * HOUR), unanswered(HOUR)], NO_EMAIL),
    "nobody answered, an email after": ([unanswered(2 * HOUR), email(HOUR)], None),
    "nobody answered, and the customer wrote": ([unanswered(2 * HOUR), from_them("email", HOUR)], NO_EMAIL),
    "nobody answered four days ago, an email since": ([unanswered(4 * DAY), email(HOUR)], NO_CALL),
    "they answered yesterday but not today": ([answered(DAY), unanswered(HOUR)], NO_EMAIL),
    "they answered today but not yesterday": ([unanswered(DAY), answered(HOUR)], None),
    "they called us": ([from_them("call", HOUR)], None),
    "they wrote an email": ([from_them("email", HOUR)], NO_CALL),
    "they wrote a text": ([from_them("text", HOUR)], NO_CALL),
    "an email alone": ([email(HOUR)], NO_CALL),
}


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("trigger", ["hold", "extend_hold"])
def test_a_deal_waits_only_after_a_try_to_reach_the_client(cast, deal, history, trigger):
    told, refusal = HISTORIES[history]
    if trigger == "extend_hold":
        with clock.set_to(NOON - 10 * DAY):
            cast.called(deal)
            deal = hold(cast, deal)
    contacts(cast, deal, told)
    if refusal is None:
        assert order.fire(deal, trigger, cast.agent, **cast.hold_given()).state == "on_hold"
    else:
        with refused(refusal[0], remedies=refusal[1]):
            order.fire(deal, trigger, cast.agent, **cast.hold_given())


def test_a_call_about_another_order_of_the_client_is_no_try_for_this_one(cast, deal):
    other = cast.deal(cast.agent, "organic")
    Deal.update(customer=deal.customer_id).where(Deal.id == other.id).execute()
    cast.called(Deal.get_by_id(other.id))
    with refused("no_call"):
        hold(cast, deal)


def may_not_be_called(deal):
    nobody_may(deal, "no_calls")


def has_no_phone(deal):
    CustomerPhone.delete().where(CustomerPhone.customer == deal.customer_id).execute()


def may_not_be_emailed(deal):
    nobody_may(deal, "no_emails")


def has_no_email(deal):
    CustomerEmail.delete().where(CustomerEmail.customer == deal.customer_id).execute()


@pytest.mark.parametrize("closed", [may_not_be_called, has_no_phone])
def test_an_email_is_enough_where_the_client_may_not_be_called(cast, deal, closed):
    closed(deal)
    contacts(cast, deal, [email(4 * DAY), from_them("email", HOUR)])
    with refused("no_email", remedies=("letters.new",)):
        hold(cast, deal)
    contacts(cast, deal, [email(HOUR)])
    assert hold(cast, deal).state == "on_hold"


@pytest.mark.parametrize("closed", [may_not_be_emailed, has_no_email])
def test_a_call_is_enough_where_the_client_may_not_be_emailed(cast, deal, closed):
    closed(deal)
    with refused("no_call"):
        hold(cast, deal)
    contacts(cast, deal, [unanswered(HOUR)])
    assert hold(cast, deal).state == "on_hold"


def test_a_live_order_is_never_parked(cast):
    live = cast.deal(cast.agent)
    cast.called(live)
    with refused("live_order", remedies=("activities.new", "deals.readiness", "deals.loss")):
        hold(cast, live)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"sub_status": None}, "sub_status", "sub_status"),
        ({"sub_status": "bored"}, "sub_status", "sub_status"),
        ({"reason": " \n"}, "reason", "reason"),
        ({"reason": None}, "reason", "reason"),
        ({"follow_up_on": None}, "follow_up", "follow_up_on"),
        ({"follow_up_on": NOON.date()}, "follow_up", "follow_up_on"),
        ({"follow_up_on": NOON.date() - DAY}, "follow_up", "follow_up_on"),
    ],
)
def test_a_hold_needs_its_reason_and_a_day_ahead(cast, deal, given, code, field):
    cast.called(deal)
    with refused(code, field=field):
        hold(cast, deal, **given)


def test_every_reason_is_told_at_once(cast):
    live = cast.deal(cast.agent)
    with refused("live_order", "no_call", "sub_status", "reason", "follow_up"):
        order.fire(live, "hold", cast.agent)


def test_tomorrow_is_counted_on_the_agents_own_calendar(cast, deal):
    with clock.set_to(datetime(2026, 11, 19, 3, 0, tzinfo=UTC)):  # still the 18th in New York
        cast.called(deal)
        with refused("follow_up"):
            hold(cast, deal, follow_up_on=NOON.date())
        assert hold(cast, deal, follow_up_on=NOON.date() + DAY).state == "on_hold"


def test_the_manager_reads_why_it_waits(cast, deal):
    cast.called(deal)
    held = hold(cast, deal, reason=" Bank decides in January ")
    assert (held.hold.sub_status, held.hold.reason, held.hold.follow_up_on) == (
        "financing",
        "Bank decides in January",
        NOON.date() + 30 * DAY,
    )
    note = Activity.get(Activity.deal == deal, Activity.kind == "note")
    assert (note.summary, note.author) == ("Bank decides in January", cast.agent)
    told = Notification.get(Notification.deal == deal)
    assert (told.user, told.actor) == (cast.manager, cast.agent)


def test_extending_lays_a_new_hold_over_the_old_one(cast):
    held = cast.in_state("on_hold")
    later = NOON.date() + 90 * DAY
    order.fire(held, "extend_hold", cast.agent, **cast.hold_given(sub_status="event", follow_up_on=later))
    assert [hold.follow_up_on for hold in held.holds.where(Hold.lifted_at.is_null())] == [later]
    assert held.holds.count() == 2


# and on again


@pytest.fixture
def held(cast):
    return cast.in_state("on_hold")


def resume(cast, held, **given):
    step = {"next_step": "Send 3 options", "due_at": clock.now() + DAY, "stage": cast.stage(1)}
    return order.fire(held, "resume", cast.agent, **step | given)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"next_step": "  "}, "next_step", "next_step"),
        ({"due_at": None}, "due", "due_at"),
        ({"due_at": NOON}, "due", "due_at"),
        ({"due_at": NOON - MINUTE}, "due", "due_at"),
        ({"stage": None}, "stage", "stage"),
    ],
)
def test_a_deal_goes_on_with_a_next_step_ahead(cast, held, given, code, field):
    with refused(code, field=field):
        resume(cast, held, **given)


def test_a_resumed_deal_has_its_step_and_no_hold(cast, held):
    deal = resume(cast, held)
    step = Activity.open_steps(deal).where(Activity.subject == "Send 3 options").get()
    assert (step.assignee, step.due_at) == (cast.agent, NOON + DAY)
    assert (deal.state, deal.hold, deal.holds.get().lifted_at) == ("active", None, NOON)


def test_a_deal_of_the_house_account_goes_on_with_whoever_resumed_it(cast, held):
    house = cast.given_to(held, cast.house)
    deal = order.fire(house, "resume", cast.manager, next_step="Sweep it", due_at=NOON + DAY, stage=cast.stage(1))
    assert Activity.get(Activity.deal == deal, Activity.subject == "Sweep it").assignee == cast.manager


def test_a_resumed_deal_enters_no_stage_that_refuses_it(cast, held):
    with refused("entry", remedies=("deals.needs",)):
        resume(cast, held, stage=cast.stage(3))
    Consequence.create(
        kind="access",
        user=cast.agent,
        stage=cast.stage(2),
        starts_on=NOON.date(),
        reason="Coaching",
        created_by=cast.manager,
    )
    with refused("restricted", remedies=("deals.flag",)):
        resume(cast, held, stage=cast.stage(2))


def test_an_order_that_turns_live_is_on_hold_no_more(cast, held):
    newer = cast.deal(cast.agent)  # takes the top of the column meanwhile
    deal = order.fire(held, "mark_live", cast.agent)
    assert (deal.state, deal.readiness, deal.hold) == ("active", "live", None)
    assert deal.position < newer.position


def test_an_order_turns_live_only_where_its_stage_still_is(cast, held):
    Stage.update(archived=True).where(Stage.id == held.stage_id).execute()
    with refused("stage", remedies=("deals.resumption",)):
        order.fire(held, "mark_live", cast.agent)
    resumed = order.fire(
        held, "resume", cast.agent, stage=cast.stage(2), next_step="Call", due_at=clock.now() + timedelta(days=1)
    )
    assert resumed.stage == cast.stage(2)


def test_a_text_is_enough_where_the_client_may_neither_be_called_nor_emailed(cast, deal):
    Customer.update(no_calls=True, no_emails=True).where(Customer.id == deal.customer_id).execute()
    with refused("no_contact", remedies=("activities.new", "deals.loss")):
        hold(cast, deal)
    cast.called(deal, kind="text", outcome="sent")
    assert hold(cast, deal).state == "on_hold"


def test_becoming_live_leaves_an_active_card_where_it_is(cast, deal):
    cast.deal(cast.agent)
    assert order.fire(deal, "mark_live", cast.agent).position == deal.position


def test_organic_is_no_way_round_the_hold_rule(cast):
    live = cast.deal(cast.agent)
    with refused("reason", field="reason"):
        order.fire(live, "mark_organic", cast.agent, reason=" ")
    assert order.fire(live, "mark_organic", cast.agent, reason="Waits for spring").readiness == "organic"
    assert Activity.get(Activity.deal == live, Activity.kind == "note").summary == "Waits for spring"
    assert Notification.get(Notification.deal == live).user == cast.manager
    with refused("no_call"):
        hold(cast, live)


@pytest.mark.parametrize(("readiness", "trigger"), [("live", "mark_live"), ("organic", "mark_organic")])
def test_an_order_is_not_made_what_it_is(cast, readiness, trigger):
    deal = cast.deal(cast.agent, readiness)
    with refused(f"already_{readiness}"):
        order.fire(deal, trigger, cast.agent, reason="Again")
