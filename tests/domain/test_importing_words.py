"""What the text of a cell means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmanana.importing import columns
from carmanana.importing.cells import dates, values
from carmanana.importing.cells.words import Unclear, blank, missing, paragraph, words
from carmanana.importing.choices import fold


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("DoubleÂ\xa0Overhead Camshaft", "Double Overhead Camshaft"),
        ("JosÃ© MarÃ­a", "José María"),
        ("JosÃƒÂ©", "José"),
        ("donâ€™t", "don’t"),
        ("Dvo\u0159a\u0301k", "Dvořák"),
        ("  a\t b\xa0\u2003c ", "a b c"),
        ("\ufeffName\u200b", "Name"),
        ("bad\x00\x07bell", "bad bell"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("Ångström Þór Zoë Ærø", "Ångström Þór Zoë Ærø"),
        ("山田太郎 Иван שלום", "山田太郎 Иван שלום"),
        ("€5 – “yes”", "€5 – “yes”"),
    ],
)
def test_words_are_mended_and_nothing_else_is(text, clean):
    assert words(text) == clean


def test_a_paragraph_keeps_its_lines():
    assert paragraph("one \x0btwo\r\n  three\n\n") == "one\ntwo\nthree"


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_never_breaks(text):
    once = words(text)
    assert words(once) == once or "Â" in once or "Ã" in once
    assert once == once.strip() and "\x00" not in once


@given(st.text(alphabet=st.characters(min_codepoint=0xC0, max_codepoint=0x24F), min_size=1))
def test_letters_that_went_the_wrong_way_come_back(name):
    wrong = "".join(_as_cp1252(byte) for byte in name.encode())
    assert words(wrong) in (words(name), words(words(name)))


def _as_cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_a_name_may_be_none():
    assert missing("None") and missing("n/a") and not blank("None") and not blank("Na") and blank("n/a")


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$26,000 ", 2_600_000),
        ("26000", 2_600_000),
        ("26.000,00 €", 2_600_000),
        ("26 000,50", 2_600_050),
        ("26'000.5", 2_600_050),
        ("USD 1,234.5", 123_450),
        ("US$1,234,567.89", 123_456_789),
        ("1.234.567", 123_456_700),
        ("126.1250", 12_613),
        ("R 250 000", 25_000_000),
        ("18.500,- €", 1_850_000),
        ("HK$1,000", 100_000),
        ("0.999", 100),
        ("0", 0),
    ],
)
def test_money_is_whole_cents(text, cents):
    assert values.cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "-5",
        "(500)",
        "26k",
        "12,34,567",
        "1,2345",
        "$",
        "=1+1",
        "1e9",
        "9" * 400,
        "$200,000,000,000",
        "26,000 ZZZ",
        "5 obo",
    ],
)
def test_what_is_no_amount_says_so(text):
    with pytest.raises(Unclear, match="“"):
        values.cents(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US$5", "USD"),
        ("CAD 5", "CAD"),
        ("€5", "EUR"),
        ("A$5", "AUD"),
        ("R 5", "ZAR"),
        ("5 zł", "PLN"),
        ("¥5", "JPY"),
        ("£5", "GBP"),
        ("$5", "USD"),
        ("5", None),
        ("ZZZ 5", None),
    ],  # fmt: skip
)
def test_an_amount_says_its_currency(text, code):
    assert values.currency(text) == code


def test_a_sign_of_several_countries_is_of_the_one_that_the_file_is_in():
    assert (values.currency("$5", "CAD"), values.currency("$5", "EUR"), values.currency("kr 5", "SEK")) == (
        "CAD", "USD", "SEK",
    )  # fmt: skip
    for text, usual, named in (("kr 5", "USD", ""), ("€5", "USD", "USD"), ("US$5", "CAD", "CAD")):
        with pytest.raises(Unclear):
            values.currency(text, usual, named)


@given(st.text(max_size=60))
def test_readers_answer_or_say_that_they_cannot(text):
    for read in (values.cents, values.phones, values.emails, dates.day):
        try:
            read(text)
        except Unclear as unclear:
            assert unclear.sentence.endswith((".", ",000."))


@given(st.integers(0, 9_999_999_999))
def test_what_we_write_as_money_we_read_as_the_same(cents):
    assert values.cents(f"${cents // 100:,}.{cents % 100:02}") == cents


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1/2/2022", "mdy", date(2022, 1, 2)),
        ("1/2/2022", "dmy", date(2022, 2, 1)),
        ("31.12.2022", "dmy", date(2022, 12, 31)),
        ("12-31-22", "mdy", date(2022, 12, 31)),
        ("2022-01-02", "dmy", date(2022, 1, 2)),
        ("2022-01-02T10:00:00", "mdy", date(2022, 1, 2)),
        ("1/2/2022 4:05 PM", "mdy", date(2022, 1, 2)),
        ("44563", "mdy", date(2022, 1, 2)),
        ("44563.5", "mdy", date(2022, 1, 2)),
        ("Jan 2, 2022", "mdy", date(2022, 1, 2)),
        ("2nd January 2022", "mdy", date(2022, 1, 2)),
        ("2-Jan-2022", "mdy", date(2022, 1, 2)),
    ],
)
def test_dates_are_read_in_the_order_of_their_column(text, order, day):
    assert dates.day(text, order) == day


@pytest.mark.parametrize("text", ["31/2/2022", "hello", "12345678", "0/0/0", "1/1/1890", "99999", "2022-13-01"])
def test_what_is_no_date_says_so(text):
    with pytest.raises(Unclear):
        dates.day(text)


def test_a_date_in_the_other_order_says_which_order_was_taken():
    with pytest.raises(Unclear, match="when read as month / day / year"):
        dates.day("13/1/2022", "mdy")


@pytest.mark.parametrize(
    ("evidence", "order"),
    [
        ((0, 9, 0), ("mdy", True)),
        ((9, 0, 0), ("dmy", True)),
        ((0, 0, 0), ("mdy", False)),
        ((0, 0, 4), ("dmy", False)),
        ((1, 9, 0), ("mdy", True)),
    ],
)
def test_the_order_of_a_column_is_what_fits_the_most(evidence, order):
    assert dates.order_of(*evidence) == order


def test_a_phone_is_whole_only_with_its_area_code():
    assert values.phone("8264678", "US") is None
    assert values.phone("(212) 826-4678", "US") == "+12128264678"
    assert values.phone("212 826 4678", "") is None
    assert values.phone("+44 20 7946 0958", "US") == "+442079460958"
    assert values.phone("123 456 7890", "US") is None


def test_cells_with_several_numbers_or_addresses():
    assert values.phones("8264678; +1 212 826 4678") == ["8264678", "+1 212 826 4678"]
    assert values.emails("a@x.com, Bea <B@y.org>; mailto:c@z.net") == ["a@x.com", "B@y.org", "c@z.net"]
    assert values.phones("n/a") == values.emails("-") == []


@pytest.mark.parametrize(
    "text", ["foo", "foo@", "@bar.com", "a b@c.com", "a@b", "a..b@c.com", "a@b..com", "x" * 250 + "@y.com"]
)
def test_what_is_no_email_says_so(text):
    with pytest.raises(Unclear, match="email address"):
        values.emails(text)


def test_the_columns_of_the_real_file_are_known():
    from .importing_files import HEADINGS

    found = dict(zip(HEADINGS, columns.detected(HEADINGS), strict=False))
    assert found == {
        "Car_id": "external_id", "Date": "closed_on", "Month": "detail", "Customer Name": "name", "Gender": "detail", "Annual Income": "detail",
        "Dealer_Name": "detail", "Company": "vehicle_make", "Model": "vehicle_model", "Engine": "engine", "Transmission": "transmission",
        "Color": "colour", "Price ($)": "value", "Dealer_No ": "detail", "Body Style": "body", "Phone": "phone", "Dealer_Region": "detail",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("\ufeffCustomer Name", "name"),
        ("customerName", "name"),
        ("Custmer Name", "name"),
        ("E-mail *", "email"),
        ("Price_USD", "value"),
        ("Deal Stage:", "stage"),
        ("Dealer Status", None),
        ("Dealer Number", None),
        ("Sales Person", "owner"),
        ("Shoe size", None),
    ],
)
def test_headings_are_known_by_what_they_say(heading, field):
    assert columns.known(heading) == field


def test_a_field_has_one_column_and_phones_may_have_many():
    assert columns.detected(["Price", "Sale Price", "Phone", "Mobile"]) == ["value", "detail", "phone", "phone"]
    assert columns.detected(["First Name", "Last Name", "Name"]) == ["first_name", "last_name", "detail"]
    assert columns.detected(["Name", "Company"]) == ["name", "detail"]


def test_spellings_of_the_same_word_are_one():
    assert fold(" Closed_Won ") == fold("closed-won") == "closed won"
