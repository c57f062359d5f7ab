"""The forms of a deal's steps and facts."""

from wtforms import SelectMultipleField

from carmanana.contacting import next_steps
from carmanana.deals.amounts import has_money
from carmanana.records.deal_codes import AGREED_HOW, LOSS_REASONS
from carmanana.records.deals import NeedsAssessment, Payment
from carmanana.web.forms import (
    AmountField,
    BooleanField,
    DealershipForm,
    IntegerField,
    NumberRange,
    Optional,
    RadioField,
    SelectField,
    TextField,
    WordsField,
)
from carmanana.web.forms.currencies import CurrencyField
from carmanana.web.forms.musts import MustsField
from carmanana.web.forms.steps import StepForm, day_field


def how_field(**kwargs) -> SelectField:
    return SelectField(
        "How it was agreed", choices=[("", "Not known yet"), *AGREED_HOW.items()], validate_choice=False, **kwargs
    )


class MoneyForm(StepForm):
    """Its currency is chosen beside the amount, until money has moved in one."""

    currency = CurrencyField()
    confirmed = BooleanField("Yes, this is more than the order is worth")

    def offer(self):
        if self.currency_stands():
            del self.currency

    def currency_stands(self) -> bool:
        return has_money(self.deal)


class WinForm(MoneyForm):
    value_cents = AmountField("Value of the order")
    agreed_how = how_field()
    agreement_on = day_field("Agreement signed on")
    deposit_cents = AmountField("Deposit taken")
    no_deposit_reason = WordsField("Or why there is no deposit", most=500)
    keep_steps = SelectMultipleField("Next steps that go on, for the delivery", coerce=int, validate_choice=False)
    steps_shown = BooleanField("The next steps were shown")
    reason = WordsField("Without all that the stages ask for: why", most=2000)

    @staticmethod
    def known(deal) -> dict:
        names = ("value_cents", "agreement_on", "no_deposit_reason", "currency", "agreed_how")
        return {name: getattr(deal, name) for name in names}

    def offer(self):
        open_steps = next_steps.free(self.deal)
        self.keep_steps.choices = [(step.id, step.subject) for step in open_steps]
        if not self.steps_shown.data:
            self.keep_steps.data = [step.id for step in open_steps if next_steps.serves_delivery(step)]

    def given(self) -> dict:
        """Where the steps were not shown, their words decide."""
        given = super().given()
        return given if given.pop("steps_shown") else given | {"keep_steps": None}


class LossForm(StepForm):
    channels = SelectMultipleField(
        "They asked for no more",
        choices=[("no_calls", "Calls"), ("no_emails", "Emails"), ("no_texts", "Texts")],
        default=["no_calls", "no_emails", "no_texts"],
    )
    loss_reason = RadioField("Why was it lost?", choices=list(LOSS_REASONS.items()), validators=[Optional()])
    reason = WordsField("In words, if there is more to say", most=2000)


class ReasonForm(StepForm):
    reason = WordsField("Reason, in words", most=2000)


class OrderForm(MoneyForm):
    vehicle_year = IntegerField("Year", [Optional(), NumberRange(1886, 2100, "Enter a year such as 2023.")])
    vehicle_make = TextField("Make", most=60)
    vehicle_model = TextField("Model and trim", most=120)
    value_cents = AmountField("Value")
    expected_close_on = day_field("Expected to close on")
    agreement_on = day_field("Agreement signed on")
    agreed_how = how_field()
    eta_on = day_field("Expected (ETA)")
    delivered_on = day_field("Delivered on")
    no_deposit_reason = WordsField("Why there is no deposit", most=500)
    source = TextField("Source", most=120)
    details = WordsField("Details", most=4000)
    why = WordsField("Why it changes", most=2000)

    @property
    def facts(self) -> dict:
        told = {name: value for name, value in self.data.items() if name not in ("why", "confirmed")}
        return told | {"agreed_how": self.agreed_how.data or None}

    def refuse(self, refused):
        super().refuse(refused)
        self.why.errors = [
            *self.why.errors,
            *(refusal.sentence for refusal in refused.refusals if refusal.field == "reason"),
        ]

    @property
    def unplaced(self):
        return [refusal for refusal in super().unplaced if refusal.field != "reason"]


class ValueForm(DealershipForm):
    """As a cell of the list."""

    value_cents = AmountField("Value")


class VehicleForm(DealershipForm):
    """As a cell of the list."""

    vehicle_year = IntegerField("Year", [Optional(), NumberRange(1886, 2100, "Enter a year such as 2023.")])
    vehicle_make = TextField("Make", most=60)
    vehicle_model = TextField("Model", most=120)


class PaymentForm(MoneyForm):
    kind = RadioField("What happened", choices=list(Payment.KINDS.items()), default="received")
    amount_cents = AmountField("Amount")
    paid_on = day_field("On")
    is_deposit = BooleanField("It is the deposit")
    note = TextField("Note", most=250)

    def currency_stands(self) -> bool:
        return self.deal.value_cents is not None or super().currency_stands()


class PaymentCorrectionForm(PaymentForm):
    reason = WordsField("What was wrong", most=2000)

    def currency_stands(self) -> bool:
        return True


class NeedsForm(StepForm):
    currency = CurrencyField()
    timeline = TextField("Timeline")
    location = TextField("Location")
    budget_from_cents = AmountField("Budget from")
    budget_to_cents = AmountField("to")
    matters_most = SelectField("What matters most", choices=list(NeedsAssessment.MATTERS.items()))
    mission = WordsField("Why they really want it", most=2000)

    def offer(self):
        if self.deal.value_cents is not None or has_money(self.deal):
            del self.currency


class OptionForm(DealershipForm):
    """One vehicle that they would take."""

    brand = TextField("Make", most=60)
    model = TextField("Model", most=80)
    year_from = IntegerField("From year", [Optional(), NumberRange(1886, 2100, "A year such as 2021.")])
    year_to = IntegerField("to year", [Optional(), NumberRange(1886, 2100, "A year such as 2023.")])
    most_miles = IntegerField(
        "Mileage up to",
        [Optional(), NumberRange(0, 2_000_000, "Enter a distance as a whole number, at most 2,000,000.")],
    )
    colours = TextField("Colors", most=120)
    special = TextField("Special preferences", most=250)
    musts = MustsField()
