"""Each rule of a review refuses with its reason and field, leaves no trace, and lets pass what is mended (domain 4)."""

from datetime import timedelta

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.reviewing import save_progress
from carmanana.core import clock
from carmanana.core.db import Stale
from carmanana.deals.corrections import correct
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import CancellationRequest, EvidenceGap
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, balance
from carmanana.records.people import User
from carmanana.staffing.absences import be_away

from ..cast import NOON, Cast, forbidden, refused

HOUR, DAY, PAST = timedelta(hours=1), timedelta(days=1), NOON - timedelta(minutes=1)
TODAY = NOON.date()


def away(cast: Cast) -> User:
    be_away(cast.manager2, cast.manager, TODAY, TODAY, "Ill")
    return cast.manager2


def gone(cast: Cast) -> User:
    User.update(deactivated_at=NOON).where(User.id == cast.manager2.id).execute()
    return cast.manager2


def seller(cast: Cast) -> User:
    """A manager who owns the order."""
    Deal.update(owner=cast.manager2).execute()
    return cast.manager2


def both(cast: Cast) -> User:
    """A manager who asked for it as its salesperson."""
    User.update(roles={"agent", "manager"}).where(User.id == cast.manager2.id).execute()
    CancellationRequest.update(requested_by=cast.manager2).execute()
    return cast.manager2


def given_for(cast: Cast, request: CancellationRequest, trigger: str) -> dict:
    """All that the step needs."""
    given = cast.review_given(trigger) | {
        "assign_reviewer": {"reviewer": cast.manager2, "reason": "Holidays"},
        "direct": {"user": cast.agent, "until": NOON + DAY, "words": "Send the papers"},
    }.get(trigger, {})
    if trigger == "cancel":
        given["refunded_cents"] = balance(request.deal)
        evidence.explain(request, cast.manager, evidence.missing(request.deal), "The line is not recorded")
    return given


