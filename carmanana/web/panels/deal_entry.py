"""The form of a new deal, whose customer is looked for among the known while one types."""

from carmanana.records.deal_codes import LIVE, ORGANIC
from carmanana.web.customers.entry import CustomerEntryForm
from carmanana.web.forms import (
    AmountField,
    IntegerField,
    MomentField,
    NumberRange,
    Optional,
    RadioField,
    SelectField,
    TextField,
)
from carmanana.web.forms.currencies import CurrencyField


class NewDealForm(CustomerEntryForm):
    name = TextField("Customer", most=160)
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
