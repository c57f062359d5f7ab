"""Vehicles on offer: entering one, changing it, taking it off; who has buyers for it is told (domain 10)."""

from datetime import date

from carmanana.buyers.matching import Vehicle, match
from carmanana.buyers.rows import Row, load
from carmanana.core import audit, clock, money, vehicles
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.house import house_currency, house_unit
from carmanana.records.notifications import Notification
from carmanana.records.offered_vehicles import OfferedVehicle
from carmanana.records.people import User

FACTS = ("make", "model", "year", "distance", "colour", "price_cents", "currency", "region", "source", "until", "deal")
TOLD_OF, GOOD = 25, 60  # the best so many buyers, with so many points at least
FIRST_YEAR, LAST_YEAR, FARTHEST = 1886, 2100, 2_000_000


def vehicle_of(offered: OfferedVehicle) -> Vehicle:
    names = ("make", "model", "year", "distance", "distance_unit", "colour", "price_cents", "currency", "region")
    return Vehicle(**{name: getattr(offered, name) for name in names})


def spelled(make: str, model: str) -> tuple[str, str]:
    """As the catalogue has them, where it is clear which are meant."""
    make = vehicles.make_meant(make)
    return make, vehicles.model_meant(make, model)


def enter(by: User, **facts) -> OfferedVehicle:
    """Keep a vehicle; whose buyers it suits best hears of it."""
    if not by.works_deals:
        raise Forbidden("offer_vehicle")
    facts = {name: facts.get(name) for name in FACTS} | {
        name: facts.get(name) or "" for name in ("make", "model", "colour", "region", "source")
    }
    facts["make"], facts["model"] = spelled(facts["make"], facts["model"])
    facts |= {"distance_unit": house_unit(), "currency": facts["currency"] or house_currency()}
    _refuse(facts, by)
    with transaction():
        offered = OfferedVehicle.create(entered_by=by, **facts)
        audit.record("enter_vehicle", offered, by, amount=offered.price_cents)
        _tell(offered, by, "is on offer")
    return offered


def correct(offered: OfferedVehicle, by: User, version: int | None, **facts) -> OfferedVehicle:
    """A new price is told to the owners of its best buyers."""
    _must_change(offered, by)
    with transaction():
        fresh = _fresh(offered, version)
        known = {name: getattr(fresh, name) for name in FACTS if name != "deal"} | facts
        known["make"], known["model"] = spelled(known["make"], known["model"])
        _refuse(known, by)
        was, stood = fresh.price_cents, fresh.currency
        change(fresh, **known)
        audit.record("correct_vehicle", fresh, by, **{"from": was, "to": fresh.price_cents})
        if (fresh.price_cents, fresh.currency) != (was, stood) and fresh.gone_at is None:
            _tell(fresh, by, "has a new price")
    return fresh


def take_off(offered: OfferedVehicle, by: User, version: int | None = None) -> OfferedVehicle:
    """It is gone: it stays, with whom it was offered to."""
    _must_change(offered, by)
    with transaction():
        fresh = _fresh(offered, version)
        if fresh.gone_at is None:
            change(fresh, gone_at=clock.now())
            audit.record("take_off_vehicle", fresh, by)
    return fresh


def may_change(offered: OfferedVehicle, by: User) -> bool:
    return by.is_manager or (by.works_deals and offered.entered_by_id == by.id)


def _must_change(offered: OfferedVehicle, by: User) -> None:
    if not may_change(offered, by):
        raise Forbidden("correct_vehicle")


def _fresh(offered: OfferedVehicle, version: int | None) -> OfferedVehicle:
    fresh = OfferedVehicle.get_by_id(offered.id)
    if version not in (None, fresh.version):
        raise Stale(fresh)
    return fresh


def _refuse(facts: dict, by: User) -> None:
    until: date | None = facts["until"]
    year, distance, price, currency = (facts[name] for name in ("year", "distance", "price_cents", "currency"))
    broken = [
        ("make", "Enter the make.", not facts["make"]),
        ("year", "A year such as 2021.", year is not None and not FIRST_YEAR <= year <= LAST_YEAR),
        ("distance", "A distance as a whole number.", distance is not None and not 0 <= distance <= FARTHEST),
        (
            "price_cents",
            "A price above nothing, within reason.",
            price is not None and not 0 < price <= money.most(currency),
        ),
        ("currency", "Choose a currency of the list.", currency not in money.CURRENCIES),
        ("until", "The last day is over already.", until is not None and until < clock.today(by.timezone)),
    ]
    if refusals := [Refusal(name, sentence, field=name) for name, sentence, holds in broken if holds]:
        raise Refused(refusals)


def _tell(offered: OfferedVehicle, by: User, what: str) -> None:
    """Everybody hears of their own buyers alone."""
    found = match(vehicle_of(offered), None, most=TOLD_OF, widths=False)
    rows = {row.id: row for row in load([one.id for one in found.buyers if one.score >= GOOD])}
    theirs: dict[int, list[Row]] = {}
    for one in found.buyers:
        if one.id in rows and rows[one.id].owner:
            theirs.setdefault(rows[one.id].owner.id, []).append(rows[one.id])
    price = f", {offered.price}," if offered.price_cents is not None else ""
    for buyers in theirs.values():
        best = buyers[0]
        others = len({row.customer.id for row in buyers} - {best.customer.id})
        more = f" and {others} more of your buyers" if others else ""
        text = f"{offered.name}{price} {what}: it suits {best.customer.name}{more}"
        Notification.tell(
            best.owner, "vehicle", text, by, **({"lead": best.subject} if best.is_lead else {"deal": best.subject})
        )
