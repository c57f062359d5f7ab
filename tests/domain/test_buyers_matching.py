"""Match agrees with a plain calculation, buyer by buyer."""

import random

from carmanana.buyers.matching import CRITERIA, WEIGHTS, Vehicle, match
from carmanana.core.db import database
from carmanana.records.customers import Customer
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.records.leads import Lead
from carmanana.records.wanted import Wanted

MODELS = {
    "Toyota": ["RAV4", "Sienna", "Sienna LE", ""],
    "Honda": ["CR-V", "Odyssey", "Civic", ""],
    "Subaru": ["Outback", ""],
}
COLOURS = ["", "any", "white, silver", "not black", "blue", "red or black"]
PAINTS = ["", "Blueprint blue", "black", "white", "silver", "deep red"]
REGIONS = ["", "US-NM", "New Mexico", "US-AZ", "CA-ON"]


def buyers(cast, rng, number=150):
    for turn in range(number):
        status = "cancelled" if turn % 29 == 0 else "live"
        silent = turn % 17 == 0
        customer = Customer.create(name=f"Buyer {turn}", region=rng.choice(REGIONS), status=status)
        Customer.update(no_calls=silent, no_emails=silent).where(Customer.id == customer.id).execute()
        owner = rng.choice([cast.agent, cast.agent2, None])
        closed = {"state": "closed", "close_reason": "no_response"} if turn % 9 == 0 else {"state": "working"}
        lead = Lead.create(customer=customer, owner=owner, **closed)
        low = rng.choice([None, None, 20_000_00, 28_000_00])
        high = rng.choice([None, 30_000_00, 34_000_00])
        needs = NeedsAssessment.create(lead_id=lead.id, budget_from_cents=low, budget_to_cents=high)
        for position in range(rng.choice([1, 1, 2])):
            make = rng.choice(list(MODELS))
            VehicleOption.create(
                needs=needs, position=position, brand=make, model=rng.choice(MODELS[make]), year_from=rng.choice([None, 2020, 2022]),
                year_to=rng.choice([None, 2023, 2025]), most_miles=rng.choice([None, 30_000, 60_000]), distance_unit=rng.choice(["mi", "km"]),
                colours=rng.choice(COLOURS), musts=frozenset(rng.sample(sorted(VehicleOption.MUSTS), rng.choice([0, 1, 1, 3]))),
            )  # fmt: skip


def offered(rng):
    make = rng.choice(list(MODELS))
    return Vehicle(
        make, rng.choice(["", *MODELS[make], f"{MODELS[make][0]} XLE"]), rng.choice([None, 2019, 2021, 2023, 2026]),
        rng.choice([None, 10_000, 33_000, 33_001, 66_000, 90_000]), rng.choice(["mi", "km"]), rng.choice(PAINTS),
        rng.choice([None, 17_999_99, 18_000_00, 25_000_00, 33_000_00, 37_400_00, 37_400_01]), "USD", rng.choice(REGIONS),
    )  # fmt: skip


def plainly(vehicle, rows, ticked):
    """The rule as one would tell it, without a database."""
    found, left = [], {"asked": 0, "cancelled": 0}
    for option, needs, customer in rows:
        said = {
            "model": option.model, "years": option.year_from or option.year_to, "mileage": option.most_miles, "colours": option.colours,
            "price": needs.budget_from_cents or needs.budget_to_cents, "region": True,
        }  # fmt: skip
        met = {
            "model": model(option.model, vehicle.model) if option.brand == vehicle.make else False if option.model and vehicle.model else None,
            "years": None if not vehicle.year or not said["years"] else (option.year_from or 0) <= vehicle.year <= (option.year_to or 9999),
            "mileage": None if vehicle.distance is None or option.most_miles is None else km(vehicle.distance, vehicle.distance_unit) <= 1.1 * km(option.most_miles, option.distance_unit) + 1e-9,
            "colours": paint(option.colours, vehicle.colour),
            "price": None if vehicle.price_cents is None or not said["price"] else (needs.budget_from_cents or 0) * 9 <= vehicle.price_cents * 10 and (not needs.budget_to_cents or vehicle.price_cents * 10 <= needs.budget_to_cents * 11),
            "region": None if not vehicle.region or not customer.region else place(vehicle.region) == place(customer.region),
        }  # fmt: skip
        if "make" in ticked and option.brand != vehicle.make:
            continue
        if any(name in option.musts and said[name] and name in ticked and met[name] is not True for name in met):
            continue
        barred = (
            "asked" if customer.no_calls and customer.no_emails else "",
            "cancelled" if customer.status == "cancelled" else "",
        )
        for why in filter(None, barred):
            left[why] += 1
        if not any(barred):
            found.append((sum(WEIGHTS[name] for name in met if met[name]), option.id, met))
    return sorted(found, key=lambda one: (-one[0], one[1])), {why: n for why, n in left.items() if n}


