"""What was said and done with a customer, and what is to be done next."""

from datetime import timedelta

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.core.limits import LOGGED_WITHIN
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer, Person
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User

KINDS = {"call": "Call", "voicemail": "Voicemail", "email": "Email", "text": "Text", "note": "Note", "task": "Task"}
CONTACTS = ("call", "voicemail", "email", "text")

NEEDS_DONE = "connected_needs"
FOLLOW_UP = "connected_follow_up"
VM_LEFT = "no_answer_vm"
VM_DROP = "vm_drop"
NO_VM = "no_answer_no_vm"
WRONG = "wrong"
SENT = "sent"

DONE, DROPPED = "done", "dropped"
LATER = timedelta(hours=1)

UNANSWERED = {
    VM_LEFT: "No answer. Left a voicemail.",
    VM_DROP: "No answer. Dropped the recorded voicemail.",
    NO_VM: "No answer.",
}  # what there is to say of it, so that nobody has to
OUTCOMES = {
    NEEDS_DONE: "Connected – needs assessment done",
    FOLLOW_UP: "Connected – follow-up required",
    VM_LEFT: "No answer – VM left",
    VM_DROP: "VM Drop",
    NO_VM: "No answer – no VM",
    WRONG: "Wrong number / bad email",
    SENT: "Sent",
}
CONNECTED = (NEEDS_DONE, FOLLOW_UP)
OUTCOMES_OF = {
    "call": (NEEDS_DONE, FOLLOW_UP, VM_LEFT, NO_VM, WRONG),
    "voicemail": (VM_LEFT, VM_DROP, WRONG),
    "email": (SENT, NEEDS_DONE, FOLLOW_UP, WRONG),
    "text": (SENT, NEEDS_DONE, FOLLOW_UP, WRONG),
}


class Activity(Record):
    """A contact (call, voicemail, email, text), a note, or a task, about a deal, a lead or a case; what was about a
    lead that became a deal is about both. `person` is whom it was with, null where that is the one whom the customer's
    record is about. A task is a next step: it has an assignee and a due time and is open until `done_at`, when it was
    done or, as `closed_as` tells, dropped; `answered_by` is the contact that it was done by. `returns_to` has it again
    once a cancellation review ends. A contact happened `at` and was logged at `created_at`."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="activities", on_delete="CASCADE")
    deal = ForeignKeyField(Deal, null=True, backref="activities", on_delete="CASCADE")
    lead = ForeignKeyField(Lead, null=True, backref="activities", on_delete="CASCADE")
    case = ForeignKeyField(CustomerCase, null=True, backref="activities", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    kind = CharField()
    direction = CharField(null=True)
    outcome = CharField(null=True)
    subject = CharField(default="")
    summary = TextField(default="")
    objections = TextField(default="")
    at = UtcField(default=clock.now)
    minutes = IntegerField(null=True)
    author = ForeignKeyField(User, null=True)
    assignee = ForeignKeyField(User, null=True)
    returns_to = ForeignKeyField(User, null=True)
    due_at = UtcField(null=True)
    done_at = UtcField(null=True)
    done_by = ForeignKeyField(User, null=True)
    closed_as = CharField(null=True)
    answered_by = ForeignKeyField("self", null=True)
    follows = ForeignKeyField("self", null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def subject_record(self) -> "Deal | Lead | CustomerCase | None":
        """What it is about now: the deal that a lead became, in the lead's place."""
        return self.deal or self.lead or self.case

    @property
    def connected(self) -> bool:
        return self.direction == "in" or self.outcome in CONNECTED

    @property
    def logged_later(self) -> bool:
        """Told noticeably after it happened."""
        return self.kind in CONTACTS and self.created_at - self.at > LATER

    @property
    def timely(self) -> bool:
        """Logged soon enough to count at a gate."""
        return self.created_at - self.at <= LOGGED_WITHIN

    @property
    def dropped(self) -> bool:
        return self.closed_as == DROPPED

    kind_name = named("kind", KINDS)
    outcome_name = named("outcome", OUTCOMES, "")

    @property
    def late(self) -> bool:
        return self.done_at is None and self.due_at is not None and self.due_at < clock.now()

    @classmethod
    def about(cls, record: "Deal | Lead | CustomerCase"):
        """The condition for what was said and done about a deal, a lead or a case."""
        if isinstance(record, CustomerCase):
            return cls.case == record
        return cls.lead == record if isinstance(record, Lead) else cls.deal == record

    @classmethod
    def open_steps(cls, record: "Deal | Lead | None" = None):
        """Next steps not yet done, soonest first."""
        steps = cls.select().where(cls.kind == "task", cls.done_at.is_null())
        if record is not None:
            steps = steps.where(cls.about(record))
        return steps.order_by(cls.due_at, cls.id)

    @classmethod
    def next_step(cls, record: "Deal | Lead") -> "Activity | None":
        return cls.open_steps(record).first()
