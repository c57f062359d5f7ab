"""A text in pieces, with what was searched for told apart, and a long one cut to where it is."""

import re
import unicodedata

from carmanana.search.words import FEWEST_DIGITS, Words, plain

Piece = tuple[str, bool]
BEFORE, SHOWN = 30, 120


def marked(text: str, words: Words) -> list[Piece]:
    """Pieces of the text; True where somebody searched for it."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    spans = _digits(text, words.digits) or _beginnings(text, words)
    if spans and spans[0][0] > SHOWN - BEFORE:
        text, spans = _cut(text, spans[0][0], words)
    return _pieces(text[:SHOWN] + ("…" if len(text) > SHOWN else ""), spans)


def _beginnings(text: str, words: Words) -> list[tuple[int, int]]:
    wanted = [plain(word) for word in words.words]
    spans = []
    for found in re.finditer(r"[^\W_]+", text):
        lengths = [_length(found[0], word) for word in wanted if plain(found[0]).startswith(word)]
        if lengths:
            spans.append((found.start(), found.start() + max(lengths)))
    return spans


def _length(word: str, beginning: str) -> int:
    """How many letters of the word as it is written the plain beginning covers."""
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
