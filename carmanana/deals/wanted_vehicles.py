"""The vehicles that an assessment names, written in their places: one that stays keeps its number."""

from collections.abc import Sequence

from carmanana.core import vehicles
from carmanana.records.deals import NeedsAssessment, VehicleOption

WORDS, NUMBERS = ("colours", "special"), ("year_from", "year_to", "most_miles")
TOLD = ("brand", "model", *NUMBERS, *WORDS)
STORED = (*TOLD, "distance_unit", "musts")


def spelled(option: dict, unit: str) -> dict:
    """As it is stored: makes and models as they are spelled, distances in this unit. Where nobody says what is a must,
    that stays as it was."""
    make = vehicles.make_meant(option.get("brand") or "")
    model = vehicles.model_meant(make, option.get("model") or "")
    numbers = {name: option.get(name) or None for name in NUMBERS}
    words = {name: option.get(name) or "" for name in WORDS}
    musts = option.get("musts")
    return {"brand": make, "model": model} | numbers | words | {"distance_unit": unit, "musts": musts}


def rows(needs: NeedsAssessment) -> list[dict]:
    return [{name: getattr(option, name) for name in STORED} for option in needs.wanted]


def with_musts(needs: NeedsAssessment, options: Sequence[dict]) -> list[dict]:
    """What is a must of a vehicle goes on being one while the form does not ask for it."""
    stood = {(row["brand"], row["model"]): row["musts"] for row in rows(needs)}
    usual = VehicleOption.musts.default
    return [
        option | {"musts": frozenset(stood.get((option["brand"], option["model"]), usual))}
        if option.get("musts") is None
        else option | {"musts": frozenset(option["musts"]) & VehicleOption.MUSTS.keys()}
        for option in options
    ]


def write(needs: NeedsAssessment, options: Sequence[dict]) -> None:
    there = needs.wanted
    for position, (known, option) in enumerate(zip(there, options, strict=False)):
        VehicleOption.update(position=position, **option).where(VehicleOption.id == known.id).execute()
    for position, option in enumerate(options[len(there) :], len(there)):
        VehicleOption.create(needs=needs, position=position, **option)
    left = [known.id for known in there[len(options) :]]
    if left:
        VehicleOption.delete().where(VehicleOption.id.in_(left)).execute()
