"""Towns where the demo world's buyers live, with telephone numbers that belong to nobody.

Every number lies in a range that its regulator keeps for fiction: 555-0100 to 555-0199 in North America,
and the drama ranges of Ofcom (UK), ARCEP (France), BNetzA (Germany), PTS (Sweden) and ACMA (Australia).
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Place:
    town: str
    region: str  # country, or country-subdivision where the calling rules differ: "US-FL"
    zone: str
    dial: tuple  # patterns in international form; each # is a free digit

    @property
    def country(self):
        return self.region[:2]


def _america(area_codes):
    return tuple(f"+1 ({code}) 555-01##" for code in area_codes.split())


def _town(town, region, zone, *patterns):
    return Place(town, region, zone, patterns)


_NORTH_AMERICA = """
Calgary|CA-AB|America/Edmonton|403 587 825
Edmonton|CA-AB|America/Edmonton|780 587
Vancouver|CA-BC|America/Vancouver|604 778 236
Victoria|CA-BC|America/Vancouver|250
Regina|CA-SK|America/Regina|306 639
Winnipeg|CA-MB|America/Winnipeg|204 431
Gimli|CA-MB|America/Winnipeg|204
Toronto|CA-ON|America/Toronto|416 647 437
Brampton|CA-ON|America/Toronto|905 289
Ottawa|CA-ON|America/Toronto|613 343
Montréal|CA-QC|America/Toronto|514 438
Québec|CA-QC|America/Toronto|418 581
Halifax|CA-NS|America/Halifax|902 782
Moncton|CA-NB|America/Moncton|506
St. John’s|CA-NL|America/St_Johns|709
Seattle|US-WA|America/Los_Angeles|206 425
Spokane|US-WA|America/Los_Angeles|509
Portland|US-OR|America/Los_Angeles|503 971
Los Angeles|US-CA|America/Los_Angeles|213 310 323
San Jose|US-CA|America/Los_Angeles|408 669
San Diego|US-CA|America/Los_Angeles|619 858
Phoenix|US-AZ|America/Phoenix|602 480
Denver|US-CO|America/Denver|303 720
Albuquerque|US-NM|America/Denver|505
Salt Lake City|US-UT|America/Denver|801 385
Dallas|US-TX|America/Chicago|214 972
Houston|US-TX|America/Chicago|713 832
San Antonio|US-TX|America/Chicago|210 726
El Paso|US-TX|America/Denver|915
Tulsa|US-OK|America/Chicago|918 539
Oklahoma City|US-OK|America/Chicago|405
Minneapolis|US-MN|America/Chicago|612 763
Chicago|US-IL|America/Chicago|312 773
New Orleans|US-LA|America/Chicago|504
Atlanta|US-GA|America/New_York|404 678
Miami|US-FL|America/New_York|305 786
Tampa|US-FL|America/New_York|813 656
Orlando|US-FL|America/New_York|407 321
Boston|US-MA|America/New_York|617 857
New York|US-NY|America/New_York|212 646 718
Buffalo|US-NY|America/New_York|716
Newark|US-NJ|America/New_York|973 862
Philadelphia|US-PA|America/New_York|215 267
Detroit|US-MI|America/Detroit|313 248
Honolulu|US-HI|Pacific/Honolulu|808
Anchorage|US-AK|America/Anchorage|907
"""

_OVERSEAS = [
    _town("London", "GB", "Europe/London", "+44 20 7946 0###"),
    _town("Birmingham", "GB", "Europe/London", "+44 121 496 0###"),
    _town("Manchester", "GB", "Europe/London", "+44 161 496 0###"),
    _town("Leeds", "GB", "Europe/London", "+44 113 496 0###"),
    _town("Liverpool", "GB", "Europe/London", "+44 151 496 0###"),
    _town("Bristol", "GB", "Europe/London", "+44 117 496 0###"),
    _town("Edinburgh", "GB", "Europe/London", "+44 131 496 0###"),
    _town("Glasgow", "GB", "Europe/London", "+44 141 496 0###"),
    _town("Cardiff", "GB", "Europe/London", "+44 29 2018 0###"),
    _town("Belfast", "GB", "Europe/London", "+44 28 9649 6###"),
    _town("Paris", "FR", "Europe/Paris", "+33 1 99 00 ## ##"),
    _town("Rennes", "FR", "Europe/Paris", "+33 2 61 91 ## ##"),
    _town("Strasbourg", "FR", "Europe/Paris", "+33 3 53 01 ## ##"),
    _town("Marseille", "FR", "Europe/Paris", "+33 4 65 71 ## ##"),
    _town("Bordeaux", "FR", "Europe/Paris", "+33 5 36 49 ## ##"),
    _town("Berlin", "DE", "Europe/Berlin", "+49 30 23125 ###", "+49 176 040690##"),
    _town("Hamburg", "DE", "Europe/Berlin", "+49 40 66969 ###", "+49 171 39200##"),
    _town("Köln", "DE", "Europe/Berlin", "+49 221 4710 ###"),
    _town("Frankfurt", "DE", "Europe/Berlin", "+49 69 90009 ###"),
    _town("München", "DE", "Europe/Berlin", "+49 89 99998 ###"),
    _town("Stockholm", "SE", "Europe/Stockholm", "+46 8 465 004 ##"),
    _town("Göteborg", "SE", "Europe/Stockholm", "+46 31 390 06 ##", "+46 70 174 06 ##"),
    _town("Sydney", "AU", "Australia/Sydney", "+61 2 5550 ####", "+61 2 7010 ####"),
    _town("Melbourne", "AU", "Australia/Melbourne", "+61 3 5550 ####", "+61 3 7010 ####"),
    _town("Perth", "AU", "Australia/Perth", "+61 8 7010 ####"),
]


def _atlas():
    for line in _NORTH_AMERICA.split("\n")[1:-1]:
        town, region, zone, area_codes = line.split("|")
        yield Place(town, region, zone, _america(area_codes))
    yield from _OVERSEAS


PLACES = {place.town: place for place in _atlas()}


def number_in(place, rng):
    """A telephone number of this town as a person would write it: "+1 (403) 555-0142"."""
    pattern = rng.choice(place.dial)
    written, free = _form(pattern)
    return written % tuple(f"{rng.randrange(10**free):0{free}d}")


@cache
def _form(pattern):
    return pattern.replace("#", "%s"), pattern.count("#")


def e164(written):
    return "+" + "".join(character for character in written if character.isdigit())


def habits(written, country):
    """The ways in which people type this number; from overseas they give the country's code."""
    if country in ("US", "CA"):
        local = written.removeprefix("+1 ")
        return [written, local, local.strip("(").replace(") ", ".").replace("-", ".")]
    code, rest = written.split(" ", 1)
    return [written, written.replace(" ", ""), f"{code} (0){rest}"]
