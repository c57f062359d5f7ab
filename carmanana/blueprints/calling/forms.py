"""The forms of calling rules."""

import wtforms
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from carmanana.contacting.calling.editing import FACTS, KINDS, LONGEST_NOTE, LONGEST_SOURCE
from carmanana.records.calling import CONFIDENCES, CONSENTS
from carmanana.web.forms import (
    BooleanField,
    DateField,
    DealershipForm,
    IntegerField,
    Optional,
    SelectField,
    TextField,
    WordsField,
)

DAYS = [
    ("1", "Mon"),
    ("2", "Tue"),
    ("3", "Wed"),
    ("4", "Thu"),
    ("5", "Fri"),
    ("6", "Sat"),
    ("7", "Sun"),
    ("E", "Eves of holidays"),
]
WHAT = [("call", "A call"), ("text", "A text"), ("email", "An email")]


class DaysField(SelectMultipleField):
    """Days as digits, in order; 1 is Monday."""

    widget, option_widget = ListWidget(), CheckboxInput()

    def __init__(self, label, **kwargs):
        super().__init__(label, choices=DAYS, validate_choice=False, **kwargs)

    @property
    def digits(self) -> str:
        return "".join(code for code, _ in DAYS if code in (self.data or []))


def _number(label: str) -> IntegerField:
    return IntegerField(label, [Optional()])


class RuleForm(DealershipForm):
    region = TextField("Region", most=10)
    kind = SelectField("What", choices=list(KINDS.items()), validate_choice=False)
    effective_from = DateField("Counts from", [Optional()])
    weekdays = DaysField("Days")
    opens = TextField("From", most=5)
    closes = TextField("Until", most=5)
    clock = TextField("By the clock of", most=60)
    holidays_allowed = BooleanField("Holidays as well")
    cap = _number("Attempts")
    cap_hours = _number("in so many hours")
    consent = SelectField(
        "Before the first contact",
        choices=[(c, f"{c}: {words.lower()}") for c, words in CONSENTS.items()],
        validate_choice=False,
    )
    relationship_purchase_months = _number("A purchase counts, months")
    relationship_inquiry_months = _number("An inquiry counts, months")
    inquiry_excuses = BooleanField("An inquiry may be answered without consent")
    register_days = _number("Register at most, days old")
    optout_days = _number("Opt-out at the latest, days")
    identify_within_s = _number("Say who you are within, seconds")
    end_within_s = _number("End on refusal within, seconds")
    source = TextField("Where it stands", most=LONGEST_SOURCE)
    confidence = SelectField("How it was found", choices=list(CONFIDENCES.items()), validate_choice=False)
    note = WordsField("Note", most=LONGEST_NOTE)

    def place(self) -> tuple[str, ...]:
        return (self.region.data or "", self.kind.data or "")

    def facts(self) -> dict:
        told = {name: self[name].data for name in FACTS if name != "weekdays"}
        return told | {"weekdays": self.weekdays.digits}


def known(rule) -> dict:
    """What a form of a row begins with; from when the change counts is asked anew."""
    return {name: getattr(rule, name) for name in FACTS} | {
        "region": rule.region,
        "kind": rule.kind,
        "weekdays": list(rule.weekdays),
    }


class TrialForm(DealershipForm):
    where = TextField("Number or region", most=80)
    day = DateField("Day", [Optional()])
    at = wtforms.TimeField("Our time", [Optional()])
    kind = SelectField("What", choices=WHAT)


class RegionHolidayForm(DealershipForm):
    region = TextField("Region", most=10)
    day = DateField("Day", [Optional()])
    name = TextField("Name", most=120)


class RegisterForm(DealershipForm):
    region = TextField("Region", most=10)
    taken_on = DateField("Taken on", [Optional()])
