"""A spreadsheet file of any kind as headings and numbered rows of text."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from carmanana.core import uploads
from carmanana.core.text import several
from carmanana.importing import columns
from carmanana.importing.cells import dates, values
from carmanana.importing.cells.words import Unclear, words
from carmanana.importing.files import workbook, zips
from carmanana.importing.files.other_books import OtherBook, is_other_book
from carmanana.importing.files.quoting import as_it_was
from carmanana.importing.files.text import TextSheet
from carmanana.importing.files.unreadable import Unreadable
from carmanana.importing.files.workbook import WorkbookSheet

__all__ = ["Row", "Sheet", "Unreadable", "open_sheet"]

Source = TextSheet | WorkbookSheet | OtherBook
MOST_ROWS = 200_000
LONGEST_CELL = 32_767
TITLE_ROWS = 20
MOST_SHEETS = 30
OTHER_KINDS = {
    rb"%PDF-": "a PDF",
    rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype|html|head|meta|table|\?xml)\b": "a web page, whatever its name says",
    rb"(?i)(\xef\xbb\xbf)?BEGIN:VCARD": "a file of address cards",
    rb'(\xef\xbb\xbf)?\s*(\{\s*"|\[\s*\{)': "a JSON file",
}
AS_FORMULA = re.compile(r'="(.*)"')


class Row(NamedTuple):
    """`number` is the row's number in the spreadsheet; `fault` says why it cannot be used."""

    number: int
    cells: list[str]
    fault: str


class Sheet:
    """`headings` are clean and unlike each other; `begins` is the number of their row."""

    def __init__(self, source: Source, heading_row: int = 0):
        self.source = source
        self.top = _top(source)
        self.begins, cells = _chosen_row(source, heading_row) if heading_row else _heading_row(self.top)
        self.headings = _distinct(cells)
        self._told = _about_headings(cells, self.headings)

    @property
    def notices(self) -> list[str]:
        """What was seen so far; more once every row was read."""
        return [*self.source.notices, *self._told]

    def rows(self) -> Iterator[Row]:
        """Every row beneath the headings that is not blank."""
        count = 0
        for number, cells, fault in self.source.lines():
            if number <= self.begins or not fault and not any(map(str.strip, cells)):
                continue
            count += 1
            if count > MOST_ROWS:
                raise Unreadable(f"The sheet has more than {MOST_ROWS:,} rows. Split it and upload the parts.")
            yield self._row(number, [unguarded(cell) for cell in cells], fault)

    def _row(self, number: int, cells: list[str], fault: str) -> Row:
        width = len(self.headings)
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) < width and self.source.kind == "Excel":
            cells += [""] * (width - len(cells))
        return Row(number, cells, fault or _fault(cells, width))


def _fault(cells: list[str], width: int) -> str:
    if len(cells) != width:
        sizes = f"{several(len(cells), 'cell')} under {several(width, 'heading')}"
        return f"The row has {sizes}. Is a comma or a quotation mark missing?"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return f"A cell is longer than {LONGEST_CELL:,} characters."
    return ""


def open_sheet(
    path: Path, name: str = "", encoding: str = "", heading_row: int = 0, without_hidden: bool = False
) -> Sheet:
    """Raises Unreadable for what is no spreadsheet, is damaged, or is too large."""
    path = Path(path)
    size = path.stat().st_size
    if size > uploads.most_bytes():
        raise Unreadable(
            f"The file is {size / 1024 / 1024:.0f} MB; the most is {uploads.megabytes} MB. Split it and "
            f"upload the parts."
        )
    if size == 0:
        raise Unreadable("The file is empty.")
    return Sheet(_source(path, name, encoding, without_hidden), heading_row)


def _source(path: Path, name: str, encoding: str, without_hidden: bool) -> Source:
    with path.open("rb") as file:
        begin = file.read(64)
    first = begin[:8]
    if first == workbook.OLE:
        return _best_sheet(OtherBook(path, name), name)
    if not first.startswith(workbook.ZIP):
        _refuse_other_kinds(begin)
        return TextSheet(path, encoding)
    members = zips.members(path)
    if is_other_book(path, members):
        return _best_sheet(OtherBook(path, name, members), name)
    return _best_sheet(WorkbookSheet(path, name, without_hidden), name)


def _refuse_other_kinds(begin: bytes) -> None:
    """What is plainly something else is called by its name."""
    for looks, kind in OTHER_KINDS.items():
        if re.match(looks, begin):
            raise Unreadable(
                f"This is {kind}, not a spreadsheet. Open it in a spreadsheet program, save it as .xlsx or CSV, and upload "
                "that."
            )


