"""The list of expiries, for everybody's customers and as a tab of one."""

import json
from dataclasses import dataclass

from peewee import JOIN

from carmanana.core.query import prepared
from carmanana.customers import contact
from carmanana.expiries import finding
from carmanana.expiries.lifecycle import may_work
from carmanana.records.customers import Customer
from carmanana.records.expiries import DROPPED, KINDS, LEAD_MADE, SET, Expiry
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.schema.sqlite import members
from carmanana.web.customers.page import Tab, register
from carmanana.web.lists import Chip, Choice, Column, List


@dataclass(frozen=True)
class Beside:
    """What of it this person may go to and change."""

    customers: set[int]
    leads: set[int]
    by: User

    @classmethod
    def of(cls, rows: list[Expiry], by: User) -> "Beside":
        customers = contact.visible_to(by).select(Customer.id).where(Customer.id.in_({row.customer_id for row in rows}))
        leads = Lead.visible_to(by).select(Lead.id).where(Lead.id.in_({row.lead_id for row in rows} - {None}))
        return cls({id for (id,) in customers.tuples()}, {id for (id,) in leads.tuples()}, by)

    def may_work(self, expiry: Expiry) -> bool:
        return expiry.open and may_work(expiry, self.by)


def _load(ids: list[int]) -> list[Expiry]:
    return _expiries(json.dumps(ids))


@prepared
def _expiries(ids):
    found = Expiry.select(Expiry, Customer, User).join(Customer)
    return found.join_from(Expiry, User, JOIN.LEFT_OUTER, on=Expiry.owner).where(Expiry.id.in_(members(ids)))


EXPIRIES = List(
    name="expiries",
    title="Expiries",
    endpoint="expiries.index",
    one="expiry",
    many="expiries",
    columns=(
        Column("about", "What runs out", lambda expiry: expiry.about, always=True),
        Column("customer", "Customer", lambda expiry: expiry.customer.name),
        Column("kind", "Whose", lambda expiry: expiry.kind_name),
        Column("supplier", "Supplier", lambda expiry: expiry.supplier),
        Column("owner", "Owner", lambda expiry: expiry.owner.name if expiry.owner_id else ""),
        Column("state", "State", lambda expiry: expiry.state_name),
        Column("on", "Day", lambda expiry: expiry.on, Expiry.on, number=True),
        Column("reason", "Why dropped", lambda expiry: expiry.reason, wide=True),
        Column("steps", "Steps", always=True),
    ),
    scope=finding.visible_to,
    load=_load,
    cells="expiries/_cells.html",
    id=Expiry.id,
    sort="on",
    one_chip=True,
    chips=(
        Chip("set", "Ahead", lambda by: Expiry.state == SET),
        Chip("month", "Due this month", finding.this_month, "calendar"),
        Chip("overdue", "Overdue", finding.overdue, "alert"),
        Chip("mine", "Mine", lambda by: (Expiry.state == SET) & (Expiry.owner == by)),
        Chip("made", "Leads made", lambda by: Expiry.state == LEAD_MADE, sort="on", descending=True),
        Chip("dropped", "Dropped", lambda by: Expiry.state == DROPPED, sort="on", descending=True),
        Chip("all", "All"),
    ),
    choices=(Choice("kind", "Whose", lambda by: KINDS, lambda code, by: Expiry.kind == code),),
    text=finding.matches,
    placeholder="Customer, supplier or what runs out",
    empty=(
        "calendar",
        "No expiries here",
        "A day on which a contract ends, set on the customer’s page, becomes a lead.",
    ),
    seen=Beside.of,
)

TAB = register(Tab("expiries", "Expiries", 80, EXPIRIES, Expiry.customer, template="expiries/tab.html"))
