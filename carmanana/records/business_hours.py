"""When the house is open, and how soon a first contact is due: one calendar for everything."""

from peewee import AutoField, CharField, DateField, IntegerField

from carmanana.core.db import Record


class BusinessHours(Record):
    """`weekday` 0 is Monday; a closed day has neither time ("09:00")."""

    weekday = IntegerField(primary_key=True)
    opens = CharField(null=True)
    closes = CharField(null=True)


class Holiday(Record):
    id = AutoField()
    day = DateField(unique=True)
    name = CharField()


class ReviewTerms(Record):
    """One row: within how many business minutes the first contact is due."""

    id = AutoField()
    first_contact_minutes = IntegerField(default=60)
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "ReviewTerms":
        return cls.get_by_id(1)
