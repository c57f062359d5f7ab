"""Leaving, and what is handed over first (Lead & deal SOP, section E)."""

from datetime import timedelta

import pytest

from carmanana import clock
from carmanana.activities.log import add_step
from carmanana.activities.models import Activity
from carmanana.customers.models import Customer
from carmanana.deals.models import ACTIVE, LOSING, LOST, ON_HOLD, WON, Deal
from carmanana.notifications.models import Notification
from carmanana.people.handover import hand_over
from carmanana.people.leaving import deactivate, open_work, reactivate
from carmanana.people.models import Session, User
from carmanana.workflow import Refused

from ..cast import forbidden, refused


def step_for(cast, assignee, owner=None):
    """A next step of somebody on a deal of somebody else."""
    deal = cast.deal(owner or cast.agent2)
    return add_step(deal, cast.manager, "Send papers", clock.now() + timedelta(days=1), assignee)


def everything_to(owner):
    return lambda what, number: owner


def test_somebody_leaves(cast):
    Session.create(id="s", user=cast.agent, data={})
    deactivate(cast.agent, cast.admin)
    assert not cast.agent.active
    assert not Session.select().where(Session.user == cast.agent).exists()
    assert Notification.get(Notification.user == cast.manager).text == "Marta Sandoval does not work here any more"


def test_only_an_admin_sees_somebody_off(cast):
    with forbidden():
        deactivate(cast.agent, cast.manager)
    with forbidden():
        reactivate(cast.agent, cast.manager)


@pytest.mark.parametrize("state", [WON, LOST])
def test_what_has_ended_stays_theirs(cast, state):
    cast.in_state(state, cast.agent)
    assert not deactivate(cast.agent, cast.admin).active


@pytest.mark.parametrize("state", [ACTIVE, ON_HOLD, LOSING])
def test_an_open_deal_keeps_them(cast, state):
    cast.in_state(state, cast.agent)
    with refused("open_work", remedies=("people.hand_over",)) as caught:
        deactivate(cast.agent, cast.admin)
    assert caught.value.refusals[0].sentence == "1 open deal and 0 next steps are still theirs. Hand them over first."


def test_a_next_step_on_somebody_elses_deal_keeps_them(cast):
    step = step_for(cast, cast.agent)
    Activity.create(customer=step.customer_id, kind="task", subject="No deal", due_at=clock.now(), assignee=cast.agent)
    assert len(open_work(cast.agent).steps) == 2
    with refused("open_work"):
        deactivate(cast.agent, cast.admin)


def test_nobody_deactivates_themselves_or_twice(cast):
    with refused("self", "last_admin"):
        deactivate(cast.admin, cast.admin)
    deactivate(cast.agent, cast.admin)
    with refused("left"):
        deactivate(cast.agent, cast.admin)


def test_they_come_back(cast):
    deactivate(cast.agent, cast.admin)
    assert reactivate(cast.agent, cast.admin).active
    with refused("here"):
        reactivate(cast.agent, cast.admin)


@pytest.mark.parametrize("who", ["manager", "manager2", "admin"])
def test_everything_goes_to_one_person(cast, who):
    deals = [cast.deal(cast.agent), cast.in_state(ON_HOLD), cast.in_state(LOSING)]
    step = step_for(cast, cast.agent)
    report = hand_over(cast.agent, getattr(cast, who), everything_to(cast.agent2), "They leave")
    assert len(report.moved) == 4
    assert not report.refused
    assert {Deal.get_by_id(deal.id).owner for deal in deals} == {cast.agent2}
    assert Activity.get_by_id(step.id).assignee == cast.agent2
    assert not open_work(cast.agent)


@pytest.mark.parametrize("who", ["agent", "agent2", "compliance", "retention"])
def test_others_hand_nothing_over(cast, who):
    with forbidden():
        hand_over(cast.agent, getattr(cast, who), everything_to(cast.agent2), "They leave")


