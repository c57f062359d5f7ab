"""The list of sales orders, and the steps of their machine; an order stands on its customer's page."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.sales_orders.lists import ORDERS, Beside, of_customer
from carmanana.customers import contact
from carmanana.records.customers import Customer
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.records.sales_orders import SalesOrder
from carmanana.sales.orders.verbs import VERBS
from carmanana.web.access import signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.lists import Shown
from carmanana.web.loading import deal_or_404
from carmanana.web.steps import Steps

from .base import blueprint, order_or_404


@blueprint.get("/sales-orders/")
@signed_in
def index():
    return ORDERS.answer()


@blueprint.get("/sales-orders/<id:order_id>")
@signed_in
def show(order_id: int):
    return go(_page_of(order_or_404(order_id)))


@blueprint.get("/sales-orders/<id:order_id>/deal")
@signed_in
def deal(order_id: int):
    return go(url_for("deals.show", deal_id=order_or_404(order_id).deal_id))


@blueprint.get("/deals/<id:deal_id>/sales-order")
@signed_in
def of_deal(deal_id: int):
    found = SalesOrder.get_or_none(SalesOrder.deal == deal_or_404(deal_id)) or abort(404)
    return show(found.id)


def _page_of(order: SalesOrder) -> str:
    """The tab of its customer, or the list where they don't see the customer."""
    if contact.visible_to(me()).where(Customer.id == order.customer_id).exists():
        return _tab_of(order)
    return url_for("sales_orders.index", text=order.customer.name)


def _tab_of(order: SalesOrder) -> str:
    return url_for("customers.tab", customer_id=order.customer_id, tab="sales-orders")


@answers(SalesOrder)
def answer(order: SalesOrder, before: SalesOrder | None, said: str, undo: bool = False):
    """Its row, where the page lists it; else where it stands."""
    behind = page_behind().path
    listed = {url_for("sales_orders.index"): ORDERS, _tab_of(order): of_customer(order.customer)}.get(behind)
    if not htmx or listed is None:
        return go(_page_of(order), said)
    row = render_template("sales_orders/_row.html", list=listed, shown=_alone(listed, order))
    replaced = partial(f"#sales-orders-{order.id}", row, "outerHTML")
    return pieces(replaced, partial("#dialog", ""), partial("#refusal", ""), toast(said), HX_Reswap="none")


def _alone(listed, order: SalesOrder) -> dict:
    shown, row = Shown(listed, request.args, me()), order_or_404(order.id)
    return {"columns": shown.columns, "rows": [row], "seen": Beside.of([row], me()), "more": ""}


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
