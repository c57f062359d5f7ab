"""The review of a cancellation over HTTP: its steps, by whom, and what comes back when something is missing."""

from datetime import timedelta
from io import BytesIO

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import STATES, CancellationRequest, Direction, ReviewPresence
from carmanana.records.deal_codes import CANCELLED, LOSING, WON
from carmanana.records.deals import Deal
from carmanana.records.people import Session
from tests.cast import NOON, everything

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://localhost/cancellations?show=all"}
CONTACT = {
    "files_read": ["activities", "recordings", "emails"],
    "how": "call",
    "situation": "The car is two months late",
    "expectations": "A firm date",
    "main_reason": "delivery",
    "real_reason": "Afraid to be without a car in May",
}
CANCEL = {
    "ground": "committed",
    "decision": "Approved, deposit kept",
    "refunded_cents": "0",
    "kept_cents": "1,500",
    "pending_cents": "0",
}
LATER = "2026-11-18T16:00"


@pytest.fixture
def boss(visit):
    return visit("manager")


def path(request: CancellationRequest, step: str = "") -> str:
    return f"/cancellations/{request.id}" + (f"/{step}" if step else "")


def fresh(request: CancellationRequest) -> CancellationRequest:
    return CancellationRequest.get_by_id(request.id)


# the steps


def test_a_manager_walks_to_the_cancellation(cast, boss):
    """Without JavaScript: every step is a form that leads back to the review."""
    request = cast.request_in("requested")
    assert boss.post(path(request, "beginning")).location.startswith(path(request))
    assert boss.post(path(request, "first-contact"), data=CONTACT).status_code == 303
    page = boss.get(path(request)).text
    assert "A firm date" in page and "Try to save it" in page and 'id="plan-form"' in page
    reason = {
        "activities": [activity.id for activity in evidence.missing(request.deal)],
        "gap_reason": "The line is not recorded",
    }
    assert boss.post(path(request, "evidence"), data=reason).status_code == 303
    assert boss.post(path(request, "cancellation"), data=CANCEL).status_code == 303
    assert (fresh(request).state, Deal.get_by_id(request.deal_id).state) == ("cancelled", CANCELLED)
    page = boss.get(path(request)).text
    assert "Approved, deposit kept" in page and "$1,500" in page and "has cancelled" in page


def test_a_first_contact_that_is_not_complete_comes_back_as_typed(cast, boss):
    request = cast.request_in("in_review")
    before = everything("cancellation_request", "activity", "event")
    answer = boss.post(path(request, "first-contact"), headers=HTMX, data={"situation": "Half a sentence"})
    assert answer.status_code == 422
    for sentence in (
        "Half a sentence",
        "Choose how you reached them.",
        "Write down what they expect.",
        "Choose the main reason.",
        "Read the file first",
    ):
        assert sentence in answer.text
    assert 'hx-target="#review-dialog"' in answer.text
    assert everything("cancellation_request", "activity", "event") == before


def test_on_its_own_page_the_review_is_answered_in_place(cast, boss):
    request = cast.request_in("in_review")
    answer = boss.post(
        path(request, "first-contact"),
        headers=HTMX | {"HX-Current-URL": f"http://localhost{path(request)}"},
        data=CONTACT,
    )
    assert (
        answer.status_code == 200
        and 'hx-target="#review" hx-swap="outerHTML"' in answer.text
        and "The first contact is logged" in answer.text
    )


def test_an_attempt_keeps_what_else_was_typed(cast, boss):
    request = cast.request_in("in_review")
    data = {
        "kind": "call",
        "outcome": "no_answer_vm",
        "next_attempt_at": LATER,
        "situation": "Written before the call",
        "files_read": ["activities"],
    }
    answer = boss.post(path(request, "attempts"), headers=HTMX, data=data)
    assert answer.status_code == 200 and "Written before the call" in answer.text and "Attempted · next" in answer.text
    assert (
        fresh(request).attempted_at
        and fresh(request).situation == "Written before the call"
        and fresh(request).files_read == {"activities"}
    )


def test_an_email_opens_after_a_call_that_missed(cast, boss):
    request = cast.request_in("in_review")
    assert "Email opens after a call that did not reach them" in boss.get(path(request)).text
    answer = boss.post(path(request, "attempts"), data={"kind": "email", "next_attempt_at": LATER})
    assert answer.status_code == 422 and "Call first." in answer.text
    review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt"))
    page = boss.get(path(request)).text
    assert "template=cancellation_unreachable" in page and "Email opens after" not in page


