"""Leaving, and what is handed over first (Lead & deal SOP, section E)."""

from datetime import timedelta

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.leads.dialing import building, calling
from carmanana.leads.dialing.pool import to_call
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE, LOSING, LOST, ON_HOLD, WON
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence, Session, User
from carmanana.records.sequences import CallSequence
from carmanana.staffing.absences import be_away
from carmanana.staffing.handover import hand_over
from carmanana.staffing.leaving import deactivate, keep_their_work, keep_who_must_stay, open_work, reactivate
from carmanana.staffing.listing import listed as listed_people
from carmanana.staffing.listing import people

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


def test_what_they_were_to_call_is_free_for_others(cast):
    free = [cast.lead(), cast.lead()]
    sequence = building.prepare(cast.agent, cast.agent, free, "Wednesday")
    calling.current(calling.start(sequence, cast.agent), cast.agent)
    assert to_call(cast.agent2) == []
    deactivate(cast.agent, cast.admin)
    assert CallSequence.get_by_id(sequence.id).ended and set(to_call(cast.agent2)) == set(free)


def test_only_an_admin_sees_somebody_off(cast):
    with forbidden():
        deactivate(cast.agent, cast.manager)
    with forbidden():
        reactivate(cast.agent, cast.manager)


@pytest.mark.parametrize("state", [WON, LOST])
def test_what_has_ended_stays_theirs(cast, state):
    cast.in_state(state, cast.agent)
    assert not deactivate(cast.agent, cast.admin).active


def test_an_order_that_was_promised_for_a_day_keeps_them_until_it_is_delivered(cast):
    """Or nobody's Today would ask for it when that day has passed."""
    won = cast.in_state(WON, cast.agent)
    Deal.update(eta_on=clock.today()).where(Deal.id == won.id).execute()
    with refused("open_work"):
        deactivate(cast.agent, cast.admin)
    assert not hand_over(cast.agent, cast.admin, everything_to(cast.agent2), "They leave").refused
    assert Deal.get_by_id(won.id).owner == cast.agent2
    Deal.update(owner=cast.agent, delivered_on=clock.today()).where(Deal.id == won.id).execute()
    assert not open_work(cast.agent)


def test_a_manager_stays_for_the_reviews(cast):
    deactivate(cast.manager2, cast.admin)
    with refused("last_manager"):
        deactivate(cast.manager, cast.admin)
    with refused("last_manager", field="roles"):
        keep_who_must_stay(cast.manager, {"agent"})
    keep_who_must_stay(cast.manager, {"manager"})


def test_who_was_to_cover_and_leaves_or_is_away_too_is_told_of(cast):
    today, week = clock.today(cast.agent2.timezone), timedelta(days=7)
    absence = be_away(cast.agent2, cast.manager2, today + week, today + 2 * week, cover=cast.agent)
    be_away(cast.agent, cast.manager, today + 2 * week, today + 3 * week)
    said = "Marta Sandoval was to cover for {}, 25 Nov – 2 Dec, but {}"
    assert Notification.of(cast.manager2).first().text == said.format("Thabo Okafor", "is away then too")
    deactivate(cast.agent, cast.admin)
    assert Absence.get_by_id(absence.id).cover is None
    assert Notification.of(cast.agent2).first().text == said.format("you", "has left")
    assert Notification.of(cast.manager2).first().text == said.format("Thabo Okafor", "has left")


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
    report = hand_over(
        cast.agent, cast.manager, lambda what, number: owners[number] if what == "deal" else None, "Team change"
    )
    assert [row.why_not for row in report.refused] == ["Choose somebody who is here and works deals."]
    assert Deal.get_by_id(good.id).owner == cast.agent2
    assert Deal.get_by_id(bad.id).owner == cast.agent
    assert Activity.next_step(bad).assignee == cast.agent


def test_a_deal_that_somebody_moved_meanwhile_stays_where_it_is(cast, monkeypatch):
    deal = cast.deal(cast.agent)
    work = open_work(cast.agent)
    cast.given_to(deal, cast.manager2)
    monkeypatch.setattr("carmanana.staffing.handover.open_work", lambda user: work)
    report = hand_over(cast.agent, cast.manager, everything_to(cast.agent2), "Team change")
    assert report.refused[0].why_not == "It is not Marta’s any more."
    assert Deal.get_by_id(deal.id).owner == cast.manager2


# reviews, and orders to save


def saving(cast):
    """An order that the Retention Team is to save."""
    return cast.request_in("retention", cast.deal(cast.agent))


def member_two(**facts):
    return User.create(email="r2@x.example", name="Mateo Ruiz", roles={"retention"}, **facts)


def test_an_open_review_keeps_its_reviewer(cast):
    request = cast.losing(cast.deal(cast.agent), cast.agent)
    assert open_work(cast.manager).reviews == [request]
    assert not open_work(cast.manager).steps
    with refused("open_work", remedies=("people.hand_over",)) as caught:
        deactivate(cast.manager, cast.admin)
    assert caught.value.refusals[0].sentence == "1 cancellation review is still theirs. Hand it over first."


def test_an_order_to_save_keeps_who_is_to_save_it(cast):
    request = saving(cast)
    assert [plan.request for plan in open_work(cast.retention).cases] == [request]
    assert not open_work(cast.retention).steps
    with refused("open_work"):
        deactivate(cast.retention, cast.admin)


