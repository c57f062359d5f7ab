"""The forms of a manager's review, and of the business hours that its clock runs by."""

from datetime import time
from functools import cached_property

from wtforms import Field
from wtforms.widgets import TextInput

from carmanana.cancellations.grounds import grounds_open
from carmanana.cancellations.money_owed import proposed_day
from carmanana.cancellations.rules import HOW, files_of
from carmanana.contacting.business_hours import WEEKDAYS
from carmanana.records.activities import NO_VM, OUTCOMES, VM_LEFT, WRONG
from carmanana.records.cancellations import FILES, GROUNDS, MAIN_REASONS, NOT_REACHED, CancellationRequest
from carmanana.web.current_user import me
from carmanana.web.forms import (
    AmountField,
    DateField,
    DealershipForm,
    IntegerField,
    MomentField,
    NumberRange,
    Optional,
    RadioField,
    SelectField,
    TextField,
    WordsField,
)
from carmanana.web.forms.choices import ChoicesField
from carmanana.web.forms.steps import CHOOSE

TRIED = [("call", "A call"), ("email", "An email after it")]
MISSED = [(code, OUTCOMES[code]) for code in (VM_LEFT, NO_VM, WRONG)]


def chips(label: str, choices: list) -> RadioField:
    return RadioField(label, choices=choices, validators=[Optional()])


class ReviewForm(DealershipForm):
    """A form about one request; `given` is what the step is taken with."""

    half_done = False  # saved as far as it goes: only a text that can't be stored keeps it back

    def __init__(self, request: CancellationRequest, **kwargs):
        self.request, self.money_in = request, request.deal.currency
        super().__init__(data=self.known(request), **kwargs)
        self.offer()

    def known(self, request: CancellationRequest) -> dict:
        return {}

    def validate(self, *args, **kwargs) -> bool:
        valid = super().validate(*args, **kwargs)
        return valid or (self.half_done and not any(field.errors for field in self if isinstance(field, WordsField)))

    def offer(self) -> None:
        """Fill in choices that depend on the request."""

    def given(self) -> dict:
        return self.data

    @property
    def typed(self) -> list[tuple[str, str]]:
        """The long texts as they were sent, to be shown where the form itself has no place any more."""
        return [(field.label.text, field.data) for field in self if isinstance(field, WordsField) and field.data]


class FirstContactForm(ReviewForm):
    """Steps 1 and 2: the file, the attempts, and what the customer said. One form, so that no button loses what
    another's field holds."""

    files_read = ChoicesField("What you have read", FILES)
    kind = RadioField("What you tried", choices=TRIED, default="call", validators=[Optional()])
    outcome = chips("How the call ended", MISSED)
    summary = WordsField("Note", most=2000)
    next_attempt_at = MomentField("Try again")
    how = chips("How you reached them", list(HOW.items()))
    situation = WordsField("The customer’s situation")
    expectations = WordsField("What they expect")
    main_reason = SelectField("Main reason", validate_choice=False)
    real_reason = WordsField("The real reason, in their words")
    minutes = IntegerField("Minutes", [Optional(), NumberRange(0, 600, "Enter whole minutes, at most 600.")])
    reason = WordsField("Why you go on without having reached them", most=2000)

    @cached_property
    def found(self) -> dict[str, int]:
        return files_of(self.request)

    def known(self, request):
        names = ("files_read", "situation", "expectations", "main_reason", "real_reason")
        return {name: getattr(request, name) for name in names} | {"files_read": sorted(request.files_read)}

    def offer(self):
        self.main_reason.choices = CHOOSE + [
            (code, name) for code, name in MAIN_REASONS.items() if code != "not_reached"
        ]

    def given(self) -> dict:
        return self.data | {"files_read": set(self.files_read.data or ())}


class DecisionForm(ReviewForm):
    """The cancellation approved: the final decision, and what becomes of the money."""

    ground = RadioField(
        "Why does it end?", choices=list(GROUNDS.items()), validate_choice=False, validators=[Optional()]
    )
    decision = WordsField("Final decision and any conditions")
    refunded_cents = AmountField("Refunded")
    kept_cents = AmountField("Kept")
    pending_cents = AmountField("Pending")
    return_by = DateField("Pending goes back by", [Optional()])

    def offer(self):
        super().offer()
        self.ground.choices = list(grounds_open(self.request).items())

    def known(self, request):
        return {
            "ground": request.ground or (NOT_REACHED if NOT_REACHED in grounds_open(request) else None),
            "decision": request.decision,
            "return_by": proposed_day(me()),
        }

    def given(self) -> dict:
        return self.data


class EvidenceForm(ReviewForm):
    gap_reason = WordsField("Why is there no recording or file?", most=1000)


# business hours


class WallField(Field):
    """A time of the day, 09:00; empty where there is none."""

    widget = TextInput()

    def _value(self):
        return self.raw_data[0] if self.raw_data else f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist):
        text, self.data = (valuelist or [""])[0].strip(), None
        if text:
            try:
                self.data = time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
            except ValueError:
                raise ValueError("Enter a time such as 09:00.") from None


class HoursForm(DealershipForm):
    minutes = IntegerField("Business minutes to the first contact", [Optional()])

    def days(self) -> dict[int, tuple[time | None, time | None]]:
        return {day: (self[f"opens_{day}"].data, self[f"closes_{day}"].data) for day in range(7)}


for _day, _name in enumerate(WEEKDAYS):
    setattr(HoursForm, f"opens_{_day}", WallField(f"{_name}, opens"))
    setattr(HoursForm, f"closes_{_day}", WallField(f"{_name}, closes"))


class HolidayForm(DealershipForm):
    day = DateField("Day", [Optional()])
    name = TextField("Its name", most=80)
