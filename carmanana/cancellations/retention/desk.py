"""The retention desk: the cases of a person, soonest due first, and how each of them stands (SOP 0, step 6)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from peewee import JOIN, fn

from carmanana.core import clock
from carmanana.core.query import Prepared, by_id, prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import RETENTION, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.records.retention import CounterOffer, Offer, Presentation, RetentionPlan
from carmanana.schema.sqlite import of_ids

OPEN_SHOWN, ENDED_SHOWN = 40, 10
FIRST_SHOWN = 12  # two screens of cards


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


def due_first(user: User, member: User | None, most: int, after: int = 0) -> list[Case]:
    """The open ones for their cards, the soonest due first. A manager's are all, or those of a member; a member's are
    their own."""
    numbers = _numbers(False, user, member, most)[after:]
    plans = {plan.id: plan for plan in _for_cards(numbers)}
    return _cases([plans[number] for number in numbers]) if numbers else []


def ended_last(user: User, member: User | None) -> list[Case]:
    """Those that ended last, for their cards."""
    numbers = _numbers(True, user, member, ENDED_SHOWN)
    plans = {plan.id: plan for plan in _for_cards(numbers)}
    return [Case(plans[number]) for number in numbers]


def any_ended(user: User, member: User | None) -> bool:
    return bool(_numbers(True, user, member, 1))


def opened(case: Case) -> Case:
    """With all of its order and of who has it."""
    case.plan.request = _request.first(case.plan.request_id)
    case.plan.assignee = by_id(User, case.plan.assignee_id)
    return case


def number_open(user: User, member: User | None = None) -> int:
    """Of those whose open cases are more than are shown."""
    whose = RetentionPlan.assignee == (member if user.is_manager else user)
    found = RetentionPlan.select().where(RetentionPlan.ended_at.is_null())
    return found.where(whose).count() if member or not user.is_manager else found.count()


def case_of(user: User, request_id: int) -> Case | None:
    """The latest plan for a request that this person may look at: who had it when it ended may go on reading it."""
    request = CancellationRequest.get_or_none(CancellationRequest.id == request_id)
    if request is None or not (user.is_manager or had_case(user, request)):
        return None
    theirs = RetentionPlan.assignee == user if not user.is_manager else RetentionPlan.id.is_null(False)
    plans = RetentionPlan.select(RetentionPlan.id).where(RetentionPlan.request == request, theirs)
    found = [number for (number,) in plans.order_by(RetentionPlan.id.desc()).limit(1).tuples()]
    return next(map(opened, _cases(_for_cards(found))), None)


def had_case(user: User, request: CancellationRequest) -> bool:
    """Is the case theirs, or was it when it ended?"""
    theirs = RetentionPlan.select().where(RetentionPlan.request == request, RetentionPlan.assignee == user)
    return user.has(RETENTION) and theirs.exists()


def latest_case(user: User, deal_id: int) -> CancellationRequest | None:
    """The latest of an order that is or was theirs to save, also when they see nothing else of it any more."""
    theirs = RetentionPlan.select(RetentionPlan.request).where(RetentionPlan.assignee == user)
    of_it = CancellationRequest.select().where(CancellationRequest.deal == deal_id, CancellationRequest.id.in_(theirs))
    return of_it.order_by(CancellationRequest.id.desc()).first() if user.has(RETENTION) else None


def case_with(plan: RetentionPlan) -> Case:
    return _cases([plan])[0]


def _numbers(ended: bool, user: User, member: User | None, most: int) -> list[int]:
    whose = member if user.is_manager else user
    return [number for (number,) in _ids(ended, whose is not None)(*filter(None, [whose]), most)]


@cache
def _ids(ended: bool, of_somebody: bool) -> Prepared:
    order = [RetentionPlan.ended_at.desc()] if ended else [RetentionPlan.due_at, RetentionPlan.id]
    plans = RetentionPlan.select(RetentionPlan.id).where(RetentionPlan.ended_at.is_null(not ended)).order_by(*order)
    if of_somebody:
        return Prepared(lambda whose, most: plans.where(RetentionPlan.assignee == whose).limit(most).tuples())
    return Prepared(lambda most: plans.limit(most).tuples())


@of_ids
def _for_cards(ids):
    """With who is to save the order, whose it is and what it is about."""
    vehicle = Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model, Deal.value_cents, Deal.currency
    order = CancellationRequest.id, CancellationRequest.deal, Deal.id, Deal.customer, *vehicle
    return (
        RetentionPlan.select(RetentionPlan, User.id, User.name, *order, Customer.id, Customer.name)
        .join(User, on=RetentionPlan.assignee)
        .switch(RetentionPlan)
        .join(CancellationRequest)
        .join(Deal)
        .join(Customer)
        .where(RetentionPlan.id.in_(ids))
    )


@prepared
def _request(id):
    reviewer, owner = User.alias("reviewer"), User.alias("owner")
    whole = CancellationRequest, Deal, Customer, Stage, Pipeline, reviewer, owner
    return (
        CancellationRequest.select(*whole)
        .join(Deal)
        .join(Customer)
        .join_from(Deal, Stage)
        .join_from(Deal, Pipeline)
        .join_from(Deal, owner, JOIN.LEFT_OUTER, on=Deal.owner == owner.id, attr="owner")
        .join_from(CancellationRequest, reviewer, on=CancellationRequest.reviewer == reviewer.id, attr="reviewer")
        .where(CancellationRequest.id == id)
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
    return dict(_loads())


@prepared
def _loads():
    held = RetentionPlan.select(RetentionPlan.assignee, fn.COUNT(RetentionPlan.id))
    return held.where(RetentionPlan.ended_at.is_null()).group_by(RetentionPlan.assignee).tuples()
