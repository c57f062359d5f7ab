"""People who do not exist, as a dealership's buyers are called: many languages, scripts and habits of writing."""

import unicodedata
from dataclasses import dataclass

from carmanana.demo.cultures import CULTURES, NOTABLES
from carmanana.demo.places import PLACES, e164, habits, number_in

_NOTABLE_EVERY = 31  # so that a small world has them all
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Person:
    name: str  # as the customer writes it
    given: str  # in Latin letters, as staff call them
    language: str
    town: str
    region: str
    zone: str
    emails: tuple
    phones: tuple  # (E.164, as typed)
    gender: str  # "woman", "man", or "" for a couple and where it is not known
    culture: object = None  # None for those who are written down whole


def people(rng, taken=None):
    """Without end, the same ones for the same rng; emails stay apart from those `taken`, and telephones as long as
    ranges last."""
    taken = set() if taken is None else taken
    notables = iter(NOTABLES)
    count = 0
    while True:
        count += 1
        notable = next(notables, None) if count % _NOTABLE_EVERY == 0 else None
        yield _notable(notable, rng, taken) if notable else _somebody(rng, taken)


def like(person, number, rng, taken):
    """Somebody else who could have written and said the same: of the same culture and gender, with as many addresses.
    Numbers kept for fiction would run out; the one of this `number` has an area code that no country gives."""
    culture = person.culture or rng.choice(_BY_SHARE)
    name, given, family = _single(culture, person.gender == "woman", rng) if person.gender else _named(culture, rng)[:3]
    place = PLACES[rng.choice(culture.towns)]
    emails = tuple(_email(given, family, rng, taken) for _ in person.emails)
    phones = tuple(_undialable(10 * number + count) for count in range(len(person.phones)))
    return Person(
        name, given, person.language, place.town, place.region, place.zone, emails, phones, person.gender, culture
    )


def _undialable(number):
    mixed = f"{number * 7_919_777 % 10**9:09d}"
    return f"+10{mixed}", f"(0{mixed[:2]}) {mixed[2:5]}-{mixed[5:]}"


def _somebody(rng, taken):
    culture = rng.choice(_BY_SHARE)
    name, given, family, gender = _named(culture, rng)
    return _living(
        name, given, family, culture.language, PLACES[rng.choice(culture.towns)], rng, taken, gender, culture
    )


def _notable(entry, rng, taken):
    family = entry["name"].removesuffix(" Sr.").split()[-1]
    return _living(
        entry["name"],
        entry["given"],
        family,
        entry["language"],
        PLACES[entry["town"]],
        rng,
        taken,
        entry.get("gender", ""),
    )


def _named(culture, rng):
    """The written name, the given name and the family name, these two in Latin letters, and the gender."""
    if culture.couples and rng.random() < 0.06:
        return *_couple(culture, rng), ""
    if culture.bynames and rng.random() < 0.08:
        return *_byname(culture, rng), ""
    woman = rng.random() < 0.5
    return *_single(culture, woman, rng), "woman" if woman else "man"


def _single(culture, woman, rng):
    given = rng.choice(culture.women if woman else culture.men)
    family = rng.choice(culture.families)[woman]
    return _written(culture, given, family, rng), given[0], family[0]


def _couple(culture, rng):
    his, hers = rng.choice(culture.men)[0], rng.choice(culture.women)[0]
    family = rng.choice(culture.couples)[0]
    joint = "&" if culture.language == "en" or rng.random() < 0.7 else "+"
    return f"{his} {joint} {hers} {family}", his, family


def _byname(culture, rng):
    given, byname = rng.choice(culture.bynames)
    family = rng.choice(culture.families)[0][0]
    return f"{given} “{byname}” {family}", byname, family


def _written(culture, given, family, rng):
    latin = _in_latin(culture, given[0], family[0])
    script = rng.choice(("latin", "own", "paired")) if culture.script == "mixed" else culture.script
    if script == "latin":
        return latin
    own = culture.gap.join((family[1], given[1]) if culture.family_first else (given[1], family[1]))
    return own if script == "own" else f"{own} · {latin}"


def _in_latin(culture, given, family):
    if culture.family_first and culture.script == "latin":
        return f"{family} {given}"
    return f"{given} {family}"


def _living(name, given, family, language, place, rng, taken, gender, culture=None):
    emails = _emails(given, family, rng, taken)
    phones = _phones(place, rng, taken) if rng.random() < 0.96 or not emails else ()
    return Person(name, given, language, place.town, place.region, place.zone, emails, phones, gender, culture)


def _emails(given, family, rng, taken):
    if rng.random() < 0.05:
        return ()
    first = _email(given, family, rng, taken)
    return (first, _email(given, family, rng, taken)) if rng.random() < 0.07 else (first,)


def _email(given, family, rng, taken):
    first, last = _ascii(given), _ascii(family)
    form = rng.choice((f"{first}.{last}", f"{first}.{last}", f"{first[0]}{last}", f"{first}{last}", f"{last}.{first}"))
    address = f"{form}@example.{rng.choice(('com', 'com', 'com', 'org', 'net'))}"
    while address in taken:
        address = f"{form}{rng.randrange(2, 100_000)}@{address.split('@')[1]}"
    taken.add(address)
    return address


def _ascii(word):
    plain = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(letter for letter in plain if "a" <= letter <= "z")


def _phones(place, rng, taken):
    count = 2 if rng.random() < 0.08 else 1
    return tuple(_phone(place, rng, taken) for _ in range(count))


def _phone(place, rng, taken):
    written = number_in(place, rng)
    for _ in range(20):  # a range of a hundred numbers runs out in a large world; then a household shares one
        if written not in taken:
            break
        written = number_in(place, rng)
    taken.add(written)
    return e164(written), rng.choice(habits(written, place.country))


_BY_SHARE = [culture for culture in CULTURES for _ in range(culture.share)]
