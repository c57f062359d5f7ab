"""*Tried by phone and email, on hold*: one form, the same rules, all of it or nothing."""

from datetime import timedelta

import pytest

from carmanana.contacting import log
from carmanana.core import clock
from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.deals import tried_on_hold
from carmanana.deals.lifecycle import order
from carmanana.deals.tried_on_hold import Tried
from carmanana.deals.undoing import undoing
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE, ON_HOLD, ORGANIC
from carmanana.records.deals import Deal

from ..cast import everything

BOTH = Tried(called=True, voicemail=True, emailed=True, subject="Checking in about your Macan")


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent, ORGANIC)


def contacts(deal) -> list:
    return [
        (a.kind, a.outcome, a.subject)
        for a in Activity.select().where(Activity.deal == deal, Activity.direction == "out").order_by(Activity.id)
    ]


def test_a_call_a_voicemail_and_an_email_are_logged_and_the_deal_is_held(cast, deal):
    assert tried_on_hold.wanted(deal, cast.agent) == ("call", "email")
    held = tried_on_hold.hold(deal, cast.agent, BOTH, deal.version, **cast.hold_given())
    assert held.state == ON_HOLD and held.hold.sub_status == "financing"
    assert contacts(deal) == [("call", "no_answer_vm", ""), ("email", "sent", "Checking in about your Macan")]


def test_without_voicemail_and_with_a_call_that_was_logged_before(cast, deal):
    cast.called(deal, cast.agent, outcome="no_answer_no_vm")
    assert tried_on_hold.wanted(deal, cast.agent) == ("email",)
    assert tried_on_hold.hold(deal, cast.agent, Tried(emailed=True), **cast.hold_given()).state == ON_HOLD


@pytest.mark.parametrize("tried", [Tried(), Tried(called=True), Tried(emailed=True), Tried(voicemail=True)])
def test_less_than_the_rule_asks_leaves_nothing_behind(cast, deal, tried):
    before = everything("deal", "activity", "hold", "event")
    with pytest.raises(Refused):
        tried_on_hold.hold(deal, cast.agent, tried, deal.version, **cast.hold_given())
    assert everything("deal", "activity", "hold", "event") == before


def test_a_missing_reason_or_an_old_version_logs_nothing(cast, deal):
    before = everything("deal", "activity", "hold", "event")
    with pytest.raises(Refused):
        tried_on_hold.hold(deal, cast.agent, BOTH, deal.version, **cast.hold_given(reason=" "))
    with pytest.raises(Stale):
        tried_on_hold.hold(deal, cast.agent, BOTH, deal.version - 1, **cast.hold_given())
    assert everything("deal", "activity", "hold", "event") == before


def test_who_may_not_be_called_is_not_logged_as_called(cast, deal):
    Customer.update(no_calls=True).where(Customer.id == deal.customer_id).execute()
    deal = Deal.get_by_id(deal.id)
    assert tried_on_hold.wanted(deal, cast.agent) == ("email",)
    with pytest.raises(Refused) as refused:
        tried_on_hold.hold(deal, cast.agent, BOTH, **cast.hold_given())
    assert "asked not to be called" in str(refused.value)
    assert tried_on_hold.hold(deal, cast.agent, Tried(emailed=True), **cast.hold_given()).state == ON_HOLD


def test_the_same_form_extends_a_hold(cast):
    deal = cast.in_state(ON_HOLD)
    with clock.set_to(clock.now() + timedelta(days=5)):
        assert tried_on_hold.wanted(deal, cast.agent) == ("call", "email")
        held = tried_on_hold.hold(
            deal, cast.agent, BOTH, deal.version, **cast.hold_given(follow_up_on=clock.today() + timedelta(days=60))
        )
    assert held.state == ON_HOLD and held.hold.follow_up_on > deal.hold.placed_at.date()


def test_a_live_order_is_never_held_by_it(cast):
    live = cast.deal(cast.agent)
    with pytest.raises(Refused):
        tried_on_hold.hold(live, cast.agent, BOTH, **cast.hold_given())
    assert Deal.get_by_id(live.id).state == ACTIVE and contacts(live) == []


def test_undone_it_leaves_the_next_steps_that_there_were_before(cast, deal):
    step = log.add_step(deal, cast.agent, "Call about financing", clock.now() + timedelta(days=1))
    held = tried_on_hold.hold(deal, cast.agent, BOTH, **cast.hold_given())
    assert Activity.get_by_id(step.id).done_at
    order.fire(held, undoing.trigger(held), cast.agent)
    again = Activity.get_by_id(step.id)
    assert (again.done_at, again.answered_by_id, again.due_at) == (None, None, step.due_at)
    assert Deal.get_by_id(deal.id).state == ACTIVE and len(contacts(deal)) == 2
