"""What the customer of a row holds, or held."""

from datetime import date

from carmanana.core import clock
from carmanana.importing.cells.moments import noon
from carmanana.importing.choices import Choices
from carmanana.importing.entries import Cells, Entry
from carmanana.records.assets import CEASED, LIVE, VEHICLE, Asset
from carmanana.records.people import User
from carmanana.sales.assets.lifecycle import holding


class AssetReading:
    def __init__(self, terms, choices: Choices, by: User | None, zone: str):
        self.terms, self.by, self.zone = terms, by, zone
        self.today = clock.today(zone)

    def read(self, entry: Entry, cells: Cells) -> None:
        cease_on = cells.date("asset_cease")
        state = cells.choice("asset_state") or (CEASED if cease_on and cease_on <= self.today else LIVE)
        asset = Asset(
            name=cells.words("asset_name", 160),
            kind=cells.choice("asset_kind") or VEHICLE,
            identifier=cells.words("asset_identifier", 60),
            held_since=cells.date("asset_since", self.today),
            state=state,
            cease_on=cease_on,
            reason="\n".join(text.strip() for _, text, _ in cells.all("asset_reason"))[:2000],
            state_since=self._since(state, cease_on),
        )
        entry.record = asset
        for refusal in holding.objections(asset, self.by, beside=asset.__data__):
            entry.refuse(refusal.code, refusal.sentence)

    def _since(self, state: str, cease_on: date | None):
        ended = state == CEASED and cease_on and cease_on <= self.today
        return min(noon(cease_on, self.zone), clock.now()) if ended else clock.now()
