"""Decisions at the same moment, in threads and in processes: one wins, the other hears of it, and everything agrees."""

from datetime import timedelta
from functools import partial

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.reviewing import save_progress
from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal, Payment
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, Offer, Presentation, RetentionPlan

from ..cast import NOON
from .test_cancellations_histories import SPOKEN
from .test_races import all_told, at_once, begin, processes, started
from .unlawful import nothing_unlawful_stands

DAY = timedelta(days=1)
TIMES = 5


def step(request: CancellationRequest, trigger: str, by: User, given: dict, version: int | None = None):
    return partial(review.fire, request, trigger, by, version, **given)


def one_winner(found) -> int:
    """Which of them took their step; the others were told why not."""
    won = [number for number, one in enumerate(found) if not isinstance(one, (Refused, Stale, Forbidden))]
    assert len(won) == 1 and not isinstance(found[won[0]], Exception), found
    return won[0]


def all_agrees(request: CancellationRequest) -> CancellationRequest:
    nothing_unlawful_stands()
    assert audit.broken_event() is None
    fresh = CancellationRequest.get_by_id(request.id)
    last = Event.select().where(
        Event.subject == "cancellation_request", Event.subject_id == request.id, Event.became.is_null(False)
    )
    assert last.order_by(Event.id.desc()).get().became == fresh.state
    return fresh


@pytest.fixture
def decisions(cast):
    """Each way in which a request can end, or go on, with all that it needs, by the people who may."""
    manager, other, member = cast.manager, cast.manager2, cast.retention
    cancelling = cast.review_given("cancel", refunded_cents=150000)
    return {
        "cancel": (manager, cancelling),
        "retain": (manager, cast.review_given("retain")),
        "withdraw": (other, cast.review_given("withdraw")),
        "assign_reviewer": (other, {"reviewer": other, "reason": "Holidays"}),
        "assign_retention": (manager, cast.review_given("assign_retention", due_at=NOON + DAY)),
        "end_retention": (manager, cast.review_given("end_retention", because="recalled")),
        "kept by the member": (member, cast.review_given("retain")),
    }


def decidable(cast, state: str = "contacted") -> CancellationRequest:
    request = cast.request_in(state)
    evidence.explain(request, request.reviewer, evidence.missing(request.deal), "The line is not recorded")
    return CancellationRequest.get_by_id(request.id)


