"""What may not be said to a customer is found, however it is said, and what is honest passes (Cancellation SOP, step
2).

The sentences stand in tests/data/guard. `forbidden` and `honest` are those that the phrases are held to; the held-out
ones were written after the phrases and are never used to mend them: what is asserted of them is what was measured."""

import string
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from carmanana.compliance import findings as compliance
from carmanana.contacting.log import log
from carmanana.contacting.mail.rules import LONGEST_SUBJECT, LONGEST_TEXT
from carmanana.contacting.phrase_check import findings, wording
from carmanana.contacting.phrase_check.judging import book, judge
from carmanana.contacting.phrase_check.reading import LONGEST
from carmanana.contacting.phrase_check.rules import refusals_for
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import transaction
from carmanana.core.workflow import Refused
from carmanana.records.activities import Activity
from carmanana.records.compliance import Finding
from carmanana.records.phrases import CONFIRMED, PASSING, REFUSED, REFUSING, WARNING, Phrase, WordList
from carmanana.records.scripts import Script

from ..cast import NOON, forbidden, refused
from ..soaking import SOAK, examples

SENTENCES = Path(__file__).parent.parent / "data" / "guard"
STEP = {"next_step": "Send 3 options", "due_at": NOON + timedelta(days=2)}


def sentences(name: str) -> list[str]:
    lines = (SENTENCES / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def is_refused(text: str, **given) -> bool:
    return any(verdict.refuses for verdict in judge(text, **given))


def sorts(text: str) -> set[str]:
    return {verdict.sort for verdict in judge(text)}


# what is caught, what passes, and the figures


def test_the_three_forbidden_sentences_and_their_paraphrases_are_refused(cast, capsys):
    said = sentences("forbidden")
    passed = [sentence for sentence in said if not is_refused(sentence)]
    with capsys.disabled():
        print(f"\nguard: forbidden sentences caught {len(said) - len(passed)}/{len(said)}")
    assert len(said) >= 60
    assert passed == []
    for script in Script.select().where(Script.kind == "never"):
        assert is_refused(script.words), script.words


def test_honest_sentences_pass(cast, capsys):
    said = sentences("honest")
    caught = [sentence for sentence in said if judge(sentence)]
    with capsys.disabled():
        print(f"\nguard: honest sentences passed {len(said) - len(caught)}/{len(said)}")
    assert len(said) >= 100
    assert caught == []


def test_how_far_the_phrases_carry(cast, capsys):
    bad, good = sentences("forbidden_held_out"), sentences("honest_held_out")
    caught, passed = [s for s in bad if is_refused(s)], [s for s in good if not judge(s)]
    with capsys.disabled():
        print(f"\nguard: held out, caught {len(caught)}/{len(bad)}, passed {len(passed)}/{len(good)}")
    assert len(caught) >= 64 and len(passed) >= 84


def test_every_script_passes_and_every_phrase_does_what_its_sentences_say(cast):
    for script in Script.select().where(Script.kind == "say"):
        assert judge(script.words) == [], script.words
    for phrase in Phrase.select():
        if phrase.sort in PASSING:
            assert judge(phrase.catches) == [], phrase.catches
        else:
            found = {verdict.sort for verdict in judge(phrase.catches, about_lead=True)}
            assert phrase.sort in found, phrase.catches
        assert judge(phrase.passes) == [], phrase.passes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You will be refunded.", {"refund_promise"}),
        ("Your refund takes three days.", {"refund_promise", "timeline_promise"}),
        ("I've cancelled your order.", {"instant_cancellation"}),
        ("The deposit is 100% refundable.", {"deposit_guarantee"}),
        ("You could sue them, it is tax deductible.", {"legal_tax_advice"}),
        ("Don't be stupid, you will regret this.", {"aggressive"}),
        ("You should have read it. The dealer messed up.", {"blame"}),
    ],
)
def test_each_sort_is_told_from_the_others(cast, text, found):
    assert sorts(text) == found


@pytest.mark.parametrize("sort", [*REFUSING, *WARNING])
def test_no_sort_is_without_phrases(cast, sort):
    assert Phrase.select().where(Phrase.sort == sort, Phrase.active).count() >= 5


