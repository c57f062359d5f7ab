"""Vehicles on offer in the demo: what many buyers look for comes in, one becomes cheaper, one is gone, and one is
offered by telephone; a view of the buyers list is shared."""

from datetime import timedelta

from peewee import fn

from carmanana.boards import saved_views
from carmanana.buyers import offered, offering
from carmanana.buyers.matching import match
from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.leads.dialing import permission
from carmanana.records.people import User
from carmanana.records.sequences import UNFINISHED, SequenceCall
from carmanana.records.wanted import Wanted

SOURCES = ("Phoenix auction", "Trade-in", "Dealer in Tucson", "Lease return")
COLOURS = ("Blueprint blue", "white", "graphite", "deep red")
CALLED = 4


def offer_vehicles(world) -> None:
    manager, agent = (world.dealership.accounts[account] for account in ("manager", "agent"))
    kept = [_enter(place, row, (agent, manager)[place % 2]) for place, row in enumerate(_most_wanted())]
    if len(kept) == len(SOURCES):
        cheaper, gone = kept[1], kept[3]
        offered.correct(cheaper, manager, None, price_cents=cheaper.price_cents * 95 // 100)
        offered.take_off(gone, manager)
    next((vehicle for vehicle in kept[: len(SOURCES) - 1] if _call(vehicle, agent)), None)
    view = saved_views.save_of_list(manager, "buyers", "from=2022&sort=buyer", "Newer than 2021")
    saved_views.correct(view, manager, view.name, shared=True, opens_first=False)


def _most_wanted() -> list[Wanted]:
    """The first buyer of each model that most look for."""
    first = Wanted.select(fn.MIN(Wanted.id)).where(Wanted.model != "", Wanted.year_from > 0)
    first = first.group_by(Wanted.make, Wanted.model).order_by(fn.COUNT(Wanted.id).desc(), Wanted.make, Wanted.model)
    ids = [number for (number,) in first.limit(len(SOURCES)).tuples()]
    return [Wanted.get_by_id(number) for number in ids]


def _enter(place: int, row: Wanted, by: User):
    price = row.budget_to_cents or 26_500_00
    return offered.enter(
        by,
        make=row.make,
        model=row.model,
        year=row.year_from,
        distance=18_000 + 7_400 * place,
        colour=COLOURS[place],
        price_cents=price,
        region=row.region,
        source=SOURCES[place],
        until=clock.today(by.timezone) + timedelta(days=5 + 4 * place),
    )


def _callable(row, agent: User) -> bool:
    """May call it some time, and in no sequence yet."""
    taken = SequenceCall.lead == row.subject.id, SequenceCall.standing.in_(UNFINISHED)
    return (
        not SequenceCall.select().where(*taken).exists() and permission.lasting(row.subject, clock.now(), agent) is None
    )


def _call(vehicle, agent: User) -> bool:
    """Whether there was a lead to call: who stands in a sequence already is in no other."""
    found = match(offered.vehicle_of(vehicle), agent, {"make"}, most=200, widths=False)
    rows = [row for row in offering.chosen([one.id for one in found.buyers], agent) if row.is_lead]
    rows = [row for row in rows if _callable(row, agent)][:CALLED]
    try:
        offering.call_all(vehicle, rows, agent)
    except Refused:
        return False
    return True
