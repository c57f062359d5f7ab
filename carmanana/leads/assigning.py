"""To whom a new lead goes by itself, where the house has set it: to each agent in turn, or to whoever has the fewest.
Never to somebody who is away or has left (domain 1, *House account*)."""

from collections.abc import Callable

from peewee import JOIN, fn

from carmanana.contacting import next_steps
from carmanana.core import clock
from carmanana.records.house import FEWEST, IN_TURN, lead_assignment
from carmanana.records.lead_codes import OPEN
from carmanana.records.leads import Lead
from carmanana.records.people import AGENT, User
from carmanana.schema.sqlite import literally


def next_owner() -> User | None:
    """Nobody, where leads wait to be claimed, and where nobody is here. Call it in the transaction that makes the
    lead."""
    choose = CHOOSING.get(lead_assignment())
    return choose(_here()) if choose else None


def _here() -> list[User]:
    """Agents who work today, who waited longest for one first."""
    order = (User.lead_given_at.is_null(False), User.lead_given_at, User.id)
    return [agent for agent in User.working(AGENT).order_by(*order) if not agent.absent]


def _in_turn(here: list[User]) -> User | None:
    return next(iter(here), None)


def _fewest(here: list[User]) -> User | None:
    """Of several who have as few, whose turn it is."""
    own = (Lead.owner == User.id) & literally(Lead.state, *OPEN)
    counted = User.select(User.id, fn.COUNT(Lead.id)).join(Lead, JOIN.LEFT_OUTER, on=own)
    numbers = dict(counted.where(User.id.in_([agent.id for agent in here])).group_by(User.id).tuples())
    return min(here, key=lambda agent: numbers.get(agent.id, 0), default=None)


CHOOSING: dict[str, Callable[[list[User]], User | None]] = {IN_TURN: _in_turn, FEWEST: _fewest}


def give(lead: Lead, owner: User) -> None:
    """It was their turn; they have the first contact to make."""
    now = clock.now()
    User.update(lead_given_at=now).where(User.id == owner.id).execute()
    next_steps.ask_for_first_contact(lead, owner, owner, now, person=lead.person_id)
