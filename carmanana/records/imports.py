"""An import: the file, how it is to be read, how far it has come. The row itself is the queue."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User

UPLOADED, QUEUED, RUNNING, DONE, FAILED, UNDOING, UNDONE = (
    "uploaded",
    "queued",
    "running",
    "done",
    "failed",
    "undoing",
    "undone",
)
STATES = {
    UPLOADED: "Not started",
    QUEUED: "Waiting",
    RUNNING: "Importing",
    DONE: "Done",
    FAILED: "Stopped",
    UNDOING: "Being undone",
    UNDONE: "Undone",
}
WORKING = (QUEUED, RUNNING, UNDOING)


class ImportBatch(Record):
    """`mapping` is what `Terms` reads; `at_row` the last row that is settled, committed with what
    came of it, so that a run that was killed goes on behind it."""

    id = AutoField()
    user = ForeignKeyField(User, null=True)
    name = CharField()
    stored = CharField()
    sha256 = CharField()
    size = IntegerField()
    mapping = JsonField(default=dict)
    state = CharField(default=UPLOADED)
    total = IntegerField(default=0)
    at_row = IntegerField(default=0)
    deals_made = IntegerField(default=0)
    leads_made = IntegerField(default=0)
    records_made = IntegerField(default=0)
    customers_made = IntegerField(default=0)
    customers_met = IntegerField(default=0)
    refused = IntegerField(default=0)
    kept = IntegerField(default=0)
    trouble = TextField(default="")
    beat_at = UtcField(null=True)
    created_at = UtcField(default=clock.now)
    finished_at = UtcField(null=True)
    version = IntegerField(default=1)

    def __str__(self):
        return self.name

    @property
    def working(self) -> bool:
        return self.state in WORKING

    state_name = named("state", STATES)

    @property
    def settled(self) -> int:
        """Rows that were brought in or refused."""
        return self.brought + self.refused

    @property
    def brought(self) -> int:
        return self.records_made or self.deals_made or self.customers_made + self.customers_met

    @property
    def made(self) -> int:
        """Records that it has brought in: deals, leads, customers, and the cases, quotations or assets that it is a
        list of."""
        return self.deals_made + self.leads_made + self.customers_made + self.records_made

    @property
    def records(self) -> list[tuple[int, str]]:
        """How many of the kind that it is a list of, where that is cases, quotations or assets."""
        kind = self.mapping.get("kind", "")
        return [(self.records_made, kind)] if kind in ("cases", "quotations", "assets") else []

    @property
    def goal(self) -> int:
        """What the progress is measured by: rows to settle, or records to take back."""
        return self.made if self.state == UNDOING else self.total

    @property
    def progress(self) -> int:
        return self.made - self.kept if self.state == UNDOING else self.settled

    @property
    def deals(self):
        return Deal.select().where(Deal.import_id == self.id)

    @property
    def leads(self):
        return Lead.select().where(Lead.import_id == self.id)

    @property
    def customers(self):
        return Customer.select().where(Customer.import_id == self.id)

    @property
    def same_file(self) -> "ImportBatch | None":
        """An import of the very same file that stands."""
        same = (ImportBatch.sha256 == self.sha256) & (ImportBatch.id != self.id)
        standing = ImportBatch.state.in_((QUEUED, RUNNING, DONE))
        return ImportBatch.select().where(same, standing).order_by(ImportBatch.id.desc()).first()

    @property
    def leaning(self) -> "ImportBatch | None":
        """A later import that stands on customers of this one: with deals of theirs, or with what it has added to
        them."""
        mine = Customer.select(Customer.id).where(Customer.import_id == self.id)
        with_deals = Deal.select(Deal.import_id).where(Deal.customer.in_(mine), Deal.import_id.is_null(False))
        with_news = ImportAddition.select(ImportAddition.batch).where(
            ImportAddition.customer.in_(mine), ImportAddition.undone == 0
        )
        others = ImportBatch.id.in_(with_deals) | ImportBatch.id.in_(with_news)
        standing = ImportBatch.state.in_((RUNNING, DONE, FAILED)) & (ImportBatch.id != self.id)
        return ImportBatch.select().where(standing, others).order_by(ImportBatch.id.desc()).first()

    @classmethod
    def waiting(cls):
        return cls.select().where(cls.state.in_(WORKING)).order_by(cls.id)


class ImportRow(Record):
    """A row that was not brought in, as it stood in the file, and why."""

    id = AutoField()
    batch = ForeignKeyField(ImportBatch, backref="rows", on_delete="CASCADE")
    number = IntegerField()
    code = CharField()
    reason = TextField()
    cells = JsonField(default=list)
    deal_id = IntegerField(null=True)


class ImportAddition(Record):
    """What a row has added to somebody who was here: facts with what they were before, numbers and addresses as typed.
    It is taken back with its import."""

    id = AutoField()
    batch = ForeignKeyField(ImportBatch, on_delete="CASCADE")
    customer = ForeignKeyField(Customer, on_delete="CASCADE")
    facts = JsonField(default=dict)
    phones = JsonField(default=list)
    emails = JsonField(default=list)
    undone = IntegerField(default=0)
