"""What was open when a cancellation was requested is the reviewer's until it ends, and then whose it was."""

from datetime import timedelta

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import add_step, finish_step
from carmanana.deals.ownership import reassign
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import WON

from ..cast import NOON, refused

DAY = timedelta(days=1)


@pytest.fixture
def request_of(cast):
    deal = cast.deal(cast.agent, value_cents=3_890_000)
    add_step(deal, cast.agent, "Send 3 options", NOON + DAY)
    add_step(deal, cast.manager, "Check the price", NOON + DAY, cast.manager2)
    return cast.losing(deal, cast.agent)


def whose(request) -> list[str]:
    steps = Activity.open_steps(request.deal).where(Activity.subject.in_(["Send 3 options", "Check the price"]))
    return [step.assignee.name.split()[0] for step in steps]


@pytest.mark.parametrize(("state", "names"), [
    ("requested", ["Ingrid"] * 2), ("contacted", ["Ingrid"] * 2), ("retention", ["Samira"] * 2), ("declined", ["Ingrid"] * 2),
    ("withdrawn", ["Marta", "Oskar"]), ("cancelled", []),
])  # fmt: skip
def test_they_go_with_whoever_may_contact_the_customer(cast, request_of, state, names):
    request = cast.walked(request_of, state)
    assert whose(request) == names


def test_whoever_is_locked_does_not_tick_off_what_is_another_persons(cast, request_of):
    step, agent = Activity.get(Activity.subject == "Send 3 options"), cast.agent
    with refused("locked"):
        finish_step(step, agent)
    assert finish_step(Activity.get_by_id(step.id), cast.manager).done_by == cast.manager


def test_another_reviewer_has_them(cast, request_of):
    review.fire(request_of, "assign_reviewer", cast.manager2, reviewer=cast.manager2, reason="Ingrid is away")
    assert whose(request_of) == ["Oskar"] * 2


def test_a_follow_up_replaces_them_and_without_one_they_return(cast, request_of):
    request = cast.walked(request_of, "contacted")
    follow_up = {"next_step": "Call her", "due_at": NOON + DAY}
    kept = review.fire(
        request, "retain", cast.manager, **cast.review_given("retain", back_to=request.deal.stage, **follow_up)
    )
    assert whose(kept) == []
    won = cast.in_state(WON)
    add_step(won, cast.agent, "Send 3 options", NOON + DAY)
    assert whose(cast.walked(cast.losing(won, cast.agent), "retained")) == ["Marta"]


def test_they_return_to_the_new_owner_where_the_deal_was_given_away(cast, request_of):
    reassign(request_of.deal, cast.agent2, "Marta is leaving", cast.manager)
    assert whose(cast.walked(request_of, "withdrawn")) == ["Thabo", "Oskar"]
