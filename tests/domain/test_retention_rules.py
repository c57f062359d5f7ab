"""Nothing beyond what the manager approved: each rule of saving an order, and what its steps leave behind (domain
4)."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, Offer, Presentation, RetentionPlan
from carmanana.staffing.absences import be_away

from ..cast import NOON, forbidden, refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPOKEN = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "Told them"}
OFFER = {
    "kind": "price",
    "terms": "$900 off the delivery",
    "value_cents": 90000,
    "limits": "Once",
    "expires_at": NOON + DAY,
}


@pytest.fixture
def second(cast) -> User:
    return User.create(
        email="retention2@carmanana.example", name="Lena Ortiz", roles={"retention"}, manager=cast.manager
    )


@pytest.fixture
def case(cast, second) -> CancellationRequest:
    """With retention, two offers approved."""
    request = cast.request_in("contacted")
    offers = [OFFER, {"kind": "eta", "terms": "Delivery in week 50", "expires_at": NOON + 2 * DAY}]
    return review.fire(
        request, "assign_retention", cast.manager, **cast.review_given("assign_retention", offers=offers)
    )


def presented(cast, request, number: int = 1, answer: str = "thinking") -> Presentation:
    review.fire(request, "present", cast.retention, offer=Offer.get_by_id(number), answer=answer, **SPOKEN)
    return Presentation.get(Presentation.offer == number)


def others_offer(cast) -> Offer:
    cast.request_in("retention")
    return Offer.select().order_by(Offer.id.desc()).get()


def told(changes: dict, cast) -> dict:
    return {name: value(cast) if callable(value) else value for name, value in changes.items()}


# the plan

PLAN = [
    ({"instructions": " "}, "instructions", "instructions"),
    ({"limits": ""}, "limits", "offers"),
    ({"offers": []}, "offers", "offers"),
    ({"offers": [OFFER | {"kind": "bribe"}]}, "offer", "offers"),
    ({"offers": [OFFER | {"terms": " "}]}, "offer", "offers"),
    ({"offers": [OFFER | {"terms": "$5,000 off the price"}]}, "offer", "offers"),
    ({"offers": [OFFER, OFFER | {"value_cents": None}]}, "offer", "offers"),
    ({"offers": [OFFER | {"value_cents": 3890001}]}, "offer", "offers"),
    ({"offers": [OFFER | {"expires_at": NOON}]}, "offer", "offers"),
    ({"offers": [OFFER | {"expires_at": None}]}, "offer", "offers"),
    ({"assignee": None}, "assignee", "assignee"),
    ({"assignee": lambda cast: cast.agent2}, "assignee", "assignee"),
    ({"assignee": lambda cast: cast.manager}, "assignee", "assignee"),
    ({"due_at": NOON}, "due_at", "due_at"),
    ({"due_at": None}, "due_at", "due_at"),
]


@pytest.mark.parametrize("state", ["contacted", "declined"])
@pytest.mark.parametrize(("wrong", "code", "field"), PLAN)
def test_a_plan_is_whole(cast, state, wrong, code, field):
    request, given = cast.request_in(state), cast.review_given("assign_retention")
    with refused(code, field=field):
        review.fire(request, "assign_retention", cast.manager, **given | told(wrong, cast))
    assert review.fire(request, "assign_retention", cast.manager, **given).state == "retention"


@pytest.mark.parametrize("how", ["away", "gone", "owner", "requester"])
def test_the_member_on_a_case_is_here_and_has_not_sold_the_order(cast, second, how):
    request = cast.request_in("contacted")
    if how == "away":
        be_away(second, cast.manager, NOON.date(), NOON.date())
    elif how == "gone":
        User.update(deactivated_at=NOON).where(User.id == second.id).execute()
    elif how == "owner":
        Deal.update(owner=second).execute()
    else:
        User.update(roles={"retention", "agent"}).where(User.id == second.id).execute()
        CancellationRequest.update(requested_by=second).execute()
    code = {"away": "assignee_away", "gone": "assignee"}.get(how, "assignee_involved")
    member, given = User.get_by_id(second.id), cast.review_given("assign_retention")
    with refused(code, field="assignee"):
        review.fire(request, "assign_retention", cast.manager, **given | {"assignee": member})


def test_a_plan_is_a_task_a_note_and_word_to_the_member_who_sees_the_order(cast, case):
    deal, plan, task = Deal.get_by_id(case.deal_id), RetentionPlan.current(case), Activity.get_by_id(case.task_id)
    assert (deal.retention, plan.assignee, task.assignee, task.due_at) == (
        cast.retention,
        cast.retention,
        cast.retention,
        plan.due_at,
    )
    assert list(Deal.visible_to(cast.retention)) == [deal] and (case.committed, case.saveable) == (False, True)
    assert Activity.get(Activity.kind == "note", Activity.subject.startswith("Retention plan")).author == cast.manager
    assert "an order to save is yours" in Notification.get(Notification.user == cast.retention).text


# revising it

REVISIONS = [
    ({}, "nothing", "instructions"),
    ({"limits": "Up to $600"}, "nothing", "instructions"),
    ({"limits": " "}, "nothing", "instructions"),
    ({"due_at": NOON}, "due_at", "due_at"),
    ({"assignee": lambda cast: cast.agent2}, "assignee", "assignee"),
    ({"offers": [OFFER | {"terms": ""}]}, "offer", "offers"),
    ({"withdrawn": lambda cast: list(Offer.select())}, "offers", "offers"),
    ({"withdrawn": lambda cast: [others_offer(cast)]}, "not_approved", "offers"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), REVISIONS)
def test_a_revision_leaves_a_whole_plan_and_changes_something(cast, case, wrong, code, field):
    given, manager = told(wrong, cast), cast.manager
    with refused(code, field=field):
        review.fire(case, "revise_plan", manager, **given)
    assert review.fire(case, "revise_plan", manager, limits="Up to $800").version == case.version + 1
    assert RetentionPlan.current(case).limits == "Up to $800"


def test_an_offer_that_was_presented_stands_as_it_was_said(cast, case):
    offer, manager = presented(cast, case).offer, cast.manager
    with refused("presented", field="offers"):
        review.fire(case, "revise_plan", manager, withdrawn=[offer])


def test_the_case_goes_to_another_member_whole(cast, case, second):
    case = review.fire(
        case, "revise_plan", cast.manager, assignee=second, offers=[OFFER], withdrawn=[Offer.get_by_id(1)]
    )
    assert (Deal.get_by_id(case.deal_id).retention, Activity.get_by_id(case.task_id).assignee) == (second, second)
    assert Activity.open_steps(case.deal).count() == 1 and Offer.get_by_id(1).withdrawn_at == NOON
    first, member = cast.retention, second
    with forbidden():
        review.fire(case, "present", first, offer=Offer.get_by_id(2), answer="accepted", **SPOKEN)
    with refused("same_member", field="assignee"):
        review.fire(case, "hand_case_over", cast.admin, assignee=member)
    assert Deal.get_by_id(review.fire(case, "hand_case_over", cast.admin, assignee=first).deal_id).retention == first


def test_the_member_keeps_their_task_when_another_manager_reviews(cast, case):
    handed = review.fire(case, "assign_reviewer", cast.manager, reviewer=cast.manager2, reason="Holidays")
    assert Activity.get_by_id(handed.task_id).assignee == cast.retention


# presenting

PRESENTING = [
    ({"offer": None}, "not_approved", "offer"),
    ({"offer": {"kind": "price", "terms": "$5,000 off"}}, "not_approved", "offer"),
    ({"offer": others_offer}, "not_approved", "offer"),
    ({"kind": "note"}, "kind", "kind"),
    ({"outcome": "no_answer_vm"}, "not_connected", "outcome"),
    ({"answer": "maybe"}, "answer", "answer"),
    ({"summary": " "}, "summary", "summary"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), PRESENTING)
def test_only_an_approved_offer_is_put_to_the_client_in_a_contact(cast, case, wrong, code, field):
    given, member = {"offer": Offer.get_by_id(1), "answer": "thinking"} | SPOKEN, cast.retention
    wrong = told(wrong, cast)
    with refused(code, field=field):
        review.fire(case, "present", member, **given | wrong)
    review.fire(case, "present", member, **given)
    shown = Presentation.get()
    assert (shown.activity.kind, shown.activity.author, shown.answered_at, case.deal_id) == (
        "call",
        member,
        None,
        shown.activity.deal_id,
    )
    with refused("presented", field="offer"):
        review.fire(case, "present", member, **given)


def test_an_offer_is_not_put_once_it_has_expired_or_was_taken_back(cast, case):
    """However old the page is that it was chosen on."""
    first, later, member = Offer.get_by_id(1), Offer.get_by_id(2), cast.retention
    review.fire(case, "revise_plan", cast.manager, withdrawn=[Offer.get_by_id(2)])
    with refused("withdrawn_offer", field="offer"):
        review.fire(case, "present", member, offer=later, answer="thinking", **SPOKEN)
    with clock.set_to(first.expires_at), refused("expired", field="offer"):
        review.fire(case, "present", member, offer=first, answer="thinking", **SPOKEN)


def test_the_database_takes_no_presentation_of_an_offer_that_has_expired_or_is_taken_back(cast, case):
    member = cast.retention
    with pytest.raises(IntegrityError, match="only an approved offer"):
        Presentation.create(offer=1, presented_by=member, presented_at=NOON + DAY)
    Offer.update(withdrawn_at=NOON).where(Offer.id == 2).execute()
    with pytest.raises(IntegrityError, match="only an approved offer"):
        Presentation.create(offer=2, presented_by=member, presented_at=NOON)


# the answer


def test_an_answer_is_written_down_once_and_in_time(cast, case):
    shown, member = presented(cast, case), cast.retention
    given = {"presentation": shown, "answer": "accepted", "words": "Fine"}
    other = presented(cast, cast.request_in("retention"), 3)
    wrong = [({"answer": None}, "answer"), ({"answer": "thinking"}, "answer"), ({"words": " "}, "words")]
    wrong += [({"presentation": value}, "not_presented") for value in (None, Offer.get_by_id(2), other)]
    for changes, code in wrong:
        with refused(code):
            review.fire(case, "respond", member, **given | changes)
    with clock.set_to(shown.offer.expires_at + HOUR):
        with refused("expired", field="answer"):
            review.fire(case, "respond", member, **given)
        review.fire(case, "respond", member, **given | {"answer": "declined"})
        with refused("answered", field="presentation"):
            review.fire(case, "respond", member, **given | {"answer": "declined"})


# the customer's own terms


def test_the_clients_own_terms_wait_for_the_reviewer(cast, case):
    manager, member = cast.manager, cast.retention
    with refused("terms", field="terms"):
        review.fire(case, "counter", member, terms=" ")
    review.fire(case, "counter", member, terms="$1,500 off")
    counter = CounterOffer.get()
    given = {"counter": counter, "approved": True, "offers": [OFFER | {"terms": "$1,500 off", "value_cents": 150000}]}
    wrong = [
        ({"counter": None}, "no_counter"),
        ({"approved": None}, "approved"),
        ({"offers": []}, "offers"),
        ({"approved": False}, "words"),
    ]
    for changes, code in wrong:
        with refused(code):
            review.fire(case, "answer_counter", manager, **given | changes)
    assert Offer.select().count() == 2
    review.fire(case, "answer_counter", manager, **given)
    assert Offer.select().order_by(Offer.id.desc()).get().terms == "$1,500 off"
    with refused("no_counter", field="counter"):
        review.fire(case, "answer_counter", manager, **given)


# ending it

ENDINGS = [
    ({"because": "kept"}, "because", "because"),
    ({"because": "recalled"}, "recalled", "because"),
    ({"because": "expired"}, "not_expired", "because"),
    ({"because": "no_response"}, "attempts", "because"),
    ({"response": " "}, "response", "response"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), ENDINGS)
def test_the_member_says_how_it_ended(cast, case, wrong, code, field):
    given, member = cast.review_given("end_retention"), cast.retention
    with refused(code, field=field):
        review.fire(case, "end_retention", member, **given | wrong)
    case = review.fire(case, "end_retention", member, **given)
    task = Activity.get_by_id(case.task_id)
    assert (case.state, Deal.get_by_id(case.deal_id).retention, RetentionPlan.current(case)) == ("declined", None, None)
    assert (task.assignee, Activity.open_steps(case.deal).count(), RetentionPlan.latest(case).response) == (
        cast.manager,
        1,
        given["response"],
    )


def test_no_response_expiry_and_recall_end_it_when_they_are_true(cast, case):
    given, member = cast.review_given("end_retention"), cast.retention
    for _ in range(3):
        cast.called(Deal.get_by_id(case.deal_id), member, outcome="no_answer_vm", ago=timedelta(0))
    assert review.fire(case, "end_retention", member, **given | {"because": "no_response"}).state == "declined"
    for because, by, at in [("expired", member, NOON + 3 * DAY), ("recalled", cast.manager, NOON)]:
        with clock.set_to(at):
            again = review.fire(case, "assign_retention", cast.manager, **cast.review_given("assign_retention"))
        with clock.set_to(at + 2 * DAY):
            assert review.fire(again, "end_retention", by, **given | {"because": because}).state == "declined"


@pytest.mark.parametrize(
    ("answer", "late", "kept"),
    [(None, 0, False), ("thinking", 0, False), ("declined", 0, False), ("accepted", 0, True), ("accepted", 2, True)],
)
def test_the_member_keeps_the_order_on_an_offer_accepted_in_time_and_the_reviewer_on_their_word(
    cast, case, answer, late, kept
):
    """An acceptance in time counts when it is entered later, too."""
    if answer:
        presented(cast, case, answer=answer)
    given, member = cast.review_given("retain"), cast.retention
    with clock.set_to(NOON + late * DAY):
        if kept:
            assert review.fire(case, "retain", member, **given).state == "retained"
            return
        with refused("not_accepted", field="kept_by"):
            review.fire(case, "retain", member, **given)
        assert review.fire(case, "retain", cast.manager, **given).state == "retained"


def test_a_revised_offer_has_limits_of_its_own(cast):
    request = cast.request_in("retention")
    offer = {"kind": "other", "terms": "Loan car", "expires_at": clock.now() + timedelta(days=1)}
    with refused("limits", field="offers"):
        review.fire(request, "revise_plan", cast.manager, offers=[offer])
    review.fire(request, "revise_plan", cast.manager, offers=[offer | {"limits": "Two weeks"}])