DISGUISES = [
    "WE’LL DEFINITELY REFUND EVERYTHING",
    "we will\nrefund\neverything",
    "we\u200bwill re\u200bfund e\u00advery\u2060thing".replace("we\u200bwill", "we will"),
    "Ｗｅ ｗｉｌｌ ｒｅｆｕｎｄ ｅｖｅｒｙｔｈｉｎｇ",
    "we will réfünd everything",
    "we will r e f u n d everything",
    "we will r.e.f.u.n.d everything",
    "we will rеfund everything",  # a Cyrillic e
    "we will r3fund everything",
    "we will refuuuuund everything!!!",
    "we   will,   refund   everything",
    "youll get ur refund tmrw",
    "we will ref-und everything",
    "we will reƒund everything",
    "we will re_fund your depo",
    "we will ʀefund everything",
]


@pytest.mark.parametrize("text", DISGUISES)
def test_a_disguise_does_not_help(cast, text):
    assert is_refused(text)


HEDGED_AND_PROMISED = [
    "I can't promise anything, but you'll get your money back by Friday.",
    "I can't confirm a timeline. You will be refunded in full.",
    "Refunds are reviewed by management, and you will get every penny back.",
    "The manager will call you, but I've cancelled it already.",
    "You asked to cancel, so I cancelled your order.",
    "If you cancel, you'll get your deposit back.",
    "Don't worry: we will refund everything.",
    "When you reply with yes I will cancel your order.",
    "If that's what you want we can cancel the order now.",
]


@pytest.mark.parametrize("text", HEDGED_AND_PROMISED)
def test_an_honest_beginning_does_not_cover_a_promise_after_it(cast, text):
    assert is_refused(text)


def test_a_finding_says_where_it_stands(cast):
    text = "Hi Ana – “you’ll have your money back”, as I said."
    verdict = judge(text)[0]
    assert text[verdict.start : verdict.end] == verdict.words == "you’ll have your money back"


# an approved offer's terms


TERM = "We refund $500 of your deposit by 15 March."


@pytest.mark.parametrize(
    "text",
    [
        "We will refund $500 of your deposit by March 15.",
        "You'll get $500.00 of your deposit back.",
        "We refund $500 of your deposit by 15 March.",
    ],
)
def test_the_terms_of_an_approved_offer_pass(cast, text):
    assert is_refused(text)
    assert not is_refused(text, terms=["ETA moved to 3 December", TERM])


@pytest.mark.parametrize(
    "text",
    [
        "We will refund $600 of your deposit.",
        "We will refund $500 of your deposit today.",
        "We refund $500 of your deposit by 15 March, and everything else too.",
        "You'll get your deposit back.",
        "You'll get a full refund of $500.",
        "I've cancelled your order, $500 by 15 March.",
    ],
)
def test_what_the_offer_does_not_say_is_refused_all_the_same(cast, text):
    assert is_refused(text, terms=[TERM])


def test_an_offer_that_promises_no_refund_opens_nothing(cast):
    for term in ("Price lowered by $500 until Friday", "No refund of the $500 by Friday", "$500 Friday"):
        assert is_refused("We will refund you $500 by Friday.", terms=[term])


# time

AT_MOST = 0.05 if SOAK else 2  # seconds of the processor; each takes some 5 ms


LONG = [
    "Thanks for your call today. The car is at the port and I will send three options by Friday. ",
    "we will refund your deposit today but not ",
    "you will get your money money back deposit refund if ",
    "refund ", "r e f u n d ", "not ", "I can't promise you will get you will get ", "é", "а", "\u200b", "a", "?", "\n\n", "(", "... ",
]  # fmt: skip


@pytest.mark.parametrize("part", LONG)
def test_the_longest_text_takes_no_time(cast, part):
    text = (part * LONGEST)[:LONGEST]
    judge(text)
    best = min(_seconds(text) for _ in range(5))
    assert best < AT_MOST, f"{best * 1000:.1f} ms"


WORDS = [
    "we",
    "will",
    "refund",
    "your",
    "deposit",
    "back",
    "today",
    "not",
    "if",
    "but",
    ",",
    ".",
    "you",
    "get",
    "cancel",
    "it",
    "order",
    "\n",
]


