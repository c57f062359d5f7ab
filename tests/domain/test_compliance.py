"""Calls and emails are drawn, scored and found wanting; rules raise findings, consequences end by themselves."""

from datetime import date, timedelta

import pytest

from carmanana import sweeps
from carmanana.cancellations.lifecycle import review
from carmanana.compliance import queue, raising, reminding, sampling, scorecards, scoring, settings, transcripts
from carmanana.compliance.consequences import impose
from carmanana.compliance.findings import raise_by_hand
from carmanana.contacting.phrase_check.findings import keep
from carmanana.contacting.phrase_check.judging import judge
from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.scorecards import ReviewCase, Score, Scorecard

from ..cast import NOON, forbidden, refused

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = date(2026, 11, 18)


# what is reviewed


def test_the_sample_is_the_same_whoever_draws_and_has_one_of_each_person():
    contacts = [(number, number % 7) for number in range(1, 2001)]
    chosen = sampling.drawn(contacts, 3, 1)
    assert chosen == sampling.drawn(reversed(contacts), 3, 1)
    assert {number % 7 for number in chosen} == set(range(7)) and 40 <= len(chosen) <= 80
    assert sampling.drawn(contacts, 0, 0) == set() and sampling.drawn(contacts, 100, 0) == {n for n, _ in contacts}
    few = [(1, 1), (2, 2), (3, 2)]
    assert {person for number, person in few if number in sampling.drawn(few, 0, 1)} == {1, 2}


def called_under_review(cast, **given) -> Activity:
    """A call of the reviewer's about an order whose cancellation was asked for."""
    request = cast.losing(cast.deal(cast.agent))
    review.fire(request, "begin_review", cast.manager)
    return cast.called(request.deal, cast.manager, ago=timedelta(), **given)


def test_contacts_of_cancellations_are_drawn_once_and_flagged_ones_come_first(cast):
    drawn = called_under_review(cast)
    flagged = cast.called(cast.deal(cast.agent), cast.agent)
    keep(cast.agent, judge("You get every penny back."), "call", "confirmed", flagged.deal, activity=flagged)
    assert [sampling.flag_found(clock.now()) for _ in range(2)] == [1, 0]
    with clock.set_to(NOON + 31 * DAY):
        assert sampling.draw(clock.now()) and not sampling.draw(clock.now())
        found = [(case.activity_id, case.why) for case in queue.waiting(cast.compliance)]
    theirs = [why for number, why in found if number != flagged.id]
    assert found[0] == (flagged.id, "flagged") and drawn.id in [number for number, _ in found]
    assert set(theirs) == {"sampled"} and ReviewCase.select().count() == len(found)


def case_of(cast, contact: Activity | None = None, **facts) -> ReviewCase:
    contact = contact or cast.called(cast.deal(cast.agent), cast.agent)
    return ReviewCase.create(activity=contact, user=contact.author, why="flagged", **facts)


def filled(card: Score, **other) -> dict:
    """Every question answered with yes, but for those named by their place."""
    answers = {question.id: {"answer": "yes"} for question in card.scorecard.questions}
    for place, given in other.items():
        answers[card.scorecard.questions[int(place[1:])].id] = given
    return answers


def submitted(case: ReviewCase, by, follows="", takeaway="", **other) -> Score:
    card = scoring.card_of(case, by)
    given = {"answers": filled(card, **other), "follows": follows, "takeaway": takeaway}
    return scoring.scoring.fire(card, "submit", by, **given)


def test_a_score_is_of_what_applies_and_a_fatal_no_is_nought(cast):
    no, partly, na = {"answer": "no", "spot": "2:41"}, {"answer": "partly"}, {"answer": "na"}
    assert submitted(case_of(cast), cast.compliance, q0=partly).points == 90
    assert submitted(case_of(cast), cast.compliance, q0=no, q2=na, q3=na, q4=na).points == 50
    assert submitted(case_of(cast), cast.compliance, q1=no).points == 0
    assert submitted(case_of(cast), cast.compliance, **{f"q{n}": na for n in range(5)}).points is None


