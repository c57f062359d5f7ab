"""One odd cell is refused, or kept in words; it never stops the rows behind it."""

import pytest

from carmanana.importing import stored_sheets
from carmanana.importing.choices import Choices
from carmanana.importing.fields import RECORDS
from carmanana.importing.preview import preview
from carmanana.importing.records.columns import fields_of
from carmanana.importing.running import run
from carmanana.importing.terms import Terms, with_values
from carmanana.importing.uploading import read_again, set_terms, start, upload
from carmanana.records.imports import DONE

from ..soaking import SOAK
from .importing_files import csv_of, fresh

ODD = [
    "9999 Honda", "²²²²", "ﬁ", "9" * 400, "9999-12-31", "kr 5",
    "٢٠٢٤", "½", "1e999", "-0", "NaN", "0000-00-00", "31/02/2026 25:61", "1/1/1", "+9" * 30, "a@b", "http://[", "=1+1", "\u202eabc", "x" * 9_000, "$", "D-99999999999", "Q-0", "#0",
    "1 x | | |", "12:00", "Infinity", "1.1.1.1", "'", "\ud7ff", "😀" * 40, "%s{0}",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["sales", "deals", "leads", "contacts", *RECORDS])
def test_no_cell_stops_an_import(cast, kind):
    fields = [name for name in fields_of(kind) if name not in ("name", "first_name", "middle_name", "last_name")]
    odd = [(name, text) for name in fields for text in (ODD if SOAK else ODD[:6])]
    rows = [
        [f"Customer {number}", *(text if name == each else "" for each in fields)]
        for number, (name, text) in enumerate(odd)
    ]
    batch = upload(csv_of(*rows, headings=",".join(["Full Name", *fields])), "odd.csv", cast.manager)
    if kind in RECORDS:
        read_again(batch, cast.manager, kind=kind)
        batch = fresh(batch)
    terms, head = Terms.of(batch.mapping), stored_sheets.head(batch.stored)
    terms.kind, terms.columns = kind, ["name", *fields]
    set_terms(batch, with_values(terms, head, Choices()), cast.manager)
    assert preview(fresh(batch), cast.manager).tried
    assert run(start(fresh(batch), cast.manager))
    assert (batch := fresh(batch)).state == DONE, batch.trouble
    assert batch.settled == len(rows)
