"""What did not go by the SOP, and what came of it: findings, and one ledger of consequences (SOP 0, *Non-compliance may
lead to*)."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import COMPLIANCE, CRM_ADMIN, MANAGER, User
from carmanana.records.phrases import (
    BEYOND,
    CONDUCT,
    OUTCOMES,
    OWN_REVIEW,
    PRICE,
    QUOTE,
    REFUSING,
    SORTS,
    UNREAD,
    WARNING,
    WHERE,
    Phrase,
)
from carmanana.records.pipelines import Stage
from carmanana.records.sops import (
    SOP_ALL_STAFF,
    SOP_CONDUCT,
    SOP_FIRST,
    SOP_FLOW,
    SOP_HOLD,
    SOP_LOCK,
    SOP_LOG,
    SOP_NEEDS,
    SOP_ONLY_APPROVED,
    SOP_OWNER,
    SOP_PROMISES,
)

JUDGES = (MANAGER, COMPLIANCE)  # who review findings and score calls
IMPOSES = (MANAGER, COMPLIANCE, CRM_ADMIN)

LOCKED, SILENT, PARKED, UNOWNED = "contact_while_locked", "silent_lead", "live_on_hold", "unowned_deal"
LATE_REVIEW, LATE_CONTACT, UNLOGGED, OTHER = "late_review", "late_first_contact", "not_logged", "other"
RULES = {
    LOCKED: "Contacted the customer while it was the manager’s",
    SILENT: "Took a lead and did nothing with it",
    PARKED: "Parked a live order on hold",
    UNOWNED: "A deal that nobody owned for longer than a day",
    LATE_REVIEW: "First contact of a cancellation overdue",
    LATE_CONTACT: "First contact after a claim overdue",
}
BY_HAND_ONLY = {UNLOGGED: "Did not log an activity", OTHER: "Something else against the SOP"}
FOUND = SORTS | CONDUCT | RULES | BY_HAND_ONLY
RAISED_BY_HAND = {sort: FOUND[sort] for sort in (*REFUSING, *WARNING, OWN_REVIEW, *RULES, *BY_HAND_ONLY)}

SOP_OF = dict.fromkeys(REFUSING, SOP_PROMISES) | dict.fromkeys(WARNING, SOP_ALL_STAFF)
SOP_OF |= {QUOTE: SOP_NEEDS, PRICE: SOP_NEEDS, UNREAD: SOP_PROMISES}
SOP_OF |= {BEYOND: SOP_ONLY_APPROVED, OWN_REVIEW: SOP_FIRST}
SOP_OF |= {LOCKED: SOP_LOCK, LATE_REVIEW: SOP_FIRST}
SOP_OF |= {SILENT: SOP_FLOW, PARKED: SOP_HOLD}
SOP_OF |= {UNOWNED: SOP_OWNER, LATE_CONTACT: SOP_OWNER}
SOP_OF |= {UNLOGGED: SOP_LOG, OTHER: SOP_CONDUCT}

OPEN, REVIEWED, DISMISSED = "open", "reviewed", "dismissed"
DISPUTED, UPHELD, OVERTURNED = "disputed", "upheld", "overturned"
FINDING_STATES = {
    OPEN: "To review",
    REVIEWED: "Stands",
    DISMISSED: "No finding",
    DISPUTED: "Disputed",
    UPHELD: "Upheld",
    OVERTURNED: "Overturned",
}
COUNTS = (REVIEWED, DISPUTED, UPHELD)


class Finding(Record):
    """Something against the SOP, in what somebody wrote, said or did. `source` tells a sweep that it was raised
    already; `spot` is its place in what was said: a minute, a sentence. Who has no name here is nobody: CarManana
    itself."""

    id = AutoField()
    user = ForeignKeyField(User, backref="findings")
    customer = ForeignKeyField(Customer, null=True, on_delete="SET NULL")
    deal = ForeignKeyField(Deal, null=True, on_delete="SET NULL")
    lead = ForeignKeyField(Lead, null=True, on_delete="SET NULL")
    request = ForeignKeyField(CancellationRequest, null=True, on_delete="SET NULL")
    activity = ForeignKeyField(Activity, null=True, on_delete="SET NULL")
    sort = CharField()
    phrase = ForeignKeyField(Phrase, null=True, on_delete="SET NULL")
    excerpt = TextField(default="")
    where = CharField(column_name="place")
    spot = CharField(default="")
    outcome = CharField()
    at = UtcField(default=clock.now)
    raised_by = ForeignKeyField(User, null=True)
    source = CharField(null=True)
    words = TextField(default="")
    state = CharField(default=OPEN)
    reviewed_at = UtcField(null=True)
    reviewed_by = ForeignKeyField(User, null=True)
    note = TextField(default="")
    answer = TextField(default="")
    answered_at = UtcField(null=True)
    dispute = TextField(default="")
    disputed_at = UtcField(null=True)
    decision = TextField(default="")
    decided_at = UtcField(null=True)
    decided_by = ForeignKeyField(User, null=True)
    version = IntegerField(default=1)

    @property
    def sort_name(self) -> str:
        return FOUND.get(self.sort, self.sort)

    sop = named("sort", SOP_OF, SOP_ALL_STAFF)
    where_name = named("where", WHERE)
    state_name = named("state", FINDING_STATES)

    @property
    def told(self) -> str:
        """The words in quotation marks, or what was done."""
        return f"“{self.excerpt}”" if self.excerpt else self.sort_name

    outcome_name = named("outcome", OUTCOMES)

    @property
    def refusing(self) -> bool:
        return self.sort not in WARNING

    @property
    def waits(self) -> bool:
        """For somebody to judge it."""
        return self.state in (OPEN, DISPUTED)

    @property
    def settled(self) -> bool:
        return self.state in (DISMISSED, UPHELD, OVERTURNED)

    @classmethod
    def visible(cls, by: User):
        """All of them for those who look after them, and one's own for everybody."""
        return cls.id.is_null(False) if by.has(*IMPOSES) else cls.user == by

    @classmethod
    def visible_to(cls, by: User):
        return cls.select().where(cls.visible(by))


