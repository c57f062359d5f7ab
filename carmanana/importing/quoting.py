"""Rows of the files that we hand out. What a spreadsheet would run gets an apostrophe before it, which our import
takes off again; numbers are written as numbers, below nought too."""

import csv
import io
import re
from collections.abc import Iterable
from numbers import Number

UNSEEN = r"[\s\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff\ufff9-\ufffb]"
RUNS = re.compile(rf"'*(?:[\t\r]|{UNSEEN}*[=+\-@﹢﹣﹦﹫＝＋－＠−⁺⁻⁼])")


def line(cells: Iterable) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([cell if isinstance(cell, Number) else unharmed(str(cell)) for cell in cells])
    return out.getvalue()


def unharmed(cell: str) -> str:
    return f"'{cell}" if RUNS.match(cell) else cell


def as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and RUNS.match(cell) else cell
