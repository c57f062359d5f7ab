"""The list of sales orders, and the steps of their machine; an order stands on its customer's page."""

from flask import abort, url_for

from carmanana.blueprints.sales_orders.lists import ORDERS, TAB
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.records.sales_orders import SalesOrder
from carmanana.sales.orders.verbs import VERBS
from carmanana.web.access import signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.customers.records import CustomerRecords
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404
from carmanana.web.steps import Steps

from .base import blueprint, order_or_404

RECORDS = CustomerRecords(TAB, order_or_404)
answers(SalesOrder)(RECORDS.answer)


@blueprint.get("/sales-orders/")
@signed_in
def index():
    return ORDERS.answer()


@blueprint.get("/sales-orders/<id:order_id>")
@signed_in
def show(order_id: int):
    return go(RECORDS.url_of(order_or_404(order_id)))


@blueprint.get("/sales-orders/<id:order_id>/deal")
@signed_in
def deal(order_id: int):
    return go(url_for("deals.show", deal_id=order_or_404(order_id).deal_id))


@blueprint.get("/deals/<id:deal_id>/sales-order")
@signed_in
def of_deal(deal_id: int):
    found = SalesOrder.get_or_none(SalesOrder.deal == deal_or_404(deal_id)) or abort(404)
    return show(found.id)


steps = Steps(
    blueprint,
    VERBS,
    order_or_404,
    changed,
    "sales_orders.show",
    "order_id",
    (AGENT, MANAGER, CUSTOMER_CANCELLATION, CRM_ADMIN),
    summary="sales_orders/_summary.html",
    prefix="/sales-orders",
)
steps.register()