COACHING, RETRAINING, ACCESS, DISCIPLINARY = "coaching", "retraining", "access", "disciplinary"
KINDS = {
    COACHING: "Coaching",
    RETRAINING: "Retraining",
    ACCESS: "No access to a stage",
    DISCIPLINARY: "Disciplinary action",
}
STANDING, ACKNOWLEDGED, DONE, ENDED, TAKEN_BACK = "standing", "acknowledged", "done", "ended", "taken_back"
CONSEQUENCE_STATES = {
    STANDING: "Open",
    ACKNOWLEDGED: "Acknowledged",
    DONE: "Done",
    ENDED: "Ended",
    TAKEN_BACK: "Taken back",
}


class Consequence(Record):
    """A line of the ledger. Nothing is deleted: what was wrong is taken back, with the reason in `closed_because`.
    Access is lost from `starts_on` to `ends_on`, both included, in the person's own zone; `due_on` is when coaching or
    retraining is to be done."""

    id = AutoField()
    user = ForeignKeyField(User, backref="consequences")
    kind = CharField()
    state = CharField(default=STANDING)
    finding = ForeignKeyField(Finding, null=True, backref="consequences")
    stage = ForeignKeyField(Stage, null=True)
    reason = TextField()
    starts_on = DateField()
    ends_on = DateField(null=True)
    due_on = DateField(null=True)
    created_by = ForeignKeyField(User)
    created_at = UtcField(default=clock.now)
    reminded_at = UtcField(null=True)
    acknowledged_at = UtcField(null=True)
    closed_at = UtcField(null=True)
    closed_by = ForeignKeyField(User, null=True)
    closed_because = TextField(default="")
    version = IntegerField(default=1)

    @property
    def kind_name(self) -> str:
        return f"No access to {self.stage.name}" if self.stage_id else KINDS[self.kind]

    @property
    def state_name(self) -> str:
        return "In force" if self.kind == ACCESS and self.standing else CONSEQUENCE_STATES[self.state]

    @property
    def standing(self) -> bool:
        return self.state == STANDING

    @property
    def overdue(self) -> bool:
        return self.standing and self.due_on is not None and self.due_on < clock.today(self.user.timezone)

    @classmethod
    def barring(cls, user: User, stage, day):
        """The condition for those that keep a person out of a stage, or of the stage of a query, on a day."""
        ending = cls.ends_on.is_null() | (cls.ends_on >= day)
        in_force = (cls.kind == ACCESS) & (cls.state == STANDING)
        return in_force & (cls.user == user) & (cls.stage == stage) & (cls.starts_on <= day) & ending

    @classmethod
    def visible(cls, by: User):
        """Disciplinary action is for managers and the person, and for whoever set it down."""
        if by.is_manager:
            return cls.id.is_null(False)
        own = (cls.user == by) | (cls.created_by == by)
        return own | (cls.kind != DISCIPLINARY) if by.has(*IMPOSES) else own

    @classmethod
    def visible_to(cls, by: User):
        return cls.select().where(cls.visible(by))
