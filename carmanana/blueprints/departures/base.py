from functools import cache

from flask import Blueprint, abort
from peewee import JOIN

from carmanana.core.query import Numbered, numbered
from carmanana.customers.contact import visible, visible_to
from carmanana.records.customers import Customer
from carmanana.records.departures import Departure
from carmanana.records.people import User
from carmanana.web.current_user import me

blueprint = Blueprint("departures", __name__, url_prefix="/customer-cancellations")


def departure_or_404(departure_id: int) -> Departure:
    """With its customer and their owner; of a customer whom they may not see it is a 404."""
    return _departures_seen(me().roles).first(departure_id, me().id) or abort(404)


@cache
def _departures_seen(roles: frozenset[str]) -> Numbered:
    @numbered
    def departures(departure_id, by):
        found = Departure.select(Departure, Customer, User).join(Customer)
        found = found.join(User, JOIN.LEFT_OUTER, on=Customer.owner)
        return found.where(Departure.id == departure_id, visible(User(id=by, roles=roles)))

    return departures


def customer_or_404(customer_id: int) -> Customer:
    return visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
