"""Phone numbers as people write them, of every country."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from carmanana.core.phones import country_of, e164, line, national_digits, parted
from carmanana.core.text import digits
from carmanana.customers import contact
from carmanana.records.customers import Customer, CustomerPhone
from carmanana.schema.search_words import Words
from carmanana.search.results import CLIENT, find

COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)
KINDS = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)


def examples():
    for country in COUNTRIES:
        for kind in KINDS:
            if number := phonenumbers.example_number_for_type(country, kind):
                yield country, number


def test_national_international_and_00_forms_of_every_country_are_one_number():
    for country, number in examples():
        whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        assert e164(national, country) == whole, (country, national)
        assert e164("00" + whole[1:], "US") == whole, (country, whole)
        assert digits(national) in whole or national_digits(whole) == digits(national), country


def test_every_form_finds_the_number(cast):
    for country, number in examples():
        whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        customer = Customer.create(name="Somebody")
        CustomerPhone.create(customer=customer, typed=whole, e164=whole)
        for typed in (
            whole,
            "00" + whole[1:],
            "011" + whole[1:],
            phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        ):
            found = [hit.id for hit in find(cast.manager, Words.read(typed))[CLIENT]]
            assert customer.id in found, (country, typed)
        customer.delete_instance()


@pytest.mark.parametrize(
    ("typed", "country", "whole"),
    [
        ("(415) 555-2603 (mobile)", "US", "+14155552603"),
        ("Mobile: 415-555-2603", "US", "+14155552603"),
        ("m 415 555 2603", "US", "+14155552603"),
        ("415-555-2603 work", "US", "+14155552603"),
        ("0049 711 1234567", "US", "+497111234567"),
        ("+44 (0)20 7946 0958", "US", "+442079460958"),
        ("0711/1234567", "DE", "+497111234567"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("555-2603", "US", None),
        ("4.15555E+09", "US", None),
    ],
)
def test_labels_and_ways_of_dialling(typed, country, whole):
    assert e164(typed, country) == whole


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("415-555-2600, 415-555-2601", ["415-555-2600", "415-555-2601"]),
        ("415-555-2600 / 415-555-2601", ["415-555-2600", "415-555-2601"]),
        ("+1 415-555-2671 ::: +1 415-555-2673", ["+1 415-555-2671", "+1 415-555-2673"]),
        ("415-555-2600 or 415-555-2601 (mobile)", ["415-555-2600", "415-555-2601 (mobile)"]),
        ("415 555 2600 415 555 2601", ["415 555 2600", "415 555 2601"]),
        ("(415) 555-2600, ext. 12", ["(415) 555-2600, ext. 12"]),
        ("0711/1234567", ["0711/1234567"]),
        ("h: 415-555-2600; m: 415-555-2601", ["h: 415-555-2600", "m: 415-555-2601"]),
    ],
)
def test_two_numbers_in_a_line_are_two_numbers(text, numbers):
    assert parted(text) == numbers


def test_an_extension_is_another_line():
    whole = "+14155552600"
    lines = {
        line(typed, whole)
        for typed in (
            "(415) 555-2600 ext. 11",
            "(415) 555-2600 x12",
            "(415) 555-2600",
            "+1 415 555 2600",
            "+14155552600;ext=11",
        )
    }
    assert lines == {f"{whole};11", f"{whole};12", whole}


@pytest.mark.parametrize(
    ("region", "country"),
    [
        ("WI", "US"),
        ("CA", "US"),
        ("US-CA", "US"),
        ("ON", "CA"),
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("Illinois (US)", "US"),
        ("Ontario (CA)", "CA"),
        ("GB", "GB"),
        ("UK", "GB"),
        ("Québec", "CA"),
        ("British Columbia", "CA"),
        ("Middletown", ""),
        ("", ""),
    ],
)
def test_a_region_says_its_country(region, country):
    assert country_of(region) == country


def test_a_number_is_read_as_dialled_where_the_customer_lives(cast):
    customer = contact.enter(cast.agent, "Nora Vega", ["0711 1234567"], region="Germany")
    assert customer.phone.e164 == "+497111234567"
    contact.correct(customer, cast.agent, customer.version, ["020 7946 0958"], [], region="GB")
    assert Customer.get_by_id(customer.id).phone.e164 == "+442079460958"
