"""Regions by the names that people call them by, and the zones of those that have one."""

import re
from collections.abc import Iterable
from functools import cache

import phonenumbers
from babel import Locale
from babel.core import get_global

from carmanana.contacting.calling.regions import STATES
from carmanana.records.calling import OTHER_STATES

EUROPE = frozenset(
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()
)
CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
NEW_YORK, CHICAGO, DENVER, LOS_ANGELES = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
ZONES = {
    NEW_YORK: "CT DE DC FL GA IN KY ME MD MA MI NH NJ NY NC OH PA RI SC TN VT VA WV",
    CHICAGO: "AL AR FL IL IN IA KS KY LA MI MN MS MO NE ND OK SD TN TX WI",
    DENVER: "CO ID KS MT NE NM ND OR SD TX UT WY",
    LOS_ANGELES: "CA ID NV OR WA",
    "America/Phoenix": "AZ",
    "America/Anchorage": "AK",
    "America/Adak": "AK",
    "Pacific/Honolulu": "HI",
}


@cache
def name_of(region: str) -> str:
    """ "Connecticut" for US-CT; a code that nobody knows is its own name."""
    if region == OTHER_STATES:
        return "US, other states"
    country, _, part = region.partition("-")
    if country == "US" and part:
        return next((name for name, code in reversed(STATES.items()) if code == part), region)
    name = Locale("en").territories.get(country, country)
    return f"{name}, {part}" if part else name


def is_region(code: str) -> bool:
    """A country that has telephones, or a part of one; a US state is one of the fifty and D.C."""
    country, _, part = code.partition("-")
    if code == OTHER_STATES:
        return True
    if not CODE.fullmatch(code) or country not in phonenumbers.SUPPORTED_REGIONS:
        return False
    return country != "US" or not part or part in STATES.values()


def zones_of_region(region: str) -> tuple[str, ...]:
    """Every zone that somebody there may be in."""
    country, _, part = region.partition("-")
    if country == "US":
        return tuple(zone for zone, states in ZONES.items() if not part or part in states.split() or part == "other")
    return tuple(get_global("territory_zones").get(country, ()))


def named_like(text: str, regions: Iterable[str]) -> list[str]:
    words = text.casefold()
    return [region for region in regions if words in name_of(region).casefold() or words in region.casefold()]
