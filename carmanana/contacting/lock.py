"""The contact lock (SOP 0, step 4): while a request of the client's is open, the next contact is the manager's.

It is the client who is locked, not their record: records that share a number or an address are one client, whoever
may see them."""

from datetime import datetime

from peewee import fn

from carmanana.core.query import prepared
from carmanana.records.cancellations import RETENTION, CancellationRequest, Direction
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.people import RETENTION as RETENTION_ROLE
from carmanana.records.people import User

SENTENCE = "A cancellation is under review: the next contact must be the manager."


def under_review(customer) -> bool:
    """An order of theirs is in cancellation review."""
    return bool(orders_under_review(customer))


def orders_under_review(customer) -> list[Deal]:
    return _losing(customer.id)


def losing(orders, customer):
    """Their orders under review; `orders` may be an alias of Deal, and `customer` a column of the query around it."""
    return orders.select(orders.id).where(_are_theirs(orders, customer), orders.state == LOSING)


def _are_theirs(orders, customer):
    """One list of records instead of three conditions: SQLite's planner breaks on those beside a partial index."""
    itself = Customer.alias()
    own = itself.select(itself.id).where(itself.id == customer)
    return orders.customer.in_(own | _with_a_number_of(customer) | _with_an_address_of(customer))


def _with_a_number_of(customer):
    one, other = CustomerPhone.alias(), CustomerPhone.alias()
    return other.select(other.customer).join(one, on=other.e164 == one.e164).where(one.customer == customer)


def _with_an_address_of(customer):
    one, other = CustomerEmail.alias(), CustomerEmail.alias()
    alike = fn.LOWER(other.address) == fn.LOWER(one.address)
    return other.select(other.customer).join(one, on=alike).where(one.customer == customer)


def closed_to(customer, by: User) -> bool:
    """May this person not reach out to the client now? Every order of theirs under review must let them."""
    orders = [] if by.is_manager else orders_under_review(customer)
    return bool(orders) and keeps_out(orders, open_requests(customer), by)


def keeps_out(orders: list[Deal], requests: list[CancellationRequest], by: User) -> bool:
    """Does one of a client's orders under review not let this person, who is no manager, reach out?"""
    asked = {request.deal_id: request for request in requests}
    return any(deal.id not in asked or not lets(asked[deal.id], by) for deal in orders)


def open_requests(customer) -> list[CancellationRequest]:
    return _open_requests(customer.id)


@prepared
def _losing(customer):
    return losing(Deal, customer)


@prepared
def _open_requests(customer):
    return CancellationRequest.still_open().join(Deal).where(_are_theirs(Deal, customer))


def precedes(customer, at: datetime) -> bool:
    """Had none of their orders that are under review been asked about by then?"""
    asked = {request.deal_id: request.requested_at for request in open_requests(customer)}
    return all(deal.id in asked and at < asked[deal.id] for deal in orders_under_review(customer))


def lets(request: CancellationRequest, by: User) -> bool:
    """After the first contact: the retention member on the case, and whom the reviewer directed."""
    if request.contacted_at is None:
        return False
    return is_on_the_case(request, by) or direction_of(request, by) is not None


def is_on_the_case(request: CancellationRequest, by: User) -> bool:
    return request.state == RETENTION and by.has(RETENTION_ROLE) and request.deal.retention_id == by.id


def direction_of(request: CancellationRequest, by: User) -> Direction | None:
    """The instruction in force that names this person."""
    newest = _directions.first(request.id, by.id)
    return newest if newest and newest.in_force else None


@prepared
def _directions(request, user):
    theirs = (
        Direction.select(Direction, User)
        .join(User, on=Direction.given_by)
        .where(Direction.request == request, Direction.user == user)
    )
    return theirs.order_by(Direction.id.desc()).limit(1)
