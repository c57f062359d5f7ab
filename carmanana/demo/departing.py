"""Customers who leave: one whose cancellation is pending, with some of its sections done, and one who is cancelled and
will be worth a call again on the day of an expiry."""

from datetime import timedelta

from carmanana.cases import opening
from carmanana.contacting.lock import under_review
from carmanana.core import clock
from carmanana.departures.lifecycle import begin, leaving
from carmanana.departures.sections import look
from carmanana.expiries import setting
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ENDED, LOST
from carmanana.records.deals import Deal
from carmanana.records.expiries import THEIRS
from carmanana.records.people import User

REASONS = ("Moves abroad in the new year and sells the car before", "The company closes its fleet")
FAR = timedelta(days=210)


def let_customers_leave(world) -> None:
    by, boss = world.dealership.accounts["cancellations"], world.dealership.accounts["manager"]
    for customer, reason, goes in zip(_settled(), REASONS, (True, False), strict=False):
        departure = begin(customer, by)
        departure = leaving.fire(departure, "add_reason", by, reason=reason)
        if goes:
            _expire(customer, boss)
            if not any(one.bars for one in look(departure, clock.today(by.timezone))):
                departure = leaving.fire(departure, "note_mood", by, mood="calm")
                leaving.fire(departure, "process", by)
        else:
            opening.enter(customer, boss, "Wants the service book sent on", "They need it to sell the car.")


def _settled() -> list[Customer]:
    """Whose deals have all been lost, the latest first; nobody has anything open with them."""
    still = Deal.select(Deal.customer).where(Deal.state.not_in(ENDED) | (Deal.state != LOST))
    lost = Deal.select(Deal.customer).where(Deal.state == LOST)
    found = Customer.select().where(
        Customer.status == "live", Customer.id.in_(lost), Customer.id.not_in(still), ~(Customer.no_calls)
    )
    return [
        one for one in found.order_by(Customer.id.desc()).limit(6) if not under_review(one) and not one.leads.count()
    ][:2]


def _expire(customer: Customer, by: User) -> None:
    setting.enter(customer, by, clock.today(by.timezone) + FAR, THEIRS, "Northline Leasing", "Lease of their next car")
