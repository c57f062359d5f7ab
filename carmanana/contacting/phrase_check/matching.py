"""How a phrase is found on a page of words.

The page is held as bits, one for each place, so that finding takes the same short time whatever is written: there is no
phrase that could make it slow. A part of a phrase takes the places that were reached (`on`) to those behind it, or
those behind it to where it begins (`back`)."""

from dataclasses import dataclass, field

from carmanana.contacting.phrase_check.reading import STOP, Reading

NEARBY = 40


class Page:
    """Where each word stands, as bits."""

    def __init__(self, reading: Reading, lists: "dict[str, Listed]"):
        self.reading, self.lists = reading, lists
        self.length = len(reading.words)
        self.whole = (1 << self.length + 1) - 1
        self.bits: dict[str, int] = {}
        for place, word in enumerate(reading.words):
            self.bits[word] = self.bits.get(word, 0) | 1 << place
        self._found: dict[str, dict[int, int]] = {}
        self._starting: dict[str, int] = {}
        self.negations = self._in_any_language("not") & ~self._in_any_language("not_really")
        self.uncrossed = self.negations | self.bits.get(STOP, 0) | reading.clauses | self._in_any_language("stops")

    def _in_any_language(self, name: str) -> int:
        """Where the list of this name begins, or another language's: not, es_not, fr_not."""
        return _together(self.starts(each) for each in self.lists if each == name or each[2:] == f"_{name}")

    def where(self, word: str) -> int:
        if word[-1] == "*":
            return self._beginning_with(word[:-1])
        if word == "#":
            return self._numbers()
        return self.bits.get(word, 0)

    def _beginning_with(self, stem: str) -> int:
        if stem not in self._starting:
            self._starting[stem] = _together(bits for word, bits in self.bits.items() if word.startswith(stem))
        return self._starting[stem]

    def _numbers(self) -> int:
        if "#" not in self._starting:
            self._starting["#"] = _together(
                bits for word, bits in self.bits.items() if word[0].isdigit() or word[0] in "$€£"
            )
        return self._starting["#"]

    def found(self, name: str) -> dict[int, int]:
        """Where entries of a list begin, by how many words they have."""
        if name not in self._found:
            self._found[name] = {}
            self._found[name] = self.lists[name].found(self) if name in self.lists else {}
        return self._found[name]

    def starts(self, name: str) -> int:
        return _together(self.found(name).values())


def _together(bits) -> int:
    whole = 0
    for some in bits:
        whole |= some
    return whole


# what a part asks for: words of which one stands wherever it is found; None where it can be found among any words
Asked = frozenset[str] | None


def _rarest(parts, lists) -> Asked:
    return min(filter(None, (part.asks(lists) for part in parts)), key=len, default=None)


class Anywhere:
    __slots__ = ()

    def asks(self, lists) -> Asked:
        return None


@dataclass(frozen=True, slots=True)
class Word:
    text: str

    def asks(self, lists) -> Asked:
        return frozenset((self.text,))

    def on(self, page: Page, at: int) -> int:
        return (at & page.where(self.text)) << 1

    def back(self, page: Page, at: int) -> int:
        return at >> 1 & page.where(self.text)


@dataclass(frozen=True, slots=True)
class Listing:
    name: str

    def asks(self, lists) -> Asked:
        return frozenset(lists[self.name].by_word) if self.name in lists else None

    def on(self, page: Page, at: int) -> int:
        return _together((at & starts) << length for length, starts in page.found(self.name).items())

    def back(self, page: Page, at: int) -> int:
        return _together(at >> length & starts for length, starts in page.found(self.name).items())


@dataclass(frozen=True, slots=True)
class Gap(Anywhere):
    """A few words that do not turn the sense: no "not", no other sentence or clause, no "about"."""

    most: int

    def on(self, page: Page, at: int) -> int:
        passable = ~page.uncrossed & page.whole >> 1
        reached = at
        for _ in range(self.most):
            at = (at & passable) << 1
            reached |= at
        return reached

    def back(self, page: Page, at: int) -> int:
        passable = ~page.uncrossed & page.whole >> 1
        reached = at
        for _ in range(self.most):
            at = at >> 1 & passable
            reached |= at
        return reached


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple

    def asks(self, lists) -> Asked:
        asked = [option.asks(lists) for option in self.options]
        return frozenset().union(*asked) if asked and all(asked) else None

    def on(self, page: Page, at: int) -> int:
        return _together(option.on(page, at) for option in self.options)

    def back(self, page: Page, at: int) -> int:
        return _together(option.back(page, at) for option in self.options)


