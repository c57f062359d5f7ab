"""The contact lock: while an order of a customer's is under review the next contact is the manager's, on every path
(SOP 0, step 4)."""

from datetime import timedelta

import pytest

from carmanana.boards.card_rows import card_of
from carmanana.cancellations.directing import take_back
from carmanana.cancellations.lifecycle import review
from carmanana.contacting import lock
from carmanana.contacting.log import log
from carmanana.contacting.reach import closed
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale, database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.deals.deal_facts import start_again, take
from carmanana.deals.ownership import reassign
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import User

from ..cast import NOON, Cast, forbidden, refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAYS = [
    ("call", "connected_follow_up"),
    ("call", "no_answer_vm"),
    ("voicemail", "vm_drop"),
    ("email", "sent"),
    ("text", "sent"),
]
PEOPLE = (
    "agent",
    "agent2",
    "both",
    "manager",
    "manager2",
    "retention",
    "retention2",
    "retention and agent",
    "admin",
    "compliance",
    "cancellations",
)
MANAGERS = {"manager", "manager2"}
BEFORE, CONTACTED, SAVING, AFTER = (
    ("requested", "in_review"),
    ("contacted", "declined"),
    ("retention",),
    ("retained", "withdrawn", "cancelled"),
)

# who may reach out to the customer, by the state of the request and the direction in force
SOP = {
    **{(state, None): MANAGERS for state in CONTACTED},
    **{
        (state, direction): {"manager"} for state in BEFORE for direction in (None, "agent")
    },  # before the first contact its reviewer alone
    **{(state, "agent"): MANAGERS | {"agent"} for state in CONTACTED},
    **{(state, "agent2"): MANAGERS | {"agent2"} for state in CONTACTED},
    **{(state, "expired"): MANAGERS for state in CONTACTED},
    ("retention", None): MANAGERS | {"retention"},
    ("retention", "agent"): MANAGERS | {"retention", "agent"},
    ("retention", "expired"): MANAGERS | {"retention"},
}


def person(cast: Cast, who: str) -> User:
    others = {
        "retention2": {"retention"},
        "retention and agent": {"retention", "agent"},
        "both": {"agent", "compliance"},
    }
    if who not in others:
        return getattr(cast, who)
    email = f"{who.replace(' ', '-')}@carmanana.example"
    return User.get_or_none(User.email == email) or User.create(email=email, name="Other Person", roles=others[who])


def under_review(cast: Cast, state: str, direction: str | None) -> CancellationRequest:
    request = cast.request_in(state)
    if direction:
        until = NOON + (HOUR if direction != "expired" else timedelta(seconds=1))
        named = person(cast, direction if direction != "expired" else "agent")
        cast.given_to(request.deal, named)
        review.fire(request, "direct", cast.manager, user=named, until=until, words="Send the papers")
    return CancellationRequest.get_by_id(request.id)


def logged(deal: Deal, by: User, kind: str, outcome: str | None, direction: str) -> str:
    """What came of it: logged, locked, or not theirs at all."""
    step = {"next_step": "Call back", "due_at": NOON + 2 * DAY}
    try:
        log(Deal.get_by_id(deal.id), by, kind, "Spoke about the car", direction, outcome=outcome, **step)
    except Forbidden:
        return "Forbidden"
    except Refused as error:
        return " ".join(refusal.code for refusal in error.refusals)
    return "logged"


def everybody_tries(cast: Cast, customer, deal: Deal, may: set[str]) -> None:
    """Each in their own copy of the order, so that only the lock stands in the way."""
    for who in PEOPLE:
        by = person(cast, who)
        works = by.has("agent", "manager", "retention")
        shut = closed(customer, by)
        assert set(shut) == {"call", "email", "text"}
        assert [not why for why in shut.values()] == [who in may] * 3, (who, shut)
        if not works:
            continue
        own = {"owner": by} if not by.is_manager else {}
        for kind, outcome in WAYS:
            with database.atomic() as attempt:
                if own:
                    Deal.update(own).where(Deal.id == deal.id).execute()
                found = logged(deal, by, kind, outcome, "out")
                assert found == ("logged" if who in may else "locked"), (who, kind, found)
                assert logged(deal, by, "call" if kind == "voicemail" else kind, None, "in") == "logged", (who, kind)
                assert logged(deal, by, "note", None, None) == "logged"
                attempt.rollback()


@pytest.mark.parametrize(("state", "direction"), SOP)
def test_only_those_whom_the_sop_names_reach_out_to_the_client(cast, state, direction):
    request = under_review(cast, state, direction)
    with clock.set_to(NOON + timedelta(minutes=1)):
        everybody_tries(cast, request.deal.customer, request.deal, SOP[state, direction])


