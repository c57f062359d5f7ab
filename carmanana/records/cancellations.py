"""A customer's wish to cancel an order, and what a manager did about it (SOP 0)."""

from peewee import AutoField, BooleanField, CharField, CompositeKey, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField, WordsField
from carmanana.records.activities import Activity
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.records.people import User

REQUESTED = "requested"
IN_REVIEW = "in_review"
CONTACTED = "contacted"
RETENTION = "retention"
DECLINED = "declined"
RETAINED = "retained"
CANCELLED = "cancelled"
WITHDRAWN = "withdrawn"

STATES = {
    REQUESTED: "Waiting for review",
    IN_REVIEW: "In review",
    CONTACTED: "Contacted, to be decided",
    RETENTION: "With retention",
    DECLINED: "Offers declined, to be decided",
    RETAINED: "Retained",
    CANCELLED: "Cancelled",
    WITHDRAWN: "Withdrawn",
}
SHORT = {REQUESTED: "Review", IN_REVIEW: "Review", CONTACTED: "Decide", RETENTION: "Retention", DECLINED: "Decide"}
OPEN = (REQUESTED, IN_REVIEW, CONTACTED, RETENTION, DECLINED)
BEFORE_CONTACT = (REQUESTED, IN_REVIEW)
TO_DECIDE = (CONTACTED, DECLINED)

CAME_BY = {"phone": "Phone", "email": "Email", "text": "Text", "in_person": "In person", "other": "Another way"}
TONES = {"calm": "Calm", "disappointed": "Disappointed", "confused": "Confused", "worried": "Worried", "angry": "Angry"}
MAIN_REASONS = {
    "delivery": "Delivery takes too long",
    "price": "Price or payment",
    "financing": "Financing",
    "elsewhere": "Found one elsewhere",
    "vehicle": "Not the right vehicle",
    "service": "Poor service",
    "life": "Something in their life changed",
    "remorse": "Second thoughts",
    "not_reached": "Not reached",
    "other": "Another reason",
}
COMMITTED, NOT_REACHED, NOTHING_TO_SAVE = "committed", "not_reached", "nothing_to_save"
GROUNDS = {
    COMMITTED: "The customer is committed to cancelling",
    NOT_REACHED: "The customer was not reached",
    NOTHING_TO_SAVE: "Nothing is left to save",
}
BY_RIGHT = "right_to_cancel"  # no ground that a manager chooses: the law gives it
DIAGNOSES = {"fear": "Fear", "legitimate": "A legitimate reason"}
FILES = {"activities": "Activities and notes", "recordings": "Call recordings", "emails": "Emails and attachments"}
MISTAKES = {
    "mistake": "It was entered by mistake",
    "duplicate": "A duplicate of another request",
    "client": "The customer took it back in their own words",
}