def test_the_reason_is_written_on_each_deal(cast):
    deal = cast.deal(cast.agent)
    with refused("reason", field="reason"):
        hand_over(cast.agent, cast.manager, everything_to(cast.agent2), " ")
    hand_over(cast.agent, cast.manager, everything_to(cast.agent2), "Parental leave")
    assert Activity.get(Activity.deal == deal, Activity.kind == "note").summary == "Parental leave"


def test_each_row_has_its_own_new_owner_or_stays(cast):
    one, other, third = (cast.deal(cast.agent) for _ in range(3))
    owners = {("deal", one.id): cast.agent2, ("deal", other.id): cast.manager}
    report = hand_over(cast.agent, cast.manager, lambda what, number: owners.get((what, number)), "Team change")
    assert [Deal.get_by_id(deal.id).owner for deal in (one, other, third)] == [cast.agent2, cast.manager, cast.agent]
    assert report.left == 1


def test_a_refused_row_stays_whole_and_the_others_go(cast):
    good, bad = cast.deal(cast.agent), cast.deal(cast.agent)
    cast.called(bad, cast.agent)
    owners = {good.id: cast.agent2, bad.id: cast.retention}
    report = hand_over(cast.agent, cast.manager, lambda what, number: owners[number] if what == "deal" else None, "Team change")
    assert [row.why_not for row in report.refused] == ["Choose somebody who is here and works deals."]
    assert Deal.get_by_id(good.id).owner == cast.agent2
    assert Deal.get_by_id(bad.id).owner == cast.agent
    assert Activity.next_step(bad).assignee == cast.agent


def test_a_deal_that_somebody_moved_meanwhile_stays_where_it_is(cast, monkeypatch):
    deal = cast.deal(cast.agent)
    work = open_work(cast.agent)
    cast.given_to(deal, cast.manager2)
    monkeypatch.setattr("carmanana.people.handover.open_work", lambda user: work)
    report = hand_over(cast.agent, cast.manager, everything_to(cast.agent2), "Team change")
    assert report.refused[0].why_not == "It is not Marta’s any more."
    assert Deal.get_by_id(deal.id).owner == cast.manager2


def test_a_step_goes_only_to_who_can_see_its_deal(cast):
    step = step_for(cast, cast.agent2, owner=cast.manager)
    report = hand_over(cast.agent2, cast.manager, everything_to(cast.agent), "Team change")
    assert "can’t see this deal" in report.refused[0].why_not
    assert Activity.get_by_id(step.id).assignee == cast.agent2


def test_clients_go_along_with_their_deals_and_the_others_on_request(cast):
    deal = cast.deal(cast.agent)
    Customer.update(owner=cast.agent).where(Customer.id == deal.customer_id).execute()
    other = cast.client("Without a deal")
    Customer.update(owner=cast.agent).where(Customer.id == other.id).execute()
    hand_over(cast.agent, cast.manager, lambda what, number: cast.agent2 if what == "deal" else None, "Team change")
    assert Customer.get_by_id(deal.customer_id).owner == cast.agent2
    assert Customer.get_by_id(other.id).owner == cast.agent
    hand_over(cast.agent, cast.manager, everything_to(cast.agent2), "Team change")
    assert Customer.get_by_id(other.id).owner == cast.agent2


def test_nothing_goes_to_somebody_who_has_left(cast):
    gone = deactivate(cast.agent2, cast.admin)
    deal = cast.deal(cast.agent)
    report = hand_over(cast.agent, cast.manager, everything_to(gone), "Team change")
    assert len(report.refused) == 1
    assert Deal.get_by_id(deal.id).owner == cast.agent


def test_two_who_deactivate_at_once_leave_one_event(cast):
    stale = User.get_by_id(cast.agent.id)
    deactivate(cast.agent, cast.admin)
    with pytest.raises(Refused):
        deactivate(stale, cast.admin)