def test_a_card_is_whole_and_a_no_has_its_place(cast):
    card = scoring.card_of(case_of(cast), cast.compliance)
    with refused("answers"):
        scoring.scoring.fire(card, "submit", cast.compliance, answers={})
    with refused("evidence"):
        scoring.scoring.fire(card, "submit", cast.compliance, answers=filled(card, q0={"answer": "no"}))
    with refused("takeaway", field="takeaway"):
        scoring.scoring.fire(card, "submit", cast.compliance, answers=filled(card), follows="coaching", takeaway=" ")
    kept = scoring.scoring.fire(card, "save", cast.compliance, answers=filled(card), takeaway="Well done")
    done = scoring.scoring.fire(kept, "submit", cast.compliance)
    assert (done.points, done.takeaway) == (100, "Well done")
    assert ReviewCase.get_by_id(done.case_id).done_at == clock.now()
    with clock.set_to(NOON + 2 * DAY), refused("too_late"):
        scoring.scoring.fire(done, "reopen", cast.compliance)


def test_coaching_follows_in_the_same_step(cast):
    submitted(
        case_of(cast),
        cast.compliance,
        "coaching",
        "Leave money to the manager",
        q1={"answer": "no", "quote": "all of it"},
    )
    (coaching,) = Consequence.select()
    assert (coaching.kind, coaching.user, coaching.due_on) == ("coaching", cast.agent, TODAY + 7 * DAY)
    assert coaching.reason == "Leave money to the manager"


def test_nobody_scores_what_they_took_part_in(cast):
    request = cast.losing(cast.deal(cast.agent))
    case = case_of(cast, cast.called(request.deal, cast.manager))
    sold = case_of(cast, cast.called(cast.deal(cast.manager2)))
    for taken, by in ((case, cast.manager), (sold, cast.manager2)):
        with refused("took_part"):
            scoring.card_of(taken, by)
    for by in (cast.agent, cast.admin, cast.retention):
        with forbidden():
            scoring.card_of(case, by)
    assert queue.waiting(cast.manager2) == [case] and queue.waiting(cast.manager) == []
    assert {one.id for one in queue.waiting(cast.compliance)} == {case.id, sold.id}


def test_two_score_blind_and_where_they_differ_is_shown(cast):
    case = scoring.ask_for_a_second(case_of(cast), cast.manager)
    submitted(case, cast.compliance)
    fresh = ReviewCase.get_by_id(case.id)
    assert fresh.done_at is None and scoring.seen_scores(fresh, cast.manager) == []
    assert case.id not in {one.id for one in queue.waiting(cast.compliance)}
    second = submitted(fresh, cast.manager, q0={"answer": "partly"})
    fresh = ReviewCase.get_by_id(case.id)
    both = scoring.seen_scores(fresh, cast.admin)
    assert [score.points for score in both] == [100, 90]
    assert [one.question.words for one in scoring.compared(both) if one.differs] == ["Accurate and honest"]
    with refused("scored"):
        scoring.card_of(fresh, cast.manager2)
    with refused("compared"):
        scoring.scoring.fire(second, "reopen", cast.manager)


def test_answers_keep_the_questions_of_their_version(cast):
    card = scoring.card_of(case_of(cast), cast.compliance)
    asked = [question.words for question in card.scorecard.questions]
    with forbidden():
        scorecards.propose(cast.manager, [{"words": "Polite"}])
    with refused("questions"):
        scorecards.propose(cast.admin, [{"words": " "}])
    new = scorecards.propose(cast.admin, [{"words": "Polite", "fatal": True}])
    with refused("waits"):
        scorecards.propose(cast.admin, [{"words": "Quick"}])
    scorecards.versions.fire(new, "approve", cast.compliance)
    assert [card.state for card in scorecards.every_version()] == ["approved", "retired"]
    assert [question.words for question in Score.get_by_id(card.id).scorecard.questions] == asked
    assert Scorecard.in_use() == new and scoring.card_of(case_of(cast), cast.compliance).scorecard == new


def test_an_admin_says_how_many_are_drawn(cast):
    with forbidden():
        settings.settle(cast.manager, 1, sample_percent=5, least_a_month=1, second_percent=0)
    with refused("sample_percent", field="sample_percent"):
        settings.settle(cast.admin, 1, sample_percent=101, least_a_month=1, second_percent=0)
    assert settings.settle(cast.admin, 1, sample_percent=5, least_a_month=2, second_percent=0).sample_percent == 5


