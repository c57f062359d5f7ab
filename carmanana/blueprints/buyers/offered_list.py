"""The list of vehicles on offer."""

from peewee import fn

from carmanana.core import clock
from carmanana.records.offered_vehicles import OfferedVehicle, VehicleOffer
from carmanana.records.people import User
from carmanana.web.filters import distance
from carmanana.web.lists import Chip, Column, List


def _load(ids: list[int]) -> list[OfferedVehicle]:
    return list(OfferedVehicle.select(OfferedVehicle, User).join(User).where(OfferedVehicle.id.in_(ids)))


def _mileage(one: OfferedVehicle) -> str:
    return "" if one.distance is None else distance(one.distance, one.distance_unit)


def _offers(rows: list[OfferedVehicle], by: User) -> dict[int, int]:
    counted = VehicleOffer.select(VehicleOffer.vehicle, fn.COUNT(VehicleOffer.id)).group_by(VehicleOffer.vehicle)
    return dict(counted.where(VehicleOffer.vehicle.in_([row.id for row in rows])).tuples())


OFFERED = List(
    name="offered",
    title="Vehicles on offer",
    endpoint="match.vehicles",
    one="vehicle",
    many="vehicles",
    columns=(
        Column("vehicle", "Vehicle", lambda one: one.name, always=True),
        Column("mileage", "Mileage", _mileage, number=True, wide=True),
        Column("price", "Price", lambda one: one.price, number=True),
        Column("region", "Region", lambda one: one.region, wide=True),
        Column("source", "From", lambda one: one.source, wide=True),
        Column("until", "Until", lambda one: one.until),
        Column("offers", "Offered to", number=True, beside=lambda one, offers: offers.get(one.id, 0)),
        Column("at", "Entered", lambda one: one.created_at, OfferedVehicle.created_at, wide=True),
    ),
    scope=lambda by: OfferedVehicle.select(),
    load=_load,
    cells="buyers/_offered_cells.html",
    id=OfferedVehicle.id,
    sort="at",
    descending=True,
    one_chip=True,
    chips=(
        Chip("now", "On offer", lambda by: OfferedVehicle.on_offer(clock.today(by.timezone)), counted=False),
        Chip("all", "All", counted=False),
    ),
    empty=("car", "No vehicles on offer", "Match a vehicle and keep it: whose buyers it suits hears of it."),
    seen=_offers,
)
