"""Pipelines, their stages, and the deals (orders) in them."""

from functools import lru_cache

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField, TextField, fn

from carmanana.core import clock, money
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.core.query import prepared
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import (
    ACTIVE,
    AGREED_HOW,
    ENDED,
    LIVE,
    LOSING,
    LOSS_REASONS,
    OPEN,
    STATES,
)  # fmt: skip
from carmanana.records.owned import Owned
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage


class Deal(Owned, Record):
    """`retention` is who tries to save it; `claimed_at` is when it got its owner (null: when made), `won_at` when it
    was won."""

    STATES, OPEN_STATES, ENDED_STATES, SIGHT = STATES, OPEN, ENDED, "deal_sight"

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="deals")
    pipeline = ForeignKeyField(Pipeline)
    stage = ForeignKeyField(Stage)
    position = IntegerField(default=0)
    state = CharField(default=ACTIVE)
    readiness = CharField(default=LIVE)
    order_type = CharField()
    owner = ForeignKeyField(User, null=True, backref="deals")
    currency = CharField(default="USD")
    value_cents = IntegerField(null=True)
    vehicle_year = IntegerField(null=True)
    vehicle_make = CharField(default="")
    vehicle_model = CharField(default="")
    details = TextField(default="")
    source = CharField(default="")
    agreement_on = DateField(null=True)
    no_deposit_reason = TextField(default="")
    agreed_how = CharField(null=True)
    expected_close_on = DateField(null=True)
    eta_on = DateField(null=True)
    delivered_on = DateField(null=True)
    loss_reason = CharField(null=True)
    loss_words = TextField(default="")
    flagged_at = UtcField(null=True)
    flagged_by = ForeignKeyField(User, null=True)
    previous_deal = ForeignKeyField("self", null=True)
    retention = ForeignKeyField(User, null=True, backref="cases")
    claimed_at = UtcField(null=True)
    won_at = UtcField(null=True)
    import_id = IntegerField(null=True)
    external_id = CharField(default="")
    in_stage_since = UtcField(default=clock.now)
    state_since = UtcField(default=clock.now)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def live(self) -> bool:
        return self.readiness == LIVE

    @property
    def locked(self) -> bool:
        """The next contact must be the manager (SOP 0, step 4)."""
        return self.state == LOSING

    @property
    def vehicle(self) -> str:
        return vehicle_name(self.vehicle_year, self.vehicle_make, self.vehicle_model)

    @property
    def value(self) -> str:
        return money.shown(self.value_cents, self.currency)

    @property
    def days_in_stage(self) -> int:
        return (clock.now() - self.in_stage_since).days

    @property
    def aged(self) -> bool:
        return is_aged(self.state, self.days_in_stage, self.stage.ageing_days)

    loss_reason_name = named("loss_reason", LOSS_REASONS, "")
    agreed_how_name = named("agreed_how", AGREED_HOW, "")

    @property
    def hold(self) -> "Hold | None":
        return standing_hold.first(self.id)

    @property
    def needs(self) -> "NeedsAssessment | None":
        return needs_of_deal.first(self.id)

    @classmethod
    def theirs(cls, user):
        return (cls.owner == user) | (cls.retention == user)

    @property
    def deposit_cents(self) -> int:
        """Deposit money that ever came in, in cents."""
        return _deposit_cents.first(self)[0] or 0


@lru_cache(5_000)
def vehicle_name(year: int | None, make: str, model: str) -> str:
    return " ".join(str(part) for part in (year, make, model) if part)


def is_aged(state: str, days: int, ageing_days: int) -> bool:
    """Longer in its stage than that allows."""
    return state == ACTIVE and days > ageing_days


class Hold(Record):
    """Why a deal waits and until when; lifted when it goes on (SOP 1, section D)."""

    id = AutoField()
    deal = ForeignKeyField(Deal, backref="holds", on_delete="CASCADE")
    sub_status = CharField()
    reason = TextField()
    follow_up_on = DateField()
    placed_by = ForeignKeyField(User, null=True)
    placed_at = UtcField(default=clock.now)
    lifted_at = UtcField(null=True)

    SUB_STATUSES = {
        "months_out": "Customer is 3–6+ months out",
        "financing": "Waiting on financing",
        "event": "Waiting on another event",
        "later_date": "Customer asked for a later date",
    }
    SHORT = {
        "months_out": "Months out",
        "financing": "Financing",
        "event": "Another event",
        "later_date": "Asked for later",
    }

    @property
    def sub_status_name(self) -> str:
        return self.SUB_STATUSES[self.sub_status]

    @property
    def short_name(self) -> str:
        return self.SHORT[self.sub_status]


