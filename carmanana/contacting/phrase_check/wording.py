"""Changing the phrases and the lists that they are made of. A change is tried before it counts: what it must catch is
caught, what it must let pass passes, and none of the approved wording is refused by it."""

import re

from carmanana.contacting.phrase_check.judging import Book, word_lists
from carmanana.contacting.phrase_check.matching import Listed
from carmanana.contacting.phrase_check.patterns import LONGEST, BadPattern, parsed
from carmanana.contacting.scripts import spoken
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import CRM_ADMIN, MANAGER, User
from carmanana.records.phrases import ENGLISH, LANGUAGES, PASSING, QUOTE, SORTS, Phrase, WordList

LONGEST_SENTENCE, LONGEST_LIST = 300, 8000


def may_change(by: User) -> bool:
    return by.has(MANAGER, CRM_ADMIN)


def add(by: User, **facts) -> Phrase:
    _changers_only(by)
    phrase = Phrase(**_facts(facts), changed_by=by)
    with transaction():
        _try(phrase)
        phrase.save(force_insert=True)
        audit.record("add_phrase", phrase, by, sort=phrase.sort)
    return phrase


def correct(phrase: Phrase, by: User, version: int, **facts) -> Phrase:
    _changers_only(by)
    facts = _facts(facts)
    with transaction():
        fresh = _fresh(Phrase, phrase, version)
        for name, value in facts.items():
            setattr(fresh, name, value)
        _try(fresh)
        change(fresh, changed_by=by, changed_at=clock.now(), **facts)
        audit.record("correct_phrase", fresh, by, sort=fresh.sort, active=fresh.active)
    return fresh


def correct_list(word_list: WordList, by: User, version: int, words: str) -> WordList:
    """Other words in a list; all phrases are tried with them."""
    _changers_only(by)
    words = "\n".join(dict.fromkeys(line.strip() for line in re.split(r"[\n,]", words or "") if line.strip()))
    with transaction():
        fresh = _fresh(WordList, word_list, version)
        if not 0 < len(words) <= LONGEST_LIST:
            raise Refused(
                [Refusal("words", f"Write at least one word, and at most {LONGEST_LIST:,} characters.", field="words")],
                fresh,
            )
        _try_all(_lists({fresh.name: words}, "words"))
        change(fresh, words=words, changed_by=by, changed_at=clock.now())
        audit.record("correct_word_list", fresh, by)
    return fresh


def _changers_only(by: User) -> None:
    if not may_change(by):
        raise Forbidden("phrases")


def _fresh(model, record, version: int):
    fresh = model.get_by_id(record.id)
    if fresh.version != version:
        raise Stale(fresh)
    return fresh


def _facts(facts: dict) -> dict:
    given = {name: " ".join((facts.get(name) or "").split()) for name in ("sort", "pattern", "catches", "passes")}
    given["language"] = facts.get("language") or ENGLISH
    broken = [
        ("language", "Choose the language.", given["language"] not in LANGUAGES),
        ("sort", "Choose what it is.", given["sort"] not in SORTS),
        (
            "pattern",
            f"Write the words to look for, at most {LONGEST} characters.",
            not 0 < len(given["pattern"]) <= LONGEST,
        ),
        (
            "catches",
            f"Write a sentence to try it with, at most {LONGEST_SENTENCE} characters.",
            not 0 < len(given["catches"]) <= LONGEST_SENTENCE,
        ),
        ("passes", f"At most {LONGEST_SENTENCE} characters.", len(given["passes"]) > LONGEST_SENTENCE),
    ]
    if refusals := [Refusal("phrase", sentence, field=field) for field, sentence, holds in broken if holds]:
        raise Refused(refusals)
    return given | {"active": bool(facts.get("active", True))}


def _lists(besides: dict[str, str] | None = None, field: str = "pattern") -> dict[str, Listed]:
    try:
        return word_lists(besides)
    except BadPattern as bad:
        raise Refused([Refusal("pattern", str(bad), field=field)]) from None