def _best_sheet(source: Source, name: str) -> Source:
    """Where none is chosen, the sheet with the most known headings in a row, whatever stands before it."""
    if name in source.names or len(source.names) == 1:
        return source
    scores = {}
    for each in source.names[:MOST_SHEETS]:
        source.name = each
        try:
            scores[each] = max((_known_in(cells) for _, cells in _top(source)), default=-1)
        except Unreadable:
            scores[each] = -2
    source.name = max(scores, key=lambda each: scores[each])
    return source


def _known_in(cells: list[str]) -> int:
    """How many known headings a row has; fewer than two prove nothing."""
    known = len({cell.casefold() for cell in cells if columns.known(cell)})
    return known if known > 1 else 0


def unguarded(cell: str) -> str:
    """Without the apostrophe of our own exports (and Excel's ="001"), so that a report comes back as it was."""
    if cell[:1] not in ("'", "="):
        return cell
    bare = AS_FORMULA.fullmatch(cell)
    return bare[1] if bare else as_it_was(cell)


def _top(source: Source) -> list[tuple[int, list[str]]]:
    top = [(number, [words(cell) for cell in cells]) for number, cells, _ in islice(source.lines(), TITLE_ROWS)]
    return [(number, cells) for number, cells in top if any(cells)]


def _heading_row(top: list[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """The row with the most known headings among the first; where none has two, the first, unless it is data."""
    if not top:
        raise Unreadable("The sheet is empty.")
    number, cells = max(top, key=lambda row: _known_in(row[1]))
    if not _known_in(cells):
        number, cells = top[0]
        _refuse_data(cells)
    return _down_to_last(top, number, cells)


def _down_to_last(top: list[tuple[int, list[str]]], number: int, cells: list[str]) -> tuple[int, list[str]]:
    """Where headings stand in several rows, one merged over them beside others that are parted further down, the last of
    those rows has them all."""
    for below, lower in top:
        if below == number + 1 and any(
            columns.known(one) and one == two for one, two in zip(cells, lower, strict=False)
        ):
            width = max(len(cells), len(lower))
            upper, lower = ([*row, *[""] * (width - len(row))] for row in (cells, lower))
            number, cells = below, [one or two for one, two in zip(lower, upper, strict=True)]
    return number, cells


def _chosen_row(source: Source, number: int) -> tuple[int, list[str]]:
    """The row that a person says holds the headings."""
    found = next(([words(cell) for cell in cells] for at, cells, _ in source.lines() if at >= number), [])
    if not any(found):
        raise Unreadable(f"Row {number} holds no headings.")
    return number, found


def _refuse_data(cells: list[str]) -> None:
    if any(map(_is_data, cells)):
        raise Unreadable(
            "The first row is not a row of headings. Put one on top (Customer Name, Phone, Make, Model, Price ...) "
            "and upload the file again."
        )
    if sum(map(bool, cells)) == 1 and not any(map(columns.known, cells)):
        raise Unreadable("There is only one column, and its heading is none that we know. Is this a spreadsheet?")


def _is_data(cell: str) -> bool:
    """Headings are words; a date, an amount, a number or an address is not."""
    return "@" in cell or any(_reads(read, cell) for read in (dates.day, values.cents))


def _reads(read, cell: str) -> bool:
    try:
        read(cell)
        return True
    except Unclear:
        return False


def _distinct(cells: list[str]) -> list[str]:
    """Trailing blanks dropped, blanks named by their letter, repeats numbered."""
    while not cells[-1]:
        cells = cells[:-1]
    seen, named = Counter(), []
    for place, cell in enumerate(cells):
        cell = cell[:120] or f"Column {letter(place)}"
        seen[cell.casefold()] += 1
        named.append(cell if seen[cell.casefold()] == 1 else f"{cell} ({seen[cell.casefold()]})")
    return named


def letter(place: int) -> str:
    """A for 0, Z for 25, AA for 26: what a spreadsheet calls its columns."""
    first, last = divmod(place, 26)
    return (letter(first - 1) if first else "") + chr(65 + last)


def _about_headings(cells: list[str], headings: list[str]) -> list[str]:
    twice = [cell for cell, times in Counter(filter(None, cells)).items() if times > 1]
    blank = [name for cell, name in zip(cells, headings, strict=False) if not cell]
    notices = [f"The heading “{cell}” stands over more than one column." for cell in twice]
    return notices + [f"{name} has no heading." for name in blank]
