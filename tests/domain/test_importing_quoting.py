"""No cell of a file that we hand out is run by a spreadsheet, and each comes back as it was (quality 15)."""

import csv
import io
import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import carmanana
from carmanana.importing.files.quoting import line
from carmanana.importing.files.sheets import unguarded

SIGNS = "=+-@＝＋－＠﹢﹣﹦﹫−⁺⁻⁼"
BEFORE = st.text(st.sampled_from(" \t\r\n\x00\x0b\xa0\u200b\u200e\u202d\u2060\u3000\ufeff'"), max_size=3)
RISKY = st.builds("{}{}{}".format, BEFORE, st.sampled_from(SIGNS), st.text(max_size=20))


def cells_of(text: str) -> list[str]:
    (row,) = csv.reader(io.StringIO(text, newline=""))
    return row


def seen(cell: str) -> str:
    """As a careless reader takes it: nothing before what can be seen, and wide signs as plain ones."""
    bare = next((i for i, c in enumerate(cell) if unicodedata.category(c)[0] not in "CZ"), len(cell))
    return unicodedata.normalize("NFKC", cell[bare:])


@given(st.lists(RISKY | st.text(max_size=20), min_size=1, max_size=4))
@example(["=1+1"])
@example(["\ufeff=1+1"])
@example(["\U00018d09@1"])
@example(["\U000e0001\U000e0041+1"])
@example(["\ue000\xad=1"])
def test_no_cell_is_run_by_a_spreadsheet(cells):
    for cell in cells_of(line(cells)):
        assert not cell.startswith(("\t", "\r")) and not seen(cell).startswith(("=", "+", "-", "@", "−")), cell


@given(RISKY | st.text(max_size=20))
def test_every_cell_comes_back_as_it_was(cell):
    (out,) = cells_of(line([cell]))
    if not (cell.startswith('="') and cell.endswith('"')):
        assert unguarded(out) == cell


@pytest.mark.parametrize(
    ("cell", "out"),
    [
        (-5, "-5"),
        (Decimal("-12.50"), "-12.50"),
        (0, "0"),
        ("+1 305 555 0171", "'+1 305 555 0171"),
        ("-5", "'-5"),
        ("O'Neil", "O'Neil"),
        ("2026-11-18", "2026-11-18"),
        (None, ""),
        (datetime(2026, 11, 18, 9, 30, 4, 123456, UTC), "2026-11-18 09:30:04+00:00"),
        ("’tis", "’tis"),
    ],
)
def test_honest_values_stay_readable(cell, out):
    assert cells_of(line([cell])) == [out]


def test_there_is_one_place_where_rows_are_written():
    package = Path(carmanana.__file__).parent
    writing = [path.name for path in package.rglob("*.py") if re.search(r"csv\.(writer|DictWriter)", path.read_text())]
    assert writing == ["quoting.py"]