def test_going_on_without_having_reached_them_needs_the_attempts(cast, boss):
    request = cast.request_in("in_review")
    review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt"))
    assert "Not reached means 3 attempts on 2 different days" in boss.get(path(request)).text
    assert (
        boss.post(path(request, "unreachable"), data={"files_read": ["activities"], "reason": "Nobody"}).status_code
        == 422
    )
    for kind, hours in (("call", 24), ("email", 26)):
        with clock.set_to(NOON + timedelta(hours=hours)):
            again = {"kind": kind, "next_attempt_at": clock.now() + timedelta(days=1)}
            review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt", **again))
    with clock.set_to(NOON + timedelta(hours=27)):
        files = {"files_read": ["activities", "emails", "recordings"], "reason": "Three tries"}
        assert visit_again(boss).post(path(request, "unreachable"), data=files).status_code == 303
    assert fresh(request).unreachable


def visit_again(client):
    """The same browser a day later."""
    Session.update(created_at=clock.now(), seen_at=clock.now()).execute()
    return client


def test_progress_is_kept_and_resumed(cast, boss):
    request = cast.request_in("in_review")
    answer = boss.post(
        path(request, "progress"),
        headers=HTMX,
        data={"situation": "So far", "files_read": ["activities"], "version": fresh(request).version},
    )
    assert answer.status_code == 200 and 'hx-target="#review-dialog"' in answer.text
    assert "So far" in boss.get(path(request)).text
    decide = cast.request_in("contacted")
    assert (
        boss.post(path(decide, "progress"), data={"ground": "committed", "decision": "Half decided"}).status_code == 303
    )
    assert (
        "Half decided" in boss.get(path(decide)).text
        and fresh(decide).ground == "committed"
        and fresh(decide).state == "contacted"
    )


def test_what_somebody_else_has_changed_is_409_and_loses_no_word(cast, boss):
    request = cast.request_in("in_review")
    drawn = fresh(request).version
    review.fire(
        request,
        "direct",
        cast.manager,
        user=cast.agent,
        until=clock.now() + timedelta(days=1),
        words="Call about the date",
    )
    for step in ("first-contact", "progress"):
        answer = boss.post(path(request, step), headers=HTMX, data=CONTACT | {"version": drawn})
        assert (
            answer.status_code == 409
            and "The car is two months late" in answer.text
            and "while you were typing" in answer.text
        )
    assert fresh(request).state == "in_review"


def test_a_form_that_comes_too_late_shows_what_was_typed(cast, boss):
    request = cast.request_in("contacted")
    answer = boss.post(path(request, "first-contact"), data=CONTACT | {"version": "1"})
    assert answer.status_code == 409 and "What you typed" in answer.text and "The car is two months late" in answer.text


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"ground": "not_reached"}, "The customer was reached"),
        ({"decision": ""}, "Document the final decision"),
        ({"kept_cents": "100"}, "must make $1,500"),
        ({"kept_cents": "a lot"}, "Enter an amount"),
        ({"ground": ""}, "Choose why it ends"),
        ({}, "no recording or file"),
    ],
)
def test_a_cancellation_that_lacks_something_is_refused(cast, boss, wrong, sentence):
    request = cast.request_in("contacted")
    if wrong:
        evidence.explain(request, cast.manager, evidence.missing(request.deal), "Not recorded")
    answer = boss.post(path(request, "cancellation"), headers=HTMX, data=CANCEL | wrong)
    assert answer.status_code == 422 and sentence in answer.text
    assert Deal.get_by_id(request.deal_id).state == LOSING


# evidence


def test_evidence_is_red_until_a_file_or_a_reason_is_there(cast, boss):
    request = cast.request_in("contacted")
    first, second = evidence.missing(request.deal)
    assert "2 calls and emails have no recording or file" in boss.get(path(request)).text
    file = {"files": (BytesIO(b"RIFF\x00\x00\x00\x00WAVE"), "call.wav")}
    answer = boss.post(path(request, f"evidence/{first.id}"), headers=HTMX, data=file)
    assert answer.status_code == 200 and 'hx-target="#evidence"' in answer.text and "call.wav" in answer.text
    assert Attachment.get(Attachment.activity == first).uploaded_by == cast.manager
    answer = boss.post(path(request, "evidence"), headers=HTMX, data={"activities": [second.id], "gap_reason": ""})
    assert answer.status_code == 422 and "Say why there is no recording or file." in answer.text
    boss.post(
        path(request, "evidence"),
        headers=HTMX,
        data={"activities": [second.id], "gap_reason": "No recorder in the car"},
    )
    assert not evidence.missing(request.deal) and "No recorder in the car" in boss.get(path(request)).text


