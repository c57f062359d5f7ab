"""The end of an instruction to a salesperson: by a newer one, by the Retention Team's case, or taken back."""

from carmanana.cancellations.notifying import tell, write_note
from carmanana.contacting.log import may_log
from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Attempt, Forbidden
from carmanana.records.cancellations import CancellationRequest, Direction
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, User


def directable(deal: Deal) -> list[User]:
    """The salespeople who work the order: its owner, or anybody where nobody owns it."""
    return [person for person in User.working(AGENT) if not person.is_manager and may_log(deal, person)]


def take_back(direction: Direction, by: User) -> CancellationRequest:
    """The customer is the manager's again; raises Stale where the instruction has ended already."""
    with transaction():
        request = CancellationRequest.get_by_id(direction.request_id)
        if not (by.is_manager and request.reviewer_id == by.id):
            raise Forbidden("take_back_direction")
        attempt, person = Attempt(request, by, "take_back_direction"), direction.user
        if not request.open or direction not in directions_in_force(attempt, person):
            raise Stale(request)
        end_directions(attempt, person)
        write_note(
            attempt, f"{person.name} may no longer contact the customer", f"{by.name} has taken the instruction back."
        )
        tell(
            attempt,
            person,
            f"{request.deal.customer.name}: {by.first_name} took the instruction back. The next contact is "
            f"the manager's",
        )
        change(request)
        audit.record("take_back_direction", request, by, direction=direction.id, user=person.id)
    return request


def end_directions(attempt: Attempt, person: User | None = None) -> list[User]:
    """End what is in force, of one person or of all, and say whose it was."""
    ended = directions_in_force(attempt, person)
    Direction.update(until=attempt.at).where(Direction.id.in_([direction.id for direction in ended])).execute()
    return list(dict.fromkeys(direction.user for direction in ended))


def directions_in_force(attempt: Attempt, person: User | None = None) -> list[Direction]:
    standing = attempt.record.directions.where(Direction.until > attempt.at).order_by(Direction.id)
    return [direction for direction in standing if person in (None, direction.user)]
