from functools import cache

from flask import Blueprint, abort
from peewee import JOIN

from carmanana.core.query import Prepared, prepared
from carmanana.records.customers import Customer, Person
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.web.current_user import me

blueprint = Blueprint("leads", __name__, url_prefix="/leads")


def lead_or_404(lead_id: int) -> Lead:
    """With its customer, person and owner; somebody else's is a 404."""
    lead = _leads_within(me().sight).first(lead_id, me().id) or abort(404)
    lead.person.customer = lead.customer
    return lead


@cache
def _leads_within(sight: str) -> Prepared:
    @prepared
    def leads(lead_id, user):
        found = Lead.select(Lead, Customer, Person, User).join(Customer).join_from(Lead, Person)
        found = found.join_from(Lead, User, JOIN.LEFT_OUTER, on=Lead.owner)
        return found.where(Lead.id == lead_id, Lead.within(sight, user))

    return leads