PAIRS = [
    ("cancel", "retain"),
    ("cancel", "withdraw"),
    ("retain", "withdraw"),
    ("cancel", "cancel"),
    ("assign_retention", "cancel"),
    ("assign_retention", "assign_retention"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_of_two_decisions_at_once_one_is_taken(cast, decisions, one, other):
    """Whether they know the version, as the pages do, or not."""
    for version in (True, False):
        request = decidable(cast)
        known = request.version if version else None
        taken = (one, other)[
            one_winner(at_once(*(step(request, trigger, *decisions[trigger], known) for trigger in (one, other))))
        ]
        ended = {"cancel": "cancelled", "retain": "retained", "withdraw": "withdrawn", "assign_retention": "retention"}
        assert all_agrees(request).state == ended[taken]
        assert Payment.select().where(Payment.deal == request.deal, Payment.kind == "refunded").count() == (
            taken == "cancel"
        )


def test_a_manager_who_takes_the_review_over_and_one_who_cancels_do_not_both_succeed(cast, decisions):
    for _ in range(TIMES):
        request = decidable(cast)
        winner = one_winner(
            at_once(
                *(
                    step(request, trigger, *decisions[trigger], request.version)
                    for trigger in ("assign_reviewer", "cancel")
                )
            )
        )
        fresh = all_agrees(request)
        assert (fresh.state, fresh.reviewer) == [("contacted", cast.manager2), ("cancelled", cast.manager)][winner]


def test_the_member_keeps_the_order_or_the_reviewer_recalls_the_case(cast, decisions):
    for _ in range(TIMES):
        request = cast.request_in("retention")
        offer = RetentionPlan.current(request).offers.get()
        request = review.fire(request, "present", cast.retention, offer=offer, answer="accepted", **SPOKEN)
        steps = (
            step(request, "retain", *decisions["kept by the member"]),
            step(request, "end_retention", *decisions["end_retention"]),
        )
        winner = one_winner(at_once(*steps))
        assert all_agrees(request).state == ["retained", "declined"][winner]


def test_one_offer_is_presented_once(cast):
    request, member = cast.request_in("retention"), cast.retention
    offer = Offer.get()
    found = at_once(*[step(request, "present", member, SPOKEN | {"offer": offer, "answer": "thinking"})] * 6)
    one_winner(found)
    assert {refusal.code for lost in found if isinstance(lost, Refused) for refusal in lost.refusals} == {"presented"}
    assert (
        Presentation.select().count()
        == Activity.select().where(Activity.author == member, Activity.direction == "out").count()
        == 1
    )
    all_agrees(request)


def test_an_offer_is_taken_back_or_presented(cast):
    for _ in range(TIMES):
        request, member, manager = cast.request_in("retention"), cast.retention, cast.manager
        offer = RetentionPlan.current(request).offers.get()
        more = cast.review_given("assign_retention")["offers"]
        presenting = step(request, "present", member, SPOKEN | {"offer": offer, "answer": "thinking"})
        winner = one_winner(
            at_once(presenting, step(request, "revise_plan", manager, {"withdrawn": [offer], "offers": more}))
        )
        assert (Presentation.get_or_none(Presentation.offer == offer) is not None) == (winner == 0)
        assert (Offer.get_by_id(offer.id).withdrawn_at is None) == (winner == 0)
        all_agrees(request)


def test_the_clients_terms_are_answered_once(cast):
    request = review.fire(cast.request_in("retention"), "counter", cast.retention, terms="$900 off")
    manager, counter = cast.manager, CounterOffer.get()
    approved = {"approved": True, "offers": cast.review_given("assign_retention")["offers"]}
    steps = [approved, {"approved": False, "words": "Too much"}, approved]
    winner = one_winner(
        at_once(*(step(request, "answer_counter", manager, {"counter": counter} | given) for given in steps))
    )
    assert CounterOffer.get().approved == (winner != 1) and Offer.select().count() == 1 + (winner != 1)


def test_one_order_has_one_request(cast):
    deal, people, given = cast.in_state("won"), [cast.agent, cast.manager2, cast.manager2], cast.request_given()
    found = at_once(*(lambda by=by: order.fire(deal, "request_cancellation", by, **given) for by in people * 3))
    one_winner(found)
    assert {refusal.code for lost in found if isinstance(lost, Refused) for refusal in lost.refusals} == {"requested"}
    assert (
        CancellationRequest.select().count()
        == Activity.select().where(Activity.subject.startswith("Cancellation Request")).count()
        == 1
    )
    assert Deal.get_by_id(deal.id).version == deal.version + 1


def test_what_one_tab_keeps_does_not_write_over_what_another_has_kept(cast):
    request, manager = cast.request_in("in_review"), cast.manager
    found = at_once(
        *(
            lambda words=words: save_progress(request, manager, request.version, situation=words)
            for words in ("Calm", "Upset")
        )
    )
    assert CancellationRequest.get().situation == ("Calm", "Upset")[one_winner(found)]


# processes


def decide(folder, number, trigger, ready, told):
    """A process of its own takes one step as soon as all of them are ready."""
    begin(folder)
    request = CancellationRequest.get_by_id(number)
    by = User.get(
        User.email == ("manager2@carmanana.example" if trigger == "withdraw" else "manager@carmanana.example")
    )
    given = {
        "withdraw": {"because": "mistake", "reason": "It was another order"},
        "retain": {"kept_by": "A firm date", "no_commitments": True, "back_to": "won"},
        "cancel": {
            "ground": "committed",
            "decision": "Approved",
            "refunded_cents": 150000,
            "kept_cents": 0,
            "pending_cents": 0,
        },
    }[trigger]
    ready.wait()
    try:
        with clock.set_to(NOON):
            review.fire(request, trigger, by, request.version, **given)
        told.send(trigger)
    except (Refused, Forbidden, Stale) as error:
        told.send(type(error).__name__)
    told.close()


def test_of_six_processes_that_decide_at_once_one_wins(cast, settings):
    request = decidable(cast)
    ready = processes.Barrier(6)
    running = [
        started(decide, str(settings.data), request.id, trigger, ready)
        for trigger in ("cancel", "retain", "withdraw") * 2
    ]
    told = [one for _, hears in running for one in all_told(hears)]
    for process, _ in running:
        process.join(60)
    won = [one for one in told if one in ("cancel", "retain", "withdraw")]
    assert len(told) == 6 and len(won) == 1, told
    assert all_agrees(request).state == {"cancel": "cancelled", "retain": "retained", "withdraw": "withdrawn"}[won[0]]