def test_a_promise_keeps_who_made_it_though_the_order_is_won(cast):
    request = cast.walked(cast.losing(cast.in_state(WON, cast.agent2)), "contacted")
    promise = {
        "kind": "eta",
        "words": "Call on Friday",
        "due_on": clock.today() + timedelta(days=2),
        "owner": cast.agent2,
    }
    review.fire(request, "retain", cast.manager, kept_by="A date", commitments=[promise], back_to=WON)
    assert [step.subject for step in open_work(cast.agent2).steps] == ["Promised: Call on Friday"]
    hand_over(cast.agent2, cast.admin, everything_to(cast.manager2), "They leave")
    assert not open_work(cast.agent2)


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_a_review_goes_to_another_manager_with_its_task(cast, who):
    request = cast.losing(cast.deal(cast.agent), cast.agent)
    to = {"review": cast.manager2}
    report = hand_over(cast.manager, getattr(cast, who), lambda what, number: to.get(what), "Parental leave")
    request = CancellationRequest.get_by_id(request.id)
    assert [row.what for row in report.moved] == [f"Cancellation review of {request.deal.customer.name}"]
    assert (request.reviewer, request.task.assignee) == (cast.manager2, cast.manager2)
    assert Activity.get(Activity.deal == request.deal, Activity.kind == "note").summary == "Parental leave"
    assert not open_work(cast.manager)


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_an_order_to_save_goes_to_another_member_with_its_task(cast, who):
    request, other = saving(cast), member_two()
    report = hand_over(cast.retention, getattr(cast, who), everything_to(other), "They leave")
    request = CancellationRequest.get_by_id(request.id)
    assert len(report.moved) == 1
    assert (request.task.assignee, request.deal.retention) == (other, other)
    assert not open_work(cast.retention)


def test_a_review_stays_where_the_new_one_may_not_review(cast):
    sold = cast.losing(cast.deal(cast.manager2))
    other = cast.losing(cast.deal(cast.agent), cast.agent)
    to = {sold.id: cast.manager2, other.id: cast.agent2}
    report = hand_over(
        cast.manager, cast.admin, lambda what, number: to[number] if what == "review" else None, "They leave"
    )
    assert [row.why_not for row in report.refused] == [
        "Oskar Lind has sold this order. Choose another manager.",
        "Choose the manager who reviews it.",
    ]
    assert {request.reviewer for request in CancellationRequest.select()} == {cast.manager}


def test_an_order_to_save_stays_where_the_new_one_may_not_save_it(cast):
    request = saving(cast)
    report = hand_over(cast.retention, cast.manager, everything_to(cast.agent2), "They leave")
    assert [row.why_not for row in report.refused] == ["Choose somebody of the Retention Team."]
    assert CancellationRequest.get_by_id(request.id).deal.retention == cast.retention


@pytest.mark.parametrize("begun", ["review", "case"])
def test_what_ended_meanwhile_stays_as_it_is(cast, monkeypatch, begun):
    request, other = saving(cast), member_two()
    user, to = (cast.manager, cast.manager2) if begun == "review" else (cast.retention, other)
    work = open_work(user)
    review.fire(request, "withdraw", cast.manager, because="mistake", reason="The wrong card")
    monkeypatch.setattr("carmanana.staffing.handover.open_work", lambda user: work)
    report = hand_over(user, cast.admin, everything_to(to), "They leave")
    assert report.refused[0].why_not == f"It is not {user.first_name}’s any more."


def test_a_deal_under_review_does_not_go_to_its_reviewer_or_whoever_saves_it(cast):
    request = saving(cast)
    User.update(roles={"retention", "agent"}).where(User.id == cast.retention.id).execute()
    for to in (cast.manager, cast.retention):
        report = hand_over(cast.agent, cast.admin, everything_to(to), "They leave")
        assert "Hand that over first, or choose somebody else." in report.refused[0].why_not
    assert Deal.get_by_id(request.deal_id).owner == cast.agent


GIVEN_UP = {
    "no manager any more": ("manager", {"crm_admin"}, "1 cancellation review"),
    "a manager who becomes an agent": ("manager", {"agent"}, "1 cancellation review"),
    "not of the Retention Team any more": ("retention", {"agent"}, "1 retention case"),
}


@pytest.mark.parametrize("who, roles, still", GIVEN_UP.values(), ids=GIVEN_UP)
def test_who_gives_up_a_role_hands_over_first_what_only_that_role_may_have(cast, who, roles, still):
    saving(cast)
    user = getattr(cast, who)
    with refused("open_work") as caught:
        keep_their_work(user, roles)
    assert caught.value.refusals[0].sentence.startswith(still)
    keep_their_work(user, {*user.roles, "compliance"})


def test_an_absence_tells_of_reviews_and_orders_to_save(cast):
    saving(cast)
    for user, waits in ((cast.manager, "1 cancellation review waits"), (cast.retention, "1 retention case waits")):
        be_away(user, cast.admin, clock.today(), clock.today())
        assert Notification.get(Notification.about == user).text.endswith(waits)


def test_the_list_of_people_counts_reviews_and_orders_to_save(cast):
    saving(cast)
    counts = {
        listed.user: (listed.open_deals, listed.open_reviews, listed.open_cases)
        for listed in listed_people([user.id for user in people()])
    }
    assert counts[cast.agent] == (1, 0, 0)
    assert counts[cast.manager] == (0, 1, 0)
    assert counts[cast.retention] == (0, 0, 1)


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
