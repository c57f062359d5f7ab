"""A quotation as a PDF for the customer: the figures of its page, on paper. What draws it is loaded when the first is
asked for."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from carmanana.core import money
from carmanana.records.quotations import Quotation, QuotationLine

FONTS = Path(__file__).resolve().parents[3] / "data" / "fonts"
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
US_LETTER = ("USD", "CAD", "MXN")
MARGIN, GAP, SIZE, LEADING = 56.0, 10.0, 9.5, 14.0
INK, MUTED, RULE = (0.10, 0.13, 0.17), (0.38, 0.42, 0.47), (0.82, 0.84, 0.87)
WIDTHS = (0.0, 52.0, 76.0, 48.0, 84.0)  # of the columns; the first has what is left
HEADS = ("What", "How many", "Each", "Tax", "Sum")


def name_of(quotation: Quotation) -> str:
    return f"Quotation {quotation.name}.pdf"


def can_draw(quotation: Quotation) -> bool:
    """Are all of its letters in the fonts? Latin, Greek and Cyrillic are; others stay with the page that is printed."""
    told = [quotation.title, quotation.terms, quotation.customer.name, *(line.what for line in quotation.lines)]
    known = _font_of(PLAIN).face.charToGlyph
    return all(ord(letter) in known for text in told for letter in text if letter.isprintable())


def as_pdf(quotation: Quotation, valid_until: date | None) -> bytes:
    """`valid_until` is the day that it is sent with."""
    return Sheet(quotation, valid_until).drawn()


@cache
def _font_of(name: str):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    return pdfmetrics.getFont(name)


def _parts(text: str, font: str, size: float, width: float) -> list[str]:
    """In lines that fit; a word that is longer than a line is cut."""
    from reportlab.lib.utils import simpleSplit

    lines = [part for line in text.splitlines() for part in simpleSplit(line, font, size, width)]
    return [piece for line in lines for piece in _cut(line, font, size, width)] or [""]


def _cut(line: str, font: str, size: float, width: float) -> list[str]:
    measure, pieces = _font_of(font).stringWidth, [""]
    for letter in line:
        if pieces[-1] and measure(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@dataclass
class Sheet:
    """Draws downwards; `y` is where the next line stands."""

    quotation: Quotation
    valid_until: date | None
    y: float = 0.0

    def __post_init__(self):
        from reportlab.lib.pagesizes import A4, LETTER
        from reportlab.pdfgen.canvas import Canvas

        _font_of(PLAIN), _font_of(BOLD)
        self.width, self.height = LETTER if self.quotation.currency in US_LETTER else A4
        self.right = self.width - MARGIN
        self.file = BytesIO()
        self.canvas = Canvas(self.file, (self.width, self.height), invariant=1, lang="en")
        self.y = self.height - MARGIN

    def drawn(self) -> bytes:
        quotation = self.quotation
        self.canvas.setTitle(f"Quotation {quotation.name}")
        self.canvas.setAuthor("CarManana")
        self._head()
        self._heads()
        for line in quotation.lines:
            self._line(line)
        for name, cents in quotation.sums:
            self._sum(name, cents)
        self._end()
        self._foot()
        self.canvas.save()
        return self.file.getvalue()

    # what stands where

    def _head(self) -> None:
        quotation = self.quotation
        at = quotation.sent_at or quotation.created_at
        self._text(MARGIN, "CarManana", BOLD, 15)
        self._text(self.right, f"Quotation {quotation.name}", BOLD, 15, right=True)
        self._down(16)
        self._text(self.right, f"{at:%-d %B %Y}", PLAIN, SIZE, MUTED, right=True)
        self._down(30)
        self._text(MARGIN, "For", PLAIN, SIZE, MUTED)
        for part in _parts(quotation.customer.name, BOLD, 12, self.right - MARGIN - 24):
            self._text(MARGIN + 24, part, BOLD, 12)
            self._down(16)
        for part in _parts(quotation.title, PLAIN, 11, self.right - MARGIN) if quotation.title else ():
            self._text(MARGIN, part, PLAIN, 11)
            self._down(15)
        self._down(12)

    def _heads(self) -> None:
        self._text(MARGIN, HEADS[0], PLAIN, 8, MUTED)
        for head, edge in zip(HEADS[1:], self._edges[1:], strict=True):
            self._text(edge, head, PLAIN, 8, MUTED, right=True)
        self._down(6)
        self._rule()

    @property
    def _edges(self) -> list[float]:
        """The right edge of each column."""
        edges, edge = [], self.right
        for width in reversed(WIDTHS):
            edges.insert(0, edge)
            edge -= width + GAP
        return edges

    def _line(self, line: QuotationLine) -> None:
        currency, edges = self.quotation.currency, self._edges
        words = _parts(line.what, PLAIN, SIZE, edges[0] - MARGIN)
        self._room(len(words) * LEADING + 10)
        self._down(LEADING)
        each, net = (money.shown(cents, currency) for cents in (line.price_cents, line.net_cents))
        for text, edge in zip((str(line.quantity), each, line.tax_percent, net), edges[1:], strict=True):
            self._text(edge, text, PLAIN, SIZE, right=True)
        for place, part in enumerate(words):
            self._down(LEADING if place else 0)
            self._text(MARGIN, part, PLAIN, SIZE)
        self._down(6)
        self._rule()

    def _sum(self, name: str, cents: int) -> None:
        total = name == self.quotation.sums[-1][0]
        font, size = (BOLD, 12) if total else (PLAIN, SIZE)
        self._room(26)
        self._down(20 if total else 16)
        self._text(self._edges[-2], name, font, size, right=True)
        self._text(self.right, money.shown(cents, self.quotation.currency), font, size, right=True)

    def _end(self) -> None:
        valid = f"Valid until {self.valid_until:%-d %B %Y}." if self.valid_until else ""
        self._down(30)
        for part in _parts(
            "\n".join(filter(None, [valid, self.quotation.terms.strip()])), PLAIN, SIZE, self.right - MARGIN
        ):
            self._room(LEADING)
            self._text(MARGIN, part, PLAIN, SIZE)
            self._down(LEADING)

    # the pen

    def _text(self, x: float, text: str, font: str, size: float, ink=INK, right: bool = False) -> None:
        self.canvas.setFillColorRGB(*ink)
        self.canvas.setFont(font, size)
        (self.canvas.drawRightString if right else self.canvas.drawString)(x, self.y, text)

    def _rule(self) -> None:
        self.canvas.setStrokeColorRGB(*RULE)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(MARGIN, self.y, self.right, self.y)

    def _down(self, points: float) -> None:
        self.y -= points

    def _room(self, points: float) -> None:
        """On a new page where this one is full."""
        if self.y - points < MARGIN:
            self._foot()
            self.canvas.showPage()
            self.y = self.height - MARGIN

    def _foot(self) -> None:
        number = self.canvas.getPageNumber()
        self.y, y = MARGIN / 2, self.y
        self._text(self.right, f"Quotation {self.quotation.name}, page {number}", PLAIN, 8, MUTED, right=True)
        self.y = y
