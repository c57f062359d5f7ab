"""What was agreed with a customer and is to be delivered. The money is the deal's own."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import is_worked_by

OPENED, COMPLETED, CANCELLED = "open", "completed", "cancelled"
STATES = {OPENED: "Open", COMPLETED: "Completed", CANCELLED: "Cancelled"}


class SalesOrder(Record):
    """One for each deal that was won, opened and closed with it by the database (schema/derived/sales.py): completed is
    delivered, cancelled is by the deal's own cancellation, or the deal is worked again."""

    id = AutoField()
    number = IntegerField()
    deal = ForeignKeyField(Deal, unique=True, on_delete="CASCADE")
    customer = ForeignKeyField(Customer, backref="sales_orders", on_delete="CASCADE")
    state = CharField(default=OPENED)
    state_since = UtcField(default=clock.now)
    opened_on = DateField(null=True)
    completed_on = DateField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def open(self) -> bool:
        return self.state == OPENED

    @property
    def name(self) -> str:
        return f"S-{self.number}"

    state_name = named("state", STATES)

    @classmethod
    def is_open(cls):
        return cls.state == OPENED

    def worked_by(self, by: User) -> bool:
        return is_worked_by(self.deal, by)