RULES = [
    ("assign_reviewer", "requested", {"reviewer": None}, "reviewer", "reviewer"),
    ("assign_reviewer", "contacted", {"reviewer": lambda cast: cast.agent2}, "reviewer", "reviewer"),
    ("assign_reviewer", "requested", {"reviewer": lambda cast: cast.manager}, "same_reviewer", "reviewer"),
    ("assign_reviewer", "requested", {"reason": " "}, "reason", "reason"),
    ("log_attempt", "in_review", {"kind": "text"}, "kind", "kind"),
    ("log_attempt", "in_review", {"outcome": "connected_follow_up"}, "outcome", "outcome"),
    ("log_attempt", "in_review", {"outcome": None}, "outcome", "outcome"),
    ("log_attempt", "in_review", {"kind": "email"}, "call_first", "kind"),
    ("log_attempt", "in_review", {"next_attempt_at": NOON}, "next_attempt_at", "next_attempt_at"),
    ("log_attempt", "in_review", {"next_attempt_at": None}, "next_attempt_at", "next_attempt_at"),
    ("log_first_contact", "in_review", {"files_read": set()}, "files", "files_read"),
    ("log_first_contact", "in_review", {"how": None}, "how", "how"),
    ("log_first_contact", "in_review", {"how": "pigeon"}, "how", "how"),
    ("log_first_contact", "in_review", {"how": "logged"}, "not_logged", "how"),
    ("log_first_contact", "in_review", {"how": "reply"}, "no_email", "how"),
    ("log_first_contact", "in_review", {"situation": " "}, "situation", "situation"),
    ("log_first_contact", "in_review", {"expectations": ""}, "expectations", "expectations"),
    ("log_first_contact", "in_review", {"main_reason": "not_reached"}, "main_reason", "main_reason"),
    ("log_first_contact", "in_review", {"main_reason": None}, "main_reason", "main_reason"),
    ("log_first_contact", "in_review", {"real_reason": None}, "real_reason", "real_reason"),
    ("withdraw", "requested", {"because": "whim"}, "because", "because"),
    ("withdraw", "declined", {"reason": ""}, "reason", "reason"),
    ("cancel", "contacted", {"ground": None}, "ground", "ground"),
    ("cancel", "contacted", {"ground": "bored"}, "ground", "ground"),
    ("cancel", "contacted", {"ground": "not_reached"}, "ground", "ground"),
    ("cancel", "declined", {"decision": " "}, "decision", "decision"),
    ("cancel", "declined", {"pending_cents": None}, "money", "refunded_cents"),
    ("cancel", "contacted", {"kept_cents": -1}, "money", "refunded_cents"),
    ("cancel", "contacted", {"kept_cents": 1}, "sum", "refunded_cents"),
    ("cancel", "contacted", {"refunded_cents": 149999}, "sum", "refunded_cents"),
    ("retain", "contacted", {"kept_by": " "}, "kept_by", "kept_by"),
    ("retain", "contacted", {"no_commitments": False}, "commitments", "no_commitments"),
    ("retain", "declined", {"commitments": [{"words": " ", "due_on": TODAY}]}, "commitment", "no_commitments"),
    (
        "retain",
        "declined",
        {"commitments": [{"words": "A call", "due_on": TODAY - DAY}]},
        "commitment",
        "no_commitments",
    ),
    ("retain", "declined", {"commitments": [{"words": "A call", "due_on": None}]}, "commitment", "no_commitments"),
    (
        "retain",
        "declined",
        {"commitments": [{"words": "A call", "due_on": TODAY, "owner": "me"}]},
        "commitment",
        "no_commitments",
    ),
    ("retain", "contacted", {"back_to": None, "next_step": "Call", "due_at": NOON + DAY}, "back_to", "back_to"),
    ("retain", "contacted", {"back_to": "active", "next_step": "Call", "due_at": NOON + DAY}, "back_to", "back_to"),
    ("retain", "contacted", {"back_to": lambda cast: cast.stage(2)}, "next_step", "next_step"),
    (
        "retain",
        "contacted",
        {"back_to": lambda cast: cast.stage(2), "next_step": "Call", "due_at": NOON},
        "due",
        "due_at",
    ),
    ("retain", "contacted", {"due_at": NOON + DAY}, "next_step", "next_step"),
    ("retain", "contacted", {"next_step": "Call", "due_at": None}, "due", "due_at"),
    ("direct", "requested", {"user": None}, "user", "user"),
    ("direct", "requested", {"user": lambda cast: cast.manager2}, "user", "user"),
    ("direct", "requested", {"user": lambda cast: cast.compliance}, "user", "user"),
    ("direct", "requested", {"user": lambda cast: cast.agent2}, "not_theirs", "user"),
    ("direct", "requested", {"until": NOON}, "until", "until"),
    ("direct", "requested", {"words": ""}, "words", "words"),
]


@pytest.mark.parametrize(
    ("trigger", "state", "wrong", "code", "field"), RULES, ids=[f"{trigger}-{code}" for trigger, _, _, code, _ in RULES]
)
def test_a_step_is_refused_until_it_is_mended(cast, trigger, state, wrong, code, field):
    request = cast.request_in(state)
    given = given_for(cast, request, trigger)
    wrong = {name: value(cast) if callable(value) else value for name, value in wrong.items()}
    with refused(code, field=field):
        review.fire(request, trigger, request.reviewer, **given | wrong)
    assert review.fire(request, trigger, request.reviewer, request.version, **given).version == request.version + 1


@pytest.mark.parametrize(
    ("who", "code"),
    [(away, "reviewer_away"), (gone, "reviewer"), (seller, "reviewer_involved"), (both, "reviewer_involved")],
)
def test_the_reviewer_is_a_manager_who_is_here_and_has_not_sold_the_order(cast, who, code):
    request = cast.request_in("requested")
    User.create(email="third@carmanana.example", name="Third Manager", roles={"manager"})
    chosen, manager = who(cast), cast.manager
    with refused(code, field="reviewer"):
        review.fire(request, "assign_reviewer", manager, reviewer=chosen, reason="Holidays")


def test_where_nobody_else_is_here_a_manager_who_sold_the_order_reviews_it(cast):
    request, owner, manager = cast.request_in("requested"), seller(cast), cast.manager
    with refused("reviewer_involved", field="reviewer"):
        review.fire(request, "assign_reviewer", manager, reviewer=owner, reason="Holidays")
    be_away(manager, manager, TODAY, TODAY)
    assert review.fire(request, "assign_reviewer", manager, reviewer=owner, reason="Holidays").reviewer == owner


