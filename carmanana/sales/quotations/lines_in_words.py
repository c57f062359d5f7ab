"""The lines of a quotation as words in a file, and back: "2 × Winter tyres @ 300.00 + 19%", one beneath the other."""

import re
from collections.abc import Iterable
from decimal import Decimal

from carmanana.records.quotations import WHOLE, QuotationLine

LINE = re.compile(r"(?:(?P<many>\d{1,3})\s*[×x*]\s+)?(?P<what>.+?)\s*@\s*(?P<price>[-−]?\d[\d,]*(?:\.\d+)?)(?:\s*\+\s*(?P<tax>\d+(?:\.\d+)?)\s*%)?")  # fmt: skip
MOST_CENTS = 10_000_000_000_00


class Unread(ValueError):
    """`sentence` says what a line must look like."""

    def __init__(self, text: str):
        self.sentence = f"“{text[:60]}” is no line of a quotation. Write it like 2 × Winter tyres @ 300.00 + 19%."
        super().__init__(self.sentence)


def in_words(lines: Iterable[QuotationLine]) -> str:
    return "\n".join(map(_in_words, lines))


def _in_words(line: QuotationLine) -> str:
    tax = f" + {line.tax_percent}" if line.tax_rate else ""
    return f"{line.quantity} × {line.what} @ {Decimal(line.price_cents) / 100:.2f}{tax}"


def lines_of(text: str) -> list[QuotationLine]:
    """Raises Unread at the first that is none."""
    written = [line.strip() for line in text.splitlines() if line.strip()]
    return [_line(line, place) for place, line in enumerate(written)]


def _line(text: str, position: int) -> QuotationLine:
    found = LINE.fullmatch(text)
    if not found:
        raise Unread(text)
    cents = int(Decimal(found["price"].replace("−", "-").replace(",", "")) * 100)
    rate, many = int(Decimal(found["tax"] or 0) * 1_000), int(found["many"] or 1)
    if abs(cents) > MOST_CENTS or rate > WHOLE or not many:
        raise Unread(text)
    return QuotationLine(position=position, what=found["what"][:200], quantity=many, price_cents=cents, tax_rate=rate)
