"""What waits for a manager, a retention member or compliance: questions about what others work on."""

from dataclasses import dataclass
from functools import cache

from peewee import JOIN, SQL, Select, fn

from carmanana.cancellations import money_owed
from carmanana.cancellations.queue import URGENCY, Task, waiting_for
from carmanana.core.db import Record, database
from carmanana.core.limits import COUNTED
from carmanana.core.query import Prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import DISPUTED, Finding
from carmanana.records.compliance import OPEN as UNREVIEWED
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.handovers import HandOverRequest
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import RetentionPlan
from carmanana.today.rows import Found, up_to_counted
from carmanana.today.standing import STUCK
from carmanana.today.standings import Clock, Standing

MANY = fn.COUNT(SQL("*")).over().alias("many")


def _found(query: Select, limit: int, offset: int) -> Found:
    """A page of rows; each brings how many there are."""
    rows = list(query.limit(limit).offset(offset).objects())
    return Found(rows, rows[0].many if rows else 0)


def reviews(by: User, limit: int, offset: int = 0) -> Found:
    """Cancellations that wait for this reviewer, the most urgent first."""
    request = CancellationRequest
    told = waiting_for(by).select(
        request.id,
        request.state,
        request.reason,
        fn.COALESCE(request.next_attempt_at, request.due_at).alias("until"),
        Customer.name.alias("customer_name"),
        Deal.id.alias("deal_number"),
        Deal.value_cents,
        Deal.currency,
        Task.due_at.alias("decide_by"),
        MANY,
    )
    joined = told.join(Deal).join(Customer).join_from(request, Task, JOIN.LEFT_OUTER, on=request.task == Task.id)
    return _found(joined.order_by(URGENCY, request.id), limit, offset)


def rescues(by: User, limit: int, offset: int = 0) -> Found:
    """Orders that they are to save, the soonest due first."""
    told = RetentionPlan.select(
        RetentionPlan.id,
        RetentionPlan.due_at,
        CancellationRequest.id.alias("request_number"),
        CancellationRequest.reason,
        Customer.name.alias("customer_name"),
        MANY,
    )
    mine = (RetentionPlan.assignee == by) & RetentionPlan.ended_at.is_null()
    joined = told.join(CancellationRequest).join(Deal).join(Customer).where(mine)
    return _found(joined.order_by(RetentionPlan.due_at, RetentionPlan.id), limit, offset)


def to_review(by: User, limit: int, offset: int = 0) -> Found:
    """Words that the check found and nobody has looked at."""
    told = Finding.select(Finding.id, Finding.at, Finding.sort, Finding.excerpt, User.name.alias("author"), MANY)
    waiting = told.join(User, on=Finding.user).where(Finding.state.in_((UNREVIEWED, DISPUTED)))
    return _found(waiting.order_by(Finding.id), limit, offset)


@dataclass(frozen=True)
class Owed:
    request: CancellationRequest
    left: int


def owed(by: User, limit: int, offset: int = 0) -> Found:
    """Money of customers that is still with us, the longest due first."""
    waiting = money_owed.cases().where(money_owed.standing("open"))
    found = _found(waiting.select(CancellationRequest.id, MANY).order_by(Activity.due_at), limit, offset)
    requests = sorted(money_owed.listed([row.id for row in found.rows]), key=lambda one: one.return_task.due_at)
    left, _ = money_owed.of_rows(requests)
    return Found([Owed(request, left(request)) for request in requests], found.many)


def hand_overs(by: User, limit: int, offset: int = 0) -> Found:
    """Who asks for their work to be given to others."""
    asked = HandOverRequest.select(HandOverRequest, User.name.alias("asker"), MANY).join(User, on=HandOverRequest.user)
    waiting = asked.where(HandOverRequest.answered_at.is_null())
    return _found(waiting.order_by(HandOverRequest.created_at), limit, offset)


# what is stuck


@dataclass(frozen=True)
class StuckKind:
    """One way of being stuck, and how many deals and leads are."""

    standing: Standing
    numbers: dict[str, int]


MODELS: tuple[tuple[str, type[Record]], ...] = (("deal", Deal), ("lead", Lead))
WAYS = [(kind, model, one) for kind, model in MODELS for one in STUCK[model].values()]


def stuck_kinds(by: User, limit: int = COUNTED, offset: int = 0) -> Found:
    """A manager's are all, anybody else's their own."""
    numbers = _stuck_numbers(by.sees_all).first(by.id, *Clock.at())
    kinds: dict[str, StuckKind] = {}
    for (kind, _, one), number in zip(WAYS, numbers, strict=True):
        if number:
            kinds.setdefault(one.code, StuckKind(one, {})).numbers[kind] = number
    return Found(list(kinds.values()), sum(numbers))


@cache
def _stuck_numbers(of_all: bool) -> Prepared:
    """How many are stuck in each way, of all or of one person's."""

    def numbers(by, now, fine_since, stored_now, late, late_day, logged_until):
        at = Clock(now, fine_since, stored_now, late, late_day, logged_until)
        found = [model.select(model.id).where(one.where(at)) for _, model, one in WAYS]
        own = found if of_all else [one.where(one.model.owner == by) for one in found]
        return Select(columns=[up_to_counted(one) for one in own]).bind(database).tuples()

    return Prepared(numbers)
