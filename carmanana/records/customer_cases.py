"""What a customer asked us to set right: who works on it, on whom it waits, and until when it is due."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.core.query import prepared
from carmanana.records.customers import Customer, Person
from carmanana.records.people import AGENT, HOUSE_ID, User

NEW, OPENED, IN_PROGRESS, WAITING = "new", "open", "in_progress", "waiting"
COMPLETED, DUPLICATE, INCOMPLETE, WONT_FIX = "completed", "duplicate", "incomplete", "wont_fix"
STATES = {
    NEW: "New",
    OPENED: "Open",
    IN_PROGRESS: "In progress",
    WAITING: "Waiting",
    COMPLETED: "Completed",
    DUPLICATE: "Duplicate",
    INCOMPLETE: "Incomplete",
    WONT_FIX: "Won’t fix",
}
OPEN = (NEW, OPENED, IN_PROGRESS, WAITING)
CLOSED = (COMPLETED, DUPLICATE, INCOMPLETE, WONT_FIX)
RESULTS = {state: STATES[state] for state in CLOSED}

ON_CUSTOMER, ON_US, ON_SUPPLIER = "customer", "us", "supplier"
WAITING_ON = {ON_CUSTOMER: "On the customer", ON_US: "On us", ON_SUPPLIER: "On a supplier"}
STANDS_WHILE_ON = (ON_CUSTOMER, ON_SUPPLIER)

URGENT, HIGH, NORMAL, LOW = "urgent", "high", "normal", "low"
PRIORITIES = {URGENT: "Urgent", HIGH: "High", NORMAL: "Normal", LOW: "Low"}
CAME_BY = {"call": "Call", "email": "Email", "text": "Text", "in_person": "In person", "form": "Form", "other": "Other"}


class CustomerCase(Record):
    """`due_at` is the end of its time by the business calendar. While it waits on the customer or on a supplier the
    clock stands: there is no `due_at`, and `minutes_left` keeps the business minutes that go on counting after."""

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="cases", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    subject = CharField()
    details = TextField(default="")
    came_by = CharField(default="")
    state = CharField(default=NEW)
    waiting_on = CharField(null=True)
    waiting_for = CharField(default="")
    priority = CharField(default=NORMAL)
    assignee = ForeignKeyField(User, null=True, backref="customer_cases")
    opened_by = ForeignKeyField(User, null=True)
    opened_at = UtcField(default=clock.now)
    state_since = UtcField(default=clock.now)
    due_at = UtcField(null=True)
    minutes_left = IntegerField(null=True)
    told_late_at = UtcField(null=True)
    closed_at = UtcField(null=True)
    closed_by = ForeignKeyField(User, null=True)
    resolution = TextField(default="")
    duplicate_of = ForeignKeyField("self", null=True)
    times_reopened = IntegerField(default=0)
    import_id = IntegerField(null=True)
    external_id = CharField(default="")
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    class Meta:
        table_name = "customer_case"

    # what a log and a step ask of whatever they are about
    live = False
    readiness = "organic"
    retention_id = None

    @property
    def owner(self) -> User | None:
        return self.assignee

    @property
    def owner_id(self) -> int | None:
        return self.assignee_id

    @property
    def unowned(self) -> bool:
        return self.assignee_id in (None, HOUSE_ID)

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def ended(self) -> bool:
        return not self.open

    state_name = named("state", STATES)

    @property
    def standing(self) -> str:
        """Its state as people say it: Waiting on a supplier."""
        if self.waiting_on:
            return f"{self.state_name} {WAITING_ON[self.waiting_on].lower()}"
        return self.state_name

    @property
    def reference(self) -> str:
        """What another system calls it, else its own number."""
        return self.external_id or f"#{self.id}"

    priority_name = named("priority", PRIORITIES)
    came_by_name = named("came_by", CAME_BY, "")

    @property
    def clock_stands(self) -> bool:
        return self.waiting_on in STANDS_WHILE_ON

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.due_at < clock.now()

    def worked_by(self, by: User) -> bool:
        """Whoever it is assigned to, the customer's owner and managers; agents where the customer is nobody's; and
        while the customer's cancellation is pending, those who cancel customers."""
        if by.is_manager or self.assignee_id == by.id:
            return True
        return works_for(self.customer, by)

    @classmethod
    def is_open(cls):
        return cls.closed_at.is_null()


def works_for(customer: Customer, by: User) -> bool:
    """May this person work on what a customer has beside deals: cases, expiries?"""
    if by.is_manager or customer.tidied_by(by):
        return True
    return by.has(AGENT) and customer.owner_id in (by.id, None, HOUSE_ID)


class CaseWatcher(Record):
    """Hears of what happens on a case that is not theirs."""

    id = AutoField()
    case = ForeignKeyField(CustomerCase, backref="watchers", on_delete="CASCADE")
    user = ForeignKeyField(User)


class CaseCheck(Record):
    """A line of a case's checklist."""

    id = AutoField()
    case = ForeignKeyField(CustomerCase, backref="checks", on_delete="CASCADE")
    words = CharField()
    position = IntegerField(default=0)
    done_at = UtcField(null=True)
    done_by = ForeignKeyField(User, null=True)


class CaseTerms(Record):
    """One row: how many business minutes a case of each priority has."""

    id = IntegerField(primary_key=True, default=1)
    low_minutes = IntegerField()
    normal_minutes = IntegerField()
    high_minutes = IntegerField()
    urgent_minutes = IntegerField()
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "CaseTerms":
        return _terms.first()

    def minutes(self, priority: str) -> int:
        return getattr(self, f"{priority}_minutes")


@prepared
def _terms():
    return CaseTerms.select().where(CaseTerms.id == 1)
