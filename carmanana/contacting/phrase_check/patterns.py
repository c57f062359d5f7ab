"""The language in which a phrase is written.

you will ... <money> ... back      words, up to six others between, a list by its name
refund* !<matter>                  any ending; not followed by one of a list
(is|are) [being] # .. days         one of; perhaps; a number, or $* an amount; up to two between
near <refund> : get it back        with one of the list within forty words
cancel (now|$)                     the end of the sentence"""

import re
from functools import lru_cache

from carmanana.contacting.phrase_check.matching import Choice, Gap, Listed, Listing, Maybe, Pattern, Row, Unless, Word
from carmanana.contacting.phrase_check.reading import STOP, folded, words_of

GAP, SHORT_GAP = 6, 2
LONGEST = 500
DIFFERENT = 10_000  # words that are kept once, however many phrases have them
PARTS = re.compile(r"\.\.\.|\.\.|<\w+>|[!()\[\]|:]|[^\s()\[\]|<>!:]+")


word = lru_cache(DIFFERENT)(Word)


class BadPattern(ValueError):
    """The pattern cannot be read; the message says why."""


def listed(words: str, lists) -> Listed:
    """A list from its lines or commas."""
    entries = [entry.strip() for entry in re.split(r"[\n,]", words) if entry.strip()]
    rows = [_entry(entry, lists) for entry in entries]
    if not rows:
        raise BadPattern("A list needs at least one word.")
    return Listed(tuple(rows))


def _entry(text: str, lists) -> Row:
    row = _Parser(text, lists).row_to_the_end()
    first, *others = row.parts
    if not isinstance(first, Word) or not all(isinstance(part, (Word, Unless)) for part in others):
        raise BadPattern(f"“{text}”: a line of a list is words, and at its end perhaps what must not follow.")
    return row


def parsed(text: str, lists) -> Pattern:
    """Raises BadPattern with a sentence for whoever wrote it."""
    near = None
    if text.strip().startswith("near "):
        before, colon, text = text.strip()[5:].partition(":")
        if not colon:
            raise BadPattern("After “near” and its list comes a colon.")
        near = Choice((_Parser(before, lists).row_to_the_end(),))
    row = _Parser(text, lists).row_to_the_end()
    if not any(_certain(part) for part in row.parts):
        raise BadPattern("This would be found in everything: it needs at least one word of its own.")
    if isinstance(row.parts[0], Gap) or isinstance(row.parts[-1], Gap):
        raise BadPattern("The dots stand between words, not at an end.")
    return Pattern(row, near)


def _certain(part) -> bool:
    return isinstance(part, (Word, Listing)) or (
        isinstance(part, Choice) and all(any(map(_certain, row.parts)) for row in part.options)
    )


class _Parser:
    def __init__(self, text: str, lists):
        self.text, self.lists = text, lists
        self.left = PARTS.findall(folded(text)[0])

    def row_to_the_end(self) -> Row:
        row = self.row()
        if self.left:
            raise BadPattern(f"“{self.text.strip()}”: there is a “{self.left[0]}” too many.")
        if not row.parts:
            raise BadPattern("Write the words to look for.")
        return row

    def row(self) -> Row:
        parts = []
        while self.left and self.left[0] not in ")]|":
            parts.extend(self.part(self.left.pop(0)))
        return Row(tuple(parts))

    def part(self, mark: str) -> list:
        if mark in ("...", ".."):
            return [Gap(GAP if mark == "..." else SHORT_GAP)]
        if mark == "(":
            return [self.choice(")")]
        if mark == "[":
            return [Maybe(self.choice("]"))]
        if mark == "!":
            return [Unless(self.one())]
        if mark[0] == "<":
            return [self.listing(mark)]
        return self.words(mark)

    def one(self):
        if not self.left or self.left[0] in ")]|":
            raise BadPattern("After “!” comes what must not follow.")
        return Row(tuple(self.part(self.left.pop(0))))

    def choice(self, closing: str) -> Choice:
        rows = [self.row()]
        while self.left and self.left[0] == "|":
            self.left.pop(0)
            rows.append(self.row())
        if not self.left or self.left.pop(0) != closing:
            raise BadPattern(f"“{self.text.strip()}”: a “{closing}” is missing.")
        if not all(row.parts for row in rows):
            raise BadPattern("There is nothing between two bars or brackets.")
        return Choice(tuple(rows))

    def listing(self, mark: str) -> Listing:
        name = mark[1:-1]
        if name not in self.lists:
            raise BadPattern(f"There is no list called “{name}”.")
        return Listing(name)

    def words(self, mark: str) -> list[Word]:
        if mark == "$":
            return [word(STOP)]
        stem, star = mark.rstrip("*"), mark.endswith("*")
        if mark in ("#", "$*"):
            return [word(mark)]
        if not re.fullmatch(r"[$€£]?\w[\w'%.,]*", stem):
            raise BadPattern(f"“{mark}” is no word.")
        spelt = words_of(stem.rstrip(".,"))
        return [word(each + "*" if star and number == len(spelt) else each) for number, each in enumerate(spelt, 1)]
