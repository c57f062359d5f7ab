"""What of a wanted vehicle is a must, as check boxes; the rest are wishes."""

from carmanana.records.deals import VehicleOption
from carmanana.web.forms.choices import ChoicesField


class MustsField(ChoicesField):
    """`data` is None where a form did not ask: it sends an empty value beside its boxes, ticked or not."""

    def __init__(self, label: str = "Must have", **kwargs):
        usual = VehicleOption.musts.default
        super().__init__(
            label, choices=list(VehicleOption.MUSTS.items()), default=usual, validate_choice=False, **kwargs
        )

    def process_formdata(self, valuelist) -> None:
        self.data = frozenset(valuelist) & VehicleOption.MUSTS.keys() if valuelist else None
