"""The XML of a sheet as it streams by: rows of text, never the whole tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import IO, NamedTuple
from xml.parsers import expat

from carmanana.importing.files.merged import Filling, Spans, place_of

BLOCK = 64 * 1024
MOST_COLUMNS = 200
HIDDEN = ("1", "true")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Style(NamedTuple):
    """The shared strings, the styles that are dates, the day that Excel counts from, the styles that show leading
    zeros, with how many digits, and those that show a sum of money, with its currency."""

    strings: list[str]
    dates: set[str]
    epoch: datetime
    zeros: dict[str, int] = {}
    moneys: dict[str, str] = {}


@dataclass
class Seen:
    """What a person at the screen sees and a reader does not: rows and columns that are hidden, cells that are merged
    over rows, formulas without a value."""

    hidden: dict[int, bool] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)


def rows(
    sheet: IO[bytes], style: Style, seen: Seen | None = None, spans: Spans | None = None
) -> Iterator[tuple[int, list[str]]]:
    yield from _stream(sheet, SheetReader(style, seen or Seen(), Filling(spans or {})))


def strings(part: IO[bytes]) -> Iterator[str]:
    yield from _stream(part, StringReader())


def _stream(part: IO[bytes], reader: "Reader") -> Iterator:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.starts, reader.ends
    parser.CharacterDataHandler = reader.reads
    parser.EntityDeclHandler = _refuse_entities
    while block := part.read(BLOCK):
        parser.Parse(block)
        yield from reader.given_up()
    parser.Parse(b"", True)
    yield from reader.given_up()


def _refuse_entities(*declared) -> None:
    raise ValueError("a spreadsheet declares no entities")


class Reader:
    """Gathers text between tags; what is complete waits in `found`."""

    def __init__(self):
        self.found: list = []
        self.text: list[str] = []
        self.wanted = self.phonetic = False

    def given_up(self) -> list:
        found, self.found = self.found, []
        return found

    def starts(self, name: str, attributes: dict) -> None:
        name = name.rpartition(":")[2]
        if name in ("t", "v"):
            self.wanted = not self.phonetic
        elif name == "rPh":
            self.phonetic = True
        else:
            self.opens(name, attributes)

    def ends(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("t", "v"):
            self.wanted = False
        elif name == "rPh":
            self.phonetic = False
        else:
            self.closes(name)

    def reads(self, text: str) -> None:
        if self.wanted:
            self.text.append(text)

    def words(self) -> str:
        text = "".join(self.text)
        self.text.clear()
        return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class StringReader(Reader):
    def opens(self, name: str, attributes: dict) -> None:
        """Only <si> matters, and only where it ends."""

    def closes(self, name: str) -> None:
        if name == "si":
            self.found.append(self.words())


class SheetReader(Reader):
    def __init__(self, style: Style, seen: Seen, filling: Filling):
        super().__init__()
        self.style, self.seen, self.filling = style, seen, filling
        self.formula = False
        self.number = 0
        self.row: list[str] = []
        self.cell: dict = {}

    def opens(self, name: str, attributes: dict) -> None:
        if name == "c":
            self.cell = attributes
            self.text.clear()
            self.formula = False
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.row = []
            if attributes.get("hidden") in HIDDEN:
                self.seen.hidden[self.number] = True
        elif name == "col" and attributes.get("hidden") in HIDDEN:
            self.seen.columns.append(attributes.get("min", ""))
        elif name == "mergeCell" and _rows_of(attributes.get("ref", "")) > 1:
            self.seen.merged.append(attributes["ref"])

    def closes(self, name: str) -> None:
        if name == "c":
            text = self.words()
            if self.formula and not text and self.cell.get("t") != "str":
                self.seen.formulas.append(self.cell.get("r", ""))
            self._put(self._value(text), text)
        elif name == "row":
            self.found.append((self.number, self.filling.filled(self.number, self.row)))

    def _put(self, value: str, text: str) -> None:
        """Into its column; cells that the file leaves out are blank."""
        place = self._place(self.cell.get("r", ""))
        if value and len(self.row) <= place < MOST_COLUMNS:
            self.row += [""] * (place - len(self.row))
            self.row.append(value)
            if (self.number, place) in self.filling.firsts and self._may_be_sum(text):
                self.filling.leave_out(self.number, place)

    def _may_be_sum(self, text: str) -> bool:
        """A number that is neither a date nor so long that it is a phone number or the number of something."""
        is_number = self.cell.get("t", "n") == "n" and self.cell.get("s") not in self.style.dates
        return is_number and self.cell.get("s") not in self.style.zeros and not (text.isdigit() and len(text) > 9)

    def _place(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        return place_of(letters) if letters else len(self.row)

    def _value(self, text: str) -> str:
        kind = self.cell.get("t", "n")
        if kind == "s":
            return self.style.strings[int(text)] if text else ""
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind != "n" or not text:
            return text
        if self.cell.get("s") in self.style.dates:
            from openpyxl.utils.datetime import from_excel

            return moment(from_excel(float(text), self.style.epoch))
        if self.cell.get("s") in self.style.moneys:
            return f"{self.style.moneys[self.cell['s']]} {number(float(text))}"
        return text.zfill(self.style.zeros.get(self.cell.get("s"), 0)) if text.isdigit() else number(float(text))


def _rows_of(reference: str) -> int:
    """How many rows "D4:D5" goes over."""
    first, _, last = (re.sub(r"\D", "", end) for end in reference.partition(":"))
    return int(last) - int(first) + 1 if first and last else 1


def moment(value: datetime | time | timedelta) -> str:
    """A date as ISO, without a time where it is midnight."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else str(value)


def number(value: float) -> str:
    """Without a point where it is whole. Three decimals would read as a group of thousands, so
    they are written as four."""
    text = f"{value:.0f}" if value.is_integer() else f"{value:.10f}".rstrip("0")
    return text + "0" if len(text.partition(".")[2]) == 3 else text
