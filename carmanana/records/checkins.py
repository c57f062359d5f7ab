"""The start and the end of a person's day: what they looked at, what was open, and what they said of it (SOP 1, section
I)."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, TextField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.records.people import User

START, END = "start", "end"
KINDS = {START: "Start of day", END: "End of day"}


class CheckIn(Record):
    """Signed once a day, by the person's own calendar. `failing` is how many of each check were open, by its code,
    `done` what the day had brought by then; `reason` why they signed with something open, `words` what their manager
    should know."""

    id = AutoField()
    user = ForeignKeyField(User, backref="check_ins")
    day = DateField()
    kind = CharField()
    at = UtcField(default=clock.now)
    failing = JsonField(default=dict)
    done = JsonField(default=dict)
    reason = TextField(default="")
    words = TextField(default="")

    @property
    def open(self) -> int:
        return sum(self.failing.values())
