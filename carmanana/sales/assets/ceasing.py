"""Assets whose cease date has come cease by themselves (the worker's sweep)."""

from datetime import datetime

from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.records.assets import LIVE, Asset
from carmanana.records.people import HOUSE_ID, User
from carmanana.sales.assets.lifecycle import holding

AT_ONCE = 500


def cease_due(as_of: datetime) -> int:
    """How many did."""
    due = Asset.select().where(Asset.state == LIVE, Asset.cease_on <= as_of.date()).limit(AT_ONCE)
    house = User.get_by_id(HOUSE_ID)
    return sum(_cease(asset, house) for asset in list(due))


def _cease(asset: Asset, house: User) -> bool:
    try:
        holding.fire(asset, "cease", house, asset.version, cease_on=asset.cease_on)
    except (Refused, Stale):
        return False
    return True
