"""What deals leave with their customers: quotations in every state, and assets that are live, to cease on a day, and
ceased."""

from datetime import timedelta

from carmanana.contacting.lock import under_review
from carmanana.core import clock
from carmanana.demo.working_hours import DAY
from carmanana.records.assets import LIVE, SUBSCRIPTION, Asset
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import SENT, Quotation
from carmanana.sales.assets import adding
from carmanana.sales.assets.lifecycle import holding
from carmanana.sales.quotations import drafting, expiring
from carmanana.sales.quotations.lifecycle import quoting

QUOTED, ANSWERED = -9 * DAY - 140, -DAY - 220  # in working minutes
MOST, SHORT, LONG = 12, timedelta(days=4), timedelta(days=45)
BESIDE = (
    {"what": "Winter tires, mounted", "quantity": 4, "price_cents": 189_00, "tax": "7"},
    {"what": "Delivery to the customer’s door", "quantity": 1, "price_cents": 450_00, "tax": "0"},
    {"what": "Loyalty rebate", "quantity": 1, "price_cents": -300_00, "tax": "0"},
)
TERMS = "Registration and plates are ours to do. The deposit is taken off the price."
CEASED = "Sold it privately"
PLANNED = "The contract is not renewed"


def moments(world) -> list:
    hours = world.hours_of(world.dealership.accounts["agent"])
    return [(hours.at(QUOTED), quote), (hours.at(ANSWERED), answer), (hours.at(ANSWERED + 30), hold)]


def quote(world) -> None:
    """Most are sent by hand, one with a few days only; what is left stays a draft."""
    for place, deal in enumerate(_deals(world)):
        by = deal.owner
        made = drafting.enter(deal, by)
        for told in BESIDE[: 1 + place % 3]:
            made = drafting.add_line(made, by, None, **told)
        until = clock.today(by.timezone) + (SHORT if place % 4 == 3 else LONG)
        made = quoting.fire(made, "correct", by, title=made.title, terms=TERMS, valid_until=until)
        if place % 6 != 5:
            quoting.fire(made, "send_by_hand", by, valid_until=until, reason="Printed and handed over in the showroom.")


def _deals(world) -> list[Deal]:
    """Of agents who keep the same hours, the first one's before others'."""
    agent = world.dealership.accounts["agent"]
    desk = [one for one in world.dealership.agents if one.timezone == agent.timezone]
    found = Deal.select().where(
        Deal.owner.in_(desk), Deal.state == ACTIVE, Deal.value_cents > 0, Deal.vehicle_make != ""
    )
    found = found.order_by(Deal.owner != agent, Deal.id.desc()).limit(2 * MOST)
    return [deal for deal in found if deal.customer.status == "live" and not under_review(deal.customer)][:MOST]


def answer(world) -> None:
    """One is accepted, one lost and offered again, one cancelled; one has expired by now, the others are open."""
    expiring.expire(clock.now())
    sent = Quotation.select(Quotation, Deal).join(Deal).where(Quotation.state == SENT, Deal.state == ACTIVE)
    steps = (_accept, _lose, _cancel)
    for quotation, step in zip([one for one in sent.order_by(Quotation.id) if _works(one)], steps, strict=False):
        step(quotation, quotation.deal.owner)


def _works(quotation: Quotation) -> bool:
    owner = quotation.deal.owner
    return bool(owner) and quotation.worked_by(owner) and not under_review(quotation.customer)


def _accept(quotation: Quotation, by: User) -> None:
    quoting.fire(quotation, "accept", by, accepted_on=clock.today(by.timezone))


def _lose(quotation: Quotation, by: User) -> None:
    quoting.fire(quotation, "lose", by, reason="Asked for a lower monthly payment.")
    drafting.repeat(quotation, by)


def _cancel(quotation: Quotation, by: User) -> None:
    quoting.fire(quotation, "cancel", by, reason="The car was sold before they answered.")


def hold(world) -> None:
    """One customer's car has been sold, another's contract ends on a day to come, a third has a service plan."""
    agents = world.dealership.agents
    found = Asset.select(Asset, Customer).join(Customer).where(Asset.state == LIVE, Customer.owner.in_(agents))
    steps = (_cease, _plan, _subscribe)
    for asset, step in zip(found.where(Customer.status == "live").order_by(Asset.id).limit(3), steps, strict=False):
        step(asset, asset.customer.owner)


def _cease(asset: Asset, by: User) -> None:
    holding.fire(asset, "cease", by, cease_on=clock.today(by.timezone), reason=CEASED)


def _plan(asset: Asset, by: User) -> None:
    holding.fire(asset, "plan_cease", by, cease_on=clock.today(by.timezone) + LONG, reason=PLANNED)


def _subscribe(asset: Asset, by: User) -> None:
    adding.enter(asset.customer, by, "Service plan, five years", SUBSCRIPTION, "SP-20417", clock.today(by.timezone))
