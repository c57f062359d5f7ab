"""In which language something is written, as far as the promise check needs to know: whether it has phrases for it.

A sentence is told by its small words. One that has none of a language that we read, in other letters than ours or with
the small words of another language, is one that nobody has checked."""

import unicodedata
from functools import lru_cache

from carmanana.contacting.phrase_check.reading import STOP, Reading, folded_mark
from carmanana.records.phrases import LANGUAGES

FEWEST_WORDS, FEWEST_LETTERS = 3, 2
OTHER_LETTERS, UNKNOWN = "a script that it does not know", "a language that it does not know"


def unread(reading: Reading, common: dict[str, frozenset], read: set[str], vocabulary: frozenset) -> str:
    """The language of the first sentence that none of the languages `read` can be; empty where all can be."""
    if sum(map(_is_strange, reading.text)) >= FEWEST_LETTERS:
        return OTHER_LETTERS
    return next(
        filter(
            None, (_told(reading, start, end, common, read, vocabulary) for start, end in _sentences(reading.words))
        ),
        "",
    )


@lru_cache(4096)
def _is_strange(letter: str) -> bool:
    """A letter that is neither Latin nor looks like one."""
    if letter.isascii() or unicodedata.category(letter) not in ("Lo", "Ll", "Lu", "Lm"):
        return False
    return "LATIN" not in unicodedata.name(letter, "") and any(not mark.isascii() for mark in folded_mark(letter))


def _sentences(words: list[str]):
    start = 0
    for place, word in enumerate(words):
        if word == STOP:
            yield start, place
            start = place + 1


def _told(reading: Reading, start: int, end: int, common, read, vocabulary) -> str:
    words = {word for word in reading.words[start:end] if word.isalpha()}
    if len(words) < FEWEST_WORDS:
        return ""
    ours = frozenset().union(*(common[code] for code in common if code in read))
    known = len(words & ours)
    theirs = {code: len(words & small) for code, small in common.items() if code not in read}
    other = max(theirs, key=theirs.get, default="")
    if (
        other
        and theirs[other] > known
        or (other and len(words & (common[other] - ours)) > len(words & (ours - common[other])))
    ):
        return LANGUAGES.get(other, UNKNOWN)
    return "" if known or not _says_something(reading, start, end, vocabulary) else UNKNOWN


def _says_something(reading: Reading, start: int, end: int, vocabulary) -> bool:
    """At least three words in small letters, or none in small letters at all, that are none of ours: no names, no
    cars."""
    said = [(reading.words[at], reading.told(at, at + 1)) for at in range(start, end) if reading.words[at].isalpha()]
    shouted = all(told.isupper() for _, told in said)
    strange = [
        word
        for number, (word, told) in enumerate(said)
        if word not in vocabulary and (shouted or number == 0 or told[:1].islower())
    ]
    return len(strange) >= FEWEST_WORDS and len(strange) * 2 > len(said)