def test_evidence_of_another_order_is_not_taken(cast, boss):
    request, other = cast.request_in("contacted"), cast.request_in("contacted")
    foreign = evidence.missing(other.deal)[0]
    assert (
        boss.post(path(request, f"evidence/{foreign.id}"), data={"files": (BytesIO(b"x"), "x.txt")}).status_code == 404
    )
    assert boss.post(path(request, "evidence"), data={"activities": [foreign.id], "gap_reason": "x"}).status_code == 422
    assert Attachment.select().count() == 0


# who may

FORGED = [
    ("in_review", "attempts", {"kind": "call", "outcome": "no_answer_vm", "next_attempt_at": LATER}),
    ("requested", "beginning", {}),
    ("in_review", "first-contact", CONTACT),
    ("in_review", "unreachable", {"reason": "x"}),
    ("in_review", "progress", {"situation": "x"}),
    ("contacted", "cancellation", CANCEL),
    ("contacted", "evidence", {"activities": ["1"], "gap_reason": "x"}),
    ("contacted", "direction", {"user": "5", "until": LATER, "words": "x"}),
]


@pytest.mark.parametrize("state, step, data", FORGED)
@pytest.mark.parametrize("who", ["manager2", "agent", "retention", "compliance", "admin", "cancellations"])
def test_only_the_reviewer_takes_the_steps(cast, visit, state, step, data, who):
    request, client = cast.request_in(state), visit(who)
    before = everything("cancellation_request", "activity", "deal", "event", "evidence_gap", "direction")
    assert client.post(path(request, step), data=data).status_code == 403
    assert everything("cancellation_request", "activity", "deal", "event", "evidence_gap", "direction") == before


def test_another_manager_sees_everything_and_takes_it_over(cast, visit):
    request, oskar = cast.request_in("in_review"), visit("manager2")
    page = oskar.get(path(request)).text
    assert "Ingrid Dahl reviews this" in page and "Take over…" in page and "Log the first contact" not in page
    assert "Oskar Lind" in oskar.get(path(request, "reviewer")).text
    answer = oskar.post(path(request, "reviewer"), data={"reviewer": cast.manager2.id, "reason": "Ingrid is away"})
    assert answer.status_code == 303 and fresh(request).reviewer == cast.manager2


def test_an_admin_hands_a_review_over(cast, visit):
    request = cast.request_in("in_review")
    answer = visit("admin").post(
        path(request, "reviewer"), data={"reviewer": cast.manager2.id, "reason": "Ingrid leaves"}
    )
    assert answer.status_code == 303 and fresh(request).reviewer == cast.manager2


# its dialogs


def test_a_request_is_withdrawn_with_a_reason(cast, boss):
    request = cast.request_in("in_review")
    answer = boss.post(path(request, "withdrawal"), headers=HTMX, data={"because": "client", "reason": "She said so"})
    assert answer.status_code == 422 and "Log the call in which they said so" in answer.text
    cast.walked(request, "contacted", ("log_first_contact",))
    answer = boss.post(path(request, "withdrawal"), headers=HTMX, data={"because": "client"})
    assert answer.status_code == 422 and "Say why, in words." in answer.text and 'hx-target="#dialog"' in answer.text
    answer = boss.post(
        path(request, "withdrawal"), headers=HTMX, data={"because": "client", "reason": "She wants it after all"}
    )
    assert answer.status_code == 200 and 'hx-target="#dialog" hx-swap="innerHTML"></hx-partial>' in answer.text
    assert fresh(request).state == "withdrawn" and "Withdrawn" in boss.get(path(request)).text
    assert Deal.get_by_id(request.deal_id).state == WON


def test_a_salesperson_is_directed_until_a_moment(cast, boss):
    request = cast.request_in("contacted")
    data = {"user": cast.agent.id, "until": "2026-11-18T11:00", "words": "Only the date"}
    answer = boss.post(path(request, "direction"), headers=HTMX, data=data)
    assert answer.status_code == 422 and "Choose until when" in answer.text and "Only the date" in answer.text
    assert boss.post(path(request, "direction"), data=data | {"until": LATER}).status_code == 303
    assert Direction.get().in_force
    assert "Marta Sandoval may contact the customer until" in " ".join(boss.get(path(request)).text.split())
    review.fire(CancellationRequest.get(), "retain", cast.manager, **cast.review_given("retain"))
    ended = " ".join(boss.get(path(request)).text.split())
    assert "Marta Sandoval could contact the customer until" in ended and "Take it back" not in ended