@pytest.mark.parametrize("state", AFTER)
def test_when_the_request_has_ended_the_way_is_open_again(cast, state):
    request = cast.request_in(state)
    assert closed(request.deal.customer, cast.agent) == dict.fromkeys(("call", "email", "text"), "")
    assert logged(request.deal, cast.agent, "call", "connected_follow_up", "out") == "logged"
    assert logged(request.deal, cast.retention, "call", "connected_follow_up", "out") == "Forbidden"


@pytest.mark.parametrize("state", [*BEFORE, *CONTACTED, *SAVING])
def test_the_lock_holds_for_every_order_of_the_client(cast, state):
    request = cast.request_in(state)
    other = take(request.deal.customer, cast.stage(), cast.manager, cast.agent)
    stranger = cast.deal(cast.agent)
    for kind, outcome in WAYS:
        assert logged(other, cast.agent, kind, outcome, "out") == "locked"
    assert logged(other, cast.manager, "call", "connected_follow_up", "out") == "logged"
    assert logged(stranger, cast.agent, "call", "connected_follow_up", "out") == "logged"


@pytest.mark.parametrize("first", [*BEFORE, *CONTACTED, *SAVING])
def test_of_two_requests_each_must_let_them(cast, first):
    """A direction, or a case, lifts the lock of its own request alone."""
    one = cast.request_in(first)
    other = cast.losing(take(one.deal.customer, cast.stage(), cast.manager, cast.agent), cast.agent)
    review.fire(one, "direct", cast.manager, user=cast.agent, until=NOON + HOUR, words="Send the papers")
    for by in (cast.agent, cast.retention):
        assert all(closed(one.deal.customer, by).values())
    other = cast.walked(other, "contacted")
    review.fire(other, "direct", cast.manager, user=cast.agent, until=NOON + HOUR, words="Send the papers")
    assert all(closed(one.deal.customer, cast.retention).values())
    assert any(closed(one.deal.customer, cast.agent).values()) == (first in BEFORE)
    review.fire(other, "withdraw", cast.manager, **cast.review_given("withdraw"))
    assert any(closed(one.deal.customer, cast.retention).values()) == (first not in SAVING)


def test_an_order_that_came_in_as_losing_is_locked_whatever_another_request_lets(cast):
    """It has no request yet, so nobody can have let anybody."""
    request = under_review(cast, "contacted", "agent")
    Deal.update(customer=request.deal.customer_id).where(
        Deal.id == cast.loaded("cancellation_requested", cast.agent).id
    ).execute()
    assert all(closed(request.deal.customer, cast.agent).values())
    assert not any(closed(request.deal.customer, cast.manager).values())


def test_a_reassigned_order_keeps_its_lock(cast):
    request = cast.request_in("in_review")
    deal = reassign(request.deal, cast.agent2, "Knows the customer", cast.manager)
    for by in (cast.agent, cast.agent2):
        assert all(closed(deal.customer, by).values())
    assert logged(deal, cast.agent2, "call", "connected_follow_up", "out") == "locked"


def test_a_direction_names_one_person_and_ends(cast):
    request = under_review(cast, "contacted", "agent")
    customer = request.deal.customer
    assert all(closed(customer, cast.agent2).values()) and not any(closed(customer, cast.agent).values())
    with clock.set_to(NOON + HOUR):
        assert all(closed(customer, cast.agent).values())
    cast.given_to(request.deal, cast.agent2)
    review.fire(request, "direct", cast.manager, user=cast.agent2, until=NOON + HOUR, words="You too")
    assert not any(closed(customer, cast.agent).values()) and not any(closed(customer, cast.agent2).values())


def test_a_member_who_hands_the_case_on_or_leaves_the_team_is_locked_out(cast):
    request, second = cast.request_in("retention"), person(cast, "retention2")
    customer, first = request.deal.customer, cast.retention
    assert not any(closed(customer, first).values()) and all(closed(customer, second).values())
    review.fire(request, "hand_case_over", cast.manager2, assignee=second)
    assert all(closed(customer, first).values()) and not any(closed(customer, second).values())
    User.update(roles={"agent"}).where(User.id == second.id).execute()
    assert all(closed(customer, User.get_by_id(second.id)).values())


def test_a_cancelled_client_who_orders_again_is_open_to_their_salesperson(cast):
    new = start_again(cast.request_in("cancelled").deal, cast.agent)
    assert logged(new, cast.agent, "call", "connected_follow_up", "out") == "logged"


def test_a_refused_contact_leaves_no_trace(cast):
    deal, agent = cast.request_in("requested").deal, cast.agent
    with refused("locked"):
        log(deal, agent, "text", "Please stay", "out", outcome="sent", next_step="Call", due_at=NOON + DAY)
    assert not Activity.select().where(Activity.author == agent, Activity.direction == "out").exists()


