from flask import Blueprint, abort

from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.sales_orders import SalesOrder
from carmanana.sales import seen
from carmanana.web.current_user import me

blueprint = Blueprint("sales_orders", __name__)


def order_or_404(order_id: int) -> SalesOrder:
    """With its deal and customer; one of a deal that they may not see is a 404."""
    found = SalesOrder.select(SalesOrder, Deal, Customer).join(Deal).join(Customer)
    return found.where(SalesOrder.id == order_id, seen.of_deals(SalesOrder, me())).first() or abort(404)
