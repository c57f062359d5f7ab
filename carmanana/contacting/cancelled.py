"""A cancelled customer is not dialled, not mailed and not offered anything, but for what an expiry of theirs brings
(domain 7)."""

from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import CANCELLED, LOST
from carmanana.records.deals import Deal
from carmanana.records.expiries import LEAD_MADE, Expiry
from carmanana.records.lead_codes import OPEN
from carmanana.records.leads import Lead

SOP = "Cancelling a customer"
SENTENCE = (
    "This customer is cancelled: they are contacted about an expiry of theirs only. An admin may reactivate them."
)

NO_DEAL = "This customer is cancelled: a deal needs an expiry of theirs, or an admin who reactivates them."


def why_not(customer: Customer, lead: Lead | None = None) -> Refusal | None:
    """Of a contact about a lead, or about whatever is open with them."""
    if not customer.cancelled or _brought(customer, lead):
        return None
    return Refusal("cancelled", SENTENCE, SOP)


def why_no_deal(customer: int) -> Refusal | None:
    """Of an order that begins, or goes on after it was lost. Read inside the transaction."""
    fresh = Customer.get_by_id(customer)
    if fresh.cancelled and not _brought(fresh, None):
        return Refusal("cancelled", NO_DEAL, SOP)


def _brought(customer: Customer, lead: Lead | None) -> bool:
    """Has an expiry become a lead that is open, or the deal that it was turned into: this one, where one is named?"""
    leads = _of_expiries(customer.id)
    return any(lead is None or made.id == lead.id for made in leads)


@prepared
def _of_expiries(customer):
    brought = Expiry.select(Expiry.lead).where(Expiry.customer == customer, Expiry.state == LEAD_MADE)
    going_on = Deal.select(Deal.id).where(Deal.state.not_in((LOST, CANCELLED)), Deal.delivered_on.is_null())
    return Lead.select(Lead.id).where(Lead.id.in_(brought), Lead.state.in_(OPEN) | Lead.deal.in_(going_on))
