"""Does what is offered meet what is wanted? True, False, or None where one of the two is not told: unknown is not
met."""

import re
from functools import lru_cache

from carmanana.contacting.calling.regions import region_of_words
from carmanana.core import vehicles
from carmanana.core.text import fold

ANY = {"any", "anything", "no preference", "open", "all", "any color", "any colour"}
PIECES = re.compile(r"[,;/&]| or | and ")
WORDS = re.compile(r"[^\W_]+")
NOT = re.compile(r"^(?:not|no|never|except|but not)\s+")
ALIKE = {"grey": "gray", "colour": "color"}


def words_of(text: str) -> frozenset[str]:
    return frozenset(ALIKE.get(word, word) for word in WORDS.findall(fold(text)))


@lru_cache(20_000)
def model_fits(make: str, wanted: str, offered: str) -> bool | None:
    """The same model; where a trim is wanted that the offer does not name, nobody knows."""
    if not wanted or not offered:
        return None
    (base, trim), (base_there, trim_there) = _parted(make, wanted), _parted(make, offered)
    if base != base_there:
        return False
    return True if trim <= trim_there else None


@lru_cache(20_000)
def _parted(make: str, model: str) -> tuple[str, frozenset[str]]:
    """The model of the catalogue that it begins with, and the words that come after; else its first word."""
    folded = fold(model)
    known = [name for name in map(fold, vehicles.models(make)) if folded == name or folded.startswith(f"{name} ")]
    base = max(known, key=len, default=folded.split()[0] if folded.split() else "")
    return base, words_of(folded[len(base) :])


@lru_cache(20_000)
def colour_fits(wanted: str, offered: str) -> bool | None:
    """ "white, silver", "not black", "any"."""
    pieces = [piece.strip() for piece in PIECES.split(fold(wanted)) if piece.strip()]
    if not pieces:
        return None
    there = words_of(offered)
    refused = [words_of(NOT.sub("", piece)) for piece in pieces if NOT.match(piece)]
    liked = [piece for piece in pieces if not NOT.match(piece)]
    if any(piece in ANY for piece in liked) and not refused:
        return True
    if not there:
        return None
    if any(words and words <= there for words in refused):
        return False
    liked = [words_of(piece) for piece in liked if piece not in ANY]
    return any(words <= there for words in liked) if liked else True


def years_fit(wanted: tuple[int, int], offered: int | None) -> bool | None:
    """From and to; a year of 0 is not told."""
    low, high = wanted
    if offered is None or not (low or high):
        return None
    return low <= offered and (not high or offered <= high)


def mileage_fits(most_metres: int, offered: int | None) -> bool | None:
    """Ten in a hundred more will do. A distance below 0 is not told."""
    if offered is None or most_metres < 0:
        return None
    return offered * 10 <= most_metres * 11


def price_fits(budget: tuple[int, int, str], cents: int | None, currency: str) -> bool | None:
    """Within ten in a hundred of either end; an end of 0 is not told, and in another currency nobody knows."""
    low, high, theirs = budget
    if cents is None or not (low or high) or theirs != currency:
        return None
    return low * 9 <= cents * 10 and (not high or cents * 10 <= high * 11)


@lru_cache(5_000)
def region_fits(wanted: str, offered: str) -> bool | None:
    """The same state, or country where no more is told."""
    if not wanted.strip() or not offered.strip():
        return None
    return _region(wanted) == _region(offered)


def _region(words: str) -> str:
    return region_of_words(words) or fold(words.strip())
