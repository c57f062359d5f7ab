"""What stands beside a deal on its page: what is wanted and ordered, the money, the customer, files and people."""

from functools import cache

from peewee import JOIN

from carmanana.core.query import Prepared, prepared
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal, Payment, balance_of, needs_of_deal, wanted_of_deal
from carmanana.records.house import house_settings
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.quotations import Quotation
from carmanana.web.timeline.history import LOGS, Past


def asked_beside(deal: Deal, by: User) -> dict[str, tuple]:
    """What it is read from, for `ask_together`."""
    return {
        "needs": (needs_of_deal, deal.id),
        "wanted": (wanted_of_deal, deal.id),
        "quotations": (_quotations, deal.id),
        "payments": (payments_of, deal.id),
        "phones": (phones_of, deal.customer_id),
        "emails": (emails_of, deal.customer_id),
        "successors": (_deals_after(by.deal_sight), deal.id, by.id),
        "others": (_other_deals(by.deal_sight), deal.id, deal.customer_id, by.id),
        "house": (house_settings,),
    }


def beside(deal: Deal, by: User) -> dict:
    payments, files = payments_of(deal.id), LOGS[Deal].files(deal.id)
    deposits = [one for one in payments if one.kind == "received" and one.is_deposit and one.voided_at is None]
    return {
        "needs": deal.needs,
        "wanted": wanted_of_deal(deal.id),
        "quotations": _quotations(deal.id),
        "payments": payments,
        "deposit_cents": sum(payment.amount_cents for payment in deposits),
        "balance": balance_of(payments),
        "successors": _deals_after(by.deal_sight)(deal.id, by.id),
        "others": _other_deals(by.deal_sight)(deal.id, deal.customer_id, by.id),
        "files": files[::-1],
        "people": Past.of(deal).involved,
    }


@prepared
def phones_of(customer_id):
    return CustomerPhone.select().where(CustomerPhone.customer == customer_id).order_by(CustomerPhone.position)


@prepared
def emails_of(customer_id):
    return CustomerEmail.select().where(CustomerEmail.customer == customer_id).order_by(CustomerEmail.position)


@prepared
def _quotations(deal_id):
    return Quotation.select().where(Quotation.deal == deal_id).order_by(0 - Quotation.number).limit(6)


@prepared
def payments_of(deal_id):
    told = Payment.select(Payment, User.id, User.name).join(User, JOIN.LEFT_OUTER, on=Payment.voided_by)
    return told.where(Payment.deal == deal_id).order_by(Payment.paid_on, Payment.id)


@cache
def _deals_after(sight: str) -> Prepared:
    return prepared(
        lambda deal_id, user: Deal.select(Deal.id).where(Deal.previous_deal == deal_id, Deal.within(sight, user))
    )


@cache
def _other_deals(sight: str) -> Prepared:
    shown = (Deal.id, Deal.state, Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model, Stage.id, Stage.name)

    @prepared
    def others(deal_id, customer_id, user):
        theirs = Deal.select(*shown).join(Stage).where(Deal.customer == customer_id, Deal.id != deal_id)
        return theirs.where(Deal.within(sight, user)).limit(10)

    return others
