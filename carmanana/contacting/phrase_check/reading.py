"""How the guard reads: plain lower-case words, each with its place in what was written.

Case, accents, full-width and look-alike letters, hidden characters, contractions and s p a c e d letters make no
difference."""

import re
import unicodedata
from dataclasses import dataclass, field

STOP = "."
LONGEST, MOST_KNOWN = 12_500, 20_000  # a subject, an email and objections together are shorter

LOOK_ALIKES = str.maketrans("аеорсухіѕԁӏмтнквαεορυνικτχ", "aeopcyxisdlmthkbaeopuviktx")
LOOK_ALIKES |= str.maketrans("ґһԛԝѵҽոսօցɡɑıɩʋυωϲϳӏіԍԁᴠһҥɢᎪᎬᎡᎢᏟᏢᏴᎳ", "rhqwvenuoggaiivuwcjligdvhngaertcpbw")
BLANKS = "\u3164\uffa0\u115f\u1160\u2800\u17b4\u17b5"
SPACES = str.maketrans(BLANKS, " " * len(BLANKS))
ENCLOSED = {first + number: chr(97 + number) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for number in range(26)}
LATIN = re.compile(r"LATIN (?:(?:SMALL|CAPITAL) LETTER|LETTER SMALL CAPITAL) ([A-Z])(?: WITH .*)?")
PLAIN = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "…": ".",
    "•": ".",
    "\t": " ",
    "\r": " ",
    "\xa0": " ",
}

HIDDEN = ("refund", "reimburs", "deposit", "cancel", "guarante")
SPLIT_UP = "|".join(r"[-_*.·]?".join(word) for word in HIDDEN)
TOKEN = re.compile(
    rf"(?<![a-z'])(?=[a-z]+[-_*.·][a-z])(?:{SPLIT_UP})[a-z]*(?![a-z'])|"  # ref-und
    r"(?:(?<![a-z'])(?:[a-z][ .*_·-]){3,}[a-z](?![a-z']))"  # s p a c e d
    r"|[$€£]?\d+(?:[.,]\d+)*(?:%|[a-z]+)?"
    r"|[^\W\d]\w*(?:'\w+)*"
    r"|\n\s*\n|[.!?;]+|[,:()\"-]"
)
LETTERS_ONLY, SPACED = re.compile(r"[^a-z]"), re.compile(r"[ .*_·-]")
LEET = str.maketrans("013457", "oieast")

SAME = {
    "cannot": "can not", "can't": "can not", "won't": "will not", "shan't": "will not", "ain't": "is not",
    "let's": "let us", "y'all": "you",
    "dont": "do not", "cant": "can not", "wont": "will not", "didnt": "did not", "doesnt": "does not",
    "isnt": "is not", "wasnt": "was not", "havent": "have not",
    "youll": "you will", "theyll": "they will", "itll": "it will", "thatll": "that will", "ill": "i will",
    "weve": "we have", "ive": "i have",
    "youve": "you have", "youre": "you are", "theyre": "they are", "im": "i am", "its": "it is", "thats": "that is",
    "gonna": "going to", "gotta": "have to", "wanna": "want to",
    "u": "you", "ur": "your", "tmrw": "tomorrow", "tmw": "tomorrow", "tomorow": "tomorrow", "tommorow": "tomorrow",
    "2day": "today", "2moro": "tomorrow",
    "canceled": "cancelled", "canceling": "cancelling", "cancelation": "cancellation", "cxl": "cancel",
    "cxld": "cancelled", "canx": "cancel",
    "refundible": "refundable", "gauranteed": "guaranteed", "garanteed": "guaranteed", "guarenteed": "guaranteed",
    "definately": "definitely", "definitly": "definitely",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "twelve": "12", "fourteen": "14",
    "fifteen": "15", "twenty": "20", "thirty": "30", "mgr": "manager", "mngr": "manager", "wk": "week", "hrs": "hours",
    "hr": "hour", "acct": "account", "biz": "business", "depo": "deposit",
}  # fmt: skip
ELIDED = {
    "l": "l",
    "d": "de",
    "j": "je",
    "n": "ne",
    "s": "se",
    "t": "te",
    "m": "me",
    "c": "ce",
    "qu": "que",
    "jusqu": "jusque",
    "lorsqu": "lorsque",
    "puisqu": "puisque",
}
ENDINGS = {"'ll": "will", "'ve": "have", "'re": "are", "'d": "would", "'m": "am", "'s": "is"}
TURNS = {"but", "however", "though", "although", "whereas", "because", "except", "otherwise", "anyway"}
TURNS |= {"pero", "aunque", "porque", "sino", "mais", "cependant", "toutefois", "pourtant"}
JOINS = {"and", "so", "then", "plus", "y", "et", "entonces", "donc", "luego", "puis", "alors"}
SUBJECTS = {
    "i",
    "we",
    "you",
    "they",
    "he",
    "she",
    "it",
    "your",
    "my",
    "our",
    "management",
    "everything",
    "there",
    "a",
    "the",
}
MARKS = {",", ":", "(", ")", "-", '"'}


