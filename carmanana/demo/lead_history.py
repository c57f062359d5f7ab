"""One lead's history, up to the deal that it may become."""

from carmanana.demo import wording
from carmanana.demo.deal_history import DealHistory
from carmanana.records.lead_codes import INQUIRY, PRICE_SHOPPER

MATTERS = ("price", "spec", "delivery", "condition")


class LeadHistory(DealHistory):
    """Its actions are a lead's until it is converted, and the deal's from then on."""

    def __init__(self, *facts):
        self.kind, self.converted = INQUIRY, False
        super().__init__(*facts)

    def do(self, verb, by=None, after=0, **given):
        super().do(verb if self.converted else f"lead_{verb}", by, after, **given)

    def _refusals(self):
        """What they do not want they say later."""
        return set()

    @property
    def car_named(self) -> str:
        return f"{self.car.year} {self.car.make} {self.car.short}"

    @property
    def shops_prices(self) -> bool:
        return self.kind == PRICE_SHOPPER

    def message(self) -> str:
        """As they wrote it, in their language where we have words of it."""
        book = wording.BOOK["price_inquiry" if self.shops_prices else "inquiry"]
        return self.teller.filled(self.rng.choice(book.get(self.person.language) or book["en"]))

    def becomes_deal(self) -> None:
        self.converted, self.stage, self.waiting = True, 3, True
