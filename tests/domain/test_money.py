"""Money as people type it and read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmanana.core.money import MOST, MOST_SMALL, SYMBOLS, Unreadable, parsed, read, short, shown

TYPED = {
    "26000": 2_600_000,
    "$26,000 ": 2_600_000,
    " 26,000.50": 2_600_050,
    "26000.5": 2_600_050,
    "26 000": 2_600_000,
    "26\u00a0000": 2_600_000,
    "26\u202f000 €": 2_600_000,
    "CA$1,250": 125_000,
    "usd 99": 9_900,
    "99 GBP": 9_900,
    "0": 0,
    "0.01": 1,
    "$10,000,000": MOST,
    "1,000,000,000": 100_000_000_000,
}
JUNK = [
    "",
    " ",
    "$",
    "free",
    "12,50",
    "1,2,3",
    "26.000",
    "26.000,00",
    "1.234",
    "5$5",
    "1 2",
    "-5",
    "−5",
    "+5",
    "1e5",
    "0x10",
    "1.2.3",
    ".5",
    "5.",
    "€10,000,000.01",
    "1,000,000,000,000.01",
    "9" * 30,
    "26,0000",
    "26000 dollars",
    "NaN",
    "Infinity",
    "=1+1",
    "26000\x00",
]


@pytest.mark.parametrize("text", TYPED)
def test_an_amount_is_read_as_it_is_meant(text):
    assert parsed(text) == TYPED[text]


@pytest.mark.parametrize("text", JUNK)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        parsed(text)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text):
    try:
        assert 0 <= parsed(text) <= MOST_SMALL
    except ValueError:
        pass


@given(st.integers(0, MOST), st.sampled_from(sorted(SYMBOLS)))
def test_what_is_shown_can_be_typed_back(cents, currency):
    assert parsed(shown(cents, currency)) == cents


@pytest.mark.parametrize(
    ("cents", "currency", "text"),
    [
        (3_890_000, "USD", "$38,900"),
        (3_890_050, "USD", "$38,900.50"),
        (5, "EUR", "€0.05"),
        (0, "CAD", "CA$0"),
        (-150_000, "USD", "−$1,500"),
        (None, "USD", ""),
        (100, "CHF", "CHF 1"),
        (45_000_000, "ZAR", "R450,000"),
    ],
)
def test_money_is_shown_in_full(cents, currency, text):
    assert shown(cents, currency) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0"),
        (999, "$999"),
        (999.6, "$1k"),
        (1_000, "$1k"),
        (284_400, "$284k"),
        (999_499, "$999k"),
        (999_500, "$1.00M"),
        (1_580_000, "$1.58M"),
        (100_000_000, "$100.00M"),
    ],
)
def test_sums_are_read_at_a_glance(amount, text):
    assert short(round(amount * 100)) == text


GERMAN, SWISS, SWEDISH = (",", "."), (".", "'"), (",", "\u00a0")


@pytest.mark.parametrize(
    ("text", "marks", "cents"),
    [
        ("25.000,00", GERMAN, 2_500_000),
        ("1.500", GERMAN, 150_000),
        ("€ 12,5", GERMAN, 1_250),
        ("25 000,50", SWEDISH, 2_500_050),
        ("CHF 25'000.50", SWISS, 2_500_050),
        ("25’000", SWISS, 2_500_000),
    ],
)
def test_an_amount_is_read_and_shown_by_a_persons_own_marks(text, marks, cents):
    assert read(text, marks)[0] == cents
    assert read(shown(cents, "EUR", marks), marks)[0] == cents


@pytest.mark.parametrize("text", ["25,000.00", "25,000", "12.50"])
def test_anothers_marks_are_refused_with_the_right_form(text):
    with pytest.raises(Unreadable) as why:
        read(text, GERMAN)
    assert "," in str(why.value)


def test_marks_show_whole_sums_too():
    assert (shown(123_456_789, "EUR", GERMAN), short(1_580_000_00, "EUR", GERMAN)) == ("€1.234.567,89", "€1,58M")
