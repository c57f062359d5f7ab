"""Which quotations, sales orders and assets a person sees."""

from peewee import SQL, fn

from carmanana.customers import contact
from carmanana.records.assets import Asset
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder
from carmanana.schema.search_words import plain


def of_deals(model: type[Quotation] | type[SalesOrder], by: User):
    """Those of the deals that they see."""
    if by.sees_every_deal:
        return SQL("1")
    return fn.EXISTS(Deal.select(SQL("1")).where(Deal.id == model.deal, Deal.visible(by)))


def quotations(by: User):
    return Quotation.select().where(of_deals(Quotation, by))


def orders(by: User):
    return SalesOrder.select().where(of_deals(SalesOrder, by))


def of_customers(by: User):
    return contact.of_visible(Asset.customer, by)


def assets(by: User):
    return Asset.select().where(of_customers(by))


def named(model, column, text: str):
    """By the customer, or by what the record says of itself."""
    customers = Customer.select(Customer.id).where(Customer.folded.contains(plain(text)))
    return column.contains(text) | model.customer.in_(customers)
