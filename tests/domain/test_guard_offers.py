"""To a customer whose order is under review nothing is offered but what the manager approved (Cancellation SOP, section
3.3).

The sentences stand in tests/data/guard."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import log
from carmanana.contacting.phrase_check.amounts import amounts
from carmanana.contacting.phrase_check.offering import unapproved
from carmanana.contacting.phrase_check.reading import LONGEST
from carmanana.core import clock
from carmanana.records.compliance import Finding
from carmanana.records.deals import Payment
from carmanana.records.phrases import BEYOND, CONFIRMED
from carmanana.records.retention import Offer

from ..cast import NOON, refused

SENTENCES = Path(__file__).parent.parent / "data" / "guard"
STEP = {"next_step": "Hear what they think", "due_at": NOON + timedelta(days=2), "outcome": "sent"}
OFFERS = [
    {"kind": "price", "terms": "$600 off the delivery", "value_cents": 60000, "limits": "Not beyond $600."},
    {"kind": "other", "terms": "Loan car until delivery"},
    {"kind": "other", "terms": "Free floor mats"},
    {"kind": "other", "terms": "5% off accessories"},
]


def sentences(name: str) -> list[str]:
    return [
        line
        for line in (SENTENCES / f"{name}.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]


@pytest.fixture
def request_(cast):
    """With retention, on the order of a customer who paid."""
    asked = cast.request_in("contacted")
    if not asked.deal.deposit_cents:
        Payment.create(deal=asked.deal, kind="received", is_deposit=True, amount_cents=150000, paid_on=clock.today())
    offers = [offer | {"expires_at": NOON + timedelta(days=1)} for offer in OFFERS]
    return review.fire(asked, "assign_retention", cast.manager, **cast.review_given("assign_retention", offers=offers))


def write(request, by, summary, kind="text", **given):
    return log(request.deal, by, kind, summary, "out", **STEP | given)


def beyond(request, text: str) -> tuple[list, list]:
    customer = request.deal.customer
    return unapproved(text, customer, Offer.terms_in_force(customer))


def test_what_was_not_approved_is_refused_or_asked_about(cast, request_, capsys):
    said = sentences("offers_beyond")
    found = {sentence: beyond(request_, sentence) for sentence in said}
    with capsys.disabled():
        print(
            f"\nguard: offers beyond, refused {sum(bool(r) for r, _ in found.values())}, asked about "
            f"{sum(bool(a and not r) for r, a in found.values())} of {len(said)}"
        )
    assert len(said) >= 25
    assert [sentence for sentence, (refused, asked) in found.items() if not refused and not asked] == []


def test_honest_words_of_retention_pass(cast, request_, capsys):
    said = sentences("offers_honest")
    stopped = {
        sentence: [verdict.words for some in found for verdict in some]
        for sentence in said
        if any(found := beyond(request_, sentence))
    }
    with capsys.disabled():
        print(f"\nguard: honest retention messages passed {len(said) - len(stopped)}/{len(said)}")
    assert len(said) >= 25
    assert stopped == {}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$1,200", 120000), ("1200 USD", 120000), ("1.200 €", 120000), ("USD 1,200.50", 120050), ("$1.5k", 150000), ("2 grand", 200000),
        ("seven hundred dollars", 70000), ("twelve hundred bucks", 120000), ("two thousand five hundred dollars", 250000), ("a thousand dollars", 100000),
        ("$ 700", 70000), ("700 off", 70000), ("29,000", 2900000), ("＄７００", 70000), ("7,5 %", 750), ("ten percent", 1000),
    ],
)  # fmt: skip
def test_an_amount_is_known_however_it_is_written(text, cents):
    assert [amount.hundredths for amount in amounts(text)] == [cents]


@pytest.mark.parametrize(
    "text", ["29,000 miles", "at 3 on May 4, 2026", "305 555 1000", "a 2024 Camry", "one less worry", "", "%", "$"]
)
def test_what_is_no_amount(text):
    assert amounts(text) == []


@pytest.mark.parametrize(
    "part",
    [
        "one ",
        "hundred ",
        "twenty one ",
        "1",
        "111 ",
        "1,",
        "$",
        "700 off ",
        "700 ....",
        "a thousand and ",
        "discount of ",
    ],
)
def test_the_longest_text_takes_no_time(part):
    text, start = (part * LONGEST)[:LONGEST], time.thread_time()
    amounts(text)
    assert time.thread_time() - start < 0.2


@pytest.mark.parametrize("kind", ["text", "email"])
def test_an_amount_beyond_the_offers_is_refused_even_when_meant(cast, request_, kind):
    for quoting in (False, True):
        with refused("not_approved", field="summary") as caught:
            write(request_, cast.retention, "You get $700 off.", kind, quoting=quoting)
    refusal = next(refusal for refusal in caught.value.refusals if refusal.code == "not_approved")
    assert "$700" in refusal.sentence and "Ask the manager for approval" in refusal.sentence
    assert refusal.sop == "Cancellation SOP, section 3.3"
    assert [verdict.sort for verdict in refusal.verdicts] == [BEYOND]
    assert write(request_, cast.retention, "You get $600 off the delivery.", kind)


def test_the_subject_is_read_too(cast, request_):
    with refused("not_approved", field="summary"):
        write(request_, cast.retention, "See the subject.", "email", subject="$5,000 off for you")


def test_presenting_an_offer_in_other_words_than_approved_is_refused(cast, request_):
    offer = Offer.get(Offer.terms == OFFERS[0]["terms"])
    told = {"offer": offer, "kind": "text", "direction": "out", "outcome": "sent", "answer": "thinking", "words": "Hm"}
    with refused("not_approved"):
        review.fire(request_, "present", cast.retention, **told, summary="You get $700 off")
    assert review.fire(request_, "present", cast.retention, **told, summary="You get $600 off the delivery")


def test_a_word_of_offering_is_asked_about_and_kept(cast, request_):
    words = "We'll throw in winter tires."
    with refused("beyond_offers", field="quoting"):
        write(request_, cast.retention, words)
    activity = write(request_, cast.retention, words, quoting=True)
    found = Finding.get(Finding.sort == BEYOND)
    assert (found.activity, found.outcome, found.excerpt, found.sort_name) == (
        activity,
        CONFIRMED,
        "throw in",
        "Offers more than was approved",
    )


def test_the_amount_of_the_deposit_is_a_fact_and_no_discount(cast, request_):
    assert beyond(request_, "We have your $1,500.") == ([], [])
    assert beyond(request_, "We take $1,500 off.")[0]


def test_what_the_client_named_may_be_spoken_of_once_confirmed(cast, request_):
    words = "You asked for $3,000; I can't decide that, I've passed it on."
    with refused("beyond_offers", field="quoting"):
        write(request_, cast.retention, words)
    assert write(request_, cast.retention, words, quoting=True)


def test_an_expired_offer_covers_nothing(cast, request_):
    assert beyond(request_, "You get $600 off the delivery.") == ([], [])
    with clock.set_to(NOON + timedelta(days=2)):
        assert beyond(request_, "You get $600 off the delivery.")[0]


def test_managers_other_clients_and_notes_are_free(cast, request_):
    assert write(request_, cast.manager, "We take $2,000 off and throw in winter tires.")
    assert log(request_.deal, cast.retention, "note", "Asks for $2,000 off and winter tires.")
    other = cast.deal(cast.agent)
    assert log(other, cast.agent, "text", "We'll take $750 off and throw in floor mats.", "out", **STEP)
