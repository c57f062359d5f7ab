"""A vehicle as somebody writes of one: "2023 Toyota RAV4 XLE, 28,400 mi, blue, $31,900, Phoenix AZ"."""

import re
from dataclasses import asdict, dataclass

from carmanana.contacting.calling.regions import STATES, state_named
from carmanana.core import money, vehicles
from carmanana.core.text import fold
from carmanana.records.house import house_currency

YEAR = re.compile(r"(?<![\d,.$])(19[5-9]\d|20[0-4]\d)(?![\d,.]\d|\s*(?:mi|km|k\b))")
MILEAGE = re.compile(
    r"(?<!\d)(\d{1,3}(?:[,. ]\d{3}){1,2}|\d{1,7}(?:\.\d)?)\s*(k)?\s*(mi\b|miles?\b|km\b|kilomet\w+)", re.IGNORECASE
)
SIGN = r"((?:US|CA|MX|NZ|A|R)?\$|[€£]|\b(?:USD|EUR|GBP|CAD|MXN|AUD|CHF|ZAR)\b)"
PRICE = re.compile(SIGN + r"\s*(\d[\d,.' ]*\d|\d)\s*(k\b)?", re.IGNORECASE)
PRICE_BEFORE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[., '’]\d{3})+|\d+)\s*(k)?\s*" + SIGN, re.IGNORECASE)
STATE = re.compile(r"\b(?:US-)?([A-Z]{2})\b(?!\s?\$)")
STATE_NAME = re.compile(r"\b(" + "|".join(sorted(STATES, key=len, reverse=True)) + r")\b", re.IGNORECASE)
COLOURS = "white black silver gray grey blue red green beige brown gold orange yellow graphite burgundy bronze".split()
MOST = 2_000
WORDS_OF_A_NAME = 4


@dataclass
class Scanned:
    make: str = ""
    model: str = ""
    year: int | None = None
    distance: int | None = None
    distance_unit: str = ""
    colour: str = ""
    price_cents: int | None = None
    currency: str = ""
    region: str = ""

    @property
    def told(self) -> dict:
        """What was found, and nothing of the rest."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


def scan(text: str) -> Scanned:
    """What is found of it; what is not stays empty."""
    text = " ".join(text.replace("\x00", "")[:MOST].split())
    found = Scanned(year=_year(text), colour=_colour(text), region=_region(text))
    found.distance, found.distance_unit = _mileage(text)
    found.price_cents, found.currency = _price(text)
    found.make, found.model = _named(re.findall(r"[\w'-]+", text))
    return found


def _year(text: str) -> int | None:
    found = YEAR.search(text)
    return int(found[1]) if found else None


def _digits(number: str, thousands: str | None) -> int:
    if thousands:
        return round(float(number.replace(",", ".")) * 1000)
    return int(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", number)) or 0)


def _mileage(text: str) -> tuple[int | None, str]:
    found = MILEAGE.search(text)
    if not found:
        return None, ""
    return _digits(found[1], found[2]), "km" if found[3].lower().startswith("k") else "mi"


def _price(text: str) -> tuple[int | None, str]:
    """With its currency, where that is not the money of the house."""
    if found := PRICE.search(text):
        sign, number, thousands = found.groups()
    elif found := PRICE_BEFORE.search(text):
        number, thousands, sign = found.groups()
    else:
        return None, ""
    number = number.strip(" ,.'")
    if thousands and not re.fullmatch(r"\d{1,6}(?:[.,]\d)?", number):
        return None, ""
    cents, currency = _digits(number, thousands) * 100, _currency(sign)
    return (cents, currency) if 0 < cents <= money.most(currency or house_currency()) else (None, "")


def _currency(sign: str) -> str:
    _, codes = money.read(f"{sign.upper()} 1")
    return "" if house_currency() in codes else money.plain(codes) or ""


def _colour(text: str) -> str:
    words = fold(text).split()
    return next((word.strip(",.;") for word in words if word.strip(",.;") in COLOURS), "")


def _region(text: str) -> str:
    states = [found[1] for found in STATE.finditer(text) if state_named(found[1])]
    states = states or [state_named(found[1]) for found in STATE_NAME.finditer(text)]
    return f"US-{states[-1]}" if states else ""


def _named(words: list[str]) -> tuple[str, str]:
    """The first make of the catalogue, as it is spelled or nearly so, and the model behind it."""
    for place in range(len(words)):
        for length in (2, 1):
            make = vehicles.make_meant(" ".join(words[place : place + length]))
            if make in vehicles.makes():
                return make, _model(make, words[place + length : place + length + WORDS_OF_A_NAME])
    return "", ""


def _model(make: str, words: list[str]) -> str:
    for length in range(min(3, len(words)), 0, -1):
        model = vehicles.model_meant(make, " ".join(words[:length]))
        if model in vehicles.models(make):
            trim = words[length] if len(words) > length and re.fullmatch(r"[A-Z][A-Z0-9-]{1,6}", words[length]) else ""
            return f"{model} {trim}".strip()
    return ""