# reading the file


@pytest.mark.parametrize(("kind", "name"), [("recording", "recordings"), ("email", "emails")])
def test_what_the_file_holds_is_read_before_the_first_contact(cast, kind, name):
    request = cast.request_in("in_review")
    Attachment.create(activity=request.activity, kind=kind, name="a", stored="a", media_type="a", size=1)
    given = cast.review_given("log_first_contact")
    with refused("files", field="files_read"):
        review.fire(request, "log_first_contact", cast.manager, **given | {"files_read": {"activities"}})
    done = review.fire(request, "log_first_contact", cast.manager, **given | {"files_read": {"activities", name}})
    assert done.files_read == {"activities", name}


def test_where_there_is_nothing_but_activities_they_are_enough(cast):
    request, given = cast.request_in("in_review"), cast.review_given("log_first_contact", files_read={"activities"})
    assert review.fire(request, "log_first_contact", cast.manager, **given).state == "contacted"


# reaching the customer


def test_an_email_goes_out_after_a_call_that_did_not_reach(cast):
    request, given = cast.request_in("in_review"), cast.review_given("log_attempt", kind="email", outcome=None)
    with refused("call_first", field="kind"):
        review.fire(request, "log_attempt", cast.manager, **given)
    review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt"))
    review.fire(request, "log_attempt", cast.manager, **given)
    silent = cast.request_in("in_review")
    Customer.update(no_calls=True).execute()
    assert review.fire(silent, "log_attempt", cast.manager, **given).attempted_at == NOON


def test_a_reply_counts_after_an_email_that_followed_a_missed_call(cast):
    request, reply = cast.request_in("in_review"), cast.review_given("log_first_contact", how="reply")
    review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt"))
    with refused("no_email", field="how"):
        review.fire(request, "log_first_contact", cast.manager, **reply)
    review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt", kind="email"))
    request = review.fire(request, "log_first_contact", cast.manager, **reply)
    assert (request.contact.kind, request.contact.direction) == ("email", "in")


@pytest.mark.parametrize(
    ("who", "direction", "outcome", "counts"),
    [
        ("manager2", "in", None, True),
        ("manager", "in", None, True),
        ("manager", "out", "no_answer_vm", False),
        ("agent", "in", None, False),
    ],
)
def test_a_logged_call_counts_where_a_manager_spoke_with_them(cast, who, direction, outcome, counts):
    request, logged = cast.request_in("in_review"), cast.review_given("log_first_contact", how="logged")
    call = cast.called(request.deal, getattr(cast, who), outcome=outcome, direction=direction, ago=timedelta(0))
    if counts:
        assert review.fire(request, "log_first_contact", cast.manager, **logged).contact == call
    else:
        with refused("not_logged", field="how"):
            review.fire(request, "log_first_contact", cast.manager, **logged)


MISSED, EMAIL = ("call", "no_answer_vm"), ("email", "sent")
TRIES = [
    ([], "attempts"),
    ([(MISSED, 30), (EMAIL, 29)], "attempts"),
    ([(MISSED, 3), (EMAIL, 2), (MISSED, 1)], "attempts"),
    ([(MISSED, 30), (MISSED, 2), (MISSED, 1)], "no_email"),
    ([(EMAIL, 30), (EMAIL, 4), (EMAIL, 1)], "no_call"),
    ([(MISSED, 30), (("call", "connected_follow_up"), 20), (EMAIL, 1)], "attempts"),
    ([(MISSED, 30), (EMAIL, 2), (MISSED, 1)], None),
]