def test_only_who_works_the_order_is_offered_and_directed(cast, boss):
    request = cast.request_in("contacted")
    page = boss.get(path(request, "direction")).text
    assert "Marta Sandoval</option>" in page and "Thabo Okafor" not in page
    answer = boss.post(
        path(request, "direction"), data={"user": cast.agent2.id, "until": LATER, "words": "Only the date"}
    )
    assert answer.status_code == 422 and "Thabo Okafor does not work this order. Reassign it first." in answer.text
    cast.given_to(request.deal, None)
    assert "Thabo Okafor</option>" in boss.get(path(request, "direction")).text
    cast.given_to(request.deal, cast.manager)
    assert "Reassign the order first" in boss.get(path(request, "direction")).text


def test_what_was_let_is_taken_back(cast, visit, boss):
    request = cast.request_in("contacted")
    review.fire(
        request, "direct", cast.manager, user=cast.agent, until=clock.now() + timedelta(days=1), words="Only the date"
    )
    end = path(request, f"direction/{Direction.get().id}/end")
    assert end in boss.get(path(request)).text and end not in visit("manager2").get(path(request)).text
    assert boss.post(path(cast.request_in("contacted"), f"direction/{Direction.get().id}/end")).status_code == 404
    assert visit("manager2").post(end).status_code == 403 and Direction.get().in_force
    answer = boss.post(end, headers=HTMX)
    assert answer.status_code == 200 and not Direction.get().in_force and end not in answer.text
    assert boss.post(end, headers=HTMX).status_code == 409


# who looks


def test_two_managers_see_each_other(cast, visit):
    request, ingrid, oskar = cast.request_in("in_review"), visit("manager"), visit("manager2")
    oskar.post(path(request, "presence"), headers=HTMX | {"X-Poll": "1"})
    answer = ingrid.post(path(request, "presence"), headers=HTMX | {"X-Poll": "1"}, data={"version": "0"})
    assert "Oskar Lind is looking at this too" in answer.text and "It has changed since you opened it" in answer.text
    assert "First contact due in" in answer.text
    with clock.set_to(NOON + timedelta(seconds=50)):
        assert "Oskar Lind" not in ingrid.post(path(request, "presence"), headers=HTMX).text
    assert ReviewPresence.select().count() == 2


def test_looking_keeps_no_session_alive(cast, boss):
    request = cast.request_in("in_review")
    seen = Session.get(Session.user == cast.manager).seen_at
    with clock.set_to(NOON + timedelta(minutes=10)):
        assert boss.post(path(request, "presence"), headers=HTMX | {"X-Poll": "1"}).status_code == 200
    assert Session.get(Session.user == cast.manager).seen_at == seen


@pytest.mark.parametrize(
    "ahead, words",
    [
        (timedelta(minutes=18), "First contact due in 18 min"),
        (timedelta(hours=2, minutes=5), "First contact due in 2 h 5 min"),
        (timedelta(hours=20), "First contact due tomorrow 08:00"),
        (timedelta(minutes=-14), "First contact 14 min overdue"),
        (timedelta(hours=-11), "First contact 11 h overdue"),
        (timedelta(days=-3), "First contact 3 d overdue"),
    ],
)
def test_the_clock_is_told_in_words(cast, boss, ahead, words):
    request = cast.request_in("requested")
    CancellationRequest.update(due_at=NOON + ahead).where(CancellationRequest.id == request.id).execute()
    page = boss.get(path(request)).text
    assert words in page and ("clock-late" in page) == (ahead < timedelta(0))


def test_arrows_lead_through_the_queue_of_the_same_tab(cast, boss):
    first, second, third = (cast.request_in(state) for state in ("requested", "contacted", "retention"))
    page = boss.get(path(second) + "?show=all").text
    assert "2 of 3" in page
    assert (
        f'rel="prev" href="/cancellations/{first.id}?show=all"' in page
        and f'rel="next" href="/cancellations/{third.id}?show=all"' in page
    )
    assert "1 of 1" in boss.get(path(second) + "?show=decide").text


def test_a_review_shows_the_whole_story_as_text(cast, boss):
    deal = cast.in_state(WON)
    cast.called(deal)
    request = cast.losing(deal, cast.agent, reason="<script>alert(1)</script>")
    page = boss.get(path(request)).text
    assert "Wants a hybrid" in page and "&lt;script&gt;" in page and "<script>alert" not in page
    assert Activity.get_by_id(request.activity_id).subject.split("–")[0].strip() in page


def test_every_state_has_its_page(cast, boss, visit):
    for state in STATES:
        request = cast.request_in(state)
        for client in (boss, visit("manager2"), visit("compliance")):
            assert client.get(path(request)).status_code == 200, state
            assert client.get(path(request), headers=HTMX).status_code == 200, state
