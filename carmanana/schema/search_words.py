"""What was typed, as the search index understands it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from carmanana.schema.sqlite import all_beginnings, any_part

MOST_LETTERS, MOST_WORDS = 80, 8
FEWEST_DIGITS = 3
ABROAD = ("0011", "011", "010", "00", "810")
LONG = 3  # letters from which conversations are searched: half of all begin with any two
PLAIN = {
    "ё": "е",
    "Ё": "е",
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "ı": "i",
    "æ": "ae",
    "Æ": "ae",
    "ß": "ss",
    "ẞ": "ss",
}
PLAIN |= dict(zip("άΆέΈήΉίΊόΌύΎώΏ", "ααεεηηιιοουυωω", strict=True))
FOLDING = str.maketrans(PLAIN)


@dataclass(frozen=True)
class Words:
    """Each word finds whatever begins with it."""

    words: tuple[str, ...]
    digits: str

    @classmethod
    def read(cls, text: str) -> "Words":
        text = unicodedata.normalize("NFC", text[:MOST_LETTERS]).translate(FOLDING)
        number = "" if re.search(r"[^\W\d_]", text) else "".join(re.findall(r"[0-9]", text.replace("(0)", "")))
        return cls(tuple(re.findall(r"[^\W_]+", text)[:MOST_WORDS]), number if len(number) >= FEWEST_DIGITS else "")

    @cached_property
    def beginnings(self) -> str:
        return all_beginnings(self.words)

    @cached_property
    def long_beginnings(self) -> str:
        """Empty where no word is long enough; a lone letter of another script is."""
        return all_beginnings(word for word in self.words if len(word) >= LONG or not word.isascii())

    @property
    def part_of_number(self) -> str:
        """Who dials abroad begins with 00, or 011; the number is kept without."""
        abroad = (self.digits.removeprefix(prefix) for prefix in ABROAD if self.digits.startswith(prefix))
        return any_part(digits for digits in (self.digits, *abroad) if len(digits) >= FEWEST_DIGITS)


def plain(text: str) -> str:
    """Small letters without their accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(FOLDING))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
