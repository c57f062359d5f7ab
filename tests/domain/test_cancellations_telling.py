"""Who hears of what: a customer who calls during a review, an owner whose order changes hands (domain 4)."""

from datetime import timedelta

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.deals.deal_facts import take
from carmanana.deals.ownership import reassign
from carmanana.records.notifications import Notification
from carmanana.staffing.absences import be_away

from ..cast import NOON, refused
from ..saving import offer, planned

DAY = timedelta(days=1)


def heard(user) -> list[str]:
    return [notification.text for notification in Notification.of(user)]


@pytest.mark.parametrize("kind, words", [("call", "called"), ("email", "wrote an email"), ("text", "sent a text")])
def test_the_reviewer_hears_at_once_when_the_customer_is_in_touch(cast, kind, words):
    request = cast.request_in("in_review")
    log(request.deal, cast.agent, kind, "Asked how it stands", "in")
    assert heard(cast.manager)[0] == f"{request.deal.customer.name} {words} while the cancellation is under review"


def test_it_is_heard_on_whichever_deal_of_theirs_they_call(cast):
    request = cast.request_in("in_review")
    other = take(request.deal.customer, cast.stage(), cast.manager2, cast.agent2)
    log(other, cast.agent2, "call", "Asked how it stands", "in")
    assert "called while the cancellation is under review" in heard(cast.manager)[0]


def test_while_retention_has_it_the_member_hears_as_well(cast):
    request = cast.request_in("retention")
    log(request.deal, cast.agent, "call", "Asked how it stands", "in")
    assert "called" in heard(cast.manager)[0] and "called" in heard(cast.retention)[0]
    log(request.deal, cast.retention, "call", "Asked again", "in")
    assert len([text for text in heard(cast.retention) if "called" in text]) == 1  # nobody is told of what they logged


def test_when_no_review_is_open_nobody_is_told(cast):
    request = cast.request_in("withdrawn")
    before = Notification.select().count()
    log(request.deal, cast.agent, "call", "Asked how it stands", "in")
    assert Notification.select().count() == before


def test_the_owner_hears_of_the_hand_over_to_retention_and_of_the_outcome(cast):
    request = cast.request_in("retention")
    assert "the Retention Team tries to save the order" in heard(cast.agent)[0]
    review.fire(request, "retain", cast.manager, **cast.review_given("retain"))
    assert "stays with us" in heard(cast.agent)[0]


def test_the_owner_before_hears_of_a_reassignment(cast):
    reassign(cast.deal(cast.agent), cast.agent2, "Knows them", cast.manager)
    assert heard(cast.agent)[0].endswith("was reassigned to Thabo Okafor") and "is yours now" in heard(cast.agent2)[0]


# a plan that can be carried out


@pytest.mark.parametrize("days, code", [(1, None), (3, None), (4, "due_late")])
def test_a_plan_is_not_due_after_its_last_offer_has_expired(cast, days, code):
    offers = [offer(expires_at=NOON + DAY), offer(expires_at=NOON + 3 * DAY)]
    given = cast.review_given("assign_retention", offers=offers, due_at=NOON + days * DAY)
    request = cast.request_in("contacted")
    if code is None:
        assert review.fire(request, "assign_retention", cast.manager, **given).state == "retention"
    else:
        with refused(code, field="due_at"):
            review.fire(request, "assign_retention", cast.manager, **given)


def test_a_revision_keeps_the_same(cast):
    plan = planned(cast)
    with refused("due_late", field="due_at"):
        review.fire(plan.request, "revise_plan", cast.manager, due_at=NOON + 5 * DAY)
    with refused("due_late", field="due_at"):
        review.fire(
            plan.request,
            "revise_plan",
            cast.manager,
            withdrawn=list(plan.offers),
            offers=[offer(limits="None", expires_at=NOON + DAY / 2)],
        )
    review.fire(
        plan.request,
        "revise_plan",
        cast.manager,
        due_at=NOON + 5 * DAY,
        offers=[offer(limits="None", expires_at=NOON + 6 * DAY)],
    )


def test_nobody_gets_a_case_who_is_away_when_it_is_due(cast):
    be_away(cast.retention, cast.manager, (NOON + DAY).date(), (NOON + 3 * DAY).date())
    request = cast.request_in("contacted")
    with refused("assignee_away", field="assignee"):
        review.fire(request, "assign_retention", cast.manager, **cast.review_given("assign_retention"))
    with clock.set_to(NOON + DAY), refused("assignee_away", field="assignee"):
        given = cast.review_given("assign_retention", due_at=NOON + DAY + timedelta(hours=2))
        review.fire(request, "assign_retention", cast.manager, **given)
