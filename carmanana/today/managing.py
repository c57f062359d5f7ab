"""What waits for a manager, a retention member or compliance: questions about what others work on."""

from dataclasses import dataclass, replace
from functools import cache

from peewee import JOIN, SQL, Select, fn

from carmanana.cancellations import money_owed, queue
from carmanana.cancellations.queue import URGENCY, Task
from carmanana.core.db import Record, as_json, database
from carmanana.core.limits import AT_A_GLANCE, COUNTED
from carmanana.core.query import Prepared, prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import DISPUTED, Finding
from carmanana.records.compliance import OPEN as UNREVIEWED
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.handovers import HandOverRequest
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, RetentionPlan
from carmanana.schema.sqlite import members
from carmanana.today.rows import Found, Page, counted_to, page_of, up_to
from carmanana.today.standing import STUCK
from carmanana.today.standings import Clock, Standing


def reviews(by: User, limit: int, offset: int = 0) -> Found:
    """Cancellations that wait for this reviewer, the most urgent first: who awaits contact stands before all others."""
    most, until = counted_to(limit), offset + limit
    ids = queue.awaited("mine", by, until)
    if len(ids) < until:
        ids = [number for (number,) in _by_urgency(by, until)]
    rows = {row.id: row for row in _reviews(by, as_json(ids[offset:]), most + 1)}
    return Found([rows[number] for number in ids[offset:]], next(iter(rows.values())).many if rows else 0, most)


@prepared
def _by_urgency(by, until):
    waiting = queue.waiting_for(by)
    return waiting.select(CancellationRequest.id).order_by(URGENCY, CancellationRequest.id).limit(until).tuples()


@prepared
def _reviews(by, ids, most):
    request = CancellationRequest
    many = up_to(queue.waiting_for(by).select(SQL("1")), most)
    told = request.select(
        request.id,
        request.state,
        request.reason,
        fn.COALESCE(request.next_attempt_at, request.due_at).alias("until"),
        Customer.name.alias("customer_name"),
        Deal.value_cents,
        Deal.currency,
        Task.due_at.alias("decide_by"),
        CounterOffer.asked(CounterOffer.terms).where(RetentionPlan.request == request.id).limit(1).alias("asked_for"),
        many.alias("many"),
    )
    joined = told.join(Deal).join(Customer).join_from(request, Task, JOIN.LEFT_OUTER, on=request.task == Task.id)
    return joined.where(request.id.in_(members(ids))).namedtuples()


def rescues(by: User, limit: int, offset: int = 0) -> Found:
    """Orders that they are to save, the soonest due first."""
    return _rescues.found(by, limit=limit, offset=offset)


@Page
def _rescues(by, limit, offset, most):
    plan, soonest = RetentionPlan, (RetentionPlan.due_at, RetentionPlan.id)
    mine = plan.select().where(plan.assignee == by, plan.ended_at.is_null())
    page = page_of(plan, mine.order_by(*soonest), limit, offset, most)
    told = plan.select(
        plan.id,
        plan.due_at,
        CancellationRequest.id.alias("request_number"),
        CancellationRequest.reason,
        Customer.name.alias("customer_name"),
        page.c.many,
    )
    joined = told.join(page, on=page.c.id == plan.id).join_from(plan, CancellationRequest).join(Deal).join(Customer)
    return joined.order_by(*soonest).namedtuples()


def to_review(by: User, limit: int, offset: int = 0) -> Found:
    """Words that the check found and nobody has looked at."""
    return _to_review.found(limit=limit, offset=offset)


@Page
def _to_review(limit, offset, most):
    waiting = Finding.select().where(Finding.state.in_((UNREVIEWED, DISPUTED))).order_by(Finding.id)
    page = page_of(Finding, waiting, limit, offset, most)
    told = Finding.select(Finding.id, Finding.at, Finding.sort, Finding.excerpt, User.name.alias("author"), page.c.many)
    joined = told.join(page, on=page.c.id == Finding.id).join_from(Finding, User, on=Finding.user)
    return joined.order_by(Finding.id).namedtuples()


@dataclass(frozen=True)
class Owed:
    request: CancellationRequest
    left: int