@settings(max_examples=examples(25, 500))
@given(words=st.lists(st.sampled_from(WORDS), min_size=200, max_size=3500))
@example(words=["you", "will", "get"] * 1200)
def test_no_text_takes_long(cast, words):
    text = " ".join(words)[:LONGEST]
    judge(text)
    assert min(_seconds(text) for _ in range(3)) < AT_MOST


def _seconds(text: str) -> float:
    start = time.thread_time()
    judge(text)
    return time.thread_time() - start


@settings(max_examples=examples(100, 5000))
@given(text=st.text(max_size=300) | st.text(string.printable, max_size=300))
def test_whatever_is_written_can_be_read(cast, text):
    for verdict in judge(text):
        assert text[verdict.start : verdict.end] == verdict.words


# in the log


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


def write(deal, by, kind, summary, direction="out", **given):
    facts = {"outcome": "sent" if kind in ("email", "text") else "connected_follow_up"} if direction == "out" else {}
    return log(deal, by, kind, summary, direction if kind != "note" else None, **facts | STEP | given)


PROMISE = "Don't worry, you'll have your money back by Friday."


@pytest.mark.parametrize("kind", ["email", "text"])
@pytest.mark.parametrize("where", ["summary", "subject"])
def test_a_promise_to_the_customer_is_refused(cast, deal, kind, where):
    words = {"summary": "Three options are attached."} | {where: PROMISE}
    for quoting in (False, True):
        with refused("overpromise", field="summary") as caught:
            write(deal, cast.agent, kind, words["summary"], subject=words.get("subject"), quoting=quoting)
    refusal = caught.value.refusals[0]
    assert "“you'll have your money back" in refusal.sentence and "Say instead" in refusal.sentence
    assert refusal.sop == "Cancellation SOP, step 2"


def test_a_manager_may_promise_and_still_is_asked_about_blame(cast, deal):
    assert write(deal, cast.manager, "email", PROMISE)
    with refused("wording", field="quoting"):
        write(deal, cast.manager, "email", "The dealer messed up your paperwork.")


def test_a_promise_at_the_very_end_is_read(cast, deal):
    assert LONGEST > LONGEST_SUBJECT + LONGEST_TEXT + 4000
    filler = ("The car is at the port. " * 400)[: LONGEST_TEXT - len(PROMISE) - 1]
    with refused("overpromise", field="summary"):
        write(deal, cast.agent, "email", f"{filler} {PROMISE}", subject="The port " * 20)
    with refused("quoting"):
        write(deal, cast.agent, "note", filler, subject="The port " * 20, objections="It is late. " * 200 + PROMISE)


@pytest.mark.parametrize(("kind", "direction"), [("note", None), ("email", "out")])
def test_what_is_too_long_to_be_read_is_refused(cast, deal, kind, direction):
    with refused("too_long", field="summary"):
        write(deal, cast.agent, kind, "The car is at the port. " * 600, direction or "out", quoting=True)
    assert [refusal.code for refusal in refusals_for("x" * (LONGEST + 1), cast.manager)] == ["too_long"]


@pytest.mark.parametrize(
    ("kind", "direction"),
    [("note", None), ("call", "out"), ("call", "in"), ("email", "in"), ("text", "in"), ("voicemail", "in")],
)
def test_the_same_words_in_a_note_are_asked_about_and_kept(cast, deal, kind, direction):
    with refused("quoting", field="quoting"):
        write(deal, cast.agent, kind, PROMISE, direction)
    activity = write(deal, cast.agent, kind, PROMISE, direction, quoting=True)
    found = Finding.get(Finding.sort == "refund_promise")
    assert (found.user, found.deal, found.customer, found.activity) == (cast.agent, deal, deal.customer, activity)
    assert (found.where, found.outcome, found.excerpt) == (kind, CONFIRMED, "you'll have your money back")


def test_what_the_customer_wants_needs_no_confirmation(cast, deal):
    assert write(
        deal, cast.agent, "call", "Wants to cancel and asks for a full refund by Friday. I made no promise.", "in"
    )
    assert Finding.select().count() == 0


