"""The form of a step about one record, whose fields depend on it."""

from carmanana.web.forms import DateField, DealershipForm, Optional
from carmanana.web.loading import sent_stage

CHOOSE = [("", "Choose…")]


def day_field(label: str, **kwargs) -> DateField:
    return DateField(label, [Optional()], **kwargs)


class StepForm(DealershipForm):
    """A form about one deal; `deal` decides what its fields offer."""

    def __init__(self, deal, **kwargs):
        self.deal, self.money_in = deal, deal and deal.currency
        super().__init__(**kwargs)
        self.offer()

    def offer(self) -> None:
        """Fill in choices that depend on the deal."""

    @staticmethod
    def known(deal) -> dict:
        """What the form fills in by itself."""
        return {}

    def given(self) -> dict:
        """What the step is taken with: the fields, and the records that they name."""
        return self.data | ({"stage": sent_stage()} if "stage" in self._fields else {})