class Payment(Record):
    """Money that moved, in the deal's currency. It is never edited: what was wrong is voided with a reason, and what
    is right stands beside it (`corrects`)."""

    id = AutoField()
    deal = ForeignKeyField(Deal, backref="payments", on_delete="CASCADE")
    kind = CharField()
    is_deposit = BooleanField(default=False)
    amount_cents = IntegerField()
    paid_on = DateField()
    note = CharField(default="")
    recorded_by = ForeignKeyField(User, null=True)
    created_at = UtcField(default=clock.now)
    voided_at = UtcField(null=True)
    voided_by = ForeignKeyField(User, null=True)
    void_reason = TextField(default="")
    corrects = ForeignKeyField("self", null=True)

    KINDS = {"received": "Received", "refunded": "Refunded", "kept": "Kept"}

    @classmethod
    def stands(cls):
        """The condition for those that were not voided."""
        return cls.voided_at.is_null()

    @property
    def kind_name(self) -> str:
        return self.KINDS[self.kind]


class NeedsAssessment(Record):
    """What the customer wants, before any price is spoken of (SOP 1, section G; mission: SOP 2). It belongs to a lead,
    or to a deal made without one, and travels from the lead to its deal: then to both."""

    id = AutoField()
    deal = ForeignKeyField(Deal, null=True, unique=True, on_delete="CASCADE")
    lead_id = IntegerField(null=True)
    timeline = CharField(default="")
    location = CharField(default="")
    budget_from_cents = IntegerField(null=True)
    budget_to_cents = IntegerField(null=True)
    matters_most = CharField(default="")
    mission = TextField(default="")
    version = IntegerField(default=1)

    MATTERS = {
        "": "Not asked yet",
        "price": "Price",
        "spec": "Specification",
        "delivery": "Delivery time",
        "condition": "Condition",
        "other": "Something else",
    }

    @property
    def matters_name(self) -> str:
        return self.MATTERS.get(self.matters_most, "")

    @property
    def wanted(self) -> "list[VehicleOption]":
        """The vehicles they would take, the first choice first."""
        return wanted_in(self.id)


class VehicleOption(Record):
    """A vehicle that they would take. The make is always a must; `musts` are what else of it is, the rest are
    wishes."""

    MUSTS = {
        "model": "Model",
        "years": "Years",
        "mileage": "Mileage",
        "colours": "Colors",
        "price": "Budget",
        "region": "Region",
    }

    id = AutoField()
    needs = ForeignKeyField(NeedsAssessment, backref="options", on_delete="CASCADE")
    brand = CharField()
    model = CharField(default="")
    year_from = IntegerField(null=True)
    year_to = IntegerField(null=True)
    most_miles, distance_unit = IntegerField(null=True), CharField(default="mi")
    colours = CharField(default="")
    special = CharField(default="")
    musts = WordsField(default=frozenset({"model"}))
    position = IntegerField(default=0)


@prepared
def _deposit_cents(deal):
    taken = (Payment.deal == deal) & (Payment.kind == "received") & Payment.is_deposit & Payment.stands()
    return Payment.select(fn.SUM(Payment.amount_cents)).where(taken).tuples()


standing_hold = prepared(lambda deal_id: Hold.select().where(Hold.deal == deal_id, Hold.lifted_at.is_null()).limit(1))
needs_of_deal = prepared(lambda deal_id: NeedsAssessment.select().where(NeedsAssessment.deal == deal_id).limit(1))
wanted_in = prepared(
    lambda needs_id: VehicleOption.select().where(VehicleOption.needs == needs_id).order_by(VehicleOption.position)
)


@prepared
def wanted_of_deal(deal_id):
    options = VehicleOption.select().join(NeedsAssessment).where(NeedsAssessment.deal == deal_id)
    return options.order_by(VehicleOption.position)


def balance(deal: Deal) -> int:
    """Cents received and neither refunded nor kept yet."""
    return balance_of(standing_payments(deal.id)) if deal.id else 0


def balance_of(payments) -> int:
    standing = (payment for payment in payments if payment.voided_at is None)
    return sum(payment.amount_cents if payment.kind == "received" else -payment.amount_cents for payment in standing)


@prepared
def standing_payments(deal_id):
    return Payment.select().where(Payment.deal == deal_id, Payment.stands())