def _try(phrase: Phrase) -> None:
    """The phrase alone must do what its sentences say; with all the others nothing honest may be caught by it."""
    lists = _lists()
    try:
        parsed(phrase.pattern, lists)
    except BadPattern as bad:
        raise Refused([Refusal("pattern", str(bad), field="pattern")], phrase) from None
    if not phrase.active:
        return
    others = [other for other in Phrase.select().where(Phrase.active).order_by(Phrase.id) if other.id != phrase.id]
    book = Book([*others, phrase], lists)
    caught = [verdict.phrase_id for verdict in Book([phrase], lists).judge(phrase.catches, about_lead=True)]
    refusals = [_finds_nothing(phrase, lists)] if phrase.sort in PASSING else [None if caught else _misses(phrase)]
    refusals.append(
        _too_much(
            phrase,
            book,
            [
                phrase.passes,
                *([phrase.catches] if phrase.sort in PASSING else []),
                *_honest([other for other in others if phrase.sort != QUOTE or other.sort == QUOTE]),
            ],
        )
    )
    refusals.append(_opens(phrase, book, others) if phrase.sort in PASSING else None)
    if refusals := [refusal for refusal in refusals if refusal]:
        raise Refused(refusals, phrase)


def _finds_nothing(phrase: Phrase, lists):
    book = Book([phrase], lists)
    if not any(pattern.found(book.page(phrase.catches)) for _, pattern in book.passing):
        return Refusal("misses", "It is not found in this sentence.", field="catches")


def _misses(phrase: Phrase) -> Refusal:
    return Refusal("misses", "It does not catch this sentence.", field="catches")


def _honest(phrases: list[Phrase]) -> list[str]:
    """Sentences that must go on passing: those of the other phrases, and the approved wording."""
    own = [phrase.passes for phrase in phrases if phrase.passes] + [
        phrase.catches for phrase in phrases if phrase.sort in PASSING
    ]
    return own + spoken.given_to_staff()


def _too_much(phrase: Phrase, book: Book, honest: list[str]):
    for sentence in filter(None, honest):
        if any(verdict.phrase_id == phrase.id for verdict in book.judge(sentence, about_lead=True)):
            own = sentence == phrase.passes
            words = (
                "It catches this sentence too."
                if own
                else f"It would also catch “{sentence}”, which is honest. Make it narrower."
            )
            return Refusal("too_much", words, field="passes" if own else "pattern")
    if phrase.sort in PASSING and any(
        book.judge(sentence) for sentence in filter(None, (phrase.catches, phrase.passes))
    ):
        return Refusal("no_help", "The sentence is caught all the same.", field="catches")


def _opens(phrase: Phrase, book: Book, others: list[Phrase]):
    """Wording that lets pass must not open the door to what another phrase is there to catch."""
    for other in others:
        if other.sort not in PASSING and not any(
            verdict.sort == other.sort for verdict in book.judge(other.catches, about_lead=True)
        ):
            return Refusal("opens", f"It would let “{other.catches}” pass. Make it narrower.", field="pattern")


def _try_all(lists: dict[str, Listed]) -> None:
    """With other words in a list every phrase still does what its sentences say."""
    phrases = list(Phrase.select().where(Phrase.active).order_by(Phrase.id))
    try:
        book = Book(phrases, lists)
    except BadPattern as bad:
        raise Refused([Refusal("words", str(bad), field="words")]) from None
    for phrase in phrases:
        if phrase.sort not in PASSING and not any(
            verdict.sort == phrase.sort for verdict in book.judge(phrase.catches, about_lead=True)
        ):
            raise Refused([Refusal("misses", f"Then “{phrase.catches}” would no longer be caught.", field="words")])
    for sentence in _honest(phrases):
        if book.judge(sentence):
            raise Refused([Refusal("too_much", f"Then “{sentence}” would be caught, which is honest.", field="words")])
