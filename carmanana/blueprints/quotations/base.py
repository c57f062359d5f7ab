from functools import cache

from flask import Blueprint, abort

from carmanana.core.query import Numbered, numbered
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import Quotation
from carmanana.sales import seen
from carmanana.web.current_user import me

blueprint = Blueprint("quotations", __name__)


def quotation_or_404(quotation_id: int) -> Quotation:
    """With its deal and customer; one of a deal that they may not see is a 404."""
    return _quotations_seen(me().roles).first(quotation_id, me().id) or abort(404)


@cache
def _quotations_seen(roles: frozenset[str]) -> Numbered:
    @numbered
    def quotations(quotation_id, by):
        found = Quotation.select(Quotation, Deal, Customer).join(Deal).join_from(Quotation, Customer)
        return found.where(Quotation.id == quotation_id, seen.of_deals(Quotation, User(id=by, roles=roles)))

    return quotations
