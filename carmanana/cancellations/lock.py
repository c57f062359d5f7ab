"""The contact lock (SOP 0, step 4): while a request of the client's is open, the next contact is the manager's."""

from carmanana.deals.models import LOSING, Deal
from carmanana.people.models import RETENTION as RETENTION_ROLE
from carmanana.people.models import User

from .models import RETENTION, CancellationRequest, Direction


def under_review(customer) -> bool:
    """An order of theirs is in cancellation review."""
    return Deal.select().where(Deal.customer == customer, Deal.state == LOSING).exists()


def closed_to(customer, by: User) -> bool:
    """May this person not reach out to the client now? Every order of theirs under review must let them."""
    if by.is_manager:
        return False
    requests = {request.deal_id: request for request in open_requests(customer)}
    losing = Deal.select(Deal.id).where(Deal.customer == customer, Deal.state == LOSING)
    return any(deal.id not in requests or not lets(requests[deal.id], by) for deal in losing)


def open_requests(customer):
    return CancellationRequest.still_open().join(Deal).where(Deal.customer == customer)


def lets(request: CancellationRequest, by: User) -> bool:
    """After the first contact: the retention member on the case, and whom the reviewer directed."""
    if request.contacted_at is None:
        return False
    return is_on_the_case(request, by) or direction_of(request, by) is not None


def is_on_the_case(request: CancellationRequest, by: User) -> bool:
    return request.state == RETENTION and by.has(RETENTION_ROLE) and request.deal.retention_id == by.id


def direction_of(request: CancellationRequest, by: User) -> Direction | None:
    """The instruction in force that names this person."""
    given = request.directions.where(Direction.user == by).order_by(Direction.id.desc())
    return next((direction for direction in given if direction.in_force), None)
