"""What Match shows of a vehicle: its buyers with each want met, missed or unknown, and what each criterion takes
away."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, request
from markupsafe import Markup

from carmanana.blueprints.buyers.forms import ASKED
from carmanana.boards.cache import CARDS
from carmanana.buyers import rows
from carmanana.buyers.matching import CRITERIA, LEFT_OUT, Buyer, Vehicle, match
from carmanana.buyers.rows import Row
from carmanana.core.limits import COUNTED
from carmanana.leads.finding import OpenPlaces
from carmanana.records.deals import VehicleOption
from carmanana.records.offered_vehicles import OfferedVehicle, VehicleOffer
from carmanana.web.addresses import address, pair
from carmanana.web.current_user import me
from carmanana.web.filters import distance_unit, locale, region_name, when, zone

SAYS = {"model": "model", "years": "years", "mileage": "mileage", "colours": "colours", "price": "budget"}


@dataclass(frozen=True)
class Want:
    """A chip: what they want, whether it is met, and whether it is a must."""

    words: str
    met: bool | None
    must: bool


@dataclass(frozen=True)
class Criterion:
    key: str
    name: str
    on: bool
    away: int
    url: str


def found_context(vehicle: Vehicle, kept: OfferedVehicle | None) -> dict:
    ticked = set(CRITERIA) - set(request.args.getlist("without"))
    found = match(vehicle, me(), ticked)
    loaded = {row.id: row for row in rows.listed([one.id for one in found.buyers])} if found.buyers else {}
    customers = [row.customer.id for row in loaded.values()]
    spoken = rows.last_spoken(customers) if customers else {}
    offers, drawn = rows.offers_to(kept, customers) if customers else {}, DrawnRows(kept is not None)
    return {
        "vehicle": vehicle,
        "found": found,
        "buyers": [
            drawn.row(one, row, spoken.get(row.customer.id), offers.get(row.customer.id))
            for one in found.buyers
            if (row := loaded.get(one.id))
        ],
        "criteria": _criteria(found.away, ticked),
        "left_out": [(number, LEFT_OUT[why][1]) for why, number in found.left_out.items()],
        "callable": _callable([row for row in loaded.values() if row.is_lead]),
        "most": COUNTED,
        "keep_values": _kept_as(),
    }


def _criteria(away: dict[str, int], ticked: set[str]) -> list[Criterion]:
    """Each with the address where it counts no more, or again."""
    kept = {name: value for name in (*ASKED, "deal", "asset", "said") if (value := request.args.get(name, ""))}
    there = address(request.endpoint, **(request.view_args or {}))
    asked, without = [pair(name, value) for name, value in kept.items()], set(CRITERIA) - ticked
    turned = {key: [pair("without", one) for one in sorted(without ^ {key})] for key in CRITERIA}
    urls = {key: "?".join(filter(None, (there, "&".join(asked + one)))) for key, one in turned.items()}
    return [Criterion(key, name, key in ticked, away.get(key, 0), urls[key]) for key, name in CRITERIA.items()]


class DrawnRows:
    """Each is drawn once for all to whom it would tell the same; `picked` says whether they can be ticked."""

    def __init__(self, picked: bool):
        self.picked, self.look = picked, (zone(), locale(), distance_unit(), request.script_root)
        self.macro = current_app.jinja_env.get_template("buyers/_match_row.html").module.drawn

    def row(self, buyer: Buyer, row: Row, spoken: datetime | None, offer: VehicleOffer | None) -> Markup:
        offered = offer and (offer.how, when(offer.at), offer.by.name)
        told = *row.facts, buyer.score, *buyer.met.values(), when(spoken), offered
        key = ("match", self.picked, *self.look, *told)
        return CARDS.get(key) or CARDS.put(key, self._draw(buyer, row, spoken, offer))

    def _draw(self, buyer: Buyer, row: Row, spoken: datetime | None, offer: VehicleOffer | None) -> Markup:
        return self.macro(buyer, row, _wants(buyer, row, locale()), self.picked, spoken, offer)


def _callable(leads: list[Row]) -> int:
    there = OpenPlaces.now()
    places = [(row.subject.region, row.subject.timezone) for row in leads if not row.customer.no_calls]
    return sum(place in there for place in places)


def _wants(buyer: Buyer, row: Row, here: str) -> list[Want]:
    """Met ones first, unknown ones last."""
    musts = row.option.musts
    wants = [
        Want(_words(key, row, here), met, key in musts) for key, met in buyer.met.items() if _is_told(key, musts, met)
    ]
    return sorted(wants, key=lambda want: (want.met is None, want.met is False))


def _is_told(key: str, musts: frozenset[str], met: bool | None) -> bool:
    """Where they are is no want of theirs unless it is a must, or fits."""
    return key != "region" or bool(met) or "region" in musts


def _words(key: str, row: Row, here: str) -> str:
    if key == "region":
        return region_name(row.customer.region) or "region"
    told = row.told(SAYS[key], here)
    if not told:
        return VehicleOption.MUSTS[key].lower()
    return {"mileage": f"up to {told} {distance_unit()}", "price": f"budget {told}"}.get(key, told)


def _kept_as() -> dict:
    """What of the address a vehicle is kept with: what was typed, or the deal that it came from."""
    return {name: value for name in (*ASKED, "deal") if (value := request.args.get(name, ""))}