# one customer under two records


def second_record(cast: Cast, first, shares: str) -> Deal:
    """A record that agent2 made of the same customer, having found none that they may see."""
    phones, emails = ["+1 786 555 0100"], ["another@example.com"]
    if shares == "number":
        phones.append(first.phone.typed.replace(" ", "-"))
    if shares == "address":
        emails.append(first.email.address.upper())
    return take(contact.enter(cast.agent2, "M. Gutiérrez", phones, emails), cast.stage(), cast.agent2, cast.agent2)


@pytest.mark.parametrize("shares", ["number", "address", "nothing"])
def test_a_second_record_of_the_same_client_is_locked_too(cast, shares):
    request = cast.request_in("in_review")
    copy = second_record(cast, request.deal.customer, shares)
    locked = shares != "nothing"
    assert lock.under_review(copy.customer) == locked and card_of(copy).locked == locked
    for kind, outcome in WAYS:
        assert logged(copy, cast.agent2, kind, outcome, "out") == ("locked" if locked else "logged")
    assert (
        logged(copy, cast.agent2, "call", None, "in")
        == logged(copy, cast.manager, "call", "connected_follow_up", "out")
        == "logged"
    )


def test_a_number_that_is_corrected_to_a_locked_one_is_locked(cast):
    request = cast.request_in("in_review")
    copy = second_record(cast, request.deal.customer, "nothing")
    contact.correct(
        copy.customer, cast.agent2, copy.customer.version, [request.deal.customer.phone.typed], ["another@example.com"]
    )
    assert all(closed(copy.customer, cast.agent2).values())


def test_a_case_or_a_direction_lets_them_call_under_either_record(cast):
    request = under_review(cast, "contacted", "agent")
    copy = second_record(cast, request.deal.customer, "number")
    assert not any(closed(copy.customer, cast.agent).values()) and all(closed(copy.customer, cast.agent2).values())
    review.fire(request, "withdraw", cast.manager, **cast.review_given("withdraw"))
    assert not any(closed(copy.customer, cast.agent2).values())


# directions


def test_the_newest_direction_alone_counts(cast):
    request = under_review(cast, "contacted", "agent")
    review.fire(request, "direct", cast.manager, user=cast.agent, until=NOON + HOUR / 4, words="Half as long")
    with clock.set_to(NOON + HOUR / 2):
        assert all(closed(request.deal.customer, cast.agent).values())


def test_a_direction_is_taken_back_by_the_reviewer(cast):
    request = under_review(cast, "contacted", "agent")
    given = request.directions.get()
    for by in (cast.manager2, cast.agent, cast.admin):
        with forbidden():
            take_back(given, by)
    take_back(given, cast.manager)
    assert all(closed(request.deal.customer, cast.agent).values())
    note = Activity.select().where(Activity.kind == "note").order_by(Activity.id.desc()).get()
    assert "Marta Sandoval" in note.subject and Event.select().where(Event.verb == "take_back_direction").count() == 1
    assert (
        "took"
        in Notification.select().where(Notification.user == cast.agent).order_by(Notification.id.desc()).get().text
    )
    with pytest.raises(Stale):
        take_back(given, cast.manager)


def test_directions_end_when_the_case_goes_to_retention(cast):
    request = under_review(cast, "contacted", "agent")
    review.fire(request, "assign_retention", cast.manager, **cast.review_given("assign_retention"))
    assert all(closed(request.deal.customer, cast.agent).values()) and not any(
        closed(request.deal.customer, cast.retention).values()
    )
    assert (
        "Marta Sandoval may no longer contact the customer"
        in Activity.get(Activity.subject.startswith("Retention plan")).summary
    )


@pytest.mark.parametrize("who", ["agent2", "retention"])
def test_who_does_not_work_the_order_is_not_directed(cast, who):
    request = cast.request_in("contacted")
    code = {"agent2": "not_theirs", "retention": "user"}[who]
    with refused(code, field="user"):
        review.fire(request, "direct", cast.manager, user=getattr(cast, who), until=NOON + HOUR, words="Call")
    cast.given_to(request.deal, None)
    if who == "agent2":
        review.fire(request, "direct", cast.manager, user=cast.agent2, until=NOON + HOUR, words="Call")


def test_before_the_first_contact_they_are_told_that_it_opens_after_it(cast):
    under_review(cast, "in_review", "agent")
    assert (
        "once the manager has spoken with them"
        in Notification.select().where(Notification.user == cast.agent).order_by(Notification.id.desc()).get().text
    )
