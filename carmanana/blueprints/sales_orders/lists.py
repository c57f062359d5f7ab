"""The list of sales orders, for all deals that one sees and as a tab of a customer. Their money is the deals' own."""

from dataclasses import dataclass

from peewee import Case, fn

from carmanana.core import money
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Payment
from carmanana.records.people import User
from carmanana.records.sales_orders import CANCELLED, COMPLETED, OPENED, STATES, SalesOrder
from carmanana.sales import seen
from carmanana.sales.orders.lifecycle import ordering
from carmanana.schema.sqlite import of_ids
from carmanana.web.customers.page import Tab, register
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown
from carmanana.web.lists.kept_rows import every_field


@dataclass(frozen=True)
class Beside:
    """What is with us of each order's money, and whether this person completes it."""

    balances: dict[int, int]
    by: User

    @classmethod
    def of(cls, rows: list[SalesOrder], by: User) -> "Beside":
        signed = Case(None, [(Payment.kind == "received", Payment.amount_cents)], 0 - Payment.amount_cents)
        asked = Payment.select(Payment.deal, fn.SUM(signed)).where(Payment.deal.in_([row.deal_id for row in rows]))
        found = asked.where(Payment.stands()).group_by(Payment.deal).tuples()
        return cls(dict(found), by)

    def paid(self, order: SalesOrder) -> int:
        return self.balances.get(order.deal_id, 0)

    def owed(self, order: SalesOrder) -> int | None:
        value = order.deal.value_cents
        return None if value is None or order.state == CANCELLED else value - self.paid(order)

    def told(self, order: SalesOrder, cents: int | None) -> str:
        return "" if cents is None else money.shown(cents, order.deal.currency)

    def may_complete(self, order: SalesOrder) -> bool:
        return order.open and not order.deal.locked and order.worked_by(self.by)

    def may_reopen(self, order: SalesOrder) -> bool:
        return ordering.permits(order, "reopen", self.by)


@of_ids
def _load(ids):
    found = SalesOrder.select(SalesOrder, Deal, Customer).join(Deal).join_from(SalesOrder, Customer)
    return found.where(SalesOrder.id.in_(ids))


def _counts(shown: Shown) -> dict[str, int]:
    if shown.chosen:
        return {}
    of_state = seen.counts(SalesOrder, STATES, shown.by)
    return of_state | {"all": sum(of_state.values())}


def _shows(order: SalesOrder, beside: Beside) -> tuple:
    deal, may = order.deal, (beside.may_complete(order), beside.may_reopen(order))
    sold = order.customer.name, deal.vehicle, deal.value_cents, deal.currency, deal.locked
    return *every_field(order), *sold, beside.paid(order), *may


ORDERS = List(
    name="sales-orders",
    title="Sales orders",
    endpoint="sales_orders.index",
    one="sales order",
    many="sales orders",
    columns=(
        Column("number", "Order", lambda one: one.name, SalesOrder.number, always=True),
        Column("customer", "Customer", lambda one: one.customer.name),
        Column("vehicle", "Vehicle", lambda one: one.deal.vehicle),
        Column("state", "State", lambda one: one.state_name),
        Column("value", "Value", lambda one: money.shown(one.deal.value_cents, one.deal.currency), number=True),
        Column("paid", "With us", number=True, beside=lambda one, seen: seen.told(one, seen.paid(one))),
        Column("balance", "Still to pay", number=True, beside=lambda one, seen: seen.told(one, seen.owed(one))),
        Column("opened", "Opened", lambda one: one.opened_on, number=True),
        Column("completed", "Completed", lambda one: one.completed_on, number=True),
        Column("steps", "Steps", always=True),
    ),
    scope=seen.orders,
    load=_load,
    cells="sales_orders/_cells.html",
    id=SalesOrder.id,
    sort="number",
    descending=True,
    one_chip=True,
    known_counts=_counts,
    chips=(
        Chip("open", "Open", lambda by: SalesOrder.state == OPENED),
        Chip("completed", "Completed", lambda by: SalesOrder.state == COMPLETED),
        Chip("all", "All"),
    ),
    choices=(Choice("state", "State", lambda by: STATES, lambda code, by: SalesOrder.state == code),),
    text=lambda text: seen.named(SalesOrder, SalesOrder.number, text),
    placeholder="Customer or number",
    empty=("promise", "No sales orders here", "Winning a deal opens one."),
    seen=Beside.of,
    views=True,
    kept=Kept(_shows),
)

TAB = register(Tab("sales-orders", "Sales orders", 50, ORDERS, SalesOrder.customer))