class CancellationRequest(Record):
    """One review of one order; an order may have several over time, one open at once.

    `due_at` is when the first contact is due; `attempted_at` stopped that clock. `return_state` is
    where the order stood. `files_read` holds what the reviewer ticked, of FILES. `sent_on` is the day on which the
    customer's statement was sent, in their zone; by `right` it was `acknowledged_at`, with a `letter` to them."""

    id = AutoField()
    deal = ForeignKeyField(Deal, backref="cancellations", on_delete="CASCADE")
    state = CharField(default=REQUESTED)
    state_since = UtcField(default=clock.now)
    return_state = CharField()
    requested_by = ForeignKeyField(User, null=True, backref="requested_cancellations")
    requested_at = UtcField(default=clock.now)
    came_by = CharField()
    reason = TextField()
    issues = TextField(default="")
    tone = CharField()
    phrases = TextField(default="")
    order_details = TextField(default="")
    explained = BooleanField(default=False)  # the process, with nothing promised
    activity = ForeignKeyField(Activity, null=True, backref="requests")
    task = ForeignKeyField(Activity, null=True, backref="cases")
    reviewer = ForeignKeyField(User, backref="reviews")
    due_at = UtcField()
    escalated_at = UtcField(null=True)
    attempted_at = UtcField(null=True)
    next_attempt_at = UtcField(null=True)
    files_read = WordsField(default="")
    contacted_at = UtcField(null=True)
    contact = ForeignKeyField(Activity, null=True, backref="first_contacts")
    unreachable = BooleanField(default=False)
    situation = TextField(default="")
    expectations = TextField(default="")
    main_reason = CharField(null=True)
    real_reason = TextField(default="")
    diagnosis = CharField(null=True)
    committed = BooleanField(null=True)
    saveable = BooleanField(null=True)
    ground = CharField(null=True)
    kept_by = TextField(default="")
    decision = TextField(default="")
    refunded_cents = IntegerField(null=True)
    kept_cents = IntegerField(null=True)
    pending_cents = IntegerField(null=True)
    return_task = ForeignKeyField(Activity, null=True, backref="returns")
    returned_on = DateField(null=True)
    withdrawn_because = CharField(null=True)
    sent_on = DateField(null=True)
    right = ForeignKeyField(CancellationRight, null=True, backref="requests")
    acknowledged_at = UtcField(null=True)
    letter = ForeignKeyField(Letter, null=True, backref="acknowledged")
    right_dismissed_at = UtcField(null=True)
    right_dismissed_by = ForeignKeyField(User, null=True, backref="dismissed_rights")
    right_dismissed_why = TextField(default="")
    ended_at = UtcField(null=True)
    ended_by = ForeignKeyField(User, null=True, backref="ended_cancellations")
    version = IntegerField(default=1)

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def to_decide(self) -> bool:
        return self.state in TO_DECIDE

    @property
    def awaits_contact(self) -> bool:
        return self.state in BEFORE_CONTACT

    @property
    def clock_runs(self) -> bool:
        """Nobody has tried to reach the customer yet."""
        return self.awaits_contact and self.attempted_at is None

    @property
    def late(self) -> bool:
        return self.clock_runs and self.due_at < clock.now()

    state_name = named("state", STATES)

    @property
    def short_name(self) -> str:
        return SHORT.get(self.state, self.state_name)

    came_by_name = named("came_by", CAME_BY)

    @property
    def tone_name(self) -> str:
        return TONES.get(self.tone, self.tone)

    main_reason_name = named("main_reason", MAIN_REASONS, "")
    diagnosis_name = named("diagnosis", DIAGNOSES, "")

    @property
    def ground_name(self) -> str:
        return "The law gave them a right to cancel" if self.ground == BY_RIGHT else GROUNDS.get(self.ground, "")

    withdrawn_name = named("withdrawn_because", MISTAKES, "")

    @classmethod
    def still_open(cls):
        return cls.select().where(cls.ended_at.is_null())

    @classmethod
    def open_for(cls, deal: Deal) -> "CancellationRequest | None":
        return cls.still_open().where(cls.deal == deal).first()


class LockedCustomer(Record):
    """A record of the person whom an order under review locks; written by `locked_people`."""

    deal = ForeignKeyField(Deal, on_delete="CASCADE")
    customer = ForeignKeyField(Customer, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("customer", "deal")


class Direction(Record):
    """A manager lets a salesperson contact the customer again, until a moment (SOP 0, step 4)."""

    id = AutoField()
    request = ForeignKeyField(CancellationRequest, backref="directions", on_delete="CASCADE")
    user = ForeignKeyField(User, backref="directions")
    words = TextField()
    until = UtcField()
    given_by = ForeignKeyField(User, backref="directions_given")
    given_at = UtcField(default=clock.now)

    @property
    def in_force(self) -> bool:
        return self.until > clock.now()


class ReviewPresence(Record):
    """Who has a review open, so that two managers see each other."""

    request = ForeignKeyField(CancellationRequest, on_delete="CASCADE")
    user = ForeignKeyField(User)
    seen_at = UtcField(default=clock.now)

    class Meta:
        primary_key = CompositeKey("request", "user")


class EvidenceGap(Record):
    """Why a call or an email of the order has no recording or file."""

    activity = ForeignKeyField(Activity, primary_key=True, on_delete="CASCADE")
    reason = TextField()
    told_by = ForeignKeyField(User)
    told_at = UtcField(default=clock.now)
