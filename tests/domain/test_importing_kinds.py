"""What a file is, and how its numbers and dates are read: decided by whole columns, said, and turned."""

from datetime import date

import pytest

from carmanana.importing import stored_sheets
from carmanana.importing.cells import values
from carmanana.importing.readings import readings
from carmanana.importing.running import run
from carmanana.importing.terms import Terms, complaints
from carmanana.importing.uploading import set_terms, start, upload
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal

from .importing_files import csv_of, fresh


def uploaded(cast, headings: str, *rows):
    batch = upload(csv_of(*rows, headings=headings), "file.csv", cast.manager)
    return batch, Terms.of(batch.mapping), stored_sheets.head(batch.stored)


def brought(cast, batch, terms):
    set_terms(batch, terms, cast.manager)
    assert run(start(fresh(batch), cast.manager, True))
    return fresh(batch)


@pytest.mark.parametrize(
    ("headings", "row", "kind", "why"),
    [
        ("Customer Name,Price,Sale Date", ["A", "5", "1/2/2022"], "sales", "“Price” (value) and “Sale Date”"),
        ("Customer Name,Price,Close Date", ["A", "5", "1/2/2027"], "deals", "still ahead"),
        ("Customer Name,Price,Status", ["A", "5", "Open"], "deals", "“Status” (state)"),
        ("Customer Name,Make,Model", ["A", "Ford", "Focus"], "deals", "“Make”"),
        ("Customer Name,Order No", ["A", "7"], "deals", "“Order No”"),
        ("Name,Email,Lead Status", ["A", "a@x.com", "New"], "leads", "leads or enquiries"),
        ("Name,Phone,Enquiry about", ["A", "", "a van"], "leads", "leads or enquiries"),
        ("Name,ID,Source,Create Date,Notes", ["A", "7", "Fair", "1/2/2022", "x"], "contacts", "nothing of a deal"),
    ],
)
def test_the_kind_is_proposed_with_its_reason(cast, headings, row, kind, why):
    _, terms, _ = uploaded(cast, headings, row)
    assert terms.kind == kind and why in terms.why


@pytest.mark.parametrize("heading", ["Phase", "Won?", "Order outcome", "Probability", "Forecast Category"])
def test_a_column_that_may_hold_stages_is_asked_about_before_all_are_won(cast, heading):
    _, terms, head = uploaded(cast, f"Customer Name,Price,Sale Date,{heading}", ["A", "5", "1/2/2022", "soon"])
    assert (
        terms.kind == "deals"
        and complaints(terms, head) == [f"Say what “{head['headings'][3]}” is."]
        or "is_won" in terms.columns
    )


def test_words_of_stages_under_any_heading_are_asked_about(cast):
    _, terms, head = uploaded(
        cast,
        "Customer Name,Price,Sale Date,Where",
        ["A", "5", "1/2/2022", "Closed Won"],
        ["B", "5", "1/2/2022", "Closed Lost"],
    )
    assert complaints(terms, head) == ["Say what “Where” is."]


@pytest.mark.parametrize("heading", ["Opted in to SMS", "Marketing consent", "Do not visit", "Newsletter unsubscribed"])
def test_a_wish_that_may_be_one_is_asked_about(cast, heading):
    _, terms, head = uploaded(cast, f"Name,Email,{heading}", ["A", "a@x.com", "no"])
    assert complaints(terms, head) == [f"Say what “{heading}” is."]


def test_the_kind_can_be_changed(cast):
    batch, terms, _ = uploaded(cast, "Name,Phone,Notes", ["A", "8264678", "likes vans"])
    terms.kind = "deals"
    assert brought(cast, batch, terms).deals_made == 1 and Deal.get().state == "active"


@pytest.mark.parametrize(
    ("amounts", "cents"),
    [
        (["28.500", "12,50"], [2_850_000, 1250]),
        (["28.500", "1.234,50"], [2_850_000, 123_450]),
        (["28,500", "12.50"], [2_850_000, 1250]),
        (["28.500", "12.50"], [2850, 1250]),
        (["28,500", "12,5"], [2850, 1250]),
        (["28.500", "28,500"], [2_850_000, 2_850_000]),
    ],
)
def test_amounts_are_read_as_their_column_is(cast, amounts, cents):
    batch, terms, _ = uploaded(
        cast,
        "Customer Name;Price;Status".replace(";", ","),
        *[[name, amount, "open"] for name, amount in zip("AB", amounts, strict=False)],
    )
    brought(cast, batch, terms)
    assert [deal.value_cents for deal in Deal.select().order_by(Deal.id)] == cents


def test_what_was_decided_is_shown_with_two_examples_and_turned(cast):
    batch, terms, head = uploaded(
        cast,
        "Customer Name,Price,Created,Status",
        ["A", "28.500", "3/4/2026", "open"],
        ["B", "31.900", "5/6/2026", "open"],
    )
    price, created = readings(terms, head, 1), readings(terms, head, 2)
    assert price.examples == ["28.500 is $28,500", "31.900 is $31,900"] and not price.proven
    assert created.examples == ["3/4/2026 is 4 Mar 2026", "5/6/2026 is 6 May 2026"] and not created.proven
    terms.numbers[1], terms.orders[2] = values.POINT, "dmy"
    assert readings(terms, head, 1).examples[0] == "28.500 is $28.50"
    brought(cast, batch, terms)
    deal = Deal.select().order_by(Deal.id).get()
    assert (deal.value_cents, deal.created_at.date()) == (2850, date(2026, 4, 3))


def test_rows_of_the_same_name_can_be_one_customer(cast):
    rows = [
        ["Vega Bakery", "5", "open"],
        ["Vega Bakery", "6", "open"],
        ["vega bakery", "7", "open"],
        ["Other", "8", "open"],
    ]
    batch, terms, _ = uploaded(cast, "Account Name,Amount,Status", *rows)
    terms.same_name = "one"
    batch = brought(cast, batch, terms)
    assert (batch.deals_made, batch.customers_made, batch.customers_met) == (4, 2, 2)
    assert Customer.get(Customer.name == "Vega Bakery").deals.count() == 3


def test_a_rounded_number_is_refused_and_a_short_one_is_told(cast):
    rows = [["A", "4.15555E+09", "02134"], ["B", "8264678", "60504"], ["C", "8264679", "2135"], ["D", "", "60505"]]
    batch, terms, head = uploaded(cast, "Name,Phone,ZIP", *rows)
    assert "“ZIP” holds 1 number that is one digit shorter" in " ".join(head["notices"])
    assert brought(cast, batch, terms).refused == 1