def test_a_warning_passes_once_confirmed(cast, deal):
    with refused("wording", field="quoting"):
        write(deal, cast.agent, "text", "You should have read the agreement.")
    write(deal, cast.agent, "text", "You should have read the agreement.", quoting=True)
    assert (Finding.get().sort, Finding.get().outcome) == ("blame", CONFIRMED)


def test_no_event_holds_the_words(cast, deal):
    write(deal, cast.agent, "note", PROMISE, quoting=True)
    told = str(list(Event.select(Event.data, Event.verb).tuples()))
    assert "money" not in told and "Friday" not in told


def test_what_was_refused_is_kept_from_its_refusal(cast, deal):
    with pytest.raises(Refused) as caught:
        write(deal, cast.agent, "email", PROMISE + " " + "x" * 500)
    assert Finding.select().count() == 0 and Activity.select().where(Activity.kind == "email").count() == 0
    kept = findings.keep_refused(caught.value, cast.agent, "email", deal)
    assert {(found.sort, found.outcome, found.customer) for found in kept} >= {
        ("refund_promise", REFUSED, deal.customer)
    }


def test_an_excerpt_is_short(cast, deal):
    verdicts = judge("Your refund " + "definitely " * 5 + "is on its way to your card " * 20)
    longest = [type(verdict)(verdict.sort, verdict.phrase_id, 0, 900, "refund " * 100) for verdict in verdicts[:1]]
    assert len(findings.keep(cast.agent, longest, "email", REFUSED, deal)[0].excerpt) == 200


def test_others_ask_what_would_be_refused(cast):
    assert [r.code for r in refusals_for(PROMISE, cast.agent)] == ["overpromise"]
    assert [r.code for r in refusals_for(PROMISE, cast.retention, field="body")] == ["overpromise"]
    assert refusals_for(PROMISE, cast.manager) == []
    assert refusals_for("See you on Friday.", cast.agent) == []
    assert [(r.code, r.field) for r in refusals_for("This is your own fault.", cast.agent)] == [("wording", "quoting")]
    assert refusals_for("This is your own fault.", cast.agent, confirmed=True) == []


# reviewing what was found


@pytest.fixture
def finding(cast, deal):
    return findings.keep(cast.agent, judge("You get every penny back."), "email", REFUSED, deal)[0]


def test_compliance_and_managers_review_a_finding(cast, finding):
    done = compliance.review(finding, cast.compliance, 1, " Talked it through. ")
    assert (done.reviewed_by, done.reviewed_at, done.note) == (cast.compliance, clock.now(), "Talked it through.")
    assert (done.state, done.sort) == ("reviewed", "refund_promise")
    with refused("reviewed"):
        compliance.review(done, cast.manager, 2, "Again")


def test_a_review_says_what_came_of_it(cast, finding):
    for note in ("", "  ", "x" * 1001):
        with refused("note", field="note"):
            compliance.review(finding, cast.manager, 1, note)


def test_nobody_reviews_their_own_and_others_do_not_review(cast, deal, finding):
    own = findings.keep(cast.manager, judge("This is your own fault."), "text", CONFIRMED, deal)[0]
    with refused("own"):
        compliance.review(own, cast.manager, 1, "Fine")
    for person in (cast.agent, cast.admin, cast.retention):
        with forbidden():
            compliance.review(finding, person, 1, "Fine")


# changing the phrases


GOOD = {
    "sort": "refund_promise",
    "pattern": "raining .. money",
    "catches": "It's raining your money.",
    "passes": "It's raining today.",
}