@dataclass(frozen=True, slots=True)
class Maybe(Anywhere):
    part: Choice

    def on(self, page: Page, at: int) -> int:
        return at | self.part.on(page, at)

    def back(self, page: Page, at: int) -> int:
        return at | self.part.back(page, at)


@dataclass(frozen=True, slots=True)
class Unless(Anywhere):
    """Takes no word, and holds where what it names does not follow."""

    part: object

    def on(self, page: Page, at: int) -> int:
        return at & ~self.part.back(page, page.whole)

    back = on


@dataclass(frozen=True, slots=True)
class Row:
    parts: tuple

    def asks(self, lists) -> Asked:
        return _rarest(self.parts, lists)

    def on(self, page: Page, at: int) -> int:
        for part in self.parts:
            if not at:
                return 0
            at = part.on(page, at)
        return at

    def back(self, page: Page, at: int) -> int:
        for part in reversed(self.parts):
            if not at:
                return 0
            at = part.back(page, at)
        return at


@dataclass(frozen=True, slots=True)
class Pattern:
    row: Row
    near: Choice | None = None

    def found(self, page: Page, most: int = 8) -> list[tuple[int, int]]:
        """The first places where it stands: from which word up to which."""
        starts = self.starts(page)
        spans = []
        while starts and len(spans) < most:
            first = starts & -starts
            ends = self.row.on(page, first)
            last = (ends & -ends).bit_length() - 1
            start = first.bit_length() - 1
            if last > start:
                spans.append((start, last))
            starts = starts >> max(last, start + 1) << max(last, start + 1)
        return spans

    def starts(self, page: Page) -> int:
        ends = self.row.on(page, page.whole)
        starts = self.row.back(page, ends) & page.whole >> 1 if ends else 0
        return (
            starts & _smeared(self.near.back(page, page.whole), NEARBY) & page.whole if starts and self.near else starts
        )


def _smeared(bits: int, words: int) -> int:
    """Up to so many words to either side."""
    around, step = bits, 1
    while words > 0:
        step = min(step, words)
        around |= around << step | around >> step
        words -= step
        step *= 2
    return around


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: words and short wordings, by the word that they begin with."""

    entries: tuple[Row, ...]
    by_word: dict[str, list[tuple[int, Row]]] = field(default_factory=dict, compare=False)

    def __post_init__(self):
        for entry in self.entries:
            length = sum(isinstance(part, Word) for part in entry.parts)
            self.by_word.setdefault(entry.parts[0].text, []).append((length, entry))

    @property
    def words(self) -> set[str]:
        return {part.text.rstrip("*") for entry in self.entries for part in entry.parts if isinstance(part, Word)}

    def found(self, page: Page) -> dict[int, int]:
        starts: dict[int, int] = {}
        for word, entries in self.by_word.items():
            if not page.where(word):
                continue
            for length, entry in entries:
                if bits := entry.back(page, page.whole) & page.whole >> 1:
                    starts[length] = starts.get(length, 0) | bits
        return starts


class Asking:
    """Which of some patterns can be found on a page at all: most ask for a word that it has not."""

    def __init__(self, patterns: list[Pattern], lists: dict[str, Listed]):
        self.by_word: dict[str, set[int]] = {}
        for number, pattern in enumerate(patterns):
            for word in pattern.row.asks(lists) or ("",):
                self.by_word.setdefault(word, set()).add(number)
        self.always = self.by_word.pop("", set())
        self.stems = [word for word in self.by_word if word[-1] in "*#"]

    def on(self, page: Page) -> list[int]:
        """Their numbers, in order."""
        words = [*(page.bits.keys() & self.by_word.keys()), *filter(page.where, self.stems)]
        return sorted(self.always.union(*map(self.by_word.__getitem__, words)))
