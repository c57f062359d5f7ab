from flask import Blueprint, abort

from carmanana.records.assets import Asset
from carmanana.records.customers import Customer
from carmanana.sales import seen
from carmanana.web.current_user import me

blueprint = Blueprint("assets", __name__)


def asset_or_404(asset_id: int) -> Asset:
    """With its customer; of one whom they may not see it is a 404."""
    found = Asset.select(Asset, Customer).join(Customer)
    return found.where(Asset.id == asset_id, seen.of_customers(me())).first() or abort(404)
