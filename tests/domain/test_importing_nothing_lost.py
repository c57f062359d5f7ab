"""Each cell of each row ends in a field, in words on the record, or in the report of refused rows (quality 27)."""

import random

import pytest

from carmanana.core.db import database
from carmanana.customers import contact
from carmanana.importing.columns import OF_CUSTOMERS_AND_DEALS
from carmanana.importing.running import run
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import set_terms, start, upload
from carmanana.records.customers import Customer

from .importing_files import csv_of, fresh

NAMES = ["Ida Moreau", "Tomas Brandt", "Nora Vega", "N. Vega", "Paul Okoye", "Paul Okoye Jr."]
PHONES = ["(312) 555-0148", "(312) 555-0148 ext. 7", "+49 711 1234567", "(415) 555-2600, 415-555-2601", ""]
EMAILS = ["family@example.org", "FAMILY@example.org", "ida@example.org", ""]
TABLES = ("customer", "customer_phone", "customer_email", "deal", "import_row")


def everything_kept() -> str:
    cells = (
        str(value)
        for table in TABLES
        for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall()
        for value in row
    )
    return "\n".join(cells).replace('\\"', '"').casefold()


def marked(dice: random.Random, number: int) -> list[str]:
    """Words that are found again wherever they end."""
    return [
        dice.choice(NAMES),
        dice.choice(PHONES),
        dice.choice(EMAILS),
        *(f"{name}{number}q" for name in ("region", "language", "street", "gate", "notes", "source")),
    ]


@pytest.mark.parametrize("kind", ["contacts", "deals"])
@pytest.mark.parametrize("seed", range(6))
def test_no_cell_is_lost_unseen(cast, kind, seed):
    dice = random.Random(seed)
    contact.enter(cast.agent, "Ida Moreau", ["(312) 555-0148"], ["family@example.org"])
    rows = [marked(dice, number) for number in range(12)]
    batch = upload(
        csv_of(*rows, headings="Full Name,Phone,Email,Region,Language,Street,Gate code,Notes,Source"),
        "file.csv",
        cast.manager,
    )
    terms = Terms.of(batch.mapping)
    terms.kind, terms.known = kind, dice.choice(["use", "new", "skip"])
    set_terms(batch, terms, cast.manager)
    assert run(start(fresh(batch), cast.manager, True))
    batch = fresh(batch)
    assert batch.customers_made + batch.customers_met + batch.refused == len(rows)
    kept = everything_kept()
    for row in rows:
        for cell in row:
            parts = [part.strip() for part in cell.split(",")]
            assert all(part.casefold() in kept for part in parts), cell


def test_no_person_vanishes(cast):
    rows = [
        [name, "(312) 555-0148", "family@example.org"]
        for name in ("Ida Moreau", "Tomas Brandt", "Nora Vega", "Paul Okoye", "Paul Okoye Jr.")
    ]
    batch = upload(csv_of(*rows, headings="Full Name,Phone,Email"), "file.csv", cast.manager)
    assert run(start(batch, cast.manager, True))
    assert {customer.name for customer in Customer.select()} == {row[0] for row in rows}


def test_every_field_of_a_row_that_becomes_a_customer_only_is_kept(cast):
    told = {
        key: f"{key}-x"
        for key, field in OF_CUSTOMERS_AND_DEALS.items()
        if field.reads in ("words", "paragraph") and key not in ("name",)
    }
    batch = upload(
        csv_of(
            ["Gia Smith", *told.values()],
            headings="Customer Name," + ",".join(f"H{place}" for place in range(len(told))),
        ),
        "file.csv",
        cast.manager,
    )
    terms = Terms.of(batch.mapping)
    terms.kind, terms.columns = "contacts", ["name", *told]
    set_terms(batch, terms, cast.manager)
    assert run(start(fresh(batch), cast.manager, True)) and fresh(batch).customers_made == 1
    kept = everything_kept()
    assert [key for key, text in told.items() if text not in kept] == []