@pytest.mark.parametrize(("tries", "code"), TRIES)
def test_not_reached_means_three_attempts_on_two_days_a_call_and_an_email_among_them(cast, tries, code):
    with clock.set_to(NOON - 2 * DAY):
        request = cast.request_in("in_review")
    for (kind, outcome), hours in tries:
        cast.called(request.deal, cast.manager, kind, outcome, hours * HOUR)
    given = {"reason": "No answer on any number", "files_read": {"activities", "emails"}}
    if code:
        with refused(code):
            review.fire(request, "conclude_unreachable", cast.manager, **given)
        return
    for lacking, field in [({"reason": " "}, "reason"), ({"files_read": set()}, "files_read")]:
        with refused(field.removesuffix("_read"), field=field):
            review.fire(request, "conclude_unreachable", cast.manager, **given | lacking)
    request = review.fire(request, "conclude_unreachable", cast.manager, **given)
    assert (request.state, request.unreachable, request.situation, request.main_reason) == (
        "contacted",
        True,
        "Not reached",
        "not_reached",
    )


# evidence


def test_a_cancelled_order_has_a_file_or_a_reason_for_each_call_and_email(cast):
    request, manager = cast.request_in("contacted"), cast.manager
    note, (said, call) = (
        cast.called(request.deal, manager, "note", None, direction=None),
        evidence.contacts(request.deal),
    )
    given = cast.review_given("cancel", refunded_cents=150000)
    with refused("evidence", field="evidence"):
        review.fire(request, "cancel", manager, **given)
    for activities, reason, code in [([], "Lost", "which"), ([note], "Lost", "which"), ([call], " ", "reason")]:
        with refused(code):
            evidence.explain(request, manager, activities, reason)
    for person in (cast.manager2, cast.agent, cast.retention, cast.admin):
        with forbidden():
            evidence.explain(request, person, [call], "Lost")
    evidence.explain(request, manager, [call], "The line is not recorded")
    with refused("evidence", field="evidence"):
        review.fire(request, "cancel", manager, **given)
    Attachment.create(activity=said, kind="recording", name="a", stored="a", media_type="a", size=1)
    assert review.fire(request, "cancel", manager, **given).state == "cancelled"
    assert EvidenceGap.get().reason == "The line is not recorded"
    with forbidden():
        evidence.explain(CancellationRequest.get(), manager, [call], "Another reason")


def test_a_call_of_another_order_is_not_explained_here(cast):
    request, other = cast.request_in("contacted"), cast.called(cast.deal(cast.agent))
    with refused("which", field="activities"):
        evidence.explain(request, cast.manager, [other], "Lost")


# leaving it and coming back


def test_the_review_keeps_what_is_ticked_and_written_so_far(cast):
    request, manager = cast.request_in("in_review"), cast.manager
    kept = save_progress(
        request,
        manager,
        request.version,
        situation="Calm",
        files_read=["activities", "secrets"],
        main_reason="whim",
        state="cancelled",
    )
    assert (kept.situation, kept.files_read, kept.main_reason, kept.state) == (
        "Calm",
        {"activities"},
        None,
        "in_review",
    )
    for person in (cast.manager2, cast.agent, cast.admin):
        with forbidden():
            save_progress(request, person, situation="Mine")
    with pytest.raises(Stale):
        save_progress(request, manager, request.version, situation="Old tab")
    ended = review.fire(kept, "withdraw", manager, **cast.review_given("withdraw"))
    with pytest.raises(Stale):
        save_progress(ended, manager, situation="Too late")


# the order meanwhile


def test_what_a_won_order_rests_on_stays_while_it_is_reviewed(cast):
    """Else it could not go back to where it stood."""
    request = cast.request_in("contacted")
    deal, agent, manager = Deal.get_by_id(request.deal_id), cast.agent, cast.manager
    for person in (agent, manager):
        for name in ("agreement_on", "value_cents"):
            with refused("won", field=name):
                correct(deal, person, deal.version, **{name: None})
    assert correct(deal, agent, deal.version, details="Blue").details == "Blue"


def test_an_order_goes_back_to_a_stage_of_its_board_and_to_won_with_an_agreement(cast):
    request = cast.request_in("contacted", cast.deal(cast.agent))
    given = cast.review_given("retain", next_step="Call", due_at=NOON + DAY)
    with refused("stage", field="stage"):
        review.fire(request, "retain", cast.manager, **given | {"back_to": cast.stage(1, pipeline=1)})
    with refused("value", "agreement", "deposit"):
        review.fire(request, "retain", cast.manager, **given)
    assert Deal.get_by_id(request.deal_id).state == "cancellation_requested"
