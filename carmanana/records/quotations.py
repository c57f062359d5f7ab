"""What a deal's vehicle and everything beside it would cost, as it was put to the customer."""

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock, money
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.core.query import prepared
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User

DRAFT, SENT, WON, LOST, EXPIRED, CANCELLED = "draft", "sent", "won", "lost", "expired", "cancelled"
STATES = {
    DRAFT: "Draft",
    SENT: "Sent",
    WON: "Won",
    LOST: "Lost",
    EXPIRED: "Expired",
    CANCELLED: "Cancelled",
}
OPEN = (DRAFT, SENT)
BY_EMAIL, BY_HAND = "email", "hand"
SENT_HOW = {BY_EMAIL: "By email", BY_HAND: "By hand"}
WHOLE = 100_000  # a tax rate of one hundred percent, in thousandths of a percent


class Quotation(Record):
    """`net_cents` and `tax_cents` are the sums of its lines. One of a deal's leads. `accepted_on` is the day on which
    the customer accepted it, `reason` why it was lost or cancelled."""

    id = AutoField()
    number = IntegerField()
    deal = ForeignKeyField(Deal, backref="quotations", on_delete="CASCADE")
    customer = ForeignKeyField(Customer, backref="quotations", on_delete="CASCADE")
    state = CharField(default=DRAFT)
    state_since = UtcField(default=clock.now)
    leading = BooleanField(default=False)
    title = CharField(default="")
    terms = TextField(default="")
    currency = CharField()
    valid_until = DateField(null=True)
    net_cents = IntegerField(default=0)
    tax_cents = IntegerField(default=0)
    sent_at = UtcField(null=True)
    sent_how = CharField(null=True)
    accepted_on = DateField(null=True)
    reason = TextField(default="")
    made_by = ForeignKeyField(User, null=True)
    import_id = IntegerField(null=True)
    external_id = CharField(default="")
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def draft(self) -> bool:
        return self.state == DRAFT

    @property
    def name(self) -> str:
        return f"Q-{self.number}"

    state_name = named("state", STATES)
    sent_how_name = named("sent_how", SENT_HOW, "")

    @property
    def total_cents(self) -> int:
        return self.net_cents + self.tax_cents

    @property
    def sums(self) -> list[tuple[str, int]]:
        """What stands beneath its lines, in cents, wherever it is shown."""
        taxed = [("Net", self.net_cents), ("Tax", self.tax_cents)] if self.tax_cents else []
        return [*taxed, ("Total", self.total_cents)]

    @property
    def total(self) -> str:
        return money.shown(self.total_cents, self.currency)

    @property
    def net(self) -> str:
        return money.shown(self.net_cents, self.currency)

    @property
    def tax(self) -> str:
        return money.shown(self.tax_cents, self.currency)

    @property
    def deal_reference(self) -> str:
        """What another system calls its deal, else the deal's own number."""
        return self.deal.external_id or f"D-{self.deal_id}"

    @property
    def lines(self) -> "list[QuotationLine]":
        return _lines(self.id)

    @classmethod
    def is_open(cls):
        return cls.state.in_(OPEN)

    def worked_by(self, by: User) -> bool:
        """The deal's owner and managers; who cancels customers while this customer's cancellation is pending."""
        return is_worked_by(self.deal, by)


class QuotationLine(Record):
    """`tax_rate` is in thousandths of a percent; a price below nothing is a discount."""

    id = AutoField()
    quotation = ForeignKeyField(Quotation, backref="all_lines", on_delete="CASCADE")
    position = IntegerField(default=0)
    what = CharField()
    quantity = IntegerField(default=1)
    price_cents = IntegerField()
    tax_rate = IntegerField(default=0)

    class Meta:
        table_name = "quotation_line"

    @property
    def net_cents(self) -> int:
        return self.quantity * self.price_cents

    @property
    def tax_cents(self) -> int:
        """Rounded to the nearest cent, half a cent away from nothing."""
        exact = abs(self.net_cents) * self.tax_rate
        rounded = (exact + WHOLE // 2) // WHOLE
        return rounded if self.net_cents >= 0 else -rounded

    @property
    def tax_percent(self) -> str:
        return f"{self.tax_rate / 1_000:.3f}".rstrip("0").rstrip(".") + "%"


@prepared
def _lines(quotation_id):
    lines = QuotationLine.select().where(QuotationLine.quotation == quotation_id)
    return lines.order_by(QuotationLine.position, QuotationLine.id)


def is_worked_by(deal: Deal, by: User) -> bool:
    """May this person work on what a deal leaves with its customer: quotations, the sales order, the asset?"""
    return by.is_manager or (by.works_deals and deal.owner_id == by.id) or deal.customer.tidied_by(by)