# what was said

SUBTITLES = """WEBVTT

00:00:12.000 --> 00:00:15.000
<v Client>I want all of my money back by Friday.

2
00:02:41.500 --> 00:02:44.000
<v Marta>Don’t worry, you’ll get the whole deposit back by Friday.
"""
TYPED = {
    "subtitles": (SUBTITLES, "vtt"),
    "srt": (
        SUBTITLES.replace("WEBVTT\n\n", "1\n")
        .replace(".000", ",000")
        .replace("<v Client>", "Client: ")
        .replace("<v Marta>", "Marta: "),
        "srt",
    ),
    "text": (
        "0:12 Client: I want all of my money back by Friday.\n[2:41] Marta: Don’t worry, you’ll get the whole deposit "
        "back by Friday.",
        "typed",
    ),
}


@pytest.mark.parametrize("text, source", TYPED.values(), ids=TYPED)
def test_a_promise_is_marked_with_its_minute_and_found_once(cast, text, source):
    call = cast.called(cast.deal(cast.agent), cast.agent)
    kept = transcripts.write(call, cast.compliance, text)
    transcripts.write(call, cast.compliance, text, kept.version)
    told, promised = transcripts.heard(call)
    assert (kept.source, told.who, told.marks) == (source, "Client", ())
    assert (promised.spot, promised.who, promised.bad) == ("2:41", "Marta", True)
    assert {finding.spot for finding in Finding.select()} == {"2:41"}
    assert {finding.source for finding in Finding.select()} and ReviewCase.get().why == "flagged"


def test_what_is_no_transcript_is_refused(cast):
    call, email = (
        cast.called(cast.deal(cast.agent), cast.agent),
        cast.called(cast.deal(cast.agent), kind="email", outcome="sent"),
    )
    for text in (" \n", "x\n" * 2001, "WEBVTT"):
        with refused("transcript", field="text"):
            transcripts.write(call, cast.compliance, text)
    with refused("kind"):
        transcripts.write(email, cast.compliance, "Marta: Hello")
    with forbidden():
        transcripts.write(call, cast.agent, "Marta: Hello")


def test_an_email_is_read_by_its_sentences(cast):
    email = cast.called(cast.deal(cast.agent), cast.agent, kind="email", outcome="sent")
    lines = transcripts.sentences(email, "Hello Ana. You will get every penny back. Regards")
    assert [(line.spot, line.bad) for line in lines] == [
        ("sentence 1", False),
        ("sentence 2", True),
        ("sentence 3", False),
    ]


# findings that raise themselves


def swept(cast) -> list[tuple]:
    raising.raise_all(clock.now())
    raising.raise_all(clock.now())
    return sorted((finding.sort, finding.user.name) for finding in Finding.select().where(Finding.outcome == "rule"))


def test_a_contact_while_it_is_the_managers_is_found(cast):
    request = cast.losing(cast.deal(cast.agent))
    facts = {
        "customer": request.deal.customer,
        "deal": request.deal,
        "kind": "text",
        "direction": "out",
        "outcome": "sent",
    }
    for author in (cast.agent, cast.manager):
        Activity.create(**facts, author=author, at=clock.now() + HOUR, summary="Hello")
    with clock.set_to(NOON + 2 * HOUR):
        assert swept(cast) == [("contact_while_locked", "Marta Sandoval")]
    found = Finding.get()
    assert found.request == request and found.activity and found.sop == "Cancellation SOP, step 4"
    assert Notification.of(cast.agent).first().finding == found


def test_a_lead_that_was_taken_and_left_is_found(cast):
    lead = cast.lead()
    inquiry.fire(lead, "claim", cast.agent)
    assert swept(cast) == []
    with clock.set_to(NOON + DAY):
        assert swept(cast) == [("late_first_contact", "Marta Sandoval"), ("silent_lead", "Marta Sandoval")]


def test_a_live_order_made_organic_for_the_holds_sake_is_found(cast):
    deal = cast.deal(cast.agent)
    cast.called(deal, cast.agent)
    order.fire(deal, "mark_organic", cast.agent, reason="They wait")
    order.fire(Deal.get_by_id(deal.id), "hold", cast.agent, **cast.hold_given())
    assert swept(cast) == [("live_on_hold", "Marta Sandoval")]


