"""The forms of Match: the vehicle that is offered, and the email that offers it."""

from flask import request

from carmanana.buyers.matching import Vehicle
from carmanana.buyers.offered import FARTHEST, FIRST_YEAR, LAST_YEAR, spelled
from carmanana.core.money import CURRENCIES
from carmanana.records.house import house_currency, house_unit
from carmanana.web.forms import (
    AmountField,
    CurrencyField,
    DateField,
    DealershipForm,
    IntegerField,
    MomentField,
    NumberRange,
    Optional,
    TextField,
    WordsField,
)

ASKED = ("make", "model", "year", "distance", "colour", "price_cents", "currency", "region")


class VehicleForm(DealershipForm):
    make = TextField("Make", most=60)
    model = TextField("Model", most=80)
    year = IntegerField("Year", [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR, "A year such as 2021.")])
    distance = IntegerField(
        "Mileage", [Optional(), NumberRange(0, FARTHEST, "Enter a distance as a whole number, not below 0.")]
    )
    colour = TextField("Color", most=60)
    price_cents = AmountField("Price")
    currency = CurrencyField(default=house_currency)
    region = TextField("Region", most=60)

    def vehicle(self) -> Vehicle:
        make, model = spelled(self.make.data or "", self.model.data or "")
        facts = {name: self[name].data for name in ("year", "distance", "price_cents")}
        words = {name: self[name].data or "" for name in ("colour", "region")}
        return Vehicle(make, model, **facts, **words, distance_unit=house_unit(), currency=self.currency.data)

    def validate(self, extra_validators=None) -> bool:
        self.currency.data = self.currency.data if self.currency.data in CURRENCIES else house_currency()
        return super().validate(extra_validators)

    @property
    def asked(self) -> dict:
        """With the currency that the price was typed in."""
        self.validate()
        return {name: self[name].data for name in ASKED}


class SearchForm(VehicleForm):
    """The same, as the address of the page holds it."""

    def __init__(self, data=None):
        super().__init__(data=data, empty=True)
        if any(name in request.args for name in ASKED):
            self.process(request.args)


class OfferedForm(VehicleForm):
    source = TextField("Where it is from", most=120)
    until = DateField("To be had until", [Optional()])


class EmailForm(DealershipForm):
    subject = TextField("Subject", most=200)
    text = WordsField("What it says", most=8000)
    next_step = TextField("Next step")
    due_at = MomentField("Due")


class CellForm(DealershipForm):
    """What was typed in a cell."""

    text = TextField("Text", most=1_000)


class PlainForm(DealershipForm):
    """No field of its own: what was chosen or came in a file."""
