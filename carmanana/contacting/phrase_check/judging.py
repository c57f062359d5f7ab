"""What may not be said to a customer, found in a text (Cancellation SOP, step 2 and the rules for all staff)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from carmanana.contacting.marks import mark_of
from carmanana.contacting.phrase_check import languages
from carmanana.contacting.phrase_check.matching import Asking, Listed, Page
from carmanana.contacting.phrase_check.patterns import listed, parsed
from carmanana.contacting.phrase_check.reading import SPACES, STOP, Reading, read
from carmanana.core.db import database
from carmanana.records.phrases import (
    AGGRESSIVE,
    BLAME,
    CONDITION,
    CONDUCT,
    DECISION,
    DEPOSIT,
    ENGLISH,
    HONEST,
    INSTANT,
    PASSING,
    QUOTE,
    REFUND,
    REFUSING,
    SORTS,
    Phrase,
    WordList,
)

NEGATED_WORDS, COVERED_WORDS = 3, 40
SAID_OFTEN = 60  # letters: what is so short was judged before, "No answer. Left a voicemail."
EXCUSES = {
    HONEST: tuple(sort for sort in SORTS if sort != QUOTE),
    CONDITION: (INSTANT,),
    DECISION: (REFUND, DEPOSIT, INSTANT),
}
ALL = {"all", "everything", "full", "fully", "entire", "whole", "every", "100%", "completely", "total"}
DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tonight", "tomorrow"}
DAYS |= {
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
}
DAYS |= {"immediately", "asap", "instantly"}


@dataclass(frozen=True)
class Verdict:
    """One finding in a text: what it is, which phrase found it, and from where to where it stands."""

    sort: str
    phrase_id: int | None
    start: int
    end: int
    words: str

    @property
    def refuses(self) -> bool:
        return self.sort in REFUSING

    @property
    def name(self) -> str:
        return (SORTS | CONDUCT)[self.sort]


def judge(text: str, terms=(), about_lead: bool = False) -> list[Verdict]:
    """What is wrong with a text, in its order. `terms` are the words of approved, unexpired offers. Prices are wrong in
    text to a lead alone."""
    if len(text or "") > SAID_OFTEN:
        return book().judge(text, terms, about_lead)
    return list(_judged(book(), text or "", tuple(terms), about_lead))


class Book:
    """The active phrases, read once and ready to look for."""

    def __init__(self, phrases: list[Phrase], lists: dict[str, Listed]):
        self.lists = lists
        self.languages = {phrase.language for phrase in phrases if phrase.active}
        self.common = {name[:2]: frozenset(listing.by_word) for name, listing in lists.items() if name[2:] == "_common"}
        self.vocabulary = frozenset(
            word for name, listing in lists.items() if name[2:] != "_common" for word in listing.words
        )
        patterns = [(phrase, parsed(phrase.pattern, lists)) for phrase in phrases if phrase.active]
        self.catching = [(phrase, pattern) for phrase, pattern in patterns if phrase.sort not in PASSING]
        self.passing = [(phrase, pattern) for phrase, pattern in patterns if phrase.sort in PASSING]
        self.asking = Asking([pattern for _, pattern in self.catching], lists)

    def judge(self, text: str, terms=(), about_lead: bool = False) -> list[Verdict]:
        """A letter that shows nothing is read as none, and where nothing is found then, as a space."""
        spaced = (text or "").translate(SPACES)
        found = self._judge(text, terms) or (self._judge(spaced, terms) if spaced != (text or "") else [])
        found = [verdict for verdict in found if about_lead or verdict.sort != QUOTE]
        return [replace(verdict, words=text[verdict.start : verdict.end]) for verdict in found]

    def _judge(self, text: str, terms) -> list[Verdict]:
        page = self.page(text)
        found = self._found(page)
        return [
            self._verdict(page.reading, *each)
            for each in _longest(found)
            if not (terms and self._is_a_term(page, each, terms))
        ]

    def unread(self, text: str) -> str:
        """The language of a sentence in it that has no phrases; empty where all of it is read."""
        return languages.unread(read(text or ""), self.common, self.languages, self.vocabulary)

    def page(self, text: str) -> Page:
        return Page(read(text or ""), self.lists)

    def _found(self, page: Page) -> list[tuple[Phrase, int, int]]:
        likely = (self.catching[number] for number in self.asking.on(page))
        found = [(phrase, start, end) for phrase, pattern in likely for start, end in pattern.found(page)]
        excused = {language: self.excused(page, language) for language in {phrase.language for phrase, *_ in found}}
        return [
            (phrase, start, end)
            for phrase, start, end in found
            if not excused[phrase.language][phrase.sort] >> start & 1
        ]

    def excused(self, page: Page, language: str = ENGLISH) -> dict[str, int]:
        """For each sort, the places where a finding that begins there is honest after all, by the wording of its
        language."""
        denied = _covered(page, page.negations << 1, NEGATED_WORDS - 1, page.reading.commas)
        excused = dict.fromkeys(SORTS, denied & ~page.negations) | {AGGRESSIVE: 0}
        for phrase, pattern in self.passing:
            if phrase.language == language and (starts := pattern.starts(page)):
                cover = _clauses(page, starts) if phrase.sort == DECISION else _covered(page, starts, COVERED_WORDS)
                for sort in EXCUSES[phrase.sort]:
                    excused[sort] |= cover
        return excused

    def honest(self, page: Page) -> int:
        """The places that stand under honest wording, of whatever language."""
        covered = 0
        for language in self.languages:
            covered |= self.excused(page, language)[BLAME]
        return covered

    def _verdict(self, reading: Reading, phrase: Phrase, start: int, end: int) -> Verdict:
        first, last = reading.places[start][0], reading.places[end - 1][1]
        return Verdict(phrase.sort, phrase.id, first, last, reading.text[first:last])

    def _is_a_term(self, page: Page, each, terms) -> bool:
        """An approved offer's own terms pass: where a term itself says so, in these words or with these amounts and
        days."""
        phrase, start, end = each
        return any(self._says(term, phrase.sort, page.reading, start, end) for term in terms)

    def _says(self, term: str, sort: str, reading: Reading, start: int, end: int) -> bool:
        page = self.page(term)
        if not any(phrase.sort == sort for phrase, *_ in self._found(page)):
            return False
        said, sentence = (
            " ".join(reading.words[start:end]),
            reading.words[slice(*sentence_around(reading.words, start, end))],
        )
        facts = _facts(sentence)
        allowed = _facts(page.reading.words)
        return facts <= allowed and (bool(facts) or f" {said} " in f" {' '.join(page.reading.words)} ")


def _covered(page: Page, starts: int, words: int, stops: int = 0) -> int:
    """From each start as far as the clause goes."""
    ends = page.reading.clauses | stops
    stop = page.bits.get(STOP, 0)
    cover = at = starts & ~stop
    for _ in range(words):
        at = at << 1 & ~ends & ~stop & page.whole & ~cover
        if not at:
            break
        cover |= at
    return cover


def _clauses(page: Page, starts: int) -> int:
    """The clauses in which these stand, from their beginning; one that opens its sentence stands for the next one too:
    "If the manager approves it, your order will be cancelled"."""
    cover, words, edges = 0, page.reading.words, page.reading.clauses
    for place in _places(starts):
        first, last = sentence_around(words, place, place)
        cuts = [first, *(cut for cut in _places(edges & (1 << last) - (1 << first)) if cut > first), last]
        mine = max(number for number, cut in enumerate(cuts) if cut <= place)
        until = mine + 2 if place == first else mine + 1
        cover |= (1 << cuts[min(until, len(cuts) - 1)]) - (1 << cuts[mine])
    return cover


def _places(bits: int, most: int = 40) -> list[int]:
    places = []
    while bits and len(places) < most:
        places.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return places


def sentence_around(words: list[str], start: int, end: int) -> tuple[int, int]:
    while start > 0 and words[start - 1] != STOP:
        start -= 1
    while end < len(words) and words[end] != STOP:
        end += 1
    return start, end


def _facts(words: list[str]) -> set[str]:
    """The amounts and days that are named, and whether it is all of it."""
    facts = {
        re.sub(r"[$€£,]|\.0+$|(?<=\d)(st|nd|rd|th)$", "", word)
        for word in words
        if word[0].isdigit() or word[0] in "$€£"
    }
    facts |= {word for word in words if word in DAYS}
    return facts | ({"all"} if ALL & set(words) else set())


def _longest(found: list) -> list:
    """Of findings of one sort that overlap, the longest; in the order of the text."""
    kept: list = []
    for each in sorted(found, key=lambda each: each[1] - each[2]):
        phrase, start, end = each
        if not any(phrase.sort == other.sort and start < last and first < end for other, first, last in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: (each[1], each[2]))


@lru_cache(256)
def _judged(book: Book, text: str, terms: tuple[str, ...], about_lead: bool) -> tuple[Verdict, ...]:
    return tuple(book.judge(text, terms, about_lead))


# the book of the moment

_binding = Lock()


def book() -> Book:
    """As the phrases and lists stand, by whichever worker they were changed."""
    mark = tuple(_mark())
    with _binding:
        return _book(database.database, mark)


@lru_cache(1)
def _book(path: str, mark: tuple) -> Book:
    return _bound(_rows(Phrase), _rows(WordList))


def _rows(model) -> str:
    return repr(list(model.select().order_by(model.id).tuples()))


@lru_cache(2)
def _bound(phrases: str, lists: str) -> Book:
    """What they say decides, so that the same words are not read twice."""
    return Book(list(Phrase.select().order_by(Phrase.id)), word_lists())


def asked_of_book() -> dict[str, tuple]:
    """What the words of an entry are going to ask, for `ask_ahead`."""
    return {"phrases": (_mark,)}


_mark = mark_of("phrase_mark")


def word_lists(besides: dict[str, str] | None = None) -> dict[str, Listed]:
    """The lists by name, each made of words and of the lists that it names; `besides` are lists as they might
    become."""
    words = dict(WordList.select(WordList.name, WordList.words).tuples()) | (besides or {})
    return {name: listed(entries, words) for name, entries in words.items()}
