"""The salesperson's request: its form, and what it sets going at once (domain 4, SOP 0 steps 1 to 4)."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from carmanana.cancellations.reviewers import likeliest
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.playbook import Story
from carmanana.staffing.absences import be_away

from ..cast import NOON, refused

DAY = timedelta(days=1)
TODAY = NOON.date()

FORM = [
    ({"came_by": None}, "came_by", "came_by"),
    ({"came_by": "pigeon"}, "came_by", "came_by"),
    ({"reason": " "}, "reason", "reason"),
    ({"issues": ""}, "issues", "issues"),
    ({"phrases": None}, "phrases", "phrases"),
    ({"tone": "furious"}, "tone", "tone"),
    ({"order_details": " "}, "order_details", "order_details"),
    ({"explained": False}, "explained", "explained"),
    ({"reviewer": None}, "reviewer", "reviewer"),
    ({"reviewer": lambda cast: cast.agent}, "reviewer", "reviewer"),
    ({"reviewer": lambda cast: cast.admin}, "reviewer", "reviewer"),
]


def ask(cast, deal, by, **given):
    return order.fire(deal, "request_cancellation", by, **cast.request_given(**given))


@pytest.mark.parametrize(("wrong", "code", "field"), FORM)
def test_the_form_is_complete(cast, wrong, code, field):
    deal, agent = cast.in_state("won"), cast.agent
    wrong = {name: value(cast) if callable(value) else value for name, value in wrong.items()}
    with refused(code, field=field):
        ask(cast, deal, agent, **wrong)
    assert ask(cast, deal, agent).state == "cancellation_requested"


def test_an_empty_form_says_all_that_is_missing(cast):
    deal, agent = cast.deal(cast.agent), cast.agent
    with refused("came_by", "reason", "issues", "phrases", "tone", "order_details", "explained", "reviewer"):
        order.fire(deal, "request_cancellation", agent)


def test_the_reviewer_is_here_and_has_not_sold_the_order(cast):
    agent, boss, other = cast.agent, cast.manager, cast.manager2
    deal = cast.given_to(cast.in_state("won"), boss)
    with refused("reviewer_involved", field="reviewer"):
        ask(cast, deal, boss, reviewer=boss)
    assert likeliest(deal, boss) == other
    be_away(other, other, TODAY, TODAY)
    with refused("reviewer_away", field="reviewer"):
        ask(cast, deal, boss, reviewer=other)
    assert ask(cast, deal, boss, reviewer=boss).state == "cancellation_requested"
    User.update(deactivated_at=NOON).where(User.id == other.id).execute()
    mine = cast.in_state("won")
    with refused("reviewer", field="reviewer"):
        ask(cast, mine, agent, reviewer=User.get_by_id(other.id))


@pytest.mark.parametrize("roles", [{"manager"}, {"manager", "agent"}])
def test_a_manager_who_takes_the_request_does_not_review_it(cast, roles):
    User.update(roles=roles).where(User.id == cast.manager.id).execute()
    deal, manager = cast.in_state("won"), cast.manager
    with refused("reviewer_involved", field="reviewer"):
        ask(cast, deal, manager)


def test_after_delivery_it_is_a_return_which_a_manager_may_take_on_with_a_reason(cast):
    deal, agent, manager = cast.in_state("won"), cast.agent, cast.manager
    Deal.update(delivered_on=TODAY).where(Deal.id == deal.id).execute()
    with refused("delivered"):
        ask(cast, deal, agent, return_reason="They want it back")
    with refused("return_reason", field="return_reason"):
        ask(cast, deal, manager, return_reason=" ", reviewer=cast.manager2)
    ask(cast, deal, manager, return_reason="They never drove it", reviewer=cast.manager2)
    assert "They never drove it" in CancellationRequest.get().activity.summary


# what it sets going


def test_the_request_writes_its_activity_under_the_sops_title(cast):
    deal = cast.in_state("won")
    Customer.update(name="Ana Ruiz").execute()
    ask(cast, deal, cast.agent, came_by="email")
    written = CancellationRequest.get().activity
    assert written.subject == "Cancellation Request – Ana Ruiz – 18 Nov 2026"
    assert (written.kind, written.direction, written.author, written.objections) == (
        "email",
        "in",
        cast.agent,
        "I can't trust the date",
    )
    for told in ("The delivery slipped twice", "2022 Lexus RX 350", "ETA moved", "Calm", "I can't trust the date"):
        assert told in written.summary


@pytest.mark.parametrize(
    ("came_by", "kind", "direction"),
    [("phone", "call", "in"), ("text", "text", "in"), ("in_person", "note", None), ("other", "note", None)],
)
def test_its_activity_is_of_the_kind_in_which_it_came(cast, came_by, kind, direction):
    ask(cast, cast.in_state("won"), cast.agent, came_by=came_by)
    written = CancellationRequest.get().activity
    assert (written.kind, written.direction) == (kind, direction)


def test_the_manager_has_a_task_within_a_business_hour_and_everybody_concerned_hears_of_it(cast):
    deal = cast.given_to(cast.in_state("won"), cast.agent2)
    Notification.delete().execute()
    ask(cast, deal, cast.manager2)
    request = CancellationRequest.get()
    task = request.task
    assert (task.assignee, task.due_at, request.due_at) == (cast.manager, NOON + DAY / 24, NOON + DAY / 24)
    assert "wants to cancel: The delivery slipped twice" in task.summary and list(Activity.open_steps(deal)) == [task]
    assert {told.user for told in Notification.select()} == {cast.manager, cast.agent2}
    fresh = Deal.get_by_id(deal.id)
    assert (fresh.state, fresh.locked, request.return_state, request.state, request.version) == (
        "cancellation_requested",
        True,
        "won",
        "requested",
        1,
    )


def test_an_order_that_came_in_as_losing_gets_its_request_once(cast):
    deal = cast.loaded("cancellation_requested", cast.agent)
    ask(cast, deal, cast.agent)
    assert CancellationRequest.get().return_state == "active"
    signed, agent = cast.loaded("cancellation_requested", cast.agent), cast.agent
    Deal.update(agreement_on=TODAY, value_cents=1).where(Deal.id == signed.id).execute()
    ask(cast, signed, agent)
    assert CancellationRequest.open_for(signed).return_state == "won"
    with refused("requested"):
        ask(cast, signed, agent)


# what the database holds, whoever writes to it


def test_no_order_becomes_cancelled_without_a_review_that_reached_a_decision(cast):
    bare = [
        cast.in_state("won"),
        *(cast.request_in(state).deal for state in ("requested", "in_review", "retention", "retained", "withdrawn")),
    ]
    for deal in bare:
        with pytest.raises(IntegrityError, match="after a manager has reviewed it"):
            Deal.update(state="cancelled_by_client").where(Deal.id == deal.id).execute()


def test_one_request_is_open_at_once(cast):
    request = cast.request_in("contacted")
    again = CancellationRequest(**{name: value for name, value in request.__data__.items() if name != "id"})
    with pytest.raises(IntegrityError, match="UNIQUE"):
        again.save(force_insert=True)


def test_a_request_is_what_its_state_says(cast):
    request = cast.request_in("in_review")
    for fields in (
        {"state": "contacted"},
        {"state": "withdrawn"},
        {"ended_at": NOON},
        {"state": "cancelled", "ended_at": NOON, "contacted_at": NOON},
    ):
        with pytest.raises(IntegrityError, match="CHECK"):
            CancellationRequest.update(fields).where(CancellationRequest.id == request.id).execute()


def test_a_story_is_told_of_a_retained_order_only(cast):
    told = {
        "title": "A firm date",
        "words": "They stayed",
        "consent": "By email",
        "consented_on": TODAY,
        "made_by": cast.manager,
    }
    for state in ("contacted", "cancelled", "withdrawn"):
        with pytest.raises(IntegrityError, match="of a retained order only"):
            Story.create(request=cast.request_in(state), **told)
    assert Story.create(request=cast.request_in("retained"), **told).id
