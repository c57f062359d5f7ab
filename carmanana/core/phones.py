"""Phone numbers as people write them: with labels and extensions, two in a line, national or with 00 before the
country."""

import re
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import phonenumbers

HOME = "US"
FEWEST_DIGITS = 7  # of a number that can stand alone
MOST_DIGITS = 15  # of any number (E.164)
PARTED = re.compile(r"\s*(?::::|[;\n\r|])\s*")
PERHAPS_PARTED = re.compile(r"\s*(?:[,/&]|\b(?:or|and|und|et|y|o|e|ou|oder)\b)\s*", re.IGNORECASE)
LABEL = r"[^\W\d_]{1,20}\.?"
BEFORE = re.compile(rf"^\s*[(\[]?(?!ext|x\b){LABEL}[)\]]?\s*[:=.\-]?\s*(?=[+(\d])", re.IGNORECASE)
BEHIND = re.compile(rf"(?<=\d)\s*(?:[(\[]\s*{LABEL}(?:\s+{LABEL})?\s*[)\]]|\s{LABEL})\s*$")
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
    ]
)
PROVINCES = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
OTHER_NAMES = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "northern ireland": "GB",
    "holland": "NL",
} | dict.fromkeys(
    (
        "alberta,british columbia,manitoba,new brunswick,newfoundland,newfoundland and labrador,nova scotia,nunavut,"
        "northwest territories,ontario,prince edward island,quebec,québec,saskatchewan,yukon"
    ).split(","),
    "CA",
)
IN_BRACKETS = re.compile(r"\(([A-Za-z]{2})\)$")


def e164(typed: str, region: str | None = HOME) -> str | None:
    """The international form, where the number is whole and valid; a number without its area code is neither.
    `region` is the country it is dialled in."""
    number = _number(unlabelled(typed), region)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else None


def _number(typed: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """Read as dialled there; else with 00 before the country, as most of the world dials abroad."""
    bare = typed.lstrip(" (")
    for written in (typed, "+" + bare[2:]) if bare.startswith("00") else (typed,):
        try:
            number = phonenumbers.parse(written, region or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None


def unlabelled(typed: str) -> str:
    """Without the words that say whose number it is: "(415) 555-2603 (mobile)", "Work: 415 ..."."""
    return BEHIND.sub("", BEFORE.sub("", typed)).strip()


def extension(typed: str) -> str:
    """The digits to dial once the exchange answers; empty where there are none."""
    try:
        return phonenumbers.parse(unlabelled(typed), HOME).extension or ""
    except phonenumbers.NumberParseException:
        return ""


def line(typed: str, whole: str | None) -> str:
    """What proves the same line: the international form, and the extension where there is one."""
    if not whole:
        return ""
    inner = (
        extension(typed) if digit_count(typed) > digit_count(whole) or re.search(r"[x#;]", typed, re.IGNORECASE) else ""
    )
    return f"{whole};{inner}" if inner else whole


@lru_cache(256)
def read(whole: str) -> tuple[phonenumbers.PhoneNumber, str]:
    """A number in its international form, and its country; empty where none has it."""
    number = phonenumbers.parse(whole)
    return number, phonenumbers.region_code_for_number(number) or ""


@lru_cache(4096)
def shown(typed: str, whole: str | None) -> str:
    """In one form, whatever was typed: ours as it is dialled here, foreign ones with their country's code, each with
    its extension; what is no whole number as it was typed."""
    if not whole:
        return typed
    number, country = read(whole)
    at_home = country == HOME
    forms = phonenumbers.PhoneNumberFormat
    words = phonenumbers.format_number(number, forms.NATIONAL if at_home else forms.INTERNATIONAL)
    inner = line(typed, whole).partition(";")[2]
    return f"{words} ext.\N{NO-BREAK SPACE}{inner}" if inner else words


def parted(text: str, region: str | None = HOME) -> list[str]:
    """The numbers in one line, as typed. What parts two numbers may stand within one too (0711/1234567), so it parts
    only where each piece can stand alone."""
    found = []
    for piece in PARTED.split(text):
        pieces = [part for part in PERHAPS_PARTED.split(piece) if part.strip()]
        alone = len(pieces) > 1 and all(FEWEST_DIGITS <= digit_count(part) for part in pieces)
        for part in pieces if alone else [piece]:
            found += _run_together(part, region)
    return [part.strip() for part in found if part.strip()]


def _run_together(text: str, region: str | None) -> list[str]:
    """Two numbers with a blank between them hold more digits than any number does."""
    pieces = text.split() if digit_count(text) > MOST_DIGITS else []
    halves = ((" ".join(pieces[:cut]), " ".join(pieces[cut:])) for cut in range(1, len(pieces)))
    return next(([*pair] for pair in halves if all(e164(half, region) for half in pair)), [text])


def digit_count(text: str) -> int:
    return sum(c.isdigit() for c in text)


def is_rounded(text: str) -> bool:
    """A number that a spreadsheet has turned into 4.15555E+09."""
    return bool(ROUNDED.fullmatch(text.strip()))


def national_digits(whole: str | None) -> str:
    """The digits that are dialled within the country, where they are no part of the international form."""
    if not whole:
        return ""
    number = phonenumbers.parse(whole)
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = "".join(c for c in dialled if c.isdigit())
    return "" if digits in whole else digits


@cache
def country_of(place: str) -> str:
    """The country of a customer's region: "WI", "US-CA" and "Ohio (US)" are in the US, "Deutschland" in DE; empty where
    it does not say."""
    bare = place.strip()
    if (named := IN_BRACKETS.search(bare)) and named[1].upper() in phonenumbers.SUPPORTED_REGIONS:
        return named[1].upper()
    code = re.split(r"[-\s,/]", bare.upper())[0]
    if bare.upper() in STATES:
        return "US"
    if bare.upper() in PROVINCES:
        return "CA"
    if len(code) == 2 and code in phonenumbers.SUPPORTED_REGIONS and bare[2:3] in ("", "-"):
        return code
    return OTHER_NAMES.get(bare.casefold()) or _countries().get(bare.casefold(), "")


def _names_of_countries() -> dict[str, dict[str, str]]:
    """From its file alone: the package around it would load 100 MB of places."""
    path = Path(phonenumbers.__file__).parent / "geodata" / "locale.py"
    spec = spec_from_file_location("names_of_countries", path)
    module = module_from_spec(spec)
    module.__package__ = "phonenumbers.geodata"
    spec.loader.exec_module(module)
    return module.LOCALE_DATA


@cache
def _countries() -> dict[str, str]:
    """The names of countries in every language that phonenumbers knows."""
    named = (
        (name.casefold(), code)
        for code, names in _names_of_countries().items()
        for name in names.values()
        if not name.startswith("*")
    )
    return dict(sorted(named, key=lambda pair: pair[1] in phonenumbers.SUPPORTED_REGIONS))
