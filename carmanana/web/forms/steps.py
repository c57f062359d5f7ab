"""The form of a step about one record, whose fields depend on it, where a description of them is not enough."""

from carmanana.web.forms import DateField, DealershipForm, Optional
from carmanana.web.loading import sent_files, sent_stage

CHOOSE = [("", "Choose…")]


def day_field(label: str, **kwargs) -> DateField:
    return DateField(label, [Optional()], **kwargs)


class StepForm(DealershipForm):
    """A form about one deal; `deal` decides what its fields offer. `known` is what it fills in by itself."""

    sends_files = False

    def __init__(self, deal, by=None, data=None, **kwargs):
        self.deal, self.money_in = deal, getattr(deal, "currency", None)
        super().__init__(data=(self.known(deal) if deal else {}) | (data or {}), **kwargs)
        self.offer()

    def offer(self) -> None:
        """Fill in choices that depend on the deal."""

    @staticmethod
    def known(deal) -> dict:
        return {}

    def given(self) -> dict:
        """What the step is taken with: the fields, and the records that they name."""
        return self.data | ({"stage": sent_stage()} if "stage" in self._fields else {})

    def files(self) -> list:
        return sent_files() if self.sends_files else []
