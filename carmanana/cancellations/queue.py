"""The managers' queue: what waits longest comes first (SOP 0, step 5)."""

from datetime import timedelta

from peewee import JOIN, Case, fn

from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.cancellations import BEFORE_CONTACT, RETENTION, TO_DECIDE, CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User

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


def those(shown: str, by: User):
    """The condition of a tab."""
    still_open = CancellationRequest.ended_at.is_null()
    return {
        "mine": still_open & (CancellationRequest.reviewer == by),
        "all": still_open,
        "contact": CancellationRequest.state.in_(BEFORE_CONTACT),
        "decide": CancellationRequest.state.in_(TO_DECIDE),
        "retention": CancellationRequest.state == RETENTION,
        "ended": CancellationRequest.ended_at > clock.now() - ENDED_FOR,
    }[shown]


def queue(shown: str, by: User):
    """Requests with all that a row shows: the order, the client, who owns it, who reviews it, the task that it waits for."""
    owner, reviewer = User.alias("owner"), User.alias("reviewer")
    return (
        CancellationRequest.select(CancellationRequest, Deal, Customer, owner, reviewer, Task)
        .join(Deal)
        .join(Customer)
        .join_from(Deal, owner, JOIN.LEFT_OUTER, on=Deal.owner == owner.id, attr="owner")
        .join_from(CancellationRequest, reviewer, on=CancellationRequest.reviewer == reviewer.id, attr="reviewer")
        .join_from(CancellationRequest, Task, JOIN.LEFT_OUTER, on=CancellationRequest.task == Task.id, attr="task")
        .where(those(shown, by))
        .order_by(*_by_waiting(shown))
    )


def _by_waiting(shown: str) -> tuple:
    """First who awaits contact, by when it is due; then what is to be decided; then what retention has. The ended newest first."""
    request = CancellationRequest
    if shown == "ended":
        return request.ended_at.desc(), request.id.desc()
    group = Case(None, [(request.state.in_(BEFORE_CONTACT), 0), (request.state.in_(TO_DECIDE), 1)], 2)
    contact_due = fn.COALESCE(request.next_attempt_at, request.due_at)
    due = Case(None, [(request.state.in_(BEFORE_CONTACT), contact_due)], fn.COALESCE(Task.due_at, request.state_since))
    return group, due, request.id


def in_a_row(shown: str, by: User) -> list[int]:
    """The queue's numbers in its order, to go from one review to the next."""
    rows = (
        CancellationRequest.select(CancellationRequest.id)
        .join(Task, JOIN.LEFT_OUTER, on=CancellationRequest.task == Task.id)
        .where(those(shown, by))
        .order_by(*_by_waiting(shown))
        .limit(MOST_IN_A_ROW)
    )
    return [number for (number,) in rows.tuples()]


def counts(by: User) -> dict[str, int]:
    """How many each tab holds, in one query."""
    sums = [fn.COALESCE(fn.SUM(Case(None, [(those(shown, by), 1)], 0)), 0) for shown in SHOWN]
    recent = CancellationRequest.ended_at.is_null() | those("ended", by)
    return dict(zip(SHOWN, CancellationRequest.select(*sums).where(recent).tuples().get(), strict=True))


def waiting_for(by: User):
    """Those that need this person now: theirs, awaiting contact or a decision."""
    theirs = CancellationRequest.select().where(those("mine", by))
    return theirs.where(CancellationRequest.state.in_((*BEFORE_CONTACT, *TO_DECIDE)))
