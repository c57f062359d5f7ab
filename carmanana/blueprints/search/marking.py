"""A text in pieces, with what was searched for told apart, and a long one cut to where it is."""

import re
import unicodedata
from functools import lru_cache

from markupsafe import Markup

from carmanana.schema.search_words import FEWEST_DIGITS, Words, plain
from carmanana.web.templating import written

Piece = tuple[str, bool]
BEFORE, SHOWN = 30, 120
PLAIN = re.compile(rf"(?! )[\w .,:;/()+@#%·–-]{{0,{SHOWN - BEFORE}}}(?<! )", re.ASCII)  # neither cut nor escaped


class _Letters(dict):
    """What is searched for in place of a letter: a plain one where one does, so that a text keeps its length."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter.isspace() or unicodedata.combining(letter):
            return letter
        flat = plain(letter) if letter.isalnum() else " "
        return self.setdefault(code, flat) if len(flat) == 1 else letter


LETTERS = _Letters({code: chr(code) for code in range(128)})


def in_bold(text: str, words: Words) -> Markup:
    """As it stands in a page; what can be marked straight away is."""
    flat = text if text.isascii() else text.translate(LETTERS)
    if not words.digits and "  " not in flat and PLAIN.fullmatch(flat):
        return Markup(_marked_as_it_is(text, _any_of(words.words), flat))
    pieces = [(written(piece), found) for piece, found in marked(text, words)]
    return Markup("".join([f"<mark>{piece}</mark>" if found else piece for piece, found in pieces]))


def _marked_as_it_is(text: str, wanted: re.Pattern, flat: str) -> str:
    if text is flat:
        return wanted.sub(r"<mark>\g<0></mark>", text)
    for start, end in [found.span() for found in wanted.finditer(flat)][::-1]:
        text = f"{text[:start]}<mark>{text[start:end]}</mark>{text[end:]}"
    return text


def marked(text: str, words: Words) -> list[Piece]:
    """Pieces of the text; True where somebody searched for it."""
    text = " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())
    spans = _digits(text, words.digits) or _beginnings(text, words)
    if spans and spans[0][0] > SHOWN - BEFORE:
        text, spans = _cut(text, spans[0][0], words)
    return _pieces(text[:SHOWN] + ("…" if len(text) > SHOWN else ""), spans)


def _beginnings(text: str, words: Words) -> list[tuple[int, int]]:
    flat = text if text.isascii() else text.translate(LETTERS)
    if flat.isascii():
        return [found.span() for found in _any_of(words.words).finditer(flat)]
    wanted, spans = tuple(plain(word) for word in words.words), []
    for start, as_written, word in _words_of(text):
        if word.startswith(wanted):
            lengths = [_length(as_written, beginning) for beginning in wanted if word.startswith(beginning)]
            spans.append((start, start + max(lengths)))
    return spans


@lru_cache(maxsize=500)
def _words_of(text: str) -> list[tuple[int, str, str]]:
    """Where each begins, as it is written and plain. The same names are found again with the next letter typed."""
    return [(found.start(), found[0], plain(found[0])) for found in re.finditer(r"[^\W_]+", text)]


@lru_cache(maxsize=200)
def _any_of(words: tuple[str, ...]) -> re.Pattern:
    """In a plain text: where a word begins so, as far as the longest of them goes."""
    wanted = sorted(filter(None, map(plain, words)), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, wanted)) or '(?!)'})", re.ASCII | re.IGNORECASE)


def _length(word: str, beginning: str) -> int:
    """How many letters of the word as it is written the plain beginning covers."""
    if word.isascii():
        return len(beginning)
    return next(n for n in range(len(word) + 1) if len(plain(word[:n])) >= len(beginning))


def _digits(text: str, digits: str) -> list[tuple[int, int]]:
    """Where the digits stand, whatever is written between them."""
    if len(digits) < FEWEST_DIGITS:
        return []
    found = re.search(r"\D*".join(digits), text)
    return [found.span()] if found else []


def _cut(text: str, at: int, words: Words) -> tuple[str, list[tuple[int, int]]]:
    start = text.rfind(" ", 0, max(1, at - BEFORE)) + 1
    text = "…" + text[start:]
    return text, _beginnings(text, words)


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
