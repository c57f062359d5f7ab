"""What the law of a region says about a right to cancel. No row for a region means unknown, never none."""

from peewee import AutoField, CharField, DateField, IntegerField, TextField

from carmanana.core.db import Record, WordsField


class CancellationRight(Record):
    """`agreed_how` are the ways of agreeing that it covers. `days` run from `delivery`, or from delivery or agreement,
    the `later`; `agreed_from` is the first day of agreement that it covers."""

    id = AutoField()
    region = CharField(index=True)
    applies_to = CharField()
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

    class Meta:
        table_name = "cancellation_right"

    @property
    def runs_from_name(self) -> str:
        return "delivery" if self.runs_from == "delivery" else "delivery or agreement, the later"
