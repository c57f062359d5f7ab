"""The promise ledger: what we promised so that customers stayed, and who keeps it by when (SOP 0, step 7)."""

from datetime import datetime

from peewee import fn

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.activities import DROPPED, Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.retention import Commitment
from carmanana.schema.sqlite import of_ids, unindexed


def visible_to(user: User):
    """A manager sees all of them, everybody else their own."""
    return Commitment.select().join(Activity, on=OF_TASK).switch(Commitment).where(_theirs(user))


# each promise is asked for its task, never the other way round: there are far fewer promises
OF_TASK = Activity.id == unindexed(Commitment.task)


def tells(text: str):
    order = CancellationRequest.select(CancellationRequest.id).join(Deal).join(Customer)
    named = order.where(CancellationRequest.id == Commitment.request, Customer.name.contains(text))
    return Commitment.words.contains(text) | fn.EXISTS(named)


DUE, CLOSED = fn.COALESCE(Activity.due_at, ""), fn.COALESCE(Activity.done_at, "")


@of_ids
def listed(ids):
    """With customer, task and keeper."""
    return _told().where(Commitment.id.in_(ids))


def of_deal(deal: Deal) -> list[Commitment]:
    """Every promise made on an order, for its page."""
    return _on_order(deal.id)


@prepared
def _on_order(deal_id):
    everything = _joined(Commitment.select(Commitment, CancellationRequest, Activity, User), keeper=True)
    return everything.where(CancellationRequest.deal == deal_id).order_by(Activity.due_at, Commitment.id)


def may_keep(promise: Commitment, by: User) -> bool:
    """Who keeps it, or a manager, ticks it."""
    return promise.task.done_at is None and (by.is_manager or promise.task.assignee_id == by.id)


def keeps_one(user: User, deal_id: int) -> bool:
    """Have they made a promise on this order theirs to keep?"""
    of_deal = _joined(Commitment.select(Commitment.id)).where(
        CancellationRequest.deal == deal_id, Activity.assignee == user
    )
    return of_deal.exists()


def theirs(user: User, promise_id: int) -> Commitment | None:
    return _told().where(_theirs(user), Commitment.id == promise_id).first()


def _told():
    vehicle = Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model
    order = (
        CancellationRequest.id,
        CancellationRequest.deal,
        Deal.id,
        Deal.customer,
        *vehicle,
        Customer.id,
        Customer.name,
    )
    people = Commitment.select(Commitment, *order, Activity, User.id, User.name)
    return _joined(people, keeper=True, customer=True)


def _joined(query, keeper: bool = False, customer: bool = False):
    query = query.join(Activity, on=Commitment.task)
    if keeper:
        query = query.join(User, on=Activity.assignee)
    query = query.switch(Commitment).join(CancellationRequest)
    return query.join(Deal).join(Customer) if customer else query


def _theirs(user: User):
    return Activity.assignee.is_null(False) if user.is_manager else Activity.assignee == user


def standing(show: str, now: datetime | None = None):
    """A promise that was dropped with its order was not kept."""
    undone, dropped = Activity.done_at.is_null(), Activity.closed_as == DROPPED
    return {
        "open": undone,
        "late": undone & (Activity.due_at < (now or clock.now())),
        "kept": Activity.done_at.is_null(False) & (Activity.closed_as.is_null() | ~dropped),
        "dropped": dropped,
    }[show]


STANDINGS = ("open", "late", "kept", "dropped")


def counts() -> dict[str, int]:
    """How many of everybody's stand how, from one look."""
    return dict(zip(STANDINGS, _counted.first(clock.now()), strict=True))


@prepared
def _counted(now):
    told = [fn.COUNT(Commitment.id).filter(standing(show, now)) for show in STANDINGS]
    return Commitment.select(*told).join(Activity, on=OF_TASK).where(Activity.assignee.is_null(False)).tuples()


def standings_of(user: User) -> dict[str, list[int]]:
    """The numbers of one person's promises by how they stand, the soonest due first, from one look."""
    rows = _standings(user, clock.now())
    return {show: [row[0] for row in rows if row[place]] for place, show in enumerate(STANDINGS, 1)}


@prepared
def _standings(user, now):
    told = Commitment.select(Commitment.id, *(standing(show, now) for show in STANDINGS)).join(Activity, on=OF_TASK)
    return told.where(Activity.assignee == user).order_by(DUE, Commitment.id).tuples()
