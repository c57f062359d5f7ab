"""Somebody who asked, as a message or a file tells of them: facts only, nothing of it is in the database yet."""

from dataclasses import dataclass
from datetime import datetime

from carmanana.contacting.calling.places import is_region, name_of
from carmanana.core.uploads import MEGABYTE

BEST_TIMES = {
    "morning": "in the morning",
    "day": "during the day",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
}
PHONE_KINDS = {"cellphone": "mobile", "voice": "", "fax": "fax", "pager": "pager", "work": "work", "home": "home"}
MOST_WORDS = 4000
MOST_MEGABYTES = 5
MOST_BYTES = MOST_MEGABYTES * MEGABYTE
CODES = {"usa": "US", "united states": "US", "can": "CA", "canada": "CA"}
ASKED = "asked"


class Unreadable(Exception):
    """Nothing can be made of it; the words say why."""


def must_fit(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Unreadable(f"It is larger than {MOST_MEGABYTES} MB.")


def region_of(state: str, country: str) -> str:
    """As a customer's record says it: "US-CA" and "CA-ON" where both are told; a country by its name, for CA is also
    California."""
    code = CODES.get(country.casefold(), country.upper())
    if len(state) == 2 and state.isalpha() and code in ("US", "CA"):
        return f"{code}-{state.upper()}"
    named = name_of(code) if len(code) == 2 and is_region(code) else country
    return (state if code == "US" and state else named or state)[:60]


@dataclass(frozen=True)
class Phone:
    typed: str
    kind: str = ""
    best_time: str = ""


@dataclass(frozen=True)
class WantedVehicle:
    """`price` is what it was shown for, in the words of whoever sent it: it is no price of ours."""

    make: str = ""
    model: str = ""
    year_from: int | None = None
    year_to: int | None = None
    trim: str = ""
    body: str = ""
    colours: str = ""
    most_distance: int | None = None
    distance_unit: str = "mi"
    status: str = ""
    interest: str = "buy"
    price: str = ""
    stock: str = ""
    comments: str = ""

    @property
    def named(self) -> bool:
        return bool(self.make or self.model)

    @property
    def traded_in(self) -> bool:
        return self.interest in ("trade-in", "sell")

    @property
    def in_words(self) -> str:
        years = {self.year_from, self.year_to} - {None}
        told = ["–".join(map(str, sorted(years))), self.make, self.model, self.trim]
        return " ".join(filter(None, told))

    @property
    def special(self) -> str:
        told = [self.trim, self.body, self.status, self.stock and f"stock {self.stock}", self.comments]
        return ", ".join(filter(None, told))[:250]


@dataclass(frozen=True)
class Prospect:
    name: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    region: str = ""
    place: str = ""
    language: str = ""
    vehicles: tuple[WantedVehicle, ...] = ()
    comments: str = ""
    timeline: str = ""
    prefers: str = ""
    provider: str = ""
    external_id: str = ""
    requested_at: datetime | None = None

    @property
    def reachable(self) -> bool:
        return bool(self.phones or self.emails)

    @property
    def called(self) -> str:
        """What stands for a name where none was given."""
        return self.name or next(iter(self.emails), "") or next((phone.typed for phone in self.phones), "")

    @property
    def wanted(self) -> list[WantedVehicle]:
        return [vehicle for vehicle in self.vehicles if vehicle.named and not vehicle.traded_in]

    @property
    def asks_for_price(self) -> bool:
        """A quotation was asked for, and no price shown."""
        return any(vehicle.price == ASKED for vehicle in self.vehicles)

    @property
    def message(self) -> str:
        """What they wrote, and what else came with it, in lines."""
        lines = [self.comments]
        lines += [
            f"{phone.typed}: best {BEST_TIMES[phone.best_time]}"
            for phone in self.phones
            if phone.best_time in BEST_TIMES
        ]
        lines += [f"Prefers {self.prefers}"] if self.prefers else []
        for vehicle in self.vehicles:
            if vehicle.traded_in and vehicle.in_words:
                lines.append(f"Trades in: {vehicle.in_words}")
            elif vehicle.price and vehicle.price != ASKED:
                lines.append(f"Saw the {vehicle.in_words or 'vehicle'} at {vehicle.price}")
            elif vehicle.comments:
                lines.append(vehicle.comments)
        return "\n".join(filter(None, lines))[:MOST_WORDS]
