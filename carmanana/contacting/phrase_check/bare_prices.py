"""Prices that are told in thousands without saying so: "for 25", "low thirties", "se lo dejo en 28", "je le fais à 31."

The words of dealing are data: data/reference/bare_prices.toml says how they are written."""

import re
import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parents[3] / "data" / "reference" / "bare_prices.toml"
DIGITS = r"(?<![\d.,:/#$€£+-])(?<!\d )(?:1[3-9]|[2-9]\d)(?:\.\d)?(?![\d:/%]|[.,]\d\d|-\d{3}|\.\d| \d{3})"
END = r"(?= ?(?:[.,;!?)\n-]|$))"
ELSEWHERE = re.compile(
    r"\b(?:temperatures?|degrees|outside|weather|mpg|gallon|highway|city|aged?|years? old|turn(?:s|ed|ing)?|rain|snow"
    r"|cold|cool|warm|hot|miles?|mileage|odometer|born)\b"
)
LONGEST = 160  # letters of a sentence that are looked at to either side
DECADE = re.compile(r"\b(?:\w+ies|teens|\d0'?s)$")  # low thirties, high 20s: of the weather and of people too


def _figure(said: dict) -> str:
    spelt = rf"\b(?:(?:{said['tens']})(?:{said['joined']}(?:{said['ones']}))?|{said['teens']})\b"
    return rf"(?:{DIGITS}|{spelt})(?:{said['more']})?"


def _patterns(said: dict) -> list[re.Pattern]:
    figure = _figure(said)
    about = f"(?:(?:{'|'.join(said['about'])}) )"
    price = rf" {about}{{0,2}}(?:{figure} ?(?:{said['to']}) ?{about}?)?{figure}"
    price += rf"(?:{END}| (?:{'|'.join(said['follows'])})\b)"
    words = {**said["words"], "n": figure}
    before = [_filled(each, words) + price for each in said["before"]]
    return [re.compile(rf"(?<![a-z]){each}") for each in before + [_filled(each, words) for each in said["within"]]]


def _ending(said: dict) -> re.Pattern:
    """A figure at the end of its clause."""
    figure = _figure(said)
    about = f"(?:(?:{'|'.join(said['about'])}) )"
    dealt = _filled(said["bare"], {"n": figure})
    return re.compile(rf"(?<![a-z]){dealt} {about}{{0,2}}{figure}(?:{END}|(?= (?:or so|and|today|environ|hoy)\b))")


def _beside(said: dict) -> tuple[re.Pattern, re.Pattern]:
    """A figure behind a small word, and the words of dealing that make it a price."""
    follows = "|".join(
        (*said["follows"], "today", "hoy", "aujourd'hui", "(?:do|we|you|at|in|lo|la|no|je|on|le|vous) [a-z]+")
    )
    figure = rf"(?<![a-z'])(?:{'|'.join(said['beside'])}) {_figure(said)}(?:{END}|(?= (?:{follows})\b))"
    return re.compile(figure), re.compile(rf"(?<![a-z])(?:{'|'.join(said['dealing'])})\b")


def _filled(pattern: str, words: dict) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: words.get(name[1], name[0]), pattern)


SAID = tomllib.loads(FILE.read_text("utf-8")).values()
FOUND = [pattern for said in SAID for pattern in _patterns(said)]
ENDING = [_ending(said) for said in SAID]
BESIDE = [_beside(said) for said in SAID]
COUNTED = re.compile(rf"\b(?:{'|'.join(each for said in SAID for each in said['else'])})\b")


def bare(letters: str) -> list[tuple[int, int]]:
    """From where to where each stands, in folded letters."""
    found = [one for pattern in FOUND for one in pattern.finditer(letters) if not _elsewhere(one, letters)]
    found += [one for ends in ENDING for one in ends.finditer(letters) if not _counts(one, letters)]
    found += [one for one, dealing in _loose(letters) if dealing.search(letters, *_sentence(one, letters))]
    return [one.span() for one in found]


def maybe(letters: str) -> list[tuple[int, int]]:
    """Numbers of which nothing beside them says what they count: they may be prices, told in thousands or by the
    month."""
    return [one.span() for one, _ in _loose(letters)]


def _loose(letters: str) -> list[tuple[re.Match, re.Pattern]]:
    found = [(one, dealing) for figure, dealing in BESIDE for one in figure.finditer(letters)]
    return [(one, dealing) for one, dealing in found if not (_counts(one, letters) or _elsewhere(one, letters))]


def _counts(one: re.Match, letters: str) -> bool:
    """Something in its sentence tells of what else it is a number."""
    return bool(COUNTED.search(letters, *_sentence(one, letters)))


def _sentence(one: re.Match, letters: str) -> tuple[int, int]:
    start = max(letters.rfind(mark, 0, one.start()) for mark in ".!?\n") + 1
    end = min((at for mark in ".!?\n" if (at := letters.find(mark, one.end())) >= 0), default=len(letters))
    return max(start, one.start() - LONGEST), min(end, one.end() + LONGEST)


def _elsewhere(one: re.Match, letters: str) -> bool:
    start = max(0, one.start() - 40) if DECADE.search(one[0]) else one.end()
    return bool(ELSEWHERE.search(letters, start, one.end() + 24))
