"""How an order is to be saved: the manager's plan, the offers it approves, and what came of them (SOP 0, step 6)."""

from datetime import datetime

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock, money
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User

OFFER_KINDS = {
    "price": "Price adjustment",
    "vehicle": "Alternative vehicle",
    "eta": "ETA change",
    "other": "Something else",
}
ANSWERS = {"thinking": "Thinking it over", "accepted": "Accepts it", "declined": "Declines it"}
COMMITMENT_KINDS = {"price": "Pricing", "eta": "ETA", "vehicle": "Vehicle or options", "other": "Something else"}
ENDINGS = {
    "kept": "The customer stays",
    "declined": "The customer declined",
    "no_response": "No response after reasonable attempts",
    "expired": "The offers expired",
    "recalled": "Recalled by the manager",
    "withdrawn": "The request was withdrawn",
}


class RetentionPlan(Record):
    """What the retention member may do and how far; one current plan a request."""

    id = AutoField()
    request = ForeignKeyField(CancellationRequest, backref="plans", on_delete="CASCADE")
    instructions = TextField()
    limits = TextField()
    assignee = ForeignKeyField(User, backref="cases_assigned")
    due_at = UtcField()
    made_by = ForeignKeyField(User, backref="plans_made")
    made_at = UtcField(default=clock.now)
    ended_at = UtcField(null=True)
    ended_because = CharField(null=True)
    response = TextField(default="")
    version = IntegerField(default=1)

    @property
    def late(self) -> bool:
        return self.ended_at is None and self.due_at < clock.now()

    ending_name = named("ended_because", ENDINGS, "")

    @classmethod
    def current(cls, request: CancellationRequest) -> "RetentionPlan | None":
        return _current_plan.first(request)

    @classmethod
    def latest(cls, request: CancellationRequest) -> "RetentionPlan | None":
        return _latest_plan.first(request)


@prepared
def _current_plan(request):
    return RetentionPlan.select().where(RetentionPlan.request == request, RetentionPlan.ended_at.is_null()).limit(1)


@prepared
def _latest_plan(request):
    return RetentionPlan.select().where(RetentionPlan.request == request).order_by(RetentionPlan.id.desc()).limit(1)


class Offer(Record):
    """One thing that a manager approved, on terms, until a moment."""

    id = AutoField()
    plan = ForeignKeyField(RetentionPlan, backref="offers", on_delete="CASCADE")
    kind = CharField()
    terms = TextField()
    value_cents = IntegerField(null=True)
    limits = TextField(default="")
    expires_at = UtcField()
    approved_by = ForeignKeyField(User, backref="offers_approved")
    approved_at = UtcField(default=clock.now)
    withdrawn_at = UtcField(null=True)

    kind_name = named("kind", OFFER_KINDS)

    @property
    def value(self) -> str:
        return money.shown(self.value_cents, self.plan.request.deal.currency)

    @property
    def expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def presentation(self) -> "Presentation | None":
        return Presentation.get_or_none(Presentation.offer == self)

    @property
    def standing(self) -> bool:
        return self.withdrawn_at is None and not self.expired

    @classmethod
    def terms_in_force(cls, customer, at: datetime | None = None) -> list[str]:
        """The wording that may be promised to this customer now: each offer's terms, its limits and what it is
        worth."""
        return [
            words
            for terms, limits, cents, currency in offers_in_force(customer, at or clock.now())
            for words in (terms, limits, money.shown(cents, currency))
            if words
        ]


class Presentation(Record):
    """An offer was put to the customer, once; and what they said to it."""

    id = AutoField()
    offer = ForeignKeyField(Offer, unique=True, on_delete="CASCADE")
    activity = ForeignKeyField(Activity, null=True)
    presented_by = ForeignKeyField(User)
    presented_at = UtcField(default=clock.now)
    answer = CharField(default="thinking")
    words = TextField(default="")
    answered_at = UtcField(null=True)

    answer_name = named("answer", ANSWERS)

    @property
    def accepted_in_time(self) -> bool:
        return self.answer == "accepted" and self.answered_at <= self.offer.expires_at


class CounterOffer(Record):
    """The customer's own terms, for the reviewer to approve or not; no promise meanwhile."""

    id = AutoField()
    plan = ForeignKeyField(RetentionPlan, backref="counters", on_delete="CASCADE")
    terms = TextField()
    told_by = ForeignKeyField(User, backref="counters_told")
    told_at = UtcField(default=clock.now)
    approved = BooleanField(null=True)
    answer = TextField(default="")
    answered_by = ForeignKeyField(User, null=True, backref="counters_answered")
    answered_at = UtcField(null=True)

    @property
    def waits(self) -> bool:
        return self.answered_at is None

    @classmethod
    def asked(cls, what=RetentionPlan.request):
        """What customers ask for that the reviewer has not answered; the requests, by themselves."""
        waiting = cls.select(what).join(RetentionPlan)
        return waiting.where(cls.answered_at.is_null(), RetentionPlan.ended_at.is_null())


class Commitment(Record):
    """What we promised so that the customer stays: a dated task of somebody's."""

    id = AutoField()
    request = ForeignKeyField(CancellationRequest, backref="commitments", on_delete="CASCADE")
    kind = CharField()
    words = TextField()
    task = ForeignKeyField(Activity, unique=True, on_delete="CASCADE")
    made_by = ForeignKeyField(User)
    made_at = UtcField(default=clock.now)
    offer = ForeignKeyField(Offer, null=True)
    value_cents = IntegerField(null=True)

    kind_name = named("kind", COMMITMENT_KINDS)


@prepared
def _current_plan(request):
    return RetentionPlan.select().where(RetentionPlan.request == request, RetentionPlan.ended_at.is_null())


@prepared
def offers_in_force(customer, now):
    deal = CancellationRequest.deal.rel_model
    case = (CancellationRequest.state == "retention") & RetentionPlan.ended_at.is_null()
    offers = Offer.select(Offer.terms, Offer.limits, Offer.value_cents, deal.currency).join(RetentionPlan)
    offers = offers.join(CancellationRequest).join(deal).where(case, deal.customer == customer)
    return offers.where(Offer.withdrawn_at.is_null(), Offer.expires_at > now).tuples()