@dataclass
class Reading:
    """The words, where each stands in what was written, and the places where another clause begins."""

    text: str
    words: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    clauses: int = 0
    commas: int = 0

    def told(self, start: int, end: int) -> str:
        """What was written from one word up to another, as it was written."""
        return self.text[self.places[start][0] : self.places[end - 1][1]]


def read(text: str) -> Reading:
    text = text[:LONGEST]
    reading = Reading(text)
    letters, places = folded(text)
    comma = False
    for found in TOKEN.finditer(letters):
        mark = found[0]
        if mark in MARKS:
            comma = True
            continue
        here = (places[found.start()], places[found.end() - 1] + 1)
        for word in (STOP,) if mark[0] in ".!?;\n" else words_of(mark):
            if comma:
                reading.commas |= 1 << len(reading.words)
                comma = False
            reading.words.append(word)
            reading.places.append(here)
    _end(reading)
    _part(reading)
    return reading


def _end(reading: Reading) -> None:
    """The last sentence ends too."""
    if reading.words and reading.words[-1] != STOP:
        reading.words.append(STOP)
        reading.places.append((len(reading.text), len(reading.text)))


def folded(text: str) -> tuple[str, range | list[int]]:
    """Lower-case plain letters, and for each of them its place in the text."""
    if text.isascii():
        letters, places = text.lower(), range(len(text))
    else:
        pairs = [(letter, place) for place, mark in enumerate(text) for letter in folded_mark(mark)]
        letters, places = "".join(letter for letter, _ in pairs), [place for _, place in pairs]
    return re.sub(r"(?<=[a-z])[$@](?=[a-z])", lambda found: {"$": "s", "@": "a"}[found[0]], letters), places


_marks: dict[str, str] = {}


def folded_mark(mark: str) -> str:
    if mark not in _marks and ord(mark) in ENCLOSED:
        _marks[mark] = ENCLOSED[ord(mark)]
    if mark not in _marks:
        plain = PLAIN.get(mark) or unicodedata.normalize("NFKD", mark)
        kept = (
            PLAIN.get(part, part)
            for part in plain
            if unicodedata.category(part) not in ("Cf", "Mn", "Me") and part not in BLANKS
        )
        _marks[mark] = "".join(map(_latin, kept)).lower().translate(LOOK_ALIKES)
    return _marks[mark]


def _latin(mark: str) -> str:
    """ƒ is an f with a hook."""
    named = None if mark.isascii() else LATIN.fullmatch(unicodedata.name(mark, ""))
    return named[1] if named else mark


_known: dict[str, tuple[str, ...]] = {}


def words_of(token: str) -> tuple[str, ...]:
    """A token as the words that it stands for: we'll is "we will", canceled is "cancelled"."""
    if token not in _known:
        if len(_known) > MOST_KNOWN:
            _known.clear()
        _known[token] = _spelt_out(token)
    return _known[token]


def _spelt_out(token: str) -> tuple[str, ...]:
    if token in SAME:
        return tuple(SAME[token].split())
    if token[0].isalpha() and SPACED.search(token):
        return words_of(LETTERS_ONLY.sub("", token))
    if token.endswith("n't"):
        return (*words_of(token[:-3]), "not")
    for ending, word in ENDINGS.items():
        if token.endswith(ending) and len(token) > len(ending):
            return (*words_of(token[: -len(ending)]), word)
    elided, apostrophe, rest = token.partition("'")
    if apostrophe and elided in ELIDED and len(rest) > 1:
        return (ELIDED[elided], *words_of(rest))
    if token[0].isalpha() and not token.isalpha():
        token = (
            re.sub(r"[^a-z0-9]", "", token.translate(LEET) if re.search(r"[a-z][013457]+[a-z]", token) else token)
            or token
        )
    shorter = re.sub(r"([a-z])\1{2,}", r"\1", token)
    return (shorter,) if shorter == token else words_of(shorter)


def _part(reading: Reading) -> None:
    """Mark where a new clause begins: at "but", and where a comma or an "and" is followed by somebody who does
    something."""
    words, clauses = reading.words, 0
    for place, word in enumerate(words):
        if word in TURNS:
            clauses |= 1 << place
            continue
        if word not in SUBJECTS or place == 0:
            continue
        joined = words[place - 1] in JOINS and word not in ("a", "the")
        start = place - 1 if joined else place
        if joined or reading.commas >> place & 1:
            clauses |= 1 << start
    reading.clauses = clauses