def km(distance, unit):
    return distance * (1 if unit == "km" else 1.609344)


def model(wanted, there):
    if not wanted or not there:
        return None
    if wanted.split()[0] != there.split()[0]:
        return False
    return True if set(wanted.split()) <= set(there.split()) else None


def paint(wanted, there):
    if wanted == "any":
        return True
    if not wanted or not there:
        return None
    there = set(there.lower().split())
    if wanted == "not black":
        return "black" not in there
    return bool(there & set(wanted.replace(",", "").split()))


def place(region):
    return {"New Mexico": "US-NM"}.get(region, region)


def wanted_rows():
    return [
        (one, one.needs, lead.customer)
        for one in VehicleOption.select()
        if (lead := Lead.get_by_id(one.needs.lead_id)).open
    ]


def something_changes(cast, rng):
    option = rng.choice(list(VehicleOption.select().order_by(VehicleOption.id)))
    lead = Lead.get_by_id(option.needs.lead_id)
    make = rng.choice(list(MODELS))
    model, facts = rng.choice(
        [
            (Lead, {"state": "closed", "close_reason": "no_response"} if lead.open else {"state": "working", "close_reason": None}),
            (VehicleOption, {"brand": make, "model": rng.choice(MODELS[make])}),
            (VehicleOption, {"colours": rng.choice(COLOURS), "year_from": rng.choice([None, 2020, 2024])}),
            (NeedsAssessment, {"budget_to_cents": rng.choice([None, 30_000_00, 34_000_00])}),
            (Customer, {"region": rng.choice(REGIONS)}),
            (Customer, {"status": rng.choice(["live", "cancelled"])}),
        ]
    )  # fmt: skip
    numbers = {Lead: lead.id, VehicleOption: option.id, NeedsAssessment: option.needs_id, Customer: lead.customer_id}
    model.update(**facts).where(model.id == numbers[model]).execute()


def test_a_thousand_vehicles_find_whom_a_plain_calculation_finds(cast):
    rng = random.Random(12)
    buyers(cast, rng)
    manager, wrong = cast.manager, []
    for turn in range(1_000):
        if turn % 50 == 0:  # what is kept of them follows: a few changes, and many
            for _ in range(60 if turn % 250 == 0 else 4):
                something_changes(cast, rng)
            rows = wanted_rows()
            assert Wanted.select().count() == len(rows)
        vehicle = offered(rng)
        ticked = set(CRITERIA) - set(rng.sample(sorted(set(CRITERIA) - {"make"}), rng.choice([0, 0, 1, 2])))
        found = match(vehicle, manager, ticked, most=10_000, widths=turn % 10 == 0)
        plain, left = plainly(vehicle, rows, ticked)
        got = [(one.score, one.id, one.met) for one in found.buyers]
        if (got, found.number, found.left_out) != (plain, len(plain), left):
            wrong.append((vehicle, ticked, got[:3], plain[:3]))
        for name in ticked if turn % 10 == 0 else ():
            if name != "make" and found.away[name] != len(plainly(vehicle, rows, ticked - {name})[0]) - len(plain):
                wrong.append((vehicle, ticked, name, found.away))
    assert wrong == []


def test_what_is_written_and_taken_back_is_not_kept(cast):
    lead = Lead.create(customer=cast.client(), owner=cast.agent)
    needs = NeedsAssessment.create(lead_id=lead.id)
    sought = Vehicle("Kia", "Telluride")
    with database.atomic() as both:
        VehicleOption.create(needs=needs, brand="Kia", model="Telluride")
        assert match(sought, cast.manager).number == 1
        both.rollback()
    assert match(sought, cast.manager).number == 0
    VehicleOption.create(needs=needs, brand="Kia", model="Sorento")
    assert match(Vehicle("Kia", "Sorento"), cast.manager).number == 1


def test_everybody_sees_their_own_buyers_and_what_changes_follows(cast):
    lead = (
        cast.lead(owner=cast.agent) if hasattr(cast, "lead") else Lead.create(customer=cast.client(), owner=cast.agent)
    )
    needs = NeedsAssessment.create(lead_id=lead.id)
    VehicleOption.create(needs=needs, brand="Kia", model="Telluride")
    seen = {role for role in cast.ROLES if match(Vehicle("kia", "Telluride"), getattr(cast, role)).number}
    assert seen == {"agent", "manager", "manager2", "compliance", "admin"}, "who cancels customers sees no lead"
    Lead.update(owner=None).where(Lead.id == lead.id).execute()
    assert match(Vehicle("Kia", "Telluride"), cast.agent2).number == 1, "nobody's is everybody's"
    Lead.update(state="closed", close_reason="no_response").where(Lead.id == lead.id).execute()
    assert match(Vehicle("Kia", "Telluride"), cast.manager).number == 0
