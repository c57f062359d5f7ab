"""A CSV as rows of text, whatever its encoding and its delimiter."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from carmanana.importing.files import encodings
from carmanana.importing.files.unreadable import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a")) + b"\x7f"
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
SAMPLE = 50_000
NOT_A_SHEET = "This is not a spreadsheet. Upload a CSV file or an Excel workbook (.xlsx)."
NOT_UTF8 = (
    "The file is not in UTF-8. Its letters are read as {name}: check the names below, and if they look wrong choose "
    "another encoding."
)
SAVE_AS_UTF8 = "Save it as “CSV UTF-8” and upload it again."


class TextSheet:
    kind = "CSV"
    names: tuple[str, ...] = ()
    name = ""

    def __init__(self, path: Path, encoding: str = ""):
        self.path = path
        self.notices: list[str] = []
        self.sure = True
        self.encoding = _chosen(path.read_bytes(), encoding) if encoding else self._encoding(path.read_bytes())
        self.skips, self.delimiter = self._delimiter()

    def _encoding(self, raw: bytes) -> str:
        found = encoding_of(raw)
        if found in encodings.NAMES and not found.startswith("utf"):
            self.sure = found == "cp1252" and encodings.likeliest(raw)[1]
            self.notices.append(NOT_UTF8.format(name=encodings.NAMES[found]))
        return found

    def _delimiter(self) -> tuple[int, str]:
        """How many lines to skip before the table, and what parts its cells. Excel may say so
        itself in a first line "sep=;"."""
        with self._open() as file:
            lines = file.read(SAMPLE).splitlines(keepends=True)
        if match := re.fullmatch(r'"?sep=(.)"?\s*', lines[0] if lines else ""):
            return 1, match[1]
        return 0, delimiter_of(lines[:-1] or lines)

    def _open(self):
        return self.path.open(encoding=self.encoding, newline="")

    def lines(self) -> Iterator[tuple[int, list[str], str]]:
        """Row number, cells, and what is wrong with the row if it cannot be read."""
        with self._open() as file:
            reader = csv.reader(islice(file, self.skips, None), delimiter=self.delimiter, strict=True)
            number = self.skips
            while True:
                number += 1
                try:
                    yield number, next(reader), ""
                except StopIteration:
                    return
                except csv.Error as error:
                    yield number, [], _broken(error, number)


def _broken(error: csv.Error, number: int) -> str:
    if "unexpected end" in str(error) or "field limit" in str(error):
        raise Unreadable(
            f"A quotation mark in row {number} opens and never closes, so everything after it reads as one cell. "
            "Close it or take it out, and upload the file again."
        )
    return "The quotation marks in this row do not match."


def encoding_of(raw: bytes) -> str:
    """UTF-8, UTF-16 or UTF-32 by mark, or the likeliest of the older ones where it can only be text."""
    for mark, name in BOMS:
        if raw.startswith(mark):
            return _checked(raw, name)
    if unmarked := _utf16_of(raw):
        return _checked(raw, unmarked)
    if b"\0" in raw or _mostly_controls(raw) or raw[:200].lstrip()[:1] in (b"<", b"{"):
        raise Unreadable(NOT_A_SHEET)
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        return _western(raw, error)


def _utf16_of(raw: bytes) -> str:
    """UTF-16 without its mark: every other byte of its delimiters and digits is nought."""
    even, odd = raw[:SAMPLE:2].count(0), raw[1:SAMPLE:2].count(0)
    most = min(len(raw), SAMPLE) * 0.2
    return "utf-16-le" if odd > most and not even else "utf-16-be" if even > most and not odd else ""


def _checked(raw: bytes, name: str) -> str:
    try:
        text = raw.decode(name)
    except UnicodeDecodeError:
        raise Unreadable(
            f"The file says it is {name[:6].upper()} and is not, or it was cut off. {SAVE_AS_UTF8}"
        ) from None
    if "\0" in text:
        raise Unreadable(NOT_A_SHEET)
    return name


def _mostly_controls(raw: bytes) -> bool:
    return len(raw) - len(raw.translate(None, CONTROLS)) > len(raw) / 1000


def _western(raw: bytes, error: UnicodeDecodeError) -> str:
    """A file that is nearly all UTF-8 is damaged, not Western."""
    kept = raw.decode("utf-8", "ignore")
    sound, lost = sum(not c.isascii() for c in kept), len(raw) - len(kept.encode())
    line = raw.count(b"\n", 0, error.start) + 1
    if sound >= lost:
        raise Unreadable(
            f"The file is damaged in line {line}: it holds letters that are not UTF-8 like the rest. {SAVE_AS_UTF8}"
        )
    found, plausible = encodings.likeliest(raw)
    for name in (found, "cp1252") if plausible or found not in encodings.COMMON else ("cp1252",):
        if _is_in(raw, name):
            return name
    raise Unreadable(f"The file is damaged in line {line}: nobody writes what it holds there. {SAVE_AS_UTF8}")


def _is_in(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _chosen(raw: bytes, encoding: str) -> str:
    """What a person has chosen, where the file can be read so at all."""
    if encoding not in encodings.NAMES:
        raise Unreadable("Choose an encoding from the list.")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(
            f"The file can't be read as {encodings.NAMES[encoding]}: it holds letters that this encoding does not have."
        ) from None
    if "\0" in text:
        raise Unreadable(NOT_A_SHEET)
    return encoding


def delimiter_of(lines: list[str]) -> str:
    """The one that cuts the most rows into the same number of cells."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    width, rows = widths.most_common(1)[0] if widths else (1, 0)
    return (rows / widths.total(), width) if width > 1 else (0, 0)