def test_a_new_phrase_counts_at_once(cast):
    assert not is_refused("It will be raining money soon.")
    phrase = wording.add(cast.manager, **GOOD)
    assert is_refused("It will be raining money soon.")
    wording.correct(phrase, cast.admin, 1, **GOOD | {"active": False})
    assert not is_refused("It will be raining money soon.")


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"pattern": ""}, "phrase", "pattern"),
        ({"pattern": "x" * 501}, "phrase", "pattern"),
        ({"sort": "luck"}, "phrase", "sort"),
        ({"catches": " "}, "phrase", "catches"),
        ({"pattern": "(raining|money"}, "pattern", "pattern"),
        ({"pattern": "raining)"}, "pattern", "pattern"),
        ({"pattern": "(raining||money)"}, "pattern", "pattern"),
        ({"pattern": "raining <cash>"}, "pattern", "pattern"),
        ({"pattern": "raining ..."}, "pattern", "pattern"),
        ({"pattern": "... money"}, "pattern", "pattern"),
        ({"pattern": "[raining] [money]"}, "pattern", "pattern"),
        ({"pattern": "!money"}, "pattern", "pattern"),
        ({"pattern": "raining !"}, "pattern", "pattern"),
        ({"pattern": "near money raining"}, "pattern", "pattern"),
        ({"pattern": "(.+)+$"}, "pattern", "pattern"),
        ({"pattern": "*"}, "pattern", "pattern"),
        ({"catches": "Nothing of the kind."}, "misses", "catches"),
        ({"passes": "It's raining all the money."}, "too_much", "passes"),
        ({"pattern": "(raining|manager*)"}, "too_much", "pattern"),
        ({"sort": "honest", "pattern": "penny", "catches": "You get every penny back."}, "no_help", "catches"),
        ({"sort": "honest", "pattern": "will", "catches": "It will be raining."}, "opens", "pattern"),
    ],
)
def test_a_phrase_that_will_not_do_is_refused_with_the_reason(cast, wrong, code, field):
    with refused(code, field=field):
        wording.add(cast.manager, **GOOD | {"passes": ""} | wrong)


def test_a_list_is_changed_for_all_phrases_that_name_it(cast):
    before = WordList.get(WordList.name == "refund")
    assert not is_refused("I'll process your moolah today.")
    wording.correct_list(before, cast.admin, 1, before.words + "\nmoolah")
    assert is_refused("I'll process your moolah today.")


@pytest.mark.parametrize(
    ("words", "code"),
    [(lambda was: "", "words"), (lambda was: was + "\n<nothing>", "pattern"), (lambda was: was + "\nmoney ... cash", "pattern"),
     (lambda was: "moolah", "misses"), (lambda was: was + "\nrequest", "too_much")],
)  # fmt: skip
def test_a_list_that_would_spoil_the_phrases_is_refused(cast, words, code):
    before = WordList.get(WordList.name == "refund")
    with refused(code, field="words"):
        wording.correct_list(before, cast.admin, 1, words(before.words))


def test_only_managers_and_admins_change_phrases(cast):
    phrase, words = Phrase.get_by_id(1), WordList.get_by_id(1)
    for person in (cast.agent, cast.retention, cast.compliance):
        with forbidden():
            wording.add(person, **GOOD)
        with forbidden():
            wording.correct(phrase, person, 1, **GOOD)
        with forbidden():
            wording.correct_list(words, person, 1, "never")


def test_the_phrases_are_read_once_until_one_changes(cast):
    first = book()
    assert book() is first
    wording.add(cast.manager, **GOOD)
    assert book() is not first


def test_what_is_written_of_phrases_counts_from_then_on_whoever_writes_it(cast):
    told = {"sort": "refund_promise", "catches": "a blue pony", "changed_at": NOON}
    assert not is_refused("a blue pony")
    phrase = Phrase.create(pattern="a blue pony", **told)
    assert is_refused("a blue pony")
    Phrase.update(active=False).where(Phrase.id == phrase.id).execute()
    assert not is_refused("a blue pony")
    animals = WordList.create(name="animal", words="pony", changed_at=NOON)
    Phrase.update(active=True, pattern="a blue <animal>").where(Phrase.id == phrase.id).execute()
    assert not is_refused("a blue parrot")
    WordList.update(words="pony\nparrot").where(WordList.id == animals.id).execute()
    assert is_refused("a blue parrot")


def test_a_phrase_that_was_taken_back_at_once_counts_no_more(cast):
    with pytest.raises(ZeroDivisionError), transaction():
        Phrase.create(sort="refund_promise", catches="a blue pony", pattern="a blue pony", changed_at=NOON)
        assert is_refused("a blue pony")
        raise ZeroDivisionError
    assert not is_refused("a blue pony")
