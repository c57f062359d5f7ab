"""Which regions and zones a number and an address put a person in."""

import re
from collections.abc import Iterable
from functools import lru_cache

import phonenumbers
from babel.core import get_global
from phonenumbers import timezone

from carmanana.contacting.calling.area_codes import STATE_OF
from carmanana.core.phones import country_of, read

UNKNOWN_ZONE = "Etc/Unknown"
STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT",
    "Delaware": "DE", "Washington D.C.": "DC", "District of Columbia": "DC", "Florida": "FL", "Georgia": "GA",
    "Hawaii": "HI",
    "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN", "Mississippi": "MS",
    "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH", "New Jersey": "NJ",
    "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK",
    "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD",
    "Tennessee": "TN",
    "Texas": "TX", "Utah": "UT", "Vermont": "VT", "Virginia": "VA", "Washington": "WA", "West Virginia": "WV",
    "Wisconsin": "WI", "Wyoming": "WY",
}  # fmt: skip
CODES = frozenset(STATES.values())
CODE_OF = {name.casefold(): code for name, code in STATES.items()} | {code.casefold(): code for code in CODES}
ZIP = re.compile(r"[\s,]+\d{5}(?:-\d{4})?$")
SHORTENED = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "colo": "CO", "conn": "CT", "fla": "FL", "ill": "IL",
    "mass": "MA", "mich": "MI", "minn": "MN", "n carolina": "NC", "okla": "OK", "penn": "PA", "s carolina": "SC",
    "tenn": "TN", "tex": "TX", "wash": "WA", "washington dc": "DC", "wis": "WI",
}  # fmt: skip


@lru_cache(5_000)
def region_of_number(e164: str) -> str:
    """ "US-FL" by the area code, "GB" by the country; "" where neither is told, as with toll-free numbers."""
    number, country = read(e164)
    if country != "US":
        return country
    state = STATE_OF.get(str(number.national_number)[:3])
    return f"US-{state}" if state else "US"


def state_named(words: str) -> str:
    """The postal code of a US state, however it is written."""
    return CODE_OF.get(words.strip().casefold(), "")


@lru_cache(5_000)
def zones_of_number(e164: str) -> tuple[str, ...]:
    """Every zone that the number may be in; a mobile that has moved is known by hand only."""
    return tuple(zone for zone in timezone.time_zones_for_number(read(e164)[0]) if zone != UNKNOWN_ZONE)


def binding(region: str, zone: str, e164: str) -> tuple[list[str], list[str]]:
    """Regions and zones of a person with this number: where address and area code disagree, both; a zone that was set
    by hand is the only one."""
    regions = [one for one in dict.fromkeys((region, region_of_number(e164) if e164 else "")) if one]
    zones: Iterable[str] = [zone] if zone else zones_of_number(e164) if e164 else ()
    return regions, list(zones)


def region_of_words(words: str, zone: str = "", e164: str = "") -> str:
    """The code of what stands in a record as the region: "Florida", "WI", "Ohio (US)", "Miami, FL" are US states; ""
    where it does not say. DE is Delaware and Germany: the number tells which, else the zone."""
    words = ZIP.sub("", words.replace(".", "").strip())
    words = SHORTENED.get(words.casefold(), words)
    if _is_abroad(words.upper(), zone, e164):
        return words.upper()
    if words.upper().startswith("US-") and words[3:].upper() in CODES:
        return words.upper()
    state = state_named(words) or state_named(words.rpartition(",")[2]) or state_named(words.removesuffix("(US)"))
    return f"US-{state}" if state else country_of(words)


def _is_abroad(code: str, zone: str, e164: str) -> bool:
    """Of a code that is a state's and a country's."""
    if code not in CODES or code not in phonenumbers.SUPPORTED_REGIONS:
        return False
    told = region_of_number(e164) if e164 else ""
    return told == code or (not told and zone in get_global("territory_zones").get(code, ()))
