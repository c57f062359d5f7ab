"""When and on what terms somebody may be called, texted or mailed, region by region: data that an admin edits."""

from peewee import AutoField, BooleanField, CharField, DateField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField

CALL, TEXT, EMAIL = "call", "text", "email"
CALLED_PARTY = "called party"
OTHER_STATES = "US-other"

CONFIDENCES = {"seen": "Seen in a legal or official text", "second hand": "Second hand", "unsure": "Unsure"}
SURE = {"seen": "seen", "second hand": "second hand", "unsure": "not confirmed"}  # within a sentence
CONSENTS = {
    "none": "Nothing needed",
    "register": "Unless they are in the do-not-call register",
    "implied": "A purchase or an inquiry will do",
    "express": "Consent on file",
    "prior express": "Consent on file",
    "consent": "Consent on file",
    "opt-in": "Consent on file",
    "mobile opt-in": "Consent on file for mobile numbers",
    "recorded": "Consent on file, with its proof",
}


class CallingRule(Record):
    """One window of a region. `weekdays` are digits, 1 is Monday, and E the eve of a holiday; `opens` and `closes` are
    wall times ("24:00" is midnight) by `clock`: the called party's, or a zone. `cap` attempts in `cap_hours`.
    `register_days` is how old the do-not-call register may be; `inquiry_excuses` whether the law lets an inquiry be
    answered without consent. Months tell how long a purchase or an inquiry counts. It holds from `effective_from` to
    `effective_until`, both included."""

    id = AutoField()
    region = CharField(index=True)
    kind = CharField()
    weekdays = CharField()
    opens = CharField()
    closes = CharField()
    clock = CharField(default=CALLED_PARTY)
    holidays_allowed = BooleanField(default=True)
    cap = IntegerField(null=True)
    cap_hours = IntegerField(null=True)
    consent = CharField(default="none")
    relationship_purchase_months = IntegerField(null=True)
    relationship_inquiry_months = IntegerField(null=True)
    inquiry_excuses = BooleanField(default=False)
    register_days = IntegerField(null=True)
    optout_days = IntegerField(null=True)
    identify_within_s = IntegerField(null=True)
    end_within_s = IntegerField(null=True)
    source = TextField()
    effective_from = DateField(null=True)
    effective_until = DateField(null=True)
    confidence = CharField()
    note = TextField(default="")
    version = IntegerField(default=1)

    @property
    def cited(self) -> str:
        """As a refusal names it: region, source, since when, how sure."""
        since = f", in force since {self.effective_from:%-d %b %Y}" if self.effective_from else ""
        where = "Other US states" if self.region == OTHER_STATES else self.region
        return f"{where}: {self.source}{since} ({SURE[self.confidence]})"

    def in_force(self, day) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_until is None or day <= self.effective_until
        )


class RegionHoliday(Record):
    """A day on which some regions are not called."""

    id = AutoField()
    region = CharField()
    day = DateField()
    name = CharField()

    class Meta:
        indexes = ((("region", "day"), True),)


class DoNotCallRegister(Record):
    """A file of a country's or state's register, as it stood on a day."""

    id = AutoField()
    region = CharField()
    taken_on = DateField()
    name = CharField()
    numbers = IntegerField(default=0)
    loaded_by = IntegerField(null=True)
    loaded_at = UtcField(default=clock.now)


class RegisteredNumber(Record):
    """A number in the newest register of its region."""

    id = AutoField()
    register = IntegerField(column_name="register_id")
    e164 = CharField(index=True)
