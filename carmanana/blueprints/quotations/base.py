from flask import Blueprint, abort

from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.quotations import Quotation
from carmanana.sales import seen
from carmanana.web.current_user import me

blueprint = Blueprint("quotations", __name__)


def quotation_or_404(quotation_id: int) -> Quotation:
    """With its deal and customer; one of a deal that they may not see is a 404."""
    found = Quotation.select(Quotation, Deal, Customer).join(Deal).join(Customer)
    return found.where(Quotation.id == quotation_id, seen.of_deals(Quotation, me())).first() or abort(404)
