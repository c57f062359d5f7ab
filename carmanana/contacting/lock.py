"""The contact lock (SOP 0, step 4): while a request of the customer's is open, the next contact is the manager's.

It is the person who is locked, not their record: see `locked_people`."""

from datetime import datetime

from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal, Remedy
from carmanana.records.cancellations import RETENTION, CancellationRequest, Direction, LockedCustomer
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.people import RETENTION as RETENTION_ROLE
from carmanana.records.people import User
from carmanana.records.sellers import others_here, sold_it
from carmanana.records.sops import SOP_LOCK
from carmanana.schema.sqlite import unindexed

SENTENCE = "A cancellation is under review: the next contact must be the manager."


def under_review(customer) -> bool:
    """An order of theirs is in cancellation review."""
    return bool(orders_under_review(customer))


def orders_under_review(customer) -> list[Deal]:
    return losing_of(customer.id)


def losing(orders, customer):
    """Their orders under review; `orders` may be an alias of Deal, and `customer` a column of the query around it."""
    return orders.select(orders.id).where(_are_theirs(orders, customer), unindexed(orders.state) == LOSING)


def _are_theirs(orders, customer):
    """One list of records instead of several conditions: SQLite's planner breaks on those beside a partial index."""
    itself, locking = Customer.alias(), Deal.alias("locking")
    own = itself.select(itself.id).where(itself.id == customer)
    remembered = LockedCustomer.select(locking.customer).join(locking, on=LockedCustomer.deal == locking.id)
    return orders.customer.in_(own | remembered.where(LockedCustomer.customer == customer))


def closed_to(customer, by: User) -> bool:
    """May this person not reach out to the customer now? Every order of theirs under review must let them."""
    orders = orders_under_review(customer)
    return bool(orders) and keeps_out(orders, open_requests(customer), by)


def keeps_out(orders: list[Deal], requests: list[CancellationRequest], by: User) -> bool:
    """Does one of a customer's orders under review not let this person reach out?"""
    asked = {request.deal_id: request for request in requests}
    return any(
        not (lets(asked[deal.id], by) if deal.id in asked else may_take_over(Deal.get_by_id(deal.id), by))
        for deal in orders
    )


def may_take_over(deal: Deal, by: User, at: datetime | None = None) -> bool:
    """A manager who did not sell the order; or any, where no other is here."""
    return by.is_manager and (not sold_it(deal, by, at) or not others_here(deal, at))


def open_requests(customer) -> list[CancellationRequest]:
    return requests_of(customer.id)


@prepared
def losing_of(customer):
    return losing(Deal, customer)


@prepared
def requests_of(customer):
    return CancellationRequest.still_open().join(Deal).where(_are_theirs(Deal, customer))


def precedes(customer, at: datetime) -> bool:
    """Had none of their orders that are under review been asked about by then?"""
    asked = {request.deal_id: request.requested_at for request in open_requests(customer)}
    return all(deal.id in asked and at < asked[deal.id] for deal in orders_under_review(customer))


def lets(request: CancellationRequest, by: User) -> bool:
    """Before the first contact the reviewer and nobody else; then managers who did not sell the order, the retention
    member on the case, and whom the reviewer directed."""
    if by.is_manager and request.reviewer_id == by.id:
        return True
    if request.contacted_at is None:
        return False
    return (
        may_take_over(request.deal, by, request.requested_at)
        or is_on_the_case(request, by)
        or direction_of(request, by) is not None
    )


def refusal_to_a_manager(customer, by: User) -> Refusal:
    """Whose the next contact is, and how it could be theirs."""
    shut = [request for request in open_requests(customer) if not lets(request, by)]
    if not shut or sold_it(shut[0].deal, by, shut[0].requested_at):
        return Refusal(
            "locked",
            "You sold this order and its cancellation is under review: the next contact is another manager's.",
            SOP_LOCK,
        )
    sentence = (
        f"A cancellation is under review: the next contact is {shut[0].reviewer.name}'s. Take the review over to "
        f"contact the customer."
    )
    return Refusal(
        "locked",
        sentence,
        SOP_LOCK,
        (Remedy("Take the review over…", "cancellations.reviewer", (("request_id", shut[0].id),), "user-plus"),),
    )


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
