"""The retention desk: the cases of a person, soonest due first, and how each of them stands (SOP 0, step 6)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peewee import fn

from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import RETENTION, User
from carmanana.records.retention import CounterOffer, Offer, Presentation, RetentionPlan
from carmanana.schema.sqlite import of_ids

OPEN_SHOWN, ENDED_SHOWN = 40, 10


@dataclass
class Case:
    """One plan with what it allows, what was presented of it, and what the customer asked for instead."""

    plan: RetentionPlan
    offers: list[Offer] = field(default_factory=list)
    shown: dict[int, Presentation] = field(default_factory=dict)
    counters: list[CounterOffer] = field(default_factory=list)

    @property
    def request(self) -> CancellationRequest:
        return self.plan.request

    @property
    def deal(self) -> Deal:
        return self.request.deal

    @property
    def customer(self) -> Customer:
        return self.deal.customer

    @property
    def open(self) -> bool:
        return self.plan.ended_at is None

    @property
    def standing(self) -> list[Offer]:
        """What may still be put to the customer."""
        return [offer for offer in self.offers if offer.standing and offer.id not in self.shown]

    @property
    def accepted(self) -> Offer | None:
        return next((shown.offer for shown in self.shown.values() if shown.accepted_in_time), None)

    @property
    def asked(self) -> CounterOffer | None:
        """What the customer wants instead, and the reviewer has not answered yet."""
        return next((counter for counter in self.counters if counter.waits), None)

    @property
    def stands(self) -> str:
        """How far it is, in a word or three."""
        if not self.open:
            return self.plan.ending_name.lower()
        if self.accepted:
            return "accepted"
        if self.asked:
            return "waits for approval"
        if any(shown.answer == "thinking" for shown in self.shown.values()):
            return "presented, thinking"
        count = len(self.standing)
        return f"{count} offer{'' if count == 1 else 's'}" if count else "nothing left to offer"


def open_cases(user: User, member: User | None = None) -> list[Case]:
    """The soonest due, no more than OPEN_SHOWN."""
    soonest = _open(user, member).order_by(RetentionPlan.due_at, RetentionPlan.id)
    return _cases(_read(soonest.limit(OPEN_SHOWN)))


def number_open(user: User, member: User | None = None) -> int:
    return _open(user, member).count()


def _open(user: User, member: User | None):
    return _plans(user, member).where(RetentionPlan.ended_at.is_null())


def ended_cases(user: User, member: User | None = None) -> list[Case]:
    """The last ones that were theirs, to look at."""
    ended = _plans(user, member).where(RetentionPlan.ended_at.is_null(False))
    return _cases(_read(ended.order_by(RetentionPlan.ended_at.desc()).limit(ENDED_SHOWN)))


def case_of(user: User, request_id: int) -> Case | None:
    """The latest plan for a request that this person may look at: who had it when it ended may go on reading it."""
    request = CancellationRequest.get_or_none(CancellationRequest.id == request_id)
    if request is None or not (user.is_manager or had_case(user, request)):
        return None
    theirs = RetentionPlan.assignee == user if not user.is_manager else RetentionPlan.id.is_null(False)
    plans = _every_plan().where(RetentionPlan.request == request, theirs).order_by(RetentionPlan.id.desc()).limit(1)
    return next(iter(_cases(_read(plans))), None)


def had_case(user: User, request: CancellationRequest) -> bool:
    """Is the case theirs, or was it when it ended?"""
    theirs = RetentionPlan.select().where(RetentionPlan.request == request, RetentionPlan.assignee == user)
    return user.has(RETENTION) and theirs.exists()


def case_with(plan: RetentionPlan) -> Case:
    return _cases([plan])[0]


def _plans(user: User, member: User | None = None):
    """A manager's are all, or those of a member; a member's are their own."""
    found = _every_plan()
    if not user.is_manager:
        return found.where(RetentionPlan.assignee == user)
    return found.where(RetentionPlan.assignee == member) if member else found


def _every_plan():
    return RetentionPlan.select()


def _read(plans) -> list[RetentionPlan]:
    """With who is to save the order, and whose it is, in the order of the query."""
    ids = [number for (number,) in database.execute(plans.select(RetentionPlan.id)).fetchall()]
    found = {plan.id: plan for plan in _with_people(ids)}
    return [found[number] for number in ids]


@of_ids
def _with_people(ids):
    return (
        RetentionPlan.select(RetentionPlan, CancellationRequest, Deal, Customer, User)
        .join(User, on=RetentionPlan.assignee)
        .switch(RetentionPlan)
        .join(CancellationRequest)
        .join(Deal)
        .join(Customer)
        .where(RetentionPlan.id.in_(ids))
    )


def _cases(plans) -> list[Case]:
    """With their offers and what came of them, in three queries however many they are."""
    cases = {plan.id: Case(plan) for plan in plans}
    offers = {}
    for offer in _offers(cases):
        case = cases[offer.plan_id]
        offer.plan = case.plan
        case.offers.append(offer)
        offers[offer.id] = offer
    for shown in _presentations(offers):
        shown.offer = offers[shown.offer_id]
        cases[shown.offer.plan_id].shown[shown.offer_id] = shown
    for counter in _counter_offers(cases):
        cases[counter.plan_id].counters.append(counter)
    return list(cases.values())


_offers = of_ids(lambda ids: Offer.select().where(Offer.plan.in_(ids)).order_by(Offer.id))
_presentations = of_ids(lambda ids: Presentation.select().where(Presentation.offer.in_(ids)))
_counter_offers = of_ids(lambda ids: CounterOffer.select().where(CounterOffer.plan.in_(ids)).order_by(CounterOffer.id))


def due_before(until, user):
    open_ones = (RetentionPlan.assignee == user) & RetentionPlan.ended_at.is_null()
    return RetentionPlan.select().where(open_ones, RetentionPlan.due_at < until)


def tonight(user: User) -> datetime:
    """When their day ends."""
    return clock.start_of_day(clock.today(user.timezone) + timedelta(days=1), user.timezone)


def loads() -> dict[int, int]:
    """How many open cases each member has."""
    rows = RetentionPlan.select(RetentionPlan.assignee, fn.COUNT(RetentionPlan.id)).where(
        RetentionPlan.ended_at.is_null()
    )
    return dict(rows.group_by(RetentionPlan.assignee).tuples())
