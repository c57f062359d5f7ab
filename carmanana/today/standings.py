"""What a way of standing is: one condition on deals or on leads, by which its list, its count and the nightly proof
ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import OP, SQL, Column, Expression, Node, fn

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Record
from carmanana.records.cancellations import LockedCustomer
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID
from carmanana.schema.sqlite import literally, unindexed
from carmanana.today.moments import house_zone, still_fine_since

# kept by triggers (schema/derived/columns.py)
DEAL_DUE, HELD_UNTIL = (Column(Deal._meta.table, name) for name in ("next_due_at", "held_until"))
HELD = fn.COALESCE(HELD_UNTIL, SQL("''"))  # as the indexes of what is on hold have it
LEAD_DUE = Column(Lead._meta.table, "next_due_at")
LOGGED_SOON = timedelta(hours=1)  # how long after a call its outcome is still being written
TOO_LATE = timedelta(days=7)  # how long past its time a next step or a hold is before nobody works on it


class Clock(NamedTuple):
    """What a standing is judged by: the moment; since when what is new or given to somebody is fine as it is; before
    when a next step or a hold is too late; and until when a call should have been logged. Columns that triggers keep
    are compared with moments as they are stored."""

    now: datetime
    fine_since: datetime
    stored_now: str
    late: str
    late_day: str
    logged_until: datetime

    @classmethod
    def at(cls, as_of: datetime | None = None) -> "Clock":
        now = as_of or clock.now()
        late, stored = now - TOO_LATE, Deal.created_at.db_value
        fine_since = still_fine_since(now, house_zone())
        return cls(now, fine_since, stored(now), stored(late), late.date().isoformat(), now - LOGGED_SOON)


@dataclass(frozen=True)
class Standing:
    """`mend` is the step that takes a stuck one out of it: its label, and the trigger or page that does it. Of the ones
    that are few, it is looked last whose they are. `since` is since when it stands so,
    `states` the states that it may have, where they are several."""

    code: str
    name: str
    where: Callable[[Clock], Expression]
    stuck: bool = False
    mend: tuple[str, str] = ("", "")
    since: Node | None = None
    states: tuple[str, ...] = ()
    few: bool = False

    def of(self, model: type[Record], by, at: Clock) -> Expression:
        """Those of one person."""
        whose = unindexed(model.owner) if self.few else model.owner
        return self.where(at) & Expression(whose, OP.EQ, by)


# what both kinds share


def owned(model):
    """Somebody's: the house is the first of all users. Looked at, never for: that most are."""
    return Expression(unindexed(model.owner), OP.GT, SQL(str(HOUSE_ID)))


def idle_since(model):
    """Since when what has no step stands as it does; as the index of those has it."""
    return fn.COALESCE(model.state_since, SQL("''"))


def without_step(model, due):
    """Somebody's, and nothing is to be done; as the index of those has it."""
    return Expression(model.owner, OP.GT, SQL(str(HOUSE_ID))) & due.is_null()


def given_lately(model, at: Clock):
    told = Event.select(Event.id).where(
        Event.subject == model._meta.table_name,
        Event.subject_id == model.id,
        literally(Event.verb, "reassign"),
        Event.at >= at.fine_since,
    )
    return fn.EXISTS(told)


def nobodys(model, *states: str):
    """Unowned, in one of these states; as the index of what is nobody's has them."""
    house = SQL(str(HOUSE_ID))
    return Expression(fn.COALESCE(model.owner, house), OP.EQ, house) & literally(model.state, *states)


def waits_for_a_review(model):
    """An order of the customer's is under review, and nobody but the manager may reach out."""
    order = Deal.alias("order")
    theirs = order.select(order.id).where(order.customer == model.customer, literally(order.state, LOSING))
    locked = LockedCustomer.select(LockedCustomer.customer).where(LockedCustomer.customer == model.customer)
    return fn.EXISTS(theirs) | fn.EXISTS(locked)
