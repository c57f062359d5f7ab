"""Form fields as people fill them in: amounts, wall-clock times, lists of lines."""

import re
from datetime import date, datetime

import wtforms
from flask import request
from wtforms import BooleanField, Field, Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from carmanana.core import clock, locales, money
from carmanana.core.workflow import Refusal, Refused
from carmanana.web.continuations import after
from carmanana.web.filters import locale, zone
from carmanana.web.forms.currencies import CurrencyField, settle
from carmanana.web.forms.widgets import Line, RadioField, SelectField, Words

__all__ = [
    "AmountField",
    "BooleanField",
    "CurrencyField",
    "DateField",
    "DealershipForm",
    "InputRequired",
    "IntegerField",
    "Length",
    "LinesField",
    "MomentField",
    "NumberRange",
    "Optional",
    "RadioField",
    "SelectField",
    "TextField",
    "ValidationError",
    "WordsField",
    "place",
]


def stripped(text) -> str:
    return (text or "").replace("\x00", "").strip()


class TextField(StringField):
    """One line, without stray blanks."""

    widget = Line()

    def __init__(self, label, most: int = 120, **kwargs):
        super().__init__(
            label,
            [Length(max=most, message=f"At most {most} characters."), *kwargs.pop("validators", [])],
            filters=[stripped],
            **kwargs,
        )


class WordsField(TextAreaField):
    widget = Words()

    def __init__(self, label, most: int = 8000, **kwargs):
        super().__init__(
            label,
            [Length(max=most, message=f"At most {most} characters."), *kwargs.pop("validators", [])],
            filters=[stripped],
            **kwargs,
        )


class IntegerField(wtforms.IntegerField):
    """As many digits as anything here may have: no more can be kept, or compared with a limit."""

    PATTERN = re.compile("[+-]?[0-9]{1,12}")

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip()
        self.data = int(text) if self.PATTERN.fullmatch(text) else None
        if text and self.data is None:
            raise ValueError("Enter a whole number.")


EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DateField(wtforms.DateField):
    """A day that one can count days and zones from, to either side."""

    def process_formdata(self, valuelist):
        super().process_formdata(valuelist)
        if self.data and not EARLIEST <= self.data <= LATEST:
            self.data = None
            raise ValueError("Enter a day between 1900 and 2199.")


def wall_time(text: str) -> datetime | None:
    """What a clock on the person's wall shows; None where it is no time."""
    try:
        shown = datetime.fromisoformat(text).replace(tzinfo=None)
        if not EARLIEST <= shown.date() <= LATEST:
            return None
        return clock.from_local(shown, zone())
    except (ValueError, OverflowError):
        return None


class AmountField(Field):
    """Hundredths, typed as $26,000 or 26000.50, by the person's own marks as 26.000,50. `codes` are the currencies that
    what was typed can mean, `code` is what it is in."""

    widget = Line()
    codes: frozenset[str] = frozenset()
    code = ""

    def __init__(self, label=None, validators=None, below_zero: bool = False, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.below_zero = below_zero

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        if self.data is None:
            return ""
        return money.in_marks(f"{self.data / 100:,.2f}".removesuffix(".00"), locales.marks(locale()))

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip()
        self.data, self.codes = None, frozenset()
        less = self.below_zero and text[:1] in ("-", "−", "–")
        if text:
            cents, self.codes = money.read(text[less:], locales.marks(locale()))
            self.data = -cents if less else cents


class MomentField(Field):
    """A wall-clock time in the person's own zone; UTC inside."""

    widget = Line()

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return f"{clock.local(self.data, zone()):%Y-%m-%dT%H:%M}" if self.data else ""

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip()
        self.data = None
        if text:
            self.data = wall_time(text)
            if self.data is None:
                raise ValueError("Enter a date and time.")


class LinesField(WordsField):
    """One entry a line. What is too much is refused, never left out."""

    LONGEST = 254

    def __init__(self, label, most: int = 8000, most_lines: int = 10, **kwargs):
        super().__init__(label, most, **kwargs)
        self.most_lines = most_lines

    def pre_validate(self, form) -> None:
        if len(self.lines()) > self.most_lines:
            raise ValidationError(f"At most {self.most_lines}, one a line.")
        if max(map(len, self.lines()), default=0) > self.LONGEST:
            raise ValidationError(f"At most {self.LONGEST} characters a line.")

    def lines(self) -> list[str]:
        return [line.strip() for line in (self.data or "").splitlines() if line.strip()]


class OurWords:
    """What the library says of a value, in words that we would use."""

    SAID = {
        "Not a valid date value.": "Enter a day.",
        "Not a valid integer value.": "Enter a whole number.",
        "Not a valid time value.": "Enter a time.",
    }

    def gettext(self, text: str) -> str:
        return self.SAID.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return one if number == 1 else many


def place(field: Field, refusal: Refusal) -> None:
    """Say at a field why it was refused; the first that is said there is the one that is shown, with its line of the
    SOP."""
    if not field.errors:
        field.sop = refusal.sop
    field.errors = [*field.errors, refusal.sentence]


class DealershipForm(Form):
    """Takes only its own fields from the request; a refusal marks the field it is about. `money_in` is the currency of
    its amounts, where none is chosen beside them."""

    money_in: str | None = None

    class Meta:
        def get_translations(self, form):
            return OurWords()

        def render_field(self, field, render_kw):
            """What is wrong with a field is told with it, whoever draws it."""
            wrong = {"aria-invalid": "true", "aria-describedby": f"{field.id}-error"} if field.errors else {}
            return super().render_field(field, wrong | render_kw)

    def __init__(self, data=None, obj=None, empty: bool = False, **kwargs):
        given = request.form if request.method == "POST" and not empty else None
        super().__init__(given, obj=obj, data=data, **kwargs)
        self.refused: Refused | None = None
        self.conflict = None

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        return settle(self.amounts, self._fields.get("currency"), self.money_in) and valid

    @property
    def amounts(self) -> list["AmountField"]:
        return [field for field in self if isinstance(field, AmountField)]

    def sent(self) -> bool:
        return request.method == "POST" and self.validate()

    def refuse(self, refused: Refused) -> None:
        """Put each refusal on its field; what has none stays for the page to show."""
        self.refused = refused.without_frames()
        for refusal in refused.refusals:
            if refusal.field in self._fields:
                place(self._fields[refusal.field], refusal)

    @property
    def mending(self):
        """The remedies of what was refused, each once, but for those that the page shows beside their sentence."""
        refusals = self.refused.refusals if self.refused else []
        return list(
            dict.fromkeys(
                remedy for refusal in refusals if refusal.field in self._fields for remedy in refusal.remedies
            )
        )

    @property
    def after(self) -> str:
        """The step that goes on after a remedy."""
        return after(self.refused) if self.refused else ""

    @property
    def unplaced(self):
        """Refusals that no field of this form can mend."""
        return [r for r in self.refused.refusals if r.field not in self._fields] if self.refused else []
