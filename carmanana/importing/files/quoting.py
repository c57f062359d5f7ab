"""Rows of the files that we hand out. What a spreadsheet would run gets an apostrophe before it, which our import
takes off again; numbers are written as numbers, below nought too."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from numbers import Number

SIGNS = "=+-@﹢﹣﹦﹫＝＋－＠−⁺⁻⁼"


def line(cells: Iterable) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([cell if isinstance(cell, Number) else unharmed(_told(cell)) for cell in cells])
    return out.getvalue()


def _told(cell) -> str:
    """Nothing is an empty cell, and a moment is told to the second."""
    if cell is None:
        return ""
    return cell.isoformat(" ", "seconds") if isinstance(cell, datetime) else str(cell)


def unharmed(cell: str) -> str:
    return f"'{cell}" if is_run(cell.lstrip("'")) else cell


def as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and is_run(cell.lstrip("'")) else cell


def is_run(cell: str) -> bool:
    """Would a spreadsheet run it? What cannot be seen before the sign does not count: blanks, marks, letters that
    Unicode has not assigned yet."""
    if cell[:1] in ("\t", "\r"):
        return True
    first = next(
        (letter for letter in cell if letter.isascii() and letter.isprintable() and letter != " " or _is_seen(letter)),
        "",
    )
    return first != "" and first in SIGNS


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "CZ"
