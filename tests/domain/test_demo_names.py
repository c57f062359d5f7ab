"""The demo's people and cars: nobody real can be rung, written to or recognised."""

import random
import re
from zoneinfo import available_timezones

import pytest

from carmanana.core import phones
from carmanana.demo import cars, wording
from carmanana.demo.cultures import NOTABLES
from carmanana.demo.names import people
from carmanana.demo.places import PLACES

RESERVED = re.compile(
    r"\+1\d{3}55501\d\d"  # North America
    r"|\+44(20794 ?60|1(21|61|13|51|17|31|41)4960|2920180|289649 ?6)\d{3}"  # Ofcom
    r"|\+33(199 ?00|26191|35301|46571|53649)\d{4}"  # ARCEP
    r"|\+49(3023125\d{3}|4066969\d{3}|2214710\d{3}|6990009\d{3}|8999998\d{3}|176040690\d\d|17139200\d\d)"  # BNetzA
    r"|\+46(8465004\d\d|3139006\d\d|7017406\d\d)"  # PTS
    r"|\+61[2378](5550|7010)\d{4}"  # ACMA
)


@pytest.fixture(scope="module")
def folk():
    crowd = people(random.Random(3))
    return [next(crowd) for _ in range(1500)]


def test_emails_lead_nowhere_and_belong_to_one(folk):
    emails = [email for person in folk for email in person.emails]
    assert all(re.fullmatch(r"[a-z.0-9]+@example\.(com|org|net)", email) for email in emails)
    assert len(set(emails)) == len(emails)


def test_phones_lie_in_ranges_kept_for_fiction(folk):
    for person in folk:
        for e164, _ in person.phones:
            assert RESERVED.fullmatch(e164), (person.town, e164)


def test_phones_read_as_the_same_number_however_typed(folk):
    for person in folk:
        for e164, typed in person.phones:
            assert phones.e164(typed) == e164, typed


def test_everybody_can_be_reached_somehow(folk):
    assert all(person.phones or person.emails for person in folk)


def test_zones_exist():
    assert {place.zone for place in PLACES.values()} <= available_timezones()


def test_many_languages_and_scripts(folk):
    names = " ".join(person.name for person in folk)
    assert len({person.language for person in folk}) > 20
    for script in "А-я", "ء-ي", "一-龯", "가-힣", "א-ת", "Ͱ-Ͽ", "ऀ-ॿ", "ༀ-࿿", "ਁ-ੵ", "஀-௿", "ሀ-፿", "ạ-ỹ":
        assert re.search(f"[{script}]", names), script
    for habit in (" & ", "“", "'", "’", "ʻ", "-", " · "):
        assert habit in names, habit


def test_names_pair_as_their_culture_does(folk):
    names = {person.name for person in folk}
    assert not any(re.search(r"^(Agnieszka|Zofia|Łucja) \S+ski$", name) for name in names)
    assert not any(re.search(r"^(Jón|Ólafur|Ísak) \S+dóttir$", name) for name in names)


def test_long_and_short_names_are_there(folk):
    assert {notable["name"] for notable in NOTABLES} <= {person.name for person in folk}


def test_the_same_seed_brings_the_same_people():
    first, second = people(random.Random(5)), people(random.Random(5))
    assert [next(first) for _ in range(100)] == [next(second) for _ in range(100)]


@pytest.mark.parametrize("order_type", ["new_vehicle", "used_vehicle", "special_sourcing"])
def test_cars_are_believable(order_type):
    rng = random.Random(2)
    for _ in range(500):
        car = cars.wanted(order_type, 2026, rng)
        rival = cars.like(car, order_type, 2026, rng)
        assert rival.short != car.short
        assert 4_000 < car.price < 260_000
        assert car.year in (2026, 2027) if order_type == "new_vehicle" else 1960 < car.year <= 2026
        assert (car.miles == 0) == (order_type == "new_vehicle")


@pytest.mark.parametrize("word", ["guarantee", "refund", "right away", "promise", "legal", "tax"])
def test_wording_keeps_to_the_sop(word):
    """In all that is said and written; the limits of a plan name what nobody may speak of."""
    told = [
        words
        for chapter in ("scene", "hold", "loss", "manager", "own_words", "case")
        for words in said_in(wording.BOOK[chapter])
    ]
    assert len(told) > 200
    assert [words for words in told if word in words.lower()] == []


def said_in(chapter) -> list[str]:
    if isinstance(chapter, str):
        return [chapter]
    parts = (
        [part for name, part in chapter.items() if name != "limits"]
        if isinstance(chapter, dict)
        else chapter
        if isinstance(chapter, list)
        else []
    )
    return [words for part in parts for words in said_in(part)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Explorer", "an Explorer"),
        ("F-150", "an F-150"),
        ("RAV4", "a RAV4"),
        ("XC60", "an XC60"),
        ("Golf GTI", "a Golf GTI"),
    ],
)
def test_articles(name, said):
    assert wording.with_article(name) == said
