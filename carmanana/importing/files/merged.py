"""Cells that are merged over several rows: what stands in the first of them is meant for all."""

import re
from functools import lru_cache
from typing import IO

from carmanana.core.text import several

Spans = dict[tuple[int, int], int]  # the last row, by the first one and its column
BLOCK, LONGEST, MOST = 1024 * 1024, 400, 20_000
AREA = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")


def spans(sheet: IO[bytes]) -> Spans:
    """They stand behind the rows in the file, and are wanted before."""
    found, behind = {}, b""
    while block := sheet.read(BLOCK):
        text = behind + block
        for column, first, last in AREA.findall(text):
            if int(last) > int(first) and len(found) < MOST:
                found[int(first), place_of(column.decode())] = int(last)
        behind = text[max(text.rfind(b"<"), len(text) - LONGEST) :]
    return found


@lru_cache(1_000)
def place_of(letters: str) -> int:
    """Of a column, from 0. The library that knows is loaded where a workbook is read, and not before."""
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letters) - 1


def area(first: tuple[int, int], last: int) -> str:
    """ "B3:B4" """
    from openpyxl.utils import get_column_letter

    letters = get_column_letter(first[1] + 1)
    return f"{letters}{first[0]}:{letters}{last}"


def notice(areas: list[str], number: int) -> str:
    some = ", ".join(areas[:5]) + (" ..." if number > 5 else "")
    return (
        f"{several(number, 'cell is', 'cells are')} merged over several rows ({some}): each of the rows is read with "
        "what stands there, but a number is read with the first alone, as it may be the sum of them."
    )


class Filling:
    """Fills the rows beneath a merged cell as they stream by, where they say something of their own."""

    def __init__(self, firsts: Spans):
        self.firsts = dict(firsts)
        self.begun: dict[int, list[int]] = {}
        for row, column in firsts:
            self.begun.setdefault(row, []).append(column)
        self.open: dict[int, tuple[int, str]] = {}

    def leave_out(self, row: int, column: int) -> None:
        del self.firsts[row, column]

    def filled(self, number: int, row: list[str]) -> list[str]:
        for column in [column for column, (last, _) in self.open.items() if last < number]:
            del self.open[column]
        if row:
            for column, (_, text) in self.open.items():
                row += [""] * (column + 1 - len(row))
                row[column] = row[column] or text
        for column in self.begun.get(number, ()):
            if (number, column) in self.firsts and column < len(row) and row[column]:
                self.open[column] = self.firsts[number, column], row[column]
        return row