def test_a_deal_of_nobody_past_a_day_is_found_and_told_nobody(cast):
    deal = cast.deal()
    assert swept(cast) == []
    with clock.set_to(NOON + 2 * DAY):
        assert swept(cast) == [("unowned_deal", "CarManana")]
    assert Finding.get().deal == deal


def test_a_first_contact_that_went_to_the_next_manager_is_found(cast):
    cast.losing(cast.deal(cast.agent))
    with clock.set_to(NOON + DAY):
        sweeps.look_after(clock.now())
        assert ("late_review", "Ingrid Dahl") in swept(cast)


def test_a_review_by_who_sold_the_order_is_found(cast):
    request = cast.losing(cast.deal(cast.agent))
    Deal.update(owner=cast.manager).where(Deal.id == request.deal_id).execute()
    review.fire(request, "withdraw", cast.manager2, because="mistake", reason="Wrong order")
    assert swept(cast) == [("own_review", "Ingrid Dahl")]


def test_one_is_raised_by_hand_about_somebody_else(cast):
    call = cast.called(cast.deal(cast.agent), cast.agent)
    finding = raise_by_hand(cast.compliance, cast.agent, "not_logged", "No entry", activity=call, spot="2:41")
    assert (finding.state, finding.deal, finding.where, finding.customer) == (
        "reviewed",
        call.deal,
        "call",
        call.customer,
    )
    for given, field in (({"user": None}, "user"), ({"sort": "nonsense"}, "sort"), ({"words": " "}, "words")):
        told = {"user": cast.agent, "sort": "other", "words": "Rude"} | given
        with refused(field, field=field):
            raise_by_hand(cast.manager, **told)
    with refused("own", field="user"):
        raise_by_hand(cast.compliance, cast.compliance, "other", "Rude")
    with forbidden():
        raise_by_hand(cast.admin, cast.agent, "other", "Rude")


# consequences


def test_access_ends_by_itself_and_what_is_due_is_remembered(cast):
    lost = impose(cast.agent, cast.manager, "access", "Why", stage=cast.stage(5), starts_on=TODAY, ends_on=TODAY + DAY)
    coaching = impose(cast.agent, cast.manager, "coaching", "Read the SOP", due_on=TODAY + 2 * DAY)
    told = []
    for day in (0, 1, 2, 3, 4):
        with clock.set_to(NOON + day * DAY):
            ended = reminding.end_what_is_over(clock.now())
            told.append((ended, reminding.remind(clock.now())))
    assert told == [(0, 0), (0, 1), (1, 0), (0, 0), (0, 0)]
    with clock.set_to(NOON + 9 * DAY):
        assert reminding.remind(clock.now()) == 1
    texts = [notification.text for notification in Notification.of(cast.manager)]
    assert texts == ["Marta Sandoval: coaching is overdue since 20 Nov"]
    assert (Consequence.get_by_id(lost.id).state, Consequence.get_by_id(coaching.id).state) == ("ended", "standing")
    with clock.set_to(NOON + 17 * DAY):
        User.update(deactivated_at=clock.now()).where(User.id == cast.agent.id).execute()
        assert reminding.remind(clock.now()) == 0, "nobody is asked about somebody who has left"


WRONG = {
    "no kind": ({"kind": "firing"}, "kind", "kind"),
    "no day": ({"kind": "retraining", "due_on": None}, "due", "due_on"),
    "a day that is over": ({"due_on": TODAY - DAY}, "due", "due_on"),
    "no reason": ({"reason": " "}, "restriction", "reason"),
}


@pytest.mark.parametrize("wrong, code, field", WRONG.values(), ids=WRONG)
def test_what_a_consequence_needs(cast, wrong, code, field):
    given = {"kind": "coaching", "reason": "Why", "due_on": TODAY} | wrong
    with refused(code, field=field):
        impose(cast.agent, cast.manager, **given)


def test_a_lead_is_known_by_its_finding(cast):
    lead = cast.lead(cast.agent)
    finding = raise_by_hand(cast.manager, cast.agent, "other", "Rude", lead=Lead.get_by_id(lead.id))
    assert (finding.where, finding.customer) == ("lead", lead.customer)
