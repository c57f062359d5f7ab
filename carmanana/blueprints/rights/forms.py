"""The forms of rights to cancel."""

import re

from wtforms import Field
from wtforms.widgets import TextInput

from carmanana.cancellations.rights.editing import AMOUNTS, FACTS, LONGEST_KIND, LONGEST_SOURCE, LONGEST_WORDS
from carmanana.records.cancellation_rights import CONFIDENCES, RUNS_FROM
from carmanana.records.deal_codes import AGREED_HOW, ORDER_TYPES
from carmanana.web.forms import (
    AmountField,
    DateField,
    DealershipForm,
    IntegerField,
    Optional,
    SelectField,
    TextField,
    WordsField,
)
from carmanana.web.forms.choices import ChoicesField
from carmanana.web.forms.currencies import CurrencyField


class PercentField(Field):
    """Typed as 1.5 or 1,5; in hundredths of a percent."""

    widget = TextInput()
    PATTERN = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{self.data / 100:.2f}".rstrip("0").rstrip(".")

    def process_formdata(self, valuelist):
        text, self.data = (valuelist or [""])[0].strip(), None
        if text:
            found = self.PATTERN.fullmatch(text)
            if not found:
                raise ValueError("Enter a share such as 1.5.")
            self.data = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


class RightForm(DealershipForm):
    region = TextField("Region", most=10)
    effective_from = DateField("Counts for statements from", [Optional()])
    applies_to = TextField("What it is about", most=LONGEST_KIND)
    order_types = ChoicesField("Kinds of orders", ORDER_TYPES)
    agreed_how = ChoicesField("Agreed", AGREED_HOW)
    agreed_from = DateField("Agreements from", [Optional()])
    days = IntegerField("Days", [Optional()])
    runs_from = SelectField("They run from", choices=list(RUNS_FROM.items()), validate_choice=False)
    conditions = WordsField("Conditions", most=LONGEST_WORDS)
    money = WordsField("Money, in words", most=LONGEST_WORDS)
    refund_days = IntegerField("Goes back within, days", [Optional()])
    currency = CurrencyField("Currency of the amounts")
    price_up_to_cents = AmountField("Price up to")
    restocking_percent_hundredths = PercentField("Restocking, % of the price")
    restocking_least_cents = AmountField("Restocking at least")
    restocking_most_cents = AmountField("Restocking at most")
    mileage_most_cents = AmountField("Mileage at most")
    source = TextField("Where it stands", most=LONGEST_SOURCE)
    confidence = SelectField("How it was found", choices=list(CONFIDENCES.items()), validate_choice=False)

    def place(self) -> tuple[str, ...]:
        return (self.region.data or "",)

    def facts(self) -> dict:
        told = {name: self[name].data for name in FACTS}
        told |= {name: frozenset(told[name] or ()) for name in ("order_types", "agreed_how")}
        amounts = any(told[name] is not None for name in AMOUNTS)
        return told | {"currency": told["currency"] if amounts else None}


def known(right) -> dict:
    """What a form of a row begins with; from when the change counts is asked anew."""
    told = {name: getattr(right, name) for name in FACTS} | {"region": right.region}
    return (
        told
        | {name: sorted(told[name]) for name in ("order_types", "agreed_how")}
        | {"currency": right.currency or "USD"}
    )