def owed(by: User, limit: int, offset: int = 0) -> Found:
    """Money of customers that is still with us, the longest due first."""
    found = _owed.found(limit=limit, offset=offset, load=money_owed.listed)
    left, _ = money_owed.of_rows(found.rows)
    return replace(found, rows=[Owed(request, left(request)) for request in found.rows])


@Page
def _owed(limit, offset, most):
    owing = CancellationRequest.select().where(
        CancellationRequest.return_task.is_null(False), money_owed.standing("open")
    )
    many = up_to(owing.select(CancellationRequest.id), most).alias("many")
    joined = owing.select(CancellationRequest.id, many).join(Activity, on=CancellationRequest.return_task)
    return joined.order_by(Activity.due_at).limit(limit).offset(offset).namedtuples()


def hand_overs(by: User, limit: int, offset: int = 0) -> Found:
    """Who asks for their work to be given to others."""
    return _hand_overs.found(limit=limit, offset=offset)


@Page
def _hand_overs(limit, offset, most):
    asked = HandOverRequest
    waiting = asked.select().where(asked.answered_at.is_null()).order_by(asked.created_at)
    page = page_of(asked, waiting, limit, offset, most)
    told = asked.select(
        asked.id,
        asked.user.alias("user_id"),
        asked.starts_on,
        asked.reason,
        asked.created_at,
        User.name.alias("asker"),
        page.c.many,
    )
    joined = told.join(page, on=page.c.id == asked.id).join_from(asked, User, on=asked.user)
    return joined.order_by(asked.created_at).namedtuples()


# what is stuck


@dataclass(frozen=True)
class StuckKind:
    """One way of being stuck, and how many deals and leads are."""

    standing: Standing
    numbers: dict[str, int]
    most: int


MODELS: tuple[tuple[str, type[Record]], ...] = (("deal", Deal), ("lead", Lead))
WAYS = [(kind, model, one) for kind, model in MODELS for one in STUCK[model].values()]


def stuck_kinds(by: User, limit: int = COUNTED, offset: int = 0) -> Found:
    """A manager's are all, anybody else's their own."""
    most = counted_to(limit)
    numbers = _stuck_numbers(by.sees_all).first(by.id, *Clock.at(), most + 1)
    kinds: dict[str, StuckKind] = {}
    for (kind, _, one), number in zip(WAYS, numbers, strict=True):
        if number:
            kinds.setdefault(one.code, StuckKind(one, {}, most)).numbers[kind] = number
    over = any(number > most for number in numbers)
    return Found(list(kinds.values()), most + 1 if over else sum(numbers), most)


@cache
def _stuck_numbers(of_all: bool) -> Prepared:
    """How many are stuck in each way, of all or of one person's."""

    def numbers(by, now, fine_since, stored_now, late, late_day, logged_until, most):
        at = Clock(now, fine_since, stored_now, late, late_day, logged_until)
        found = [up_to(_standing(model, one, of_all, by, at), most) for _, model, one in WAYS]
        return Select(columns=found).bind(database).tuples()

    return Prepared(numbers)


def _standing(model: type[Record], one: Standing, of_all: bool, by, at: Clock) -> Select:
    return model.select(model.id).where(one.where(at) if of_all else one.of(model, by, at))


def numbers_of(model: type[Record], chosen: str, by: User) -> dict[str, int]:
    """How many are stuck in each way; under "", in the chosen one, which is counted further."""
    numbers = _numbers_of(model, chosen, by.sees_all).first(by.id, *Clock.at(), AT_A_GLANCE + 1, COUNTED + 1)
    return dict(zip([*STUCK[model], ""], numbers, strict=True))


@cache
def _numbers_of(model: type[Record], chosen: str, of_all: bool) -> Prepared:
    def numbers(by, now, fine_since, stored_now, late, late_day, logged_until, few, most):
        at = Clock(now, fine_since, stored_now, late, late_day, logged_until)
        each = [up_to(_standing(model, one, of_all, by, at), few) for one in STUCK[model].values()]
        further = up_to(_standing(model, STUCK[model][chosen], of_all, by, at), most)
        return Select(columns=[*each, further]).bind(database).tuples()

    return Prepared(numbers)
