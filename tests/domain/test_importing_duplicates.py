"""Rows of people who are here already: shown with why, and what becomes of them is chosen, for all or for one."""

import pytest

from carmanana.core.workflow import Refused
from carmanana.customers import contact
from carmanana.customers.merging import merge
from carmanana.importing.duplicates import LISTED, chosen
from carmanana.importing.preview import preview
from carmanana.importing.running import run
from carmanana.importing.uploading import start, upload
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportRow

from .importing_files import SALES, csv_of, fresh, sale

ROWS = [
    sale("Gia Smith", "(212) 826-4678"),
    sale("Georgia", "", "new@example.com"),
    sale("Georgia S.", "", "NEW@example.com"),
    sale("John Mcalister", "305 555 4000"),
    sale("Grace", "305 555 5000"),
]


@pytest.fixture
def gia(cast):
    return contact.enter(cast.agent, "Gia", ["+1 212 826 4678"], no_calls=True)


def uploaded(cast, *rows):
    return upload(csv_of(*(rows or ROWS), headings=SALES), "file.csv", cast.manager)


def brought(cast, known="use", rows=(), batch=None):
    batch = start(batch or uploaded(cast), cast.manager, True, duplicates=chosen(known, rows, cast.manager))
    assert run(batch)
    return fresh(batch)


def counts(batch):
    return batch.customers_made, batch.customers_met, batch.refused


def test_who_may_be_here_is_shown_with_why(cast, gia):
    john = contact.enter(cast.agent, "John McAllister")
    told = [
        (duplicate.number, duplicate.why, duplicate.sure)
        for duplicate in preview(uploaded(cast), cast.manager).duplicates
    ]
    assert told == [
        (2, "is here already, as Gia: same number", True),
        (4, "is the same as in row 3", True),
        (5, f"is like {john.name}, 96 %", False),
    ]


@pytest.mark.parametrize("known, made", [("use", (3, 2, 0)), ("new", (5, 0, 0)), ("skip", (3, 0, 2))])
def test_one_choice_for_all(cast, gia, known, made):
    assert counts(brought(cast, known)) == made
    if known == "skip":
        assert "Left out, as was chosen: Gia is here already." in [row.reason for row in ImportRow.select()]


def test_a_choice_for_one_row(cast, gia):
    john = contact.enter(cast.agent, "John McAllister")
    batch = brought(cast, "use", [("2", "new"), ("4", "skip"), ("5", str(john.id)), ("6", "")])
    assert counts(batch) == (3, 1, 1)
    assert Deal.get(Deal.customer == john).details.startswith("Name in the file: John Mcalister")
    assert Customer.get(Customer.name == "Gia Smith").no_calls, "a wish holds for the new record too"


def test_a_client_merged_since_is_the_one_who_stands(cast, gia):
    john, other = contact.enter(cast.agent, "John McAllister"), contact.enter(cast.agent, "John M.")
    batch = start(uploaded(cast), cast.manager, True, duplicates=chosen("use", [("5", str(john.id))], cast.manager))
    merge(other, john, cast.manager, (1, 1))
    assert run(batch) and Deal.get(Deal.details.startswith("Name in the file: John Mcalister")).customer_id == other.id


@pytest.mark.parametrize(
    "known, rows",
    [
        ("all", []),
        ("use", [("2", "999")]),
        ("use", [("2", "²")]),
        ("use", [(str(n), "new") for n in range(LISTED + 1)]),
    ],
)
def test_a_choice_is_one_that_was_offered(cast, known, rows):
    with pytest.raises(Refused):
        chosen(known, rows, cast.manager)
