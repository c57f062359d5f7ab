"""The form of a new deal, whose customer is looked for among the known while one types."""

from carmanana.records.deal_codes import LIVE, ORGANIC
from carmanana.web.forms import (
    AmountField,
    DealershipForm,
    IntegerField,
    MomentField,
    NumberRange,
    Optional,
    RadioField,
    SelectField,
    TextField,
)
from carmanana.web.forms.currencies import CurrencyField


class NewDealForm(DealershipForm):
    name = TextField("Customer", most=160)
    phones = TextField("Phone", most=40)
    emails = TextField("Email", most=254)
    duplicate = TextField("Who is it?", most=12)
    stage = SelectField("Stage", validate_choice=False)
    readiness = RadioField(
        "Readiness", choices=[(LIVE, "Live: ready to move"), (ORGANIC, "Organic: not urgent")], default=LIVE
    )
    vehicle_year = IntegerField("Year", [Optional(), NumberRange(1886, 2100, "Enter a year such as 2023.")])
    vehicle_make = TextField("Make", most=60)
    vehicle_model = TextField("Model and trim", most=120)
    value_cents = AmountField("Value")
    currency = CurrencyField()
    source = TextField("Source", most=120)
    next_step = TextField("First step")
    due_at = MomentField("Due")

    @property
    def reach(self) -> tuple[list[str], list[str]]:
        """The number and the address, as lists of as many as there are."""
        return [self.phones.data] if self.phones.data else [], [self.emails.data] if self.emails.data else []
