"""No price goes out to a lead, in any language of the house; what is no price passes (Lead & deal SOP, section G)."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from carmanana.contacting.log import log
from carmanana.contacting.phrase_check import prices
from carmanana.contacting.phrase_check.judging import judge
from carmanana.core import clock
from carmanana.records.compliance import Finding
from carmanana.records.phrases import PRICE, QUOTE, Phrase
from carmanana.records.scripts import Script

from ..cast import refused

SENTENCES = Path(__file__).parent.parent / "data" / "price_sentences.toml"
QUOTES = {
    "en": [
        "It would be $28,500 out the door.",
        "I can do 28.5k for you.",
        "We could let it go for 29,000.",
        "You can have it for twenty-two thousand.",
        "We can beat their price.",
        "I can give you our best price today.",
        "We take 5% off.",
        "Your monthly payment would be very low.",
        "28500 USD and it is yours.",
        "It'd be about twenty eight grand.",
        "399 monthly with 2000 down.",
        "Price: 28500.",
        "I can do invoice plus 500.",
        "Our price is lower than theirs.",
    ],
    "es": [
        "Le queda en 25 mil dólares.",
        "Cuesta 25.000 dólares.",
        "Podemos bajar el precio.",
        "Le hacemos un descuento.",
        "Nuestro precio es más bajo.",
        "Son 22.500 € con todo.",
    ],
    "fr": [
        "Elle est à 25 000 €.",
        "Ça coûte 25 mille euros.",
        "Nous pouvons baisser le prix.",
        "Nous vous faisons une remise.",
        "Notre prix est plus bas.",
    ],
}
FALSE_ALARMS = [
    "I will send you 3 options by Friday.",
    "It has 45,000 miles on the clock.",
    "Anything from 2021 to 2023 under 60,000 miles?",
    "Call me at (305) 555-0142 or +1 305 555 0143.",
    "What matters most to you: price, specification or delivery time?",
    "We do not quote prices at this stage.",
    "Is the Grand Cherokee something you would consider?",
    "You said up to $20,000: is that still your budget?",
    "Your inquiry of 18 November 2026 about the BMW X5 40i.",
    "¿Qué le importa más, el precio o el plazo de entrega?",
    "Tiene unos 40.000 kilómetros.",
    "Est-ce le prix ou le délai qui compte le plus ?",
    "Elle a 40 000 km.",
    "Thank you for your inquiry. When would you like to drive it?",
]


@pytest.fixture
def lead(cast):
    return cast.wants(
        cast.lead(cast.agent, message="Best price for an X5? I have 31,000 dollars."), 1, budget_to_cents=20_000_00
    )


@pytest.mark.parametrize("text", [text for texts in QUOTES.values() for text in texts])
def test_a_price_is_found(lead, text):
    assert prices.quoted(text, lead), text


def test_no_false_alarms(lead):
    assert {text: [v.words for v in found] for text in FALSE_ALARMS if (found := prices.quoted(text, lead))} == {}


def test_nine_in_ten_quotations_are_caught_in_every_language_and_two_in_a_hundred_honest_ones_at_most(lead):
    missed, alarms, sets = [], [], tomllib.loads(SENTENCES.read_text("utf-8"))["set"]
    for one in sets:
        missed += [(one["language"], text) for text in one["quotes"] if not prices.quoted(text, lead)]
        alarms += [text for text in one["honest"] if prices.quoted(text, lead)]
    for language in ("en", "es", "fr"):
        quotes = [text for one in sets if one["language"] == language for text in one["quotes"]]
        assert len([text for of, text in missed if of == language]) <= len(quotes) / 10, missed
    assert len(alarms) <= sum(len(one["honest"]) for one in sets) / 50, alarms


def test_a_bare_number_that_may_be_a_price_is_asked_about(cast, lead):
    given = {"direction": "out", "outcome": "sent", "next_step": "Call", "due_at": clock.now() + timedelta(days=1)}
    with refused("maybe_price", field="quoting"):
        log(lead, cast.agent, "text", "It's 18 as it sits.", **given)
    log(lead, cast.agent, "text", "It's 18 as it sits.", **given, quoting=True)
    assert [finding.sort for finding in Finding.select()] == [PRICE]
    log(lead, cast.agent, "text", "I am back around 18, or call me at 9.", **given)


def test_their_own_budget_may_be_repeated(lead):
    assert prices.quoted("You have 31,000 dollars, you wrote, at most $20,000 on the phone.", lead) == []
    assert [v.words for v in prices.quoted("Not $20,000, but $21,000.", lead)] == ["$21,000"]
    assert prices.quoted("You mentioned a budget of 30,000, is it still right?", lead) == []
    assert [v.words for v in prices.quoted("It is 28,500 with 45,000 miles.", lead)] == ["28,500"]


@pytest.mark.parametrize("kind", ["email", "text"])
def test_text_to_a_lead_with_a_price_is_refused_to_everybody(cast, lead, kind):
    given = {"direction": "out", "outcome": "sent", "next_step": "Call", "due_at": clock.now() + timedelta(days=1)}
    for by in (cast.agent, cast.manager):
        with refused("price_quote", field="summary"):
            log(lead, by, kind, "It is $28,500.", **given, quoting=True)
    with refused("price_quote"):
        log(lead, cast.agent, kind, "As promised", subject="Only $28,500", **given)
    log(lead, cast.agent, kind, "Which two or three vehicles would you take?", **given)


def test_a_note_and_a_deal_may_name_it(cast, lead):
    log(lead, cast.agent, "note", "Their budget is $20,000, they saw one for $28,500")
    assert judge("Our price is lower than theirs.") == []


def test_each_phrase_does_what_its_sentences_say(cast):
    phrases = list(Phrase.select().where(Phrase.sort == QUOTE))
    assert {phrase.language for phrase in phrases} == {"en", "es", "fr"}
    for phrase in phrases:
        assert phrase.id in [verdict.phrase_id for verdict in judge(phrase.catches, about_lead=True)], phrase.catches
        assert judge(phrase.passes, about_lead=True) == [], phrase.passes


def test_the_approved_words_pass(cast, lead):
    scripts = list(Script.select().where(Script.situation == "price_shopper"))
    assert len(scripts) == 3
    for script in scripts:
        assert prices.quoted(script.words, lead) == [] and judge(script.words) == []
