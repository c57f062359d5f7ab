"""The words of a cell, made clean: mojibake mended, odd blanks and invisible characters gone."""

import re
import unicodedata

BLANK = {"", "-", "--", "–", "—", "n/a", "#n/a"}
NOTHING = BLANK | {"na", "none", "null", "nil", "unknown", "tbd", "?"}
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class Unclear(ValueError):
    """A cell that cannot mean what its column says; the sentence says what to mend."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def words(text: str) -> str:
    """One clean line: mojibake mended, composed letters, no control characters, single blanks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(visible(mended(text)).split())


def paragraph(text: str) -> str:
    """As `words`, with its line breaks kept."""
    lines = (words(line) for line in text.replace("\v", "\n").splitlines())
    return "\n".join(lines).strip()


def visible(text: str) -> str:
    bare = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in bare)


def _byte(char: str) -> bytes | None:
    """The byte that Windows-1252 has for this letter; its five holes are taken as they are."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1") if "\x80" <= char <= "\x9f" else None


def _continues(char: str) -> bool:
    byte = _byte(char)
    return byte is not None and 0x80 <= byte[0] < 0xC0


_TAIL = "[" + "".join(filter(_continues, map(chr, range(0x80, 0x2200)))) + "]"
MOJIBAKE = re.compile(f"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}}")


def mended(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 ("DoubleÂ\xa0Overhead", "JosÃ©") is put right, even
    where it happened twice; everything else is left alone."""
    for _ in range(2):
        better = MOJIBAKE.sub(_decoded, text)
        if better == text:
            break
        text = better
    return text


def _decoded(match: re.Match) -> str:
    try:
        return b"".join(_byte(c) for c in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def blank(text: str) -> bool:
    """Says nothing at all. "Na" and "None" are names that people have."""
    return text.casefold() in BLANK


def missing(text: str) -> bool:
    """Says that there is no amount, no date, no number."""
    return text.casefold() in NOTHING
