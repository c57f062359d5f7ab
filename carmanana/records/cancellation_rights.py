"""What the law of a region says about a right to cancel. No row for a region means unknown, never none."""

from peewee import AutoField, CharField, DateField, IntegerField, TextField

from carmanana.core.db import Record, WordsField

CONFIDENCES = {
    "seen": "Seen in a legal or official text",
    "second hand": "Second hand",
    "general knowledge": "General knowledge",
    "unsure": "Unsure",
}
RUNS_FROM = {"delivery": "Delivery", "later": "Delivery or agreement, the later"}


class CancellationRight(Record):
    """`order_types` are the kinds of orders and `agreed_how` the ways of agreeing that it covers; without any, all.
    `days` run from `delivery`, or from delivery or agreement, the `later`; `agreed_from` is the first day of agreement
    that it covers. Of the price may be kept: restocking, a share of it (hundredths of a percent) within two amounts,
    and mileage. The rest goes back within `refund_days`. It counts for statements sent from `effective_from` to
    `effective_until`."""

    id = AutoField()
    region = CharField(index=True)
    applies_to = CharField()
    order_types = WordsField(default="")
    agreed_how = WordsField()
    price_up_to_cents = IntegerField(null=True)
    currency = CharField(null=True)
    agreed_from = DateField(null=True)
    days = IntegerField()
    runs_from = CharField()
    conditions = TextField(default="")
    money = TextField()
    source = TextField()
    confidence = CharField()
    refund_days = IntegerField(null=True)
    restocking_percent_hundredths = IntegerField(null=True)
    restocking_least_cents = IntegerField(null=True)
    restocking_most_cents = IntegerField(null=True)
    mileage_most_cents = IntegerField(null=True)
    effective_from = DateField(null=True)
    effective_until = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "cancellation_right"

    @property
    def runs_from_name(self) -> str:
        return RUNS_FROM[self.runs_from].lower()

    @property
    def cited(self) -> str:
        """As it is named wherever it counts: where it stands, since when, how sure."""
        since = f", in force since {self.effective_from:%-d %b %Y}" if self.effective_from else ""
        return f"{self.source}{since} ({self.confidence})"

    def counted_on(self, day) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_until or day)

    @classmethod
    def counts_on(cls, day):
        begun = cls.effective_from.is_null() | (cls.effective_from <= day)
        return begun & (cls.effective_until.is_null() | (cls.effective_until >= day))
