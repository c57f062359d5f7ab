from flask import Blueprint, abort
from peewee import JOIN

from carmanana.expiries import finding
from carmanana.records.customers import Customer
from carmanana.records.expiries import Expiry
from carmanana.records.people import User
from carmanana.web.current_user import me

blueprint = Blueprint("expiries", __name__)


def expiry_or_404(expiry_id: int) -> Expiry:
    """With its customer and owner; one that they may not see is a 404."""
    found = Expiry.select(Expiry, Customer, User).join(Customer)
    found = found.join_from(Expiry, User, JOIN.LEFT_OUTER, on=Expiry.owner)
    return found.where(Expiry.id == expiry_id, finding.visible(me())).first() or abort(404)
