"""The managers' queue: what waits longest comes first (SOP 0, step 5)."""

from datetime import datetime, timedelta
from functools import cache

from peewee import JOIN, SQL, Case, Select, fn

from carmanana.core import clock
from carmanana.core.query import Prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import BEFORE_CONTACT, RETENTION, TO_DECIDE, CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, RetentionPlan
from carmanana.schema.sqlite import of_ids

SHOWN = {
    "mine": "Mine",
    "all": "All",
    "contact": "Awaiting contact",
    "decide": "To decide",
    "retention": "With retention",
    "ended": "Ended",
}
ENDED_FOR = timedelta(days=30)
MOST_IN_A_ROW = 2000

Task = Activity.alias("task")
C = CancellationRequest
SHOWN_OF_IT = (
    *(C.id, C.deal, C.state, C.state_since, C.requested_at, C.reason, C.task, C.reviewer, C.due_at),
    *(C.escalated_at, C.attempted_at, C.next_attempt_at, C.ended_at, C.sent_on, C.right_dismissed_at),
)
OF_A_RIGHT = (Deal.order_type, Deal.agreed_how, Deal.agreement_on, Deal.delivered_on, Deal.won_at)


def those(shown: str, by: User, lately: datetime | None = None):
    """The condition of a tab; ended ones are told of that ended `lately`."""
    still_open = CancellationRequest.ended_at.is_null()
    return {
        "mine": still_open & (CancellationRequest.reviewer == by),
        "all": still_open,
        "contact": still_open & CancellationRequest.state.in_(BEFORE_CONTACT),
        "decide": still_open & _to_decide(),
        "retention": still_open & (CancellationRequest.state == RETENTION),
        "ended": CancellationRequest.ended_at > (lately or clock.now() - ENDED_FOR),
    }[shown]


def _to_decide():
    """The order itself, or the customer's own terms that retention brought."""
    asks = (C.state != RETENTION) | C.id.in_(CounterOffer.asked())
    return C.state.in_((*TO_DECIDE, RETENTION)) & asks


def tells(text: str):
    """The condition of open ones, and of what has ended of late, whose reason, customer or make has these words."""
    order = Deal.select(Deal.id).join(Customer).where(Deal.id == CancellationRequest.deal)
    named = order.where(Customer.name.contains(text) | Deal.vehicle_make.contains(text))
    listed = C.ended_at.is_null() | (C.ended_at > clock.now() - ENDED_FOR)
    return listed & (C.reason.contains(text) | fn.EXISTS(named))


@of_ids
def with_people(ids):
    """With all that a row shows: the order, the customer, who owns it, who reviews it, the task that it waits for."""
    owner, reviewer = User.alias("owner"), User.alias("reviewer")
    vehicle = Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model, Deal.value_cents, Deal.currency
    people = (
        Customer.id,
        Customer.name,
        Customer.region,
        Customer.timezone,
        owner.id,
        owner.name,
        reviewer.id,
        reviewer.name,
        reviewer.email,
        reviewer.house,
    )
    order = Deal.id, Deal.customer, Deal.owner, *vehicle, *OF_A_RIGHT
    return (
        CancellationRequest.select(*SHOWN_OF_IT, *order, *people, Task.id, Task.due_at)
        .join(Deal)
        .join(Customer)
        .join_from(Deal, owner, JOIN.LEFT_OUTER, on=Deal.owner == owner.id, attr="owner")
        .join_from(CancellationRequest, reviewer, on=CancellationRequest.reviewer == reviewer.id, attr="reviewer")
        .join_from(CancellationRequest, Task, JOIN.LEFT_OUTER, on=CancellationRequest.task == Task.id, attr="task")
        .where(CancellationRequest.id.in_(ids))
    )


def asking_among(requests: list[CancellationRequest]) -> set[int]:
    """Of a list, those whose customer asks for something else."""
    saving = [request.id for request in requests if request.state == RETENTION]
    return {number for (number,) in _asking(saving)} if saving else set()


@of_ids
def _asking(ids):
    return CounterOffer.asked().where(RetentionPlan.request.in_(ids)).tuples()


def _urgency():
    """First who awaits contact, by when it is due; then what is to be decided; then what retention has."""
    request = CancellationRequest
    group = Case(None, [(request.state.in_(BEFORE_CONTACT), "0 "), (_to_decide(), "1 ")], "2 ")
    contact_due = fn.COALESCE(request.next_attempt_at, request.due_at)
    task_due = Activity.select(Activity.due_at).where(Activity.id == request.task)
    due = Case(None, [(request.state.in_(BEFORE_CONTACT), contact_due)], fn.COALESCE(task_due, request.state_since))
    return group.concat(fn.COALESCE(due, "").coerce(False))


URGENCY = _urgency()


AWAITED = ("mine", "all", "contact")


def awaited(shown: str, by: User, most: int) -> list[int]:
    """Of these tabs the first ones: who awaits contact stands before all others."""
    return [number for (number,) in _awaited(shown)(by, most)]


@cache
def _awaited(shown: str) -> Prepared:
    def awaiting(by, most):
        contact = CancellationRequest.select(C.id).where(those(shown, by), C.state.in_(BEFORE_CONTACT))
        return contact.order_by(fn.COALESCE(C.next_attempt_at, C.due_at), C.id).limit(most).tuples()

    return Prepared(awaiting)


def _by_waiting(shown: str) -> tuple:
    """The most urgent first; the ended newest first."""
    request = CancellationRequest
    return (request.ended_at.desc(), request.id.desc()) if shown == "ended" else (URGENCY, request.id)


def around(request: CancellationRequest, shown: str, by: User) -> tuple[list[int], int]:
    """The numbers of a tab in their order, as far as this one and its neighbours are among them, and how many there are
    in all: who awaits contact stands before all others, in an order that an index tells."""
    if shown in AWAITED and (request.awaits_contact or not request.open):
        found = _first_in_a_row(shown)(by)
        row = [number for number, _ in found]
        if found and request.id != row[-1]:
            return row, found[0][1]
    row = in_a_row(shown, by)
    return row, len(row)


@cache
def _first_in_a_row(shown: str) -> Prepared:
    def row(by):
        every = CancellationRequest.select().where(those(shown, by))
        many = Select([every.select(SQL("1")).limit(MOST_IN_A_ROW)], [fn.COUNT(SQL("1"))])
        contact = every.select(C.id, many).where(C.state.in_(BEFORE_CONTACT))
        return contact.order_by(fn.COALESCE(C.next_attempt_at, C.due_at), C.id).limit(MOST_IN_A_ROW).tuples()

    return Prepared(row)


def in_a_row(shown: str, by: User) -> list[int]:
    """The queue's numbers in its order, to go from one review to the next."""
    return [number for (number,) in _row(shown)(by, clock.now() - ENDED_FOR)]


@cache
def _row(shown: str) -> Prepared:
    def row(by, lately):
        rows = CancellationRequest.select(CancellationRequest.id).where(those(shown, by, lately))
        return rows.order_by(*_by_waiting(shown)).limit(MOST_IN_A_ROW).tuples()

    return Prepared(row)


def waiting_for(by: User):
    """Those that need this person now: theirs, awaiting contact or a decision."""
    theirs = CancellationRequest.select().where(those("mine", by))
    return theirs.where((C.state != RETENTION) | C.id.in_(CounterOffer.asked()))
